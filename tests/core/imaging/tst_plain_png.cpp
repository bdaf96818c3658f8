// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fast way for ordinary PNG files beside libpng, which Qt reads them with.
#include "core/imaging/codecs/plain_png.h"
#include "core/imaging/codecs/png_filters.h"
#include "tests/core/imaging/image_checks.h"
#include "tests/support/images.h"
#include "tests/support/seeded_random.h"

#include <QImage>
#include <QTest>

#include <zlib.h>

#include <array>

using namespace ps;
using test::SeededRandom;
using test::whyNot;

namespace {

/// A PNG of random samples. The filters are chosen at random: every byte sequence is a picture under every filter.
std::string randomPng(SeededRandom& random, ImageSize size, int pixelBytes, int onlyFilter = -1)
{
    const int rowBytes = size.width * pixelBytes;
    std::string rows;
    for (int y = 0; y < size.height; ++y) {
        rows.push_back(static_cast<char>(onlyFilter >= 0 ? onlyFilter : random.intBetween(0, 4)));
        const bool isFlat = random.oneIn(4);
        for (int x = 0; x < rowBytes; ++x)
            rows.push_back(static_cast<char>(isFlat ? random.intBetween(0, 1) * 255 : random.intBetween(0, 255)));
    }
    std::string packed(::compressBound(rows.size()), '\0');
    uLongf length = packed.size();
    ::compress2(reinterpret_cast<Bytef*>(packed.data()), &length, reinterpret_cast<const Bytef*>(rows.data()),
                rows.size(), 1);
    packed.resize(length);
    constexpr std::array<char, 5> kColourTypes{0, 0, 4, 2, 6}; // by bytes per pixel
    std::string png = test::pngHeaderOnly(static_cast<std::uint32_t>(size.width),
                                          static_cast<std::uint32_t>(size.height));
    std::string header = png.substr(16, 13);
    header[9] = kColourTypes[static_cast<std::size_t>(pixelBytes)];
    png = png.substr(0, 8) + test::pngChunk("IHDR", header);
    for (std::size_t at = 0; at < packed.size(); at += 1000)
        png += test::pngChunk("IDAT", packed.substr(at, 1000));
    return png + test::pngChunk("IEND", "");
}

class NoSink final : public RowSink
{
public:
    Result<void> begin(const RowForm&) override
    {
        ++calls;
        return {};
    }
    void take(const cv::Mat&) override { ++calls; }
    int calls = 0;
};

bool isPlain(const std::string& bytes)
{
    test::MemoryFile file(bytes);
    const auto header = readHeader(file.reader(), {});
    NoSink sink;
    const auto done = header ? decodePlainPng(file.reader(), *header, {}, sink) : Result<bool>(false);
    return done && *done && sink.calls > 0;
}

/// The picture as libpng sees it, B G R A without premultiplication.
cv::Mat byQt(const std::string& bytes)
{
    QImage image = QImage::fromData(QByteArray::fromStdString(bytes), "PNG").convertToFormat(QImage::Format_ARGB32);
    return cv::Mat(image.height(), image.width(), CV_8UC4, image.bits(), static_cast<std::size_t>(image.bytesPerLine()))
        .clone();
}

cv::Mat fourChannels(const Raster& raster)
{
    const cv::Mat& in = raster.pixels;
    cv::Mat out(in.size(), CV_8UC4, cv::Scalar::all(255));
    const int channels = in.channels();
    const bool isGrey = channels <= 2;
    for (int c = 0; c < 3; ++c)
        cv::insertChannel(
            [&] {
                cv::Mat one;
                cv::extractChannel(in, one, isGrey ? 0 : c);
                return one;
            }(),
            out, c);
    if (hasAlpha(raster.model)) {
        cv::Mat alpha;
        cv::extractChannel(in, alpha, channels - 1);
        cv::insertChannel(alpha, out, 3);
    }
    return out;
}

} // namespace

class TestPlainPng : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithLibpng()
    {
        SeededRandom random(11);
        for (int round = 0; round < 400; ++round) {
            const ImageSize size{random.intBetween(1, 70), random.intBetween(1, 40)};
            const int pixelBytes = random.intBetween(1, 4);
            const int onlyFilter = round % 2 == 0 ? random.intBetween(0, 4) : -1;
            const std::string png = randomPng(random, size, pixelBytes, onlyFilter);
            QVERIFY(isPlain(png));
            const auto raster = test::decodedUpright(png);
            QVERIFY2(raster, whyNot(raster));
            const std::string note = random.note() + ", round " + std::to_string(round);
            QVERIFY2(test::largestDifference(fourChannels(*raster), byQt(png)) == 0, note.c_str());
        }
    }

    void vectorsAgreeWithPortableCode()
    {
        SeededRandom random(12);
        for (int round = 0; round < 2000; ++round) {
            const int pixelBytes = random.intBetween(1, 4);
            const std::size_t count = static_cast<std::size_t>(random.intBetween(1, 50) * pixelBytes);
            const auto row = [&] {
                const std::string bytes = random.bytes(count + kPngRowSlack);
                return std::vector<std::uint8_t>(bytes.begin(), bytes.end());
            };
            const auto above = row();
            const auto first = row();
            const auto second = row();
            std::vector<std::uint8_t> fast(count + kPngRowSlack);
            std::vector<std::uint8_t> slow(fast);
            std::vector<std::uint8_t> slowSecond(fast);
            const PngUndo fastest = fastestPngUndo(pixelBytes);
            const PngUndo portable = portablePngUndo(pixelBytes);
            for (int filter = 0; filter <= 4; ++filter) {
                fastest.row(static_cast<PngFilter>(filter), first.data(), above.data(), fast.data(), count);
                portable.row(static_cast<PngFilter>(filter), first.data(), above.data(), slow.data(), count);
                QVERIFY(std::equal(fast.begin(), fast.begin() + static_cast<std::ptrdiff_t>(count), slow.begin()));
            }
            if (!fastest.paethPair)
                continue;
            std::vector<std::uint8_t> fastSecond(fast);
            portable.row(PngFilter::Paeth, second.data(), slow.data(), slowSecond.data(), count);
            fastest.paethPair({first.data(), fast.data(), second.data(), fastSecond.data()}, above.data(), count);
            QVERIFY(std::equal(slow.begin(), slow.begin() + static_cast<std::ptrdiff_t>(count), fast.begin()));
            QVERIFY(std::equal(slowSecond.begin(), slowSecond.begin() + static_cast<std::ptrdiff_t>(count),
                               fastSecond.begin()));
        }
    }

    void everythingUnusualIsLeftToLibpng()
    {
        SeededRandom random(13);
        const std::string sound = randomPng(random, {20, 20}, 3);
        QVERIFY(isPlain(sound));
        QVERIFY(!isPlain(test::withPngChunk(sound, test::pngChunk("tRNS", std::string(6, '\0')))));
        QVERIFY(!isPlain(sound.substr(0, sound.size() - 12)));                            // no end
        QVERIFY(!isPlain(test::withPngChunk(sound, test::pngChunk("XXXX", "critical")))); // unknown and critical
        QVERIFY(isPlain(test::withPngChunk(sound, test::pngChunk("tEXt", std::string("a\0b", 3)))));
        for (std::size_t at = 40; at < sound.size(); at += 7) { // every checksum is examined
            std::string broken = sound;
            broken[at] = static_cast<char>(broken[at] ^ 1);
            QVERIFY(!isPlain(broken));
        }
        QVERIFY(!isPlain(test::encodedAs(ImageFormat::Png, test::patternRaster({9, 9}, ColourModel::Bgr, true))));
    }
};

QTEST_GUILESS_MAIN(TestPlainPng)
#include "tst_plain_png.moc"
