// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/imaging/image_checks.h"

#include <QTest>

#include <opencv2/imgproc.hpp>

#include <png.h>
#include <webp/encode.h>
#include <webp/mux.h>

using namespace ps;
using test::infoOf;
using test::isNear;
using test::pixelOf;
using test::whyNot;

namespace {

/// A PNG written by libpng with any header, from rows of raw bytes.
struct PngRequest {
    ImageSize size;
    int bitDepth = 8;
    int colourType = PNG_COLOR_TYPE_RGB;
    bool isInterlaced = false;
    std::vector<png_color> palette;
    std::vector<png_byte> paletteAlpha;
    std::vector<std::string> rows;
};

std::string makePng(const PngRequest& request)
{
    std::string bytes;
    png_structp png = ::png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = ::png_create_info_struct(png);
    ::png_set_write_fn(
        png, &bytes,
        [](png_structp p, png_bytep data, std::size_t count) {
            static_cast<std::string*>(::png_get_io_ptr(p))->append(reinterpret_cast<char*>(data), count);
        },
        [](png_structp) {});
    ::png_set_IHDR(png, info, static_cast<png_uint_32>(request.size.width),
                   static_cast<png_uint_32>(request.size.height), request.bitDepth, request.colourType,
                   request.isInterlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                   PNG_FILTER_TYPE_DEFAULT);
    if (!request.palette.empty())
        ::png_set_PLTE(png, info, request.palette.data(), static_cast<int>(request.palette.size()));
    if (!request.paletteAlpha.empty())
        ::png_set_tRNS(png, info, request.paletteAlpha.data(), static_cast<int>(request.paletteAlpha.size()), nullptr);
    ::png_write_info(png, info);
    std::vector<png_bytep> rows;
    for (const std::string& row : request.rows)
        rows.push_back(reinterpret_cast<png_bytep>(const_cast<char*>(row.data())));
    ::png_write_image(png, rows.data());
    ::png_write_end(png, info);
    ::png_destroy_write_struct(&png, &info);
    return bytes;
}

/// Frames of 8 x 8 pixels, without loss: the first (10, 20, 30) in B G R, the others brighter.
std::string makeAnimatedWebP(int frameCount)
{
    WebPAnimEncoderOptions options;
    ::WebPAnimEncoderOptionsInit(&options);
    WebPAnimEncoder* encoder = ::WebPAnimEncoderNew(8, 8, &options);
    WebPConfig config;
    ::WebPConfigInit(&config);
    config.lossless = 1;
    for (int i = 0; i < frameCount; ++i) {
        const cv::Mat pixels(8, 8, CV_8UC3, cv::Scalar(10 + 50 * i, 20, 30));
        WebPPicture picture;
        ::WebPPictureInit(&picture);
        picture.use_argb = 1;
        picture.width = 8;
        picture.height = 8;
        ::WebPPictureImportBGR(&picture, pixels.data, static_cast<int>(pixels.step));
        ::WebPAnimEncoderAdd(encoder, &picture, i * 100, &config);
        ::WebPPictureFree(&picture);
    }
    ::WebPAnimEncoderAdd(encoder, nullptr, frameCount * 100, nullptr);
    WebPData data{};
    ::WebPAnimEncoderAssemble(encoder, &data);
    std::string bytes(reinterpret_cast<const char*>(data.bytes), data.size);
    ::WebPDataClear(&data);
    ::WebPAnimEncoderDelete(encoder);
    return bytes;
}

/// The same with a single frame, which libwebp would write as a still picture.
std::string makeSingleFrameWebP()
{
    Raster raster = makeRaster({8, 8}, ColourModel::Bgr, false);
    raster.pixels = cv::Scalar(10, 20, 30);
    const std::string image = test::encodedAs(ImageFormat::WebP, raster).substr(12); // its only chunk
    const std::string extended = std::string("VP8X\x0a\0\0\0\x02\0\0\0\x07\0\0\x07\0\0", 18);
    std::string bytes = "RIFF" + std::string(4, '\0') + "WEBP" + extended;
    bytes = test::withWebPChunk(bytes, "ANIM", std::string(6, '\0'));
    return test::withWebPChunk(bytes, "ANMF", std::string("\0\0\0\0\0\0\x07\0\0\x07\0\0\x64\0\0\0", 16) + image);
}

} // namespace

class TestDecoders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losslessFormatsKeepEveryValue_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("model");
        QTest::addColumn<bool>("isDeep");
        const auto row = [](const char* name, ImageFormat format, ColourModel model, bool isDeep) {
            QTest::newRow(name) << static_cast<int>(format) << static_cast<int>(model) << isDeep;
        };
        row("PNG grey", ImageFormat::Png, ColourModel::Grey, false);
        row("PNG grey alpha", ImageFormat::Png, ColourModel::GreyAlpha, false);
        row("PNG colour", ImageFormat::Png, ColourModel::Bgr, false);
        row("PNG colour alpha", ImageFormat::Png, ColourModel::Bgra, false);
        row("PNG grey 16", ImageFormat::Png, ColourModel::Grey, true);
        row("PNG grey alpha 16", ImageFormat::Png, ColourModel::GreyAlpha, true);
        row("PNG colour 16", ImageFormat::Png, ColourModel::Bgr, true);
        row("PNG colour alpha 16", ImageFormat::Png, ColourModel::Bgra, true);
        row("WebP colour", ImageFormat::WebP, ColourModel::Bgr, false);
        row("WebP colour alpha", ImageFormat::WebP, ColourModel::Bgra, false);
        row("BMP colour", ImageFormat::Bmp, ColourModel::Bgr, false);
        row("BMP colour alpha", ImageFormat::Bmp, ColourModel::Bgra, false);
        row("TIFF grey", ImageFormat::Tiff, ColourModel::Grey, false);
        row("TIFF grey alpha", ImageFormat::Tiff, ColourModel::GreyAlpha, false);
        row("TIFF colour", ImageFormat::Tiff, ColourModel::Bgr, false);
        row("TIFF colour alpha", ImageFormat::Tiff, ColourModel::Bgra, false);
        row("TIFF CMYK", ImageFormat::Tiff, ColourModel::Cmyk, false);
        row("TIFF grey 16", ImageFormat::Tiff, ColourModel::Grey, true);
        row("TIFF grey alpha 16", ImageFormat::Tiff, ColourModel::GreyAlpha, true);
        row("TIFF colour 16", ImageFormat::Tiff, ColourModel::Bgr, true);
        row("TIFF colour alpha 16", ImageFormat::Tiff, ColourModel::Bgra, true);
        row("TIFF CMYK 16", ImageFormat::Tiff, ColourModel::Cmyk, true);
    }
    void losslessFormatsKeepEveryValue()
    {
        QFETCH(int, format);
        QFETCH(int, model);
        QFETCH(bool, isDeep);
        const Raster raster = test::noiseRaster({37, 23}, static_cast<ColourModel>(model), isDeep);
        const std::string bytes = test::encodedAs(static_cast<ImageFormat>(format), raster);
        const auto decoded = test::decodedUpright(bytes, true);
        QVERIFY2(decoded, whyNot(decoded));
        QVERIFY(decoded->model == raster.model);
        QCOMPARE(test::largestDifference(decoded->pixels, raster.pixels), 0.0);

        const auto header = test::headerOf(bytes);
        QCOMPARE(header->bitsPerChannel, isDeep ? 16 : 8);
        QVERIFY(header->model == raster.model);
        QVERIFY(header->isLossless);

        const auto shallow = test::decodedUpright(bytes, false);
        QVERIFY(shallow);
        Raster expected = raster;
        expected.pixels = raster.pixels.clone();
        QCOMPARE(test::largestDifference(shallow->pixels, toEightBit(expected).pixels), 0.0);
    }

    void sixteenBitsAreRoundedNotCut()
    {
        Raster raster = makeRaster({4, 1}, ColourModel::Grey, true);
        const std::uint16_t values[] = {0, 65535, 128, 129}; // 128 / 257 = 0.498, 129 / 257 = 0.502
        std::copy(std::begin(values), std::end(values), raster.pixels.ptr<std::uint16_t>(0));
        for (const ImageFormat format : {ImageFormat::Png, ImageFormat::Tiff}) {
            const auto shallow = test::decodedUpright(test::encodedAs(format, raster), false);
            QVERIFY(shallow);
            const std::uint8_t expected[] = {0, 255, 0, 1};
            for (int x = 0; x < 4; ++x)
                QCOMPARE(shallow->pixels.at<std::uint8_t>(0, x), expected[x]);
        }
    }

    void jpegIsCloseAndItsGreyStaysGrey()
    {
        for (const ColourModel model : {ColourModel::Grey, ColourModel::Bgr, ColourModel::Cmyk}) {
            const Raster raster = test::patternRaster({64, 48}, model);
            const auto decoded = test::decodedUpright(test::encodedAs(ImageFormat::Jpeg, raster));
            QVERIFY2(decoded, whyNot(decoded));
            QVERIFY(decoded->model == model);
            QVERIFY(test::largestDifference(decoded->pixels, raster.pixels) < 8);
        }
    }

    void qualityAndChromaOfLossyFilesAreKnown()
    {
        const Raster raster = test::patternRaster({64, 48});
        for (const int quality : {1, 10, 35, 50, 75, 88, 95, 100}) {
            for (const bool halvesChroma : {false, true}) {
                const auto header = test::headerOf(test::encoded(raster, {ImageFormat::Jpeg, quality, halvesChroma}));
                QVERIFY2(header, whyNot(header));
                QCOMPARE(header->estimatedQuality, quality);
                QCOMPARE(header->chromaSubsampling, halvesChroma ? "4:2:0" : "4:4:4");
            }
        }
        const auto grey = test::headerOf(
            test::encodedAs(ImageFormat::Jpeg, test::patternRaster({8, 8}, ColourModel::Grey)));
        QVERIFY(grey && grey->chromaSubsampling.empty());
        const auto webp = test::headerOf(test::encoded(raster, {ImageFormat::WebP, 80, false, false}));
        QVERIFY(webp && webp->chromaSubsampling == "4:2:0" && webp->estimatedQuality == 0);
        const auto png = test::headerOf(test::encodedAs(ImageFormat::Png, raster));
        QVERIFY(png && png->chromaSubsampling.empty() && png->estimatedQuality == 0);
    }

    void jpegIsDecodedAtTheSmallestScaleThatSuffices()
    {
        const Raster raster = test::squaresRaster({640, 480}, 80);
        const std::string bytes = test::encodedAs(ImageFormat::Jpeg, raster);
        for (const int box : {640, 400, 333, 320, 200, 160, 100, 80, 33, 7, 1}) {
            const auto view = test::viewOf(bytes, {box, box});
            QVERIFY2(view, whyNot(view));
            QCOMPARE(std::max(view->cols, view->rows), box);
            if (box < 33)
                continue;
            const double scale = box / 640.0;
            for (int y = 0; y < 6; ++y) { // the middle of every square has its colour at every scale
                for (int x = 0; x < 8; ++x) {
                    const cv::Vec3b wanted = raster.pixels.at<cv::Vec3b>(y * 80 + 40, x * 80 + 40);
                    const cv::Vec4b seen = pixelOf(*view, static_cast<int>((x * 80 + 40) * scale),
                                                   static_cast<int>((y * 80 + 40) * scale));
                    QVERIFY(isNear(seen, {wanted[0], wanted[1], wanted[2], 255}, 4));
                }
            }
        }
    }

    void paletteAndSmallDepthsOfPng()
    {
        PngRequest request;
        request.size = {5, 2};
        request.bitDepth = 2;
        request.colourType = PNG_COLOR_TYPE_PALETTE;
        request.palette = {{10, 20, 30}, {40, 50, 60}, {70, 80, 90}, {255, 0, 128}};
        request.rows = {std::string("\x1b\x00", 2), std::string("\xe4\xc0", 2)}; // 0 1 2 3 0 / 3 2 1 0 3
        const auto view = test::viewOf(makePng(request));
        QVERIFY2(view, whyNot(view));
        QVERIFY(isNear(pixelOf(*view, 1, 0), {60, 50, 40, 255}));
        QVERIFY(isNear(pixelOf(*view, 0, 1), {128, 0, 255, 255}));
        QCOMPARE(infoOf(makePng(request)).channelCount, 3);
        QVERIFY(!infoOf(makePng(request)).hasAlpha);

        request.paletteAlpha = {255, 0, 128};
        const auto transparent = test::viewOf(makePng(request));
        QVERIFY(transparent);
        QVERIFY(isNear(pixelOf(*transparent, 1, 0), {0, 0, 0, 0}));
        QVERIFY(isNear(pixelOf(*transparent, 2, 0), {45, 40, 35, 128}));
        QVERIFY(infoOf(makePng(request)).hasAlpha);

        PngRequest grey;
        grey.size = {8, 1};
        grey.bitDepth = 1;
        grey.colourType = PNG_COLOR_TYPE_GRAY;
        grey.rows = {"\xa5"};
        const auto bilevel = test::viewOf(makePng(grey));
        QVERIFY(bilevel);
        for (int x = 0; x < 8; ++x) {
            const std::uint8_t level = 0xa5 >> (7 - x) & 1 ? 255 : 0;
            QVERIFY(isNear(pixelOf(*bilevel, x, 0), {level, level, level, 255}));
        }
    }

    void interlacedPngIsTheSamePicture()
    {
        const Raster raster = test::noiseRaster({33, 21});
        cv::Mat rgb;
        cv::cvtColor(raster.pixels, rgb, cv::COLOR_BGR2RGB);
        PngRequest request;
        request.size = {33, 21};
        request.isInterlaced = true;
        for (int y = 0; y < 21; ++y)
            request.rows.emplace_back(reinterpret_cast<char*>(rgb.ptr(y)), 33 * 3);
        const auto decoded = test::decodedUpright(makePng(request));
        QVERIFY2(decoded, whyNot(decoded));
        QCOMPARE(test::largestDifference(decoded->pixels, raster.pixels), 0.0);
    }

    void alphaIsPremultipliedAndAveragedWithoutFringes()
    {
        // Left half red and opaque, right half green and fully transparent: no green may show at the border.
        Raster raster = makeRaster({8, 8}, ColourModel::Bgra, false);
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 8; ++x)
                raster.pixels.at<cv::Vec4b>(y, x) = x < 3 ? cv::Vec4b(0, 0, 255, 255) : cv::Vec4b(0, 255, 0, 0);
        }
        for (const ImageFormat format : {ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp}) {
            const std::string bytes = test::encodedAs(format, raster);
            const auto view = test::viewOf(bytes, {4, 4});
            QVERIFY2(view, whyNot(view));
            QVERIFY(isNear(pixelOf(*view, 0, 0), {0, 0, 255, 255}));
            QVERIFY(isNear(pixelOf(*view, 1, 0), {0, 0, 128, 128}, 1));
            QVERIFY(isNear(pixelOf(*view, 3, 3), {0, 0, 0, 0}));
        }
    }

    void framesOfAnAnimatedPngAreCounted()
    {
        std::string apng = test::encodedAs(ImageFormat::Png, test::patternRaster({4, 4}));
        apng = test::withPngChunk(apng, test::pngChunk("acTL", std::string("\0\0\0\x05\0\0\0\0", 8)));
        QCOMPARE(infoOf(apng).frameCount, 5);
        QVERIFY(infoOf(apng).isAnimated);
        QVERIFY(test::viewOf(apng));
    }

    void firstFrameOfAnAnimatedWebPIsShown()
    {
        for (const int frameCount : {1, 3}) {
            const std::string bytes = frameCount == 1 ? makeSingleFrameWebP() : makeAnimatedWebP(frameCount);
            const auto view = test::viewOf(bytes);
            QVERIFY2(view, whyNot(view));
            QVERIFY(isNear(pixelOf(*view, 3, 3), {10, 20, 30, 255}));
            QCOMPARE(infoOf(bytes).frameCount, frameCount);
            QCOMPARE(infoOf(bytes).isAnimated, frameCount > 1);
            QVERIFY(!test::viewOf(bytes.substr(0, bytes.size() / 2)));
        }
    }

    void informationIsComplete()
    {
        const std::string bytes = test::withOrientation(
            ImageFormat::Png, test::encodedAs(ImageFormat::Png, test::patternRaster({30, 20}, ColourModel::Bgra, true)),
            6);
        const ImageInfo info = infoOf(bytes);
        QVERIFY(info.format == ImageFormat::Png);
        QVERIFY(info.size == (ImageSize{20, 30}));
        QCOMPARE(info.orientation, 6);
        QCOMPARE(info.bitsPerChannel, 16);
        QCOMPARE(info.channelCount, 4);
        QVERIFY(info.hasAlpha && info.isLossless && !info.isAnimated);
        QCOMPARE(info.fileBytes, static_cast<std::int64_t>(bytes.size()));
        QCOMPARE(info.conversions, std::vector<std::string>{"16 bit to 8"});
    }
};

QTEST_GUILESS_MAIN(TestDecoders)
#include "tst_decoders.moc"
