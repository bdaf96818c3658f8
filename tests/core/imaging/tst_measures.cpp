// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/measure.h"
#include "core/imaging/codecs/survey.h"
#include "tests/support/checks.h"
#include "tests/support/images.h"

#include <QTest>

#include <opencv2/imgproc.hpp>

#include <bit>
#include <cmath>

using namespace ps;
using test::must;

namespace {

/// Something like a photograph: shapes of all sizes with soft and hard edges, different for each seed.
cv::Mat sceneOf(int seed, ImageSize size = {512, 384})
{
    cv::RNG random(static_cast<std::uint64_t>(seed) + 1000);
    cv::Mat scene(size.height, size.width, CV_8UC1, cv::Scalar(random.uniform(60, 180)));
    for (int i = 0; i < 60; ++i) {
        const cv::Point centre(random.uniform(0, size.width), random.uniform(0, size.height));
        const double most = size.width / (3.0 + i / 4.0);
        const cv::Size axes(static_cast<int>(random.uniform(2.0, most)), static_cast<int>(random.uniform(2.0, most)));
        cv::ellipse(scene, centre, axes, random.uniform(0, 180), 0, 360, cv::Scalar(random.uniform(10, 245)), -1,
                    cv::LINE_AA);
    }
    cv::GaussianBlur(scene, scene, {}, 0.8);
    return scene;
}

cv::Mat blurred(const cv::Mat& picture, double sigma)
{
    cv::Mat result;
    cv::GaussianBlur(picture, result, {}, sigma);
    return result;
}

cv::Mat withNoise(const cv::Mat& picture, double sigma)
{
    cv::Mat noise(picture.size(), CV_16SC1);
    cv::RNG random(99);
    random.fill(noise, cv::RNG::NORMAL, 0, sigma);
    cv::Mat sum;
    picture.convertTo(sum, CV_16S);
    cv::add(sum, noise, sum);
    cv::Mat result;
    sum.convertTo(result, CV_8U);
    return result;
}

int distance(std::uint64_t a, std::uint64_t b)
{
    return std::popcount(a ^ b);
}

Raster rasterOf(const cv::Mat& grey)
{
    Raster raster;
    cv::cvtColor(grey, raster.pixels, cv::COLOR_GRAY2BGR);
    raster.model = ColourModel::Bgr;
    return raster;
}

SurveyedPicture surveyOf(const std::string& bytes, ThumbnailClass size = ThumbnailClass::Small)
{
    test::MemoryFile file(bytes);
    ColourConverter converter;
    const ImageHeader header = must(readHeader(file.reader(), {}));
    return must(surveyPicture(file.reader(), header, size, converter));
}

std::string jpegOf(const cv::Mat& grey, int quality)
{
    Encoding encoding;
    encoding.format = ImageFormat::Jpeg;
    encoding.quality = quality;
    encoding.halvesChroma = true;
    return test::encoded(rasterOf(grey), encoding);
}

} // namespace

class TestMeasures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ---- the perceptual hash ---------------------------------------------------------------------------------------

    void hashHardlyChangesWithThePicture_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 12; ++seed)
            QTest::addRow("scene %d", seed) << seed;
    }

    void hashHardlyChangesWithThePicture()
    {
        QFETCH(int, seed);
        const cv::Mat scene = sceneOf(seed, {1024, 768});
        const std::uint64_t hash = surveyOf(test::encodedAs(ImageFormat::Png, rasterOf(scene))).measures.perceptualHash;
        cv::Mat changed;
        cv::resize(scene, changed, {640, 480}, 0, 0, cv::INTER_AREA);
        QVERIFY(distance(hash, perceptualHash(changed)) <= 3);
        cv::resize(scene, changed, {200, 150}, 0, 0, cv::INTER_AREA);
        QVERIFY(distance(hash, perceptualHash(changed)) <= 4);
        QVERIFY(distance(hash, surveyOf(jpegOf(scene, 50)).measures.perceptualHash) <= 3);
        scene.convertTo(changed, CV_8U, 1.1, 0); // a little more light
        QVERIFY(distance(hash, perceptualHash(changed)) <= 6);
        QVERIFY(distance(hash, perceptualHash(blurred(scene, 2))) <= 3);
        QVERIFY(distance(hash, perceptualHash(withNoise(scene, 6))) <= 3);
    }

    void hashesOfDifferentPicturesAreFarApart()
    {
        std::vector<std::uint64_t> hashes;
        for (int seed = 0; seed < 60; ++seed)
            hashes.push_back(perceptualHash(sceneOf(seed)));
        int smallest = 64;
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            for (std::size_t k = 0; k < i; ++k)
                smallest = std::min(smallest, distance(hashes[i], hashes[k]));
        }
        QVERIFY2(smallest >= 10, std::to_string(smallest).c_str());
    }

    void hashIsTheSameEveryTime()
    {
        // The value is stored: a change of the method must change the version of the catalogue.
        const cv::Mat squares = lumaOf(test::squaresRaster({640, 480}, 40).pixels);
        QCOMPARE(perceptualHash(squares), std::uint64_t{7444548283111135266U});
    }

    void picturesWithoutStructureHaveTheHashZero()
    {
        for (const int value : {0, 128, 255})
            QCOMPARE(perceptualHash(cv::Mat(300, 400, CV_8UC1, cv::Scalar(value))), std::uint64_t{0});
        QCOMPARE(perceptualHash(withNoise(cv::Mat(384, 512, CV_8UC1, cv::Scalar(128)), 2)), std::uint64_t{0});
    }

    void tinyAndNarrowPicturesHaveAHashToo()
    {
        for (const ImageSize size : {ImageSize{1, 1}, ImageSize{2, 500}, ImageSize{500, 1}, ImageSize{31, 33}}) {
            const cv::Mat picture(size.height, size.width, CV_8UC1, cv::Scalar(77));
            QCOMPARE(measureLuma(picture).perceptualHash, std::uint64_t{0});
            QCOMPARE(measureLuma(picture).exposure, 77 / 255.0);
        }
    }

    // ---- what the numbers mean -------------------------------------------------------------------------------------

    void blurLowersSharpness()
    {
        for (int seed = 0; seed < 8; ++seed) {
            const cv::Mat scene = sceneOf(seed);
            double last = measureLuma(scene).sharpness;
            for (const double sigma : {0.6, 1.0, 2.0, 4.0}) {
                const double now = measureLuma(blurred(scene, sigma)).sharpness;
                QVERIFY2(now < last, std::to_string(now).c_str());
                last = now;
            }
        }
    }

    void noiseHardlyRaisesSharpness()
    {
        for (int seed = 0; seed < 8; ++seed) {
            const cv::Mat scene = sceneOf(seed);
            const double clean = measureLuma(scene).sharpness;
            const double noisy = measureLuma(withNoise(scene, 8)).sharpness;
            const double uncorrected = std::hypot(clean, std::sqrt(20.0) * 8);
            QVERIFY2(noisy - clean < 0.4 * (uncorrected - clean),
                     (std::to_string(clean) + " " + std::to_string(noisy)).c_str());
        }
    }

    void noiseIsMeasuredInGreyLevels_data()
    {
        QTest::addColumn<double>("sigma");
        for (const double sigma : {1.0, 2.0, 4.0, 8.0, 16.0})
            QTest::addRow("sigma %g", sigma) << sigma;
    }

    void noiseIsMeasuredInGreyLevels()
    {
        QFETCH(double, sigma);
        for (int seed = 0; seed < 6; ++seed) {
            const double noise = measureLuma(withNoise(sceneOf(seed), sigma)).noise;
            QVERIFY2(noise > 0.75 * sigma && noise < 1.25 * sigma + 0.3, std::to_string(noise).c_str());
        }
    }

    void pictureWithoutNoiseHasNone()
    {
        for (int seed = 0; seed < 6; ++seed)
            QVERIFY(measureLuma(sceneOf(seed)).noise < 0.5);
        cv::Mat ramp(384, 512, CV_8UC1);
        for (int y = 0; y < 384; ++y) {
            for (int x = 0; x < 512; ++x)
                ramp.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(x / 4 + y / 8);
        }
        QVERIFY(measureLuma(ramp).noise < 0.5);
    }

    void exposureIsMeanLuma()
    {
        cv::Mat half(100, 200, CV_8UC1, cv::Scalar(0));
        half.colRange(100, 200).setTo(255);
        const ImageMeasures measures = measureLuma(half);
        QCOMPARE(measures.exposure, 0.5);
        QCOMPARE(measures.contrast, 0.5);
        QCOMPARE(measures.darkShare, 0.5);
        QCOMPARE(measures.brightShare, 0.5);
        cv::Mat brighter;
        const cv::Mat scene = sceneOf(1);
        scene.convertTo(brighter, CV_8U, 1.3, 0);
        QVERIFY(measureLuma(brighter).exposure > measureLuma(scene).exposure);
        QVERIFY(measureLuma(brighter).brightShare > measureLuma(scene).brightShare);
    }

    void contrastFallsWithARaisedBase()
    {
        cv::Mat flatter;
        const cv::Mat scene = sceneOf(2);
        scene.convertTo(flatter, CV_8U, 0.5, 64);
        const double ratio = measureLuma(flatter).contrast / measureLuma(scene).contrast;
        QVERIFY(std::abs(ratio - 0.5) < 0.02);
    }

    void measuresDoNotDependOnTheThumbnailThatIsWanted()
    {
        const std::string bytes = jpegOf(sceneOf(3, {1600, 1200}), 90);
        const SurveyedPicture small = surveyOf(bytes, ThumbnailClass::Small);
        const SurveyedPicture large = surveyOf(bytes, ThumbnailClass::Large);
        QVERIFY(small.measures == large.measures);
        QVERIFY(small.thumbnail.size() == (ImageSize{256, 192}));
        QVERIFY(large.thumbnail.size() == (ImageSize{512, 384}));
    }

    void thumbnailsLieWithinTheirBox()
    {
        for (const ImageSize full : {ImageSize{426, 640}, ImageSize{640, 638}, ImageSize{513, 512},
                                     ImageSize{1050, 787}, ImageSize{2100, 1401}, ImageSize{3000, 7}}) {
            const cv::Mat scene = sceneOf(5, full);
            for (const std::string& bytes : {jpegOf(scene, 90), test::encodedAs(ImageFormat::Png, rasterOf(scene))}) {
                for (const ThumbnailClass size : {ThumbnailClass::Small, ThumbnailClass::Large}) {
                    const ImageSize seen = surveyOf(bytes, size).thumbnail.size();
                    const ImageSize most = fittedSize(full, boxOf(size));
                    QVERIFY(seen.width <= most.width && seen.height <= most.height);
                    QVERIFY(seen.width * 20 >= most.width * 19 - 20);
                }
            }
        }
    }

    void measuresDoNotDependOnTheOrientation()
    {
        const std::string upright = test::encodedAs(ImageFormat::Png, rasterOf(sceneOf(4)));
        Raster turned = rasterOf(sceneOf(4));
        cv::rotate(turned.pixels, turned.pixels, cv::ROTATE_90_COUNTERCLOCKWISE);
        const std::string stored = test::withOrientation(ImageFormat::Png, test::encodedAs(ImageFormat::Png, turned),
                                                         6);
        QVERIFY(surveyOf(upright).measures == surveyOf(stored).measures);
    }

    void transparencyCountsAsWhitePaper()
    {
        Raster raster = makeRaster({100, 100}, ColourModel::Bgra, false);
        raster.pixels.setTo(cv::Scalar(0, 0, 0, 0));
        QCOMPARE(surveyOf(test::encodedAs(ImageFormat::Png, raster)).measures.exposure, 1.0);
        raster.pixels.setTo(cv::Scalar(0, 0, 0, 255));
        const SurveyedPicture opaque = surveyOf(test::encodedAs(ImageFormat::Png, raster));
        QCOMPARE(opaque.measures.exposure, 0.0);
        QVERIFY(!hasAlpha(opaque.thumbnail.model)); // alpha that hides nothing is dropped
    }

    void everyFormatIsSurveyed()
    {
        const Raster raster = rasterOf(sceneOf(6));
        const ImageMeasures expected = surveyOf(test::encodedAs(ImageFormat::Png, raster)).measures;
        for (const ImageFormat format : {ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Bmp, ImageFormat::Tiff}) {
            const ImageMeasures measures = surveyOf(test::encodedAs(format, raster)).measures;
            QVERIFY(distance(measures.perceptualHash, expected.perceptualHash) <= 2);
            QVERIFY(std::abs(measures.exposure - expected.exposure) < 0.01);
        }
    }
};

QTEST_GUILESS_MAIN(TestMeasures)
#include "tst_measures.moc"
