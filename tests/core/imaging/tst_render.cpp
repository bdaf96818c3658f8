// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/cut_check.h"
#include "core/imaging/codecs/render.h"
#include "tests/core/imaging/image_checks.h"

#include <QTest>

#include <opencv2/imgproc.hpp>

using namespace ps;
using test::infoOf;
using test::whyNot;

namespace {

const PixelBox kBox{7, 5, 41, 33};

Result<std::string> rendered(const std::string& source, const Recipe& recipe, const ImageLimits& limits = {})
{
    test::MemoryFile file(source);
    ColourConverter converter;
    PS_TRY(const ImageHeader header, readHeader(file.reader(), {}));
    PS_TRY(RenderedFile result, renderRecipe(file.reader(), header, recipe, limits, converter, [] { return false; }));
    return std::move(result.bytes);
}

Result<void> checked(const std::string& original, PixelBox box, const std::string& cut)
{
    test::MemoryFile originalFile(original);
    test::MemoryFile cutFile(cut);
    PS_TRY(const ImageHeader originalHeader, readHeader(originalFile.reader(), {}));
    PS_TRY(const ImageHeader cutHeader, readHeader(cutFile.reader(), {}));
    return checkCut(originalFile.reader(), originalHeader, box, cutFile.reader(), cutHeader);
}

cv::Mat boxOf(const cv::Mat& pixels, PixelBox box)
{
    return pixels(cv::Rect(box.x1, box.y1, box.width(), box.height()));
}

Recipe steps(std::vector<RecipeStep> list)
{
    return {std::move(list), {}};
}

/// What a recipe makes of a picture, as pixels.
cv::Mat pixelsAfter(const Raster& raster, std::vector<RecipeStep> list)
{
    const auto bytes = rendered(test::encodedAs(ImageFormat::Png, raster), steps(std::move(list)));
    if (!bytes)
        qFatal("%s", whyNot(bytes));
    return test::decodedUpright(*bytes)->pixels;
}

} // namespace

class TestRender : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losslessCutsAreExact_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("model");
        QTest::addColumn<bool>("isDeep");
        QTest::addColumn<bool>("hasProfile");
        QTest::addColumn<int>("orientation");
        const auto row = [](const char* name, ImageFormat format, ColourModel model, bool isDeep, bool hasProfile,
                            int orientation) {
            QTest::newRow(name) << static_cast<int>(format) << static_cast<int>(model) << isDeep << hasProfile
                                << orientation;
        };
        row("PNG", ImageFormat::Png, ColourModel::Bgr, false, false, 1);
        row("PNG 16 bit", ImageFormat::Png, ColourModel::Bgr, true, false, 1);
        row("PNG 16 bit alpha profile turned", ImageFormat::Png, ColourModel::Bgra, true, true, 6);
        row("PNG grey 16 bit", ImageFormat::Png, ColourModel::Grey, true, false, 3);
        row("PNG grey alpha", ImageFormat::Png, ColourModel::GreyAlpha, false, false, 1);
        row("PNG profile", ImageFormat::Png, ColourModel::Bgr, false, true, 1);
        row("TIFF", ImageFormat::Tiff, ColourModel::Bgr, false, false, 1);
        row("TIFF 16 bit profile turned", ImageFormat::Tiff, ColourModel::Bgr, true, true, 8);
        row("TIFF alpha", ImageFormat::Tiff, ColourModel::Bgra, false, false, 5);
        row("TIFF CMYK", ImageFormat::Tiff, ColourModel::Cmyk, false, false, 1);
        row("WebP", ImageFormat::WebP, ColourModel::Bgr, false, false, 1);
        row("WebP alpha profile turned", ImageFormat::WebP, ColourModel::Bgra, false, true, 7);
        row("BMP", ImageFormat::Bmp, ColourModel::Bgr, false, false, 1);
        row("BMP alpha", ImageFormat::Bmp, ColourModel::Bgra, false, false, 1);
        row("BMP profile", ImageFormat::Bmp, ColourModel::Bgr, false, true, 1);
    }
    void losslessCutsAreExact()
    {
        QFETCH(int, format);
        QFETCH(int, model);
        QFETCH(bool, isDeep);
        QFETCH(bool, hasProfile);
        QFETCH(int, orientation);
        const auto imageFormat = static_cast<ImageFormat>(format);
        Raster raster = test::noiseRaster({60, 48}, static_cast<ColourModel>(model), isDeep);
        if (hasProfile)
            raster.colour.icc = test::wideGamutProfile();
        std::string original = test::encodedAs(imageFormat, raster);
        if (orientation != 1)
            original = test::withOrientation(imageFormat, original, orientation);

        const auto cut = rendered(original, cutRecipe(infoOf(original), kBox));
        QVERIFY2(cut, whyNot(cut));
        const auto header = test::headerOf(*cut);
        QVERIFY2(header, whyNot(header));
        QVERIFY(header->format == imageFormat);
        QCOMPARE(header->orientation, 1); // it is upright now, and says nothing else
        QCOMPARE(header->bitsPerChannel, isDeep ? 16 : 8);
        QVERIFY(header->model == raster.model);
        QVERIFY(header->colour.icc == raster.colour.icc); // byte by byte
        const cv::Mat expected = boxOf(test::decodedUpright(original)->pixels, kBox);
        QCOMPARE(test::largestDifference(test::decodedUpright(*cut)->pixels, expected), 0.0);
        const auto outcome = checked(original, kBox, *cut);
        QVERIFY2(outcome, whyNot(outcome));
    }

    void colourTagsOfAPngAreKept()
    {
        Raster raster = test::noiseRaster({60, 48});
        raster.colour.gamma = 1.0;
        raster.colour.primaries = {0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06};
        const std::string original = test::encodedAs(ImageFormat::Png, raster);
        const auto cut = rendered(original, cutRecipe(infoOf(original), kBox));
        QVERIFY2(cut, whyNot(cut));
        QVERIFY(test::headerOf(original)->colour.gamma.has_value());
        QVERIFY(test::headerOf(*cut)->colour == test::headerOf(original)->colour);
    }

    void lossyCutsAreClose_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("picture");
        for (const ImageFormat format : {ImageFormat::Jpeg, ImageFormat::WebP}) {
            const std::string name(formatName(format));
            QTest::addRow("%s squares", name.c_str()) << static_cast<int>(format) << 0;
            QTest::addRow("%s gradient", name.c_str()) << static_cast<int>(format) << 1;
        }
        QTest::addRow("JPEG noise") << static_cast<int>(ImageFormat::Jpeg) << 2;
        QTest::addRow("WebP noise") << static_cast<int>(ImageFormat::WebP) << 2;
    }
    void lossyCutsAreClose()
    {
        QFETCH(int, format);
        QFETCH(int, picture);
        Encoding encoding;
        encoding.format = static_cast<ImageFormat>(format);
        encoding.isLossless = false;
        encoding.quality = 90;
        const ImageSize size{160, 120};
        Raster raster = picture == 0   ? test::squaresRaster(size)
                        : picture == 1 ? test::patternRaster(size)
                                       : test::noiseRaster(size);
        raster.colour.icc = test::wideGamutProfile();
        const std::string original = test::encoded(raster, encoding);
        const PixelBox box{13, 9, 141, 107};
        const auto cut = rendered(original, cutRecipe(infoOf(original), box));
        QVERIFY2(cut, whyNot(cut));
        QVERIFY(test::headerOf(*cut)->format == encoding.format);
        QVERIFY(test::headerOf(*cut)->colour.icc == raster.colour.icc);
        const auto outcome = checked(original, box, *cut);
        QVERIFY2(outcome, whyNot(outcome));
    }

    void lossyCutWithAlphaIsClose()
    {
        Encoding encoding;
        encoding.format = ImageFormat::WebP;
        encoding.isLossless = false;
        const std::string original = test::encoded(test::patternRaster({90, 70}, ColourModel::Bgra), encoding);
        const PixelBox box{3, 5, 71, 66};
        const auto cut = rendered(original, cutRecipe(infoOf(original), box));
        QVERIFY2(cut, whyNot(cut));
        QVERIFY(test::headerOf(*cut)->model == ColourModel::Bgra);
        const auto outcome = checked(original, box, *cut);
        QVERIFY2(outcome, whyNot(outcome));
    }

    void cutOfAJpegIsFourFourFour()
    {
        const std::string original = test::encodedAs(ImageFormat::Jpeg, test::squaresRaster({64, 64}));
        const auto cut = rendered(original, cutRecipe(infoOf(original), {0, 0, 32, 32}));
        QVERIFY(cut);
        const std::size_t frame = cut->find("\xff\xc0");
        QVERIFY(frame != std::string::npos);
        for (const std::size_t component : {0U, 1U, 2U})
            QCOMPARE(static_cast<int>((*cut)[frame + 11 + 3 * component]), 0x11);
        QVERIFY(cut->find("Exif") == std::string::npos);
    }

    void cmykJpegIsCutAsCmyk()
    {
        const std::string original = test::encodedAs(ImageFormat::Jpeg,
                                                     test::patternRaster({64, 64}, ColourModel::Cmyk));
        const auto cut = rendered(original, cutRecipe(infoOf(original), {8, 8, 56, 56}));
        QVERIFY2(cut, whyNot(cut));
        QVERIFY(test::headerOf(*cut)->model == ColourModel::Cmyk);
        const auto outcome = checked(original, {8, 8, 56, 56}, *cut);
        QVERIFY2(outcome, whyNot(outcome));
    }

    void wrongCutsAreFound_data()
    {
        QTest::addColumn<int>("format");
        for (const ImageFormat format :
             {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp})
            QTest::addRow("%s", std::string(formatName(format)).c_str()) << static_cast<int>(format);
    }
    void wrongCutsAreFound()
    {
        QFETCH(int, format);
        const auto imageFormat = static_cast<ImageFormat>(format);
        const Raster raster = test::squaresRaster({160, 120}, 24);
        const std::string original = test::encodedAs(imageFormat, raster);
        const PixelBox box{20, 20, 120, 100};
        const auto isFound = [&](const Raster& cut) {
            const auto outcome = checked(original, box, test::encodedAs(imageFormat, cut));
            return !outcome && outcome.error().code == ErrorCode::Corrupt;
        };
        const auto cutFrom = [&](PixelBox from) {
            Raster cut = raster;
            cut.pixels = boxOf(raster.pixels, from).clone();
            return cut;
        };
        QVERIFY(!isFound(cutFrom(box)));
        QVERIFY(isFound(cutFrom({21, 20, 120, 100}))); // a column too few
        QVERIFY(isFound(cutFrom({30, 20, 130, 100}))); // ten pixels aside
        Raster mirrored = cutFrom(box);
        cv::flip(mirrored.pixels, mirrored.pixels, 1);
        QVERIFY(isFound(mirrored));
        Raster swapped = cutFrom(box);
        cv::cvtColor(swapped.pixels, swapped.pixels, cv::COLOR_BGR2RGB);
        QVERIFY(isFound(swapped));
        Raster damagedCorner = cutFrom(box);
        damagedCorner.pixels(cv::Rect(80, 60, 20, 20)) = cv::Scalar::all(128);
        QVERIFY(isFound(damagedCorner));
        if (imageFormat != ImageFormat::Jpeg) {
            Raster oneValue = cutFrom(box);
            oneValue.pixels.at<cv::Vec3b>(50, 50)[1] ^= 1;
            QVERIFY(isFound(oneValue));
        }
    }

    void cutWithoutItsProfileIsFound()
    {
        Raster raster = test::noiseRaster({60, 48});
        const std::string plain = test::encodedAs(ImageFormat::Png, raster);
        raster.colour.icc = test::wideGamutProfile();
        const std::string original = test::encodedAs(ImageFormat::Png, raster);
        const auto outcome = checked(original, {0, 0, 60, 48}, plain);
        QVERIFY(!outcome);
        QVERIFY(outcome.error().message.find("profile") != std::string::npos);
        const auto shallow = checked(
            test::encodedAs(ImageFormat::Png, test::noiseRaster({8, 8}, ColourModel::Bgr, true)), {0, 0, 8, 8},
            test::encodedAs(ImageFormat::Png, test::noiseRaster({8, 8})));
        QVERIFY(!shallow);
        QVERIFY(shallow.error().message.find("depth") != std::string::npos);
    }

    void boxesOutsideAreInvalid()
    {
        const std::string original = test::encodedAs(ImageFormat::Png, test::noiseRaster({60, 48}));
        for (const PixelBox box : {PixelBox{0, 0, 61, 48}, PixelBox{0, 0, 60, 49}, PixelBox{60, 0, 61, 1}}) {
            const auto cut = rendered(original, cutRecipe(infoOf(original), box));
            QVERIFY(!cut);
            QVERIFY(cut.error().code == ErrorCode::InvalidInput);
            QVERIFY(checked(original, box, original).error().code == ErrorCode::InvalidInput);
        }
    }

    void sameRecipeSameBytes()
    {
        const std::string source = test::encodedAs(ImageFormat::Png, test::patternRaster({97, 61}, ColourModel::Bgra));
        for (const ImageFormat format :
             {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp}) {
            Recipe recipe = steps({ResizeStep{{60, 40}, ResizeFilter::Cubic}, BlurStep{0.8}, SharpenStep{0.5, 1.5},
                                   NoiseStep{42, 3}, ExposureStep{0.3}, JpegStep{70}, CropStep{{2, 2, 50, 30}}});
            recipe.encoding.format = format;
            const auto first = rendered(source, recipe);
            QVERIFY2(first, whyNot(first));
            QVERIFY(*first == *rendered(source, recipe));
            QVERIFY(test::headerOf(*first)->rawSize == (ImageSize{48, 28}));
        }
    }

    void stepsDoWhatTheySay()
    {
        const Raster raster = test::squaresRaster({64, 48});
        const cv::Mat same = pixelsAfter(raster, {ExposureStep{0}, NoiseStep{1, 0}});
        QCOMPARE(test::largestDifference(same, raster.pixels), 0.0);

        const cv::Mat brighter = pixelsAfter(raster, {ExposureStep{1}});
        const cv::Mat darker = pixelsAfter(raster, {ExposureStep{-1}});
        QVERIFY(cv::mean(brighter)[1] > cv::mean(raster.pixels)[1]);
        QVERIFY(cv::mean(darker)[1] < cv::mean(raster.pixels)[1]);

        cv::Mat blurred;
        cv::GaussianBlur(raster.pixels, blurred, {}, 2);
        QCOMPARE(test::largestDifference(pixelsAfter(raster, {BlurStep{2}}), blurred), 0.0);

        const cv::Mat sharpened = pixelsAfter(raster, {SharpenStep{1, 2}});
        QVERIFY(cv::norm(sharpened, blurred, cv::NORM_L1) > cv::norm(raster.pixels, blurred, cv::NORM_L1));

        const cv::Mat smaller = pixelsAfter(raster, {ResizeStep{{32, 24}, ResizeFilter::Area}});
        QVERIFY(smaller.cols == 32 && smaller.rows == 24);
        const cv::Mat larger = pixelsAfter(raster, {ResizeStep{{128, 96}, ResizeFilter::Cubic}});
        QVERIFY(larger.cols == 128 && larger.rows == 96);

        const cv::Mat compressed = pixelsAfter(raster, {JpegStep{20}});
        QVERIFY(test::largestDifference(compressed, raster.pixels) > 0);
        QVERIFY(cv::norm(compressed, raster.pixels, cv::NORM_L1) / (64 * 48 * 3) < 12);
    }

    void noiseIsAsSpecified()
    {
        Raster flat = makeRaster({300, 300}, ColourModel::Bgr, false);
        flat.pixels = cv::Scalar::all(128);
        const cv::Mat noisy = pixelsAfter(flat, {NoiseStep{7, 10}});
        cv::Scalar mean;
        cv::Scalar deviation;
        cv::meanStdDev(noisy, mean, deviation);
        for (int c = 0; c < 3; ++c) {
            QVERIFY(std::abs(mean[c] - 128) < 0.3);
            QVERIFY(std::abs(deviation[c] - 10) < 0.2);
        }
        QVERIFY(test::largestDifference(noisy, pixelsAfter(flat, {NoiseStep{8, 10}})) > 0);
        // Frozen: a change of the generator would change every demo and every test set that was made with it.
        const cv::Vec3b first = noisy.at<cv::Vec3b>(0, 0);
        QCOMPARE(QString::asprintf("%d %d %d", first[0], first[1], first[2]), QStringLiteral("119 129 124"));
    }

    void transparencySurvivesTheSteps()
    {
        Raster raster = makeRaster({32, 32}, ColourModel::Bgra, false);
        for (int y = 0; y < 32; ++y) {
            for (int x = 0; x < 32; ++x)
                raster.pixels.at<cv::Vec4b>(y, x) = x < 16 ? cv::Vec4b(0, 0, 255, 255) : cv::Vec4b(0, 255, 0, 0);
        }
        const cv::Mat blurred = pixelsAfter(raster, {BlurStep{3}, JpegStep{95}});
        QCOMPARE(blurred.channels(), 4);
        const cv::Vec4b border = blurred.at<cv::Vec4b>(16, 16);
        QVERIFY(border[3] > 60 && border[3] < 200);
        QVERIFY(border[1] < 20); // no green from the pixels that nobody sees
    }

    void targetsThatCannotHoldThePixelsGetThemConverted()
    {
        Raster raster = makeRaster({16, 16}, ColourModel::Bgra, true);
        raster.pixels = cv::Scalar(0, 0, 65535, 32768); // red, half transparent
        const std::string source = test::encodedAs(ImageFormat::Png, raster);
        Recipe recipe;
        recipe.encoding.format = ImageFormat::Jpeg;
        const auto flat = rendered(source, recipe);
        QVERIFY2(flat, whyNot(flat));
        const cv::Vec4b seen = test::viewOf(*flat)->at<cv::Vec4b>(8, 8);
        QVERIFY(std::abs(seen[0] - 127) < 4 && std::abs(seen[1] - 127) < 4 && seen[2] > 250); // on white

        Raster cmyk = makeRaster({16, 16}, ColourModel::Cmyk, false);
        cmyk.pixels = cv::Scalar(0, 255, 255, 0);
        recipe.encoding.format = ImageFormat::Png;
        const auto colours = rendered(test::encodedAs(ImageFormat::Tiff, cmyk), recipe);
        QVERIFY2(colours, whyNot(colours));
        QVERIFY(test::decodedUpright(*colours)->pixels.at<cv::Vec3b>(0, 0) == cv::Vec3b(0, 0, 255));

        Raster grey = test::patternRaster({16, 16}, ColourModel::Grey);
        recipe.encoding.format = ImageFormat::WebP;
        const auto webp = rendered(test::encodedAs(ImageFormat::Png, grey), recipe);
        QVERIFY2(webp, whyNot(webp));
        QCOMPARE(test::decodedUpright(*webp)->pixels.at<cv::Vec3b>(3, 3)[0], grey.pixels.at<std::uint8_t>(3, 3));
    }

    void sizesBeyondTheFormatAreRefused()
    {
        Raster raster = makeRaster({17'000, 2}, ColourModel::Bgr, false);
        raster.pixels = cv::Scalar::all(9);
        Recipe recipe;
        recipe.encoding.format = ImageFormat::WebP;
        const auto outcome = rendered(test::encodedAs(ImageFormat::Png, raster), recipe);
        QVERIFY(!outcome);
        QVERIFY(outcome.error().code == ErrorCode::TooLarge);
        ImageLimits limits;
        limits.maxPixels = 1000;
        const auto enlarged = rendered(test::encodedAs(ImageFormat::Png, test::noiseRaster({10, 10})),
                                       steps({ResizeStep{{100, 100}}}), limits);
        QVERIFY(enlarged.error().code == ErrorCode::TooLarge);
    }

    void cancellationIsSeenBetweenSteps()
    {
        test::MemoryFile file(test::encodedAs(ImageFormat::Png, test::noiseRaster({10, 10})));
        ColourConverter converter;
        const auto header = readHeader(file.reader(), {});
        int asked = 0;
        const auto outcome = renderRecipe(file.reader(), *header, steps({ExposureStep{1}, ExposureStep{1}}), {},
                                          converter, [&] { return ++asked == 2; });
        QVERIFY(!outcome);
        QVERIFY(outcome.error().code == ErrorCode::Cancelled);
        QCOMPARE(asked, 2);
    }
};

QTEST_GUILESS_MAIN(TestRender)
#include "tst_render.moc"
