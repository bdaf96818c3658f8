// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/upright.h"

#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/codecs/exif.h"
#include "tests/support/checks.h"
#include "tests/support/images.h"
#include "tests/support/seeded_random.h"

#include <QObject>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;
using namespace std::string_view_literals;

Q_DECLARE_METATYPE(ps::ImageFormat)

namespace {

constexpr std::string_view kSecret = "48.1371N 11.5754E";

Result<UprightFile> uprightOf(const std::string& bytes, bool keepsMetadata = false)
{
    MemoryFile file(bytes);
    PS_TRY(const ImageHeader header, readHeader(file.reader(), ImageLimits()));
    ColourConverter converter;
    return uprightCopy(file.reader(), header, keepsMetadata, converter);
}

bool holds(const std::string& bytes, std::string_view text)
{
    return bytes.find(text) != std::string::npos;
}

/// EXIF data with an orientation, and with more behind it that nobody should see.
std::string exifWithPlace(int orientation, bool isBigEndian = false)
{
    return exifWith(orientation, isBigEndian) + std::string(kSecret);
}

std::string xmpWithPlace(int orientation)
{
    return "<x tiff:Orientation=\"" + std::to_string(orientation) + "\">" + std::string(kSecret) + "</x>";
}

/// A file of the format with everything that people put beside a picture.
std::string withMetadata(ImageFormat format, const Raster& raster, int orientation)
{
    std::string bytes = encodedAs(format, raster);
    const std::string exif = exifWithPlace(orientation, orientation % 2 == 0);
    if (format == ImageFormat::Jpeg) {
        bytes = withJpegSegment(std::move(bytes), 0xfe, kSecret);
        bytes = withJpegSegment(std::move(bytes), 0xed, "Photoshop 3.0\0"s + std::string(kSecret));
        bytes = withJpegSegment(std::move(bytes), 0xe1, "http://ns.adobe.com/xap/1.0/\0"s + xmpWithPlace(orientation));
        bytes = withJpegSegment(std::move(bytes), 0xe2, "MPF\0"s + std::string(kSecret));
        return withJpegSegment(std::move(bytes), 0xe1, "Exif\0\0"s + exif);
    }
    if (format == ImageFormat::Png) {
        for (const auto& [type, content] : std::vector<std::pair<std::string, std::string>>{
                 {"tEXt", "parameters\0"s + std::string(kSecret)},
                 {"iTXt", "XML:com.adobe.xmp\0\0\0\0\0"s + xmpWithPlace(orientation)},
                 {"tIME", "\x07\xea\1\1\1\1\1"s},
                 {"vpAg", std::string(kSecret)},
                 {"eXIf", exif}})
            bytes = withPngChunk(std::move(bytes), pngChunk(type, content));
        return bytes;
    }
    if (format == ImageFormat::WebP) {
        bytes = withOrientation(format, std::move(bytes), 1); // makes room for metadata
        bytes = must(stripWebP(bytes)).bytes;
        bytes = withWebPChunk(std::move(bytes), "EXIF", exif);
        return withWebPChunk(std::move(bytes), "XMP ", xmpWithPlace(orientation));
    }
    return bytes;
}

void addFormats(std::initializer_list<ImageFormat> formats)
{
    QTest::addColumn<ImageFormat>("format");
    for (const ImageFormat format : formats)
        QTest::addRow("%s", std::string(formatName(format)).c_str()) << format;
}

} // namespace

class TestUpright : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void metadataGoesAndPixelsStay_data() { addFormats({ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP}); }
    void metadataGoesAndPixelsStay();
    void cleanFilesStayAsTheyAre_data()
    {
        addFormats({ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp});
    }
    void cleanFilesStayAsTheyAre();
    void turnsWithoutLoss_data();
    void turnsWithoutLoss();
    void jpegTurnsBackToTheSameValues();
    void jpegOfOtherSizesIsEncodedAnew();
    void keptMetadataSayThatThePictureIsUpright_data()
    {
        addFormats({ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP});
    }
    void keptMetadataSayThatThePictureIsUpright();
    void whatFollowsAPictureGoesToo();
    void animationsStayWhole();
    void orientationsAreReset();
    void damagedFilesNeverPass_data() { addFormats({ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP}); }
    void damagedFilesNeverPass();
};

void TestUpright::metadataGoesAndPixelsStay()
{
    QFETCH(ImageFormat, format);
    Raster raster = patternRaster({61, 47});
    raster.colour.icc = wideGamutProfile();
    const std::string bytes = withMetadata(format, raster, 1);
    QVERIFY(holds(bytes, kSecret));
    const UprightFile kept = must(uprightOf(bytes, true));
    QVERIFY(kept.isUnchanged && !kept.lostMetadata);

    const UprightFile made = must(uprightOf(bytes));
    QVERIFY(!made.isUnchanged && made.lostMetadata && !made.isTurned && !made.isReencoded);
    QVERIFY(!holds(made.bytes, kSecret));
    const Raster before = must(decodedUpright(bytes));
    const Raster after = must(decodedUpright(made.bytes));
    QCOMPARE(largestDifference(before.pixels, after.pixels), 0.0);
    QVERIFY(before.colour == after.colour);
    QVERIFY(!after.colour.icc.empty());
    // Once more nothing is found.
    QVERIFY(must(uprightOf(made.bytes)).isUnchanged);
}

void TestUpright::cleanFilesStayAsTheyAre()
{
    QFETCH(ImageFormat, format);
    Raster raster = patternRaster({33, 21});
    if (format != ImageFormat::Bmp)
        raster.colour.icc = wideGamutProfile();
    for (const bool keepsMetadata : {true, false}) {
        const UprightFile made = must(uprightOf(encodedAs(format, raster), keepsMetadata));
        QVERIFY(made.isUnchanged);
        QVERIFY(made.bytes.empty() && !made.lostMetadata);
    }
}

void TestUpright::turnsWithoutLoss_data()
{
    QTest::addColumn<ImageFormat>("format");
    QTest::addColumn<int>("orientation");
    for (const ImageFormat format : {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff}) {
        for (int orientation = 2; orientation <= 8; ++orientation)
            QTest::addRow("%s %d", std::string(formatName(format)).c_str(), orientation) << format << orientation;
    }
}

void TestUpright::turnsWithoutLoss()
{
    QFETCH(ImageFormat, format);
    QFETCH(int, orientation);
    const bool isDeep = format == ImageFormat::Png || format == ImageFormat::Tiff;
    Raster raster = patternRaster({64, 48}, ColourModel::Bgr, isDeep);
    raster.colour.icc = wideGamutProfile();
    const std::string bytes = withOrientation(format, encodedAs(format, raster), orientation);
    const UprightFile made = must(uprightOf(bytes));
    QVERIFY(made.isTurned && !made.isUnchanged && !made.isReencoded);
    const ImageHeader header = must(headerOf(made.bytes));
    QCOMPARE(header.orientation, 1);
    QVERIFY(header.format == format);
    QVERIFY(header.rawSize == uprightSize({64, 48}, orientation));
    const Raster before = must(decodedUpright(bytes));
    const Raster after = must(decodedUpright(made.bytes));
    // The values in the file are the same; decoding them in another order may round otherwise.
    QVERIFY(largestDifference(before.pixels, after.pixels) <= (format == ImageFormat::Jpeg ? 2 : 0));
    QVERIFY(before.colour.icc == after.colour.icc);
}

void TestUpright::jpegTurnsBackToTheSameValues()
{
    static constexpr std::array<int, 9> kInverse{0, 1, 2, 3, 4, 5, 8, 7, 6};
    for (const bool halvesChroma : {false, true}) {
        Encoding encoding;
        encoding.format = ImageFormat::Jpeg;
        encoding.halvesChroma = halvesChroma;
        const std::string bytes = encoded(noiseRaster({64, 48}), encoding);
        const cv::Mat before = must(decodedUpright(bytes)).pixels;
        for (std::size_t orientation = 2; orientation <= 8; ++orientation) {
            const auto turned = turnedJpeg(bytes, static_cast<int>(orientation));
            QVERIFY(turned);
            const auto back = turnedJpeg(*turned, kInverse[orientation]);
            QVERIFY(back);
            QCOMPARE(largestDifference(before, must(decodedUpright(*back)).pixels), 0.0);
        }
    }
}

void TestUpright::jpegOfOtherSizesIsEncodedAnew()
{
    const std::string bytes = withOrientation(ImageFormat::Jpeg, encodedAs(ImageFormat::Jpeg, squaresRaster({61, 47})),
                                              6);
    const UprightFile made = must(uprightOf(bytes));
    QVERIFY(made.isTurned && made.isReencoded);
    const ImageHeader header = must(headerOf(made.bytes));
    QVERIFY(header.rawSize == (ImageSize{47, 61}));
    QCOMPARE(header.chromaSubsampling, std::string("4:4:4"));
    QCOMPARE(header.estimatedQuality, 95);
    QVERIFY(largestDifference(must(decodedUpright(bytes)).pixels, must(decodedUpright(made.bytes)).pixels) <= 12);
}

void TestUpright::keptMetadataSayThatThePictureIsUpright()
{
    QFETCH(ImageFormat, format);
    for (const ImageSize size : {ImageSize{64, 48}, ImageSize{61, 47}}) {
        const std::string bytes = withMetadata(format, patternRaster(size), 6);
        QCOMPARE(must(headerOf(bytes)).orientation, 6);
        const UprightFile made = must(uprightOf(bytes, true));
        QVERIFY(made.isTurned && !made.lostMetadata);
        QVERIFY(holds(made.bytes, kSecret));
        QVERIFY(!holds(made.bytes, "tiff:Orientation=\"6\"") && holds(made.bytes, "tiff:Orientation=\"1\""));
        const ImageHeader header = must(headerOf(made.bytes));
        QCOMPARE(header.orientation, 1);
        QVERIFY(header.rawSize == uprightSize(size, 6));
        QVERIFY(largestDifference(must(decodedUpright(bytes)).pixels, must(decodedUpright(made.bytes)).pixels) <= 12);
        // And without them nothing of it is left.
        QVERIFY(!holds(must(uprightOf(bytes)).bytes, kSecret));
    }
}

void TestUpright::whatFollowsAPictureGoesToo()
{
    for (const ImageFormat format : {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP}) {
        const std::string bytes = encodedAs(format, patternRaster({32, 16})) + std::string(kSecret);
        const UprightFile made = must(uprightOf(bytes));
        QVERIFY(made.lostMetadata && !holds(made.bytes, kSecret));
        QVERIFY(made.bytes == bytes.substr(0, bytes.size() - kSecret.size()));
    }
}

void TestUpright::animationsStayWhole()
{
    std::string png = encodedAs(ImageFormat::Png, patternRaster({8, 8}));
    png = withPngChunk(std::move(png), pngChunk("acTL", "\0\0\0\2\0\0\0\0"sv));
    png = withPngChunk(std::move(png), pngChunk("tEXt", "a\0b"sv));
    const UprightFile made = must(uprightOf(png));
    QVERIFY(holds(made.bytes, "acTL") && !holds(made.bytes, "tEXt"));
}

void TestUpright::orientationsAreReset()
{
    for (int orientation = 1; orientation <= 8; ++orientation) {
        for (const bool isBigEndian : {false, true}) {
            std::string exif = exifWith(orientation, isBigEndian);
            resetExifOrientation(exif);
            QCOMPARE(exif, exifWith(1, isBigEndian));
        }
    }
    std::string damaged = exifWith(6).substr(0, 18);
    const std::string before = damaged;
    resetExifOrientation(damaged);
    QCOMPARE(damaged, before);
    std::string xmp = "<tiff:Orientation>8</tiff:Orientation> 7 <x tiff:Orientation = '3' y='4'/> tiff:Orientation";
    resetXmpOrientation(xmp);
    QCOMPARE(xmp, std::string(
                      "<tiff:Orientation>1</tiff:Orientation> 7 <x tiff:Orientation = '1' y='4'/> tiff:Orientation"));
}

void TestUpright::damagedFilesNeverPass()
{
    QFETCH(ImageFormat, format);
    const std::string whole = withMetadata(format, patternRaster({24, 16}), 1);
    const UprightFile made = must(uprightOf(whole)); // the control
    QVERIFY(!made.bytes.empty());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        // A file that ends early is refused, or it was whole before its last metadata.
        const auto outcome = uprightOf(whole.substr(0, length));
        if (outcome && !outcome->isUnchanged)
            QVERIFY2(decodedUpright(outcome->bytes).has_value(), std::to_string(length).c_str());
    }
    SeededRandom random(7);
    for (int i = 0; i < 3000; ++i) {
        std::string bytes = whole;
        for (int j = 0; j < 3; ++j)
            bytes[random.below(bytes.size())] = static_cast<char>(random.bits());
        const auto outcome = uprightOf(bytes);
        if (outcome && !outcome->isUnchanged)
            QVERIFY(!outcome->bytes.empty());
    }
}

QTEST_GUILESS_MAIN(TestUpright)
#include "tst_upright.moc"
