// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/imaging/image_checks.h"

#include <QTest>

#include <opencv2/imgproc.hpp>

#include <tiffio.h>

#include <unistd.h>

using namespace ps;
using test::infoOf;
using test::isNear;
using test::pixelOf;
using test::whyNot;

namespace {

/// A TIFF written by libtiff to a file of its own; `write` sets tags and rows.
template <typename Write>
std::string makeTiff(Write&& write, const char* mode = "w")
{
    char name[] = "/tmp/proofsheet-tiff-XXXXXX";
    const UniqueFd fd(::mkstemp(name));
    TIFF* tiff = ::TIFFOpen(name, mode);
    write(tiff);
    ::TIFFClose(tiff);
    auto bytes = readFile(name, 1 << 24);
    ::unlink(name);
    return *std::move(bytes);
}

void setBasics(TIFF* tiff, ImageSize size, int bits, int samples, int photometric)
{
    ::TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, size.width);
    ::TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, size.height);
    ::TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
    ::TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, samples);
    ::TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
    ::TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    ::TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 5);
}

void writeRow(TIFF* tiff, std::string row, int y, int sample = 0)
{
    ::TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), static_cast<std::uint16_t>(sample));
}

} // namespace

class TestTiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tiffKinds()
    {
        // Bilevel, white is zero: 1 0 1 0 0 1 0 1 -> black white ...
        const std::string bilevel = makeTiff([](TIFF* tiff) {
            setBasics(tiff, {8, 1}, 1, 1, PHOTOMETRIC_MINISWHITE);
            writeRow(tiff, "\xa5", 0);
        });
        const auto inverted = test::viewOf(bilevel);
        QVERIFY2(inverted, whyNot(inverted));
        QVERIFY(isNear(pixelOf(*inverted, 0, 0), {0, 0, 0, 255}));
        QVERIFY(isNear(pixelOf(*inverted, 1, 0), {255, 255, 255, 255}));

        const std::string fourBits = makeTiff([](TIFF* tiff) {
            setBasics(tiff, {3, 1}, 4, 1, PHOTOMETRIC_MINISBLACK);
            writeRow(tiff, "\x0f\x80", 0);
        });
        const auto grey = test::viewOf(fourBits);
        QVERIFY2(grey, whyNot(grey));
        QVERIFY(isNear(pixelOf(*grey, 1, 0), {255, 255, 255, 255}));
        QVERIFY(isNear(pixelOf(*grey, 2, 0), {136, 136, 136, 255}));

        const std::string palette = makeTiff([](TIFF* tiff) {
            setBasics(tiff, {2, 1}, 8, 1, PHOTOMETRIC_PALETTE);
            std::vector<std::uint16_t> maps[3];
            for (auto& map : maps)
                map.assign(256, 0);
            maps[0][7] = 65535;
            maps[1][7] = 32896; // 128 * 257
            maps[2][9] = 257 * 5;
            ::TIFFSetField(tiff, TIFFTAG_COLORMAP, maps[0].data(), maps[1].data(), maps[2].data());
            writeRow(tiff, "\x07\x09", 0);
        });
        const auto colours = test::viewOf(palette);
        QVERIFY2(colours, whyNot(colours));
        QVERIFY(isNear(pixelOf(*colours, 0, 0), {0, 128, 255, 255}));
        QVERIFY(isNear(pixelOf(*colours, 1, 0), {5, 0, 0, 255}));
    }

    void tiffPlanesTilesAndExtraChannels()
    {
        const Raster raster = test::noiseRaster({37, 19});
        std::vector<cv::Mat> planes;
        cv::split(raster.pixels, planes);
        const auto rowOf = [](const cv::Mat& plane, int y) {
            return std::string(reinterpret_cast<const char*>(plane.ptr(y)), static_cast<std::size_t>(plane.cols));
        };
        const std::string separate = makeTiff([&](TIFF* tiff) {
            setBasics(tiff, {37, 19}, 8, 3, PHOTOMETRIC_RGB);
            ::TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_SEPARATE);
            ::TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
            for (int s = 0; s < 3; ++s) {
                for (int y = 0; y < 19; ++y)
                    writeRow(tiff, rowOf(planes[static_cast<std::size_t>(2 - s)], y), y, s);
            }
        });
        const auto fromPlanes = test::decodedUpright(separate);
        QVERIFY2(fromPlanes, whyNot(fromPlanes));
        QCOMPARE(test::largestDifference(fromPlanes->pixels, raster.pixels), 0.0);

        cv::Mat rgb;
        cv::cvtColor(raster.pixels, rgb, cv::COLOR_BGR2RGB);
        const std::string tiled = makeTiff([&](TIFF* tiff) {
            setBasics(tiff, {37, 19}, 8, 3, PHOTOMETRIC_RGB);
            ::TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 16);
            ::TIFFSetField(tiff, TIFFTAG_TILELENGTH, 16);
            for (int y = 0; y < 19; y += 16) {
                for (int x = 0; x < 37; x += 16) {
                    cv::Mat tile(16, 16, CV_8UC3, cv::Scalar(1, 2, 3));
                    const cv::Rect part(x, y, std::min(16, 37 - x), std::min(16, 19 - y));
                    rgb(part).copyTo(tile(cv::Rect(0, 0, part.width, part.height)));
                    ::TIFFWriteTile(tiff, tile.data, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0,
                                    0);
                }
            }
        });
        const auto fromTiles = test::decodedUpright(tiled);
        QVERIFY2(fromTiles, whyNot(fromTiles));
        QCOMPARE(test::largestDifference(fromTiles->pixels, raster.pixels), 0.0);

        const std::string extra = makeTiff([](TIFF* tiff) {
            setBasics(tiff, {1, 1}, 8, 5, PHOTOMETRIC_RGB);
            const std::uint16_t kinds[] = {EXTRASAMPLE_UNASSALPHA, EXTRASAMPLE_UNSPECIFIED};
            ::TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 2, kinds);
            writeRow(tiff, std::string("\x10\x20\x30\xff\x77", 5), 0);
        });
        const auto view = test::viewOf(extra);
        QVERIFY2(view, whyNot(view));
        QVERIFY(isNear(pixelOf(*view, 0, 0), {0x30, 0x20, 0x10, 255}));
        QCOMPARE(infoOf(extra).conversions, std::vector<std::string>{"1 extra channels dropped"});
    }

    void tiffOfBothByteOrdersAndBigTiff()
    {
        for (const char* mode : {"wl", "wb", "w8"}) {
            const std::string bytes = makeTiff(
                [](TIFF* tiff) {
                    setBasics(tiff, {2, 1}, 16, 1, PHOTOMETRIC_MINISBLACK);
                    const std::uint16_t row[] = {0x1234, 0xfedc};
                    writeRow(tiff, std::string(reinterpret_cast<const char*>(row), 4), 0);
                },
                mode);
            const auto decoded = test::decodedUpright(bytes);
            QVERIFY2(decoded, whyNot(decoded));
            QCOMPARE(decoded->pixels.at<std::uint16_t>(0, 0), std::uint16_t{0x1234});
            QCOMPARE(decoded->pixels.at<std::uint16_t>(0, 1), std::uint16_t{0xfedc});
            QCOMPARE(infoOf(bytes).frameCount, 1);
        }
    }

    void jpegInTiffAndYcbcr()
    {
        const auto write = [](TIFF* tiff) {
            setBasics(tiff, {32, 16}, 8, 3, PHOTOMETRIC_YCBCR);
            ::TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_JPEG);
            ::TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
            ::TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
            std::string row;
            for (int x = 0; x < 32; ++x)
                row += std::string("\xc8\x64\x32", 3);
            for (int y = 0; y < 16; ++y)
                writeRow(tiff, row, y);
        };
        const std::string bytes = makeTiff(write);
        const auto view = test::viewOf(bytes);
        QVERIFY2(view, whyNot(view));
        QVERIFY(isNear(pixelOf(*view, 16, 8), {0x32, 0x64, 0xc8, 255}, 3));
        QVERIFY(!infoOf(bytes).isLossless);

        const std::string plain = makeTiff([](TIFF* tiff) {
            setBasics(tiff, {2, 2}, 8, 3, PHOTOMETRIC_YCBCR);
            ::TIFFSetField(tiff, TIFFTAG_YCBCRSUBSAMPLING, 1, 1);
            for (int y = 0; y < 2; ++y)
                writeRow(tiff, std::string("\x80\x80\x80\xff\x80\x80", 6), y);
        });
        const auto grey = test::viewOf(plain);
        QVERIFY2(grey, whyNot(grey));
        QVERIFY(isNear(pixelOf(*grey, 0, 0), {128, 128, 128, 255}, 2));
        QVERIFY(isNear(pixelOf(*grey, 1, 1), {255, 255, 255, 255}, 2));
    }

    void unsupportedTiffsSayWhatTheyAre()
    {
        const std::string floating = makeTiff([](TIFF* tiff) {
            setBasics(tiff, {1, 1}, 32, 1, PHOTOMETRIC_MINISBLACK);
            ::TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
            writeRow(tiff, std::string(4, '\0'), 0);
        });
        const auto refused = test::headerOf(floating);
        QVERIFY(!refused);
        QVERIFY(refused.error().code == ErrorCode::Unsupported);
        QVERIFY(refused.error().message.find("unsigned integers") != std::string::npos);

        const std::string wide = makeTiff([](TIFF* tiff) {
            setBasics(tiff, {1, 1}, 32, 1, PHOTOMETRIC_MINISBLACK);
            writeRow(tiff, std::string(4, '\0'), 0);
        });
        QVERIFY(test::headerOf(wide).error().message.find("32 bits") != std::string::npos);
    }

    void pagesAreCounted()
    {
        const std::string pages = makeTiff([](TIFF* tiff) {
            for (int page = 0; page < 3; ++page) {
                setBasics(tiff, {1, 1}, 8, 1, PHOTOMETRIC_MINISBLACK);
                writeRow(tiff, std::string(1, static_cast<char>(10 + page)), 0);
                ::TIFFWriteDirectory(tiff);
            }
        });
        QCOMPARE(infoOf(pages).frameCount, 3);
        QVERIFY(!infoOf(pages).isAnimated);
        QVERIFY(isNear(pixelOf(*test::viewOf(pages), 0, 0), {10, 10, 10, 255}));
        ImageLimits limits;
        limits.maxFrames = 2;
        QVERIFY(test::headerOf(pages, limits).error().code == ErrorCode::TooLarge);

        // A chain of pages that comes back to its beginning has as many pages as the limit allows, and one more.
        std::string loop = test::encodedAs(ImageFormat::Tiff, test::patternRaster({4, 4}));
        std::uint32_t directory = 0;
        std::memcpy(&directory, loop.data() + 4, 4);
        std::uint16_t count = 0;
        std::memcpy(&count, loop.data() + directory, 2);
        std::memcpy(loop.data() + directory + 2 + count * 12, &directory, 4);
        QVERIFY(test::headerOf(loop, limits).error().code == ErrorCode::TooLarge);
    }
};

QTEST_GUILESS_MAIN(TestTiff)
#include "tst_tiff.moc"
