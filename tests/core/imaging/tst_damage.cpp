// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/images.h"

#include <QTest>

#include <random>

using namespace ps;

namespace {

std::string sampleOf(ImageFormat format)
{
    return test::encodedAs(format, test::noiseRaster({60, 40}));
}

void addFormats()
{
    QTest::addColumn<int>("format");
    for (const ImageFormat format :
         {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp})
        QTest::addRow("%s", std::string(formatName(format)).c_str()) << static_cast<int>(format);
}

ErrorCode codeOf(const std::string& bytes)
{
    const auto view = test::viewOf(bytes);
    return view ? ErrorCode::Internal : view.error().code;
}

} // namespace

class TestDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTruncationIsCorrupt_data() { addFormats(); }
    void everyTruncationIsCorrupt()
    {
        QFETCH(int, format);
        const std::string bytes = sampleOf(static_cast<ImageFormat>(format));
        QVERIFY(test::viewOf(bytes));
        const std::size_t step = std::max<std::size_t>(1, bytes.size() / 300);
        for (std::size_t length = 16; length < bytes.size(); length += step) {
            const auto view = test::viewOf(bytes.substr(0, length));
            QVERIFY2(!view, std::to_string(length).c_str());
            QVERIFY2(view.error().code == ErrorCode::Corrupt, view.error().describe().c_str());
            QVERIFY(view.error().message.size() > 15); // says something
        }
        QVERIFY(codeOf(bytes.substr(0, bytes.size() - 1)) == ErrorCode::Corrupt);
    }

    void everyFlippedBitOfAPngIsFound()
    {
        const std::string bytes = sampleOf(ImageFormat::Png);
        std::mt19937 random(2);
        for (int round = 0; round < 2000; ++round) {
            std::string changed = bytes;
            const std::size_t at = 8 + random() % (bytes.size() - 8);
            changed[at] = static_cast<char>(changed[at] ^ (1 << random() % 8));
            QVERIFY2(!test::viewOf(changed), std::to_string(at).c_str());
        }
    }

    void checksumOfATextChunkCountsToo()
    {
        std::string bytes = test::withPngChunk(sampleOf(ImageFormat::Png), test::pngChunk("tEXt", "Comment\0ok"));
        QVERIFY(test::viewOf(bytes));
        bytes[bytes.find("Comment")] = 'K';
        QVERIFY(codeOf(bytes) == ErrorCode::Corrupt);
    }

    void hugeHeadersAreRefusedByTheirNumbers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("numbers");
        const auto row = [](const char* name, const std::string& bytes, const char* numbers) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << numbers;
        };
        row("PNG", test::pngHeaderOnly(30'000, 30'000), "30000 x 30000");
        row("PNG, largest possible", test::pngHeaderOnly(0x7fffffff, 0x7fffffff), "2147483647 x 2147483647");

        std::string jpeg = sampleOf(ImageFormat::Jpeg);
        const std::size_t frame = jpeg.find("\xff\xc0");
        jpeg.replace(frame + 5, 4, std::string("\xff\xff\xff\xff", 4));
        row("JPEG", jpeg, "65535 x 65535");

        std::string tiff = sampleOf(ImageFormat::Tiff);
        std::uint32_t directory = 0;
        std::memcpy(&directory, tiff.data() + 4, 4);
        const std::uint32_t side = 400'000;
        for (const std::size_t entry : {0U, 1U}) { // width and height come first
            tiff[directory + 2 + entry * 12 + 2] = 4;
            std::memcpy(tiff.data() + directory + 2 + entry * 12 + 8, &side, 4);
        }
        row("TIFF", tiff, "400000 x 400000");
    }
    void hugeHeadersAreRefusedByTheirNumbers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, numbers);
        const auto header = test::headerOf(bytes.toStdString());
        QVERIFY(!header);
        QVERIFY2(header.error().code == ErrorCode::TooLarge, header.error().describe().c_str());
        QCOMPARE(QString::fromStdString(header.error().message),
                 numbers + QStringLiteral(" exceeds the limit of 536870912 pixels"));
    }

    void limitsCanBeChanged()
    {
        const std::string bytes = sampleOf(ImageFormat::Png);
        ImageLimits limits;
        limits.maxPixels = 60 * 40;
        QVERIFY(test::headerOf(bytes, limits));
        limits.maxPixels = 60 * 40 - 1;
        QVERIFY(test::headerOf(bytes, limits).error().code == ErrorCode::TooLarge);
        limits = {};
        limits.maxFileBytes = static_cast<std::int64_t>(bytes.size()) - 1;
        QVERIFY(test::headerOf(bytes, limits).error().code == ErrorCode::TooLarge);
    }

    void largestWebPFitsTheDefaultLimit() { QVERIFY(ImageLimits().maxPixels >= std::int64_t{16'383} * 16'383); }

    void headersWithoutSizeAreCorrupt()
    {
        QVERIFY(codeOf(test::pngHeaderOnly(0, 10)) == ErrorCode::Corrupt);
        QVERIFY(codeOf(test::pngHeaderOnly(10, 0)) == ErrorCode::Corrupt);
        QVERIFY(codeOf(test::pngHeaderOnly(0xffffffff, 1)) == ErrorCode::Corrupt);
    }

    void twoFrameHeadersOfAJpegMustAgree()
    {
        std::string jpeg = sampleOf(ImageFormat::Jpeg);
        const std::size_t frame = jpeg.find("\xff\xc0");
        std::string second = jpeg.substr(frame, 19);
        jpeg.insert(frame, second);
        QVERIFY(codeOf(jpeg) == ErrorCode::Corrupt);
    }

    void jpegKindsThatNobodyDecodesAreNamed()
    {
        std::string jpeg = sampleOf(ImageFormat::Jpeg);
        const std::size_t frame = jpeg.find("\xff\xc0");
        std::string lossless = jpeg;
        lossless[frame + 1] = '\xc3';
        QVERIFY(codeOf(lossless) == ErrorCode::Unsupported);
        QVERIFY(test::viewOf(lossless).error().message.find("SOF3") != std::string::npos);
        std::string deep = jpeg;
        deep[frame + 4] = 12;
        QVERIFY(test::viewOf(deep).error().message.find("12 bits") != std::string::npos);
        std::string two = jpeg;
        two[frame + 9] = 2;
        QVERIFY(test::viewOf(two).error().message.find("2 channels") != std::string::npos);
    }

    void endlessScansAreStopped()
    {
        // A progressive JPEG whose last scan is repeated: every repetition costs a pass over the whole picture.
        const std::string bytes = test::progressiveJpegWithScans(test::squaresRaster({64, 64}), 3000);
        const auto view = test::viewOf(bytes);
        QVERIFY(!view);
        QVERIFY2(view.error().code == ErrorCode::TooLarge, view.error().describe().c_str());
        QVERIFY(view.error().message.find("scans") != std::string::npos);
        QVERIFY(test::viewOf(test::progressiveJpegWithScans(test::squaresRaster({64, 64}), 20)));
    }

    void profileBombIsIgnored()
    {
        // 64 MiB of zeros deflate to 64 kB; the profile is dropped, the picture shown.
        const std::string png = test::withPngChunk(sampleOf(ImageFormat::Png), test::compressedProfileChunk(64 << 20));
        const auto header = test::headerOf(png);
        QVERIFY(header);
        QVERIFY(header->colour.icc.empty());
        QVERIFY(test::viewOf(png));
    }

    void mutationsNeverCrash_data() { addFormats(); }
    void mutationsNeverCrash()
    {
        QFETCH(int, format);
        std::mt19937 random(static_cast<std::uint32_t>(format));
        const std::string good = sampleOf(static_cast<ImageFormat>(format));
        ImageLimits limits;
        limits.maxPixels = 1'000'000;
        for (int round = 0; round < 1500; ++round) {
            std::string bytes = good;
            for (std::size_t i = 0, count = 1 + random() % 5; i < count; ++i) {
                // Half of the changes hit the first bytes, where the structure is.
                const std::size_t range = random() % 2 == 0 ? std::min<std::size_t>(bytes.size(), 200) : bytes.size();
                bytes[random() % range] = static_cast<char>(random());
            }
            if (random() % 4 == 0)
                bytes.resize(random() % bytes.size());
            const auto header = test::headerOf(bytes, limits);
            if (header)
                (void)test::viewOf(bytes, {50, 50}).has_value();
        }
    }
};

QTEST_GUILESS_MAIN(TestDamage)
#include "tst_damage.moc"
