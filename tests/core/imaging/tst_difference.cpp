// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/difference.h"
#include "core/imaging/overlays.h"
#include "tests/core/imaging/image_checks.h"
#include "tests/core/imaging/scene.h"

#include <QTest>

using namespace ps;
using test::Scene;

namespace {

PixelSheet flat(ImageSize size, std::uint32_t pixel)
{
    return {size, std::vector<std::uint32_t>(static_cast<std::size_t>(size.width * size.height), pixel)};
}

DifferenceMap plainDifference(const PixelSheet& a, const PixelSheet& b)
{
    return differenceOf(a.view(), b.view(), Registration::sameFraction(a.size, b.size));
}

/// The sheet as a file holds it, and as it is shown again.
PixelSheet throughCodec(const PixelSheet& sheet, const Encoding& encoding)
{
    Raster raster = test::patternRaster(sheet.size);
    for (int y = 0; y < sheet.size.height; ++y) {
        for (int x = 0; x < sheet.size.width; ++x) {
            const std::uint32_t pixel = sheet.view().pixel(x, y);
            raster.pixels.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(blueOf(pixel)),
                                                 static_cast<std::uint8_t>(greenOf(pixel)),
                                                 static_cast<std::uint8_t>(redOf(pixel))};
        }
    }
    const auto view = test::viewOf(test::encoded(raster, encoding));
    PixelSheet result{sheet.size, {}};
    for (int y = 0; view && y < view->rows; ++y) {
        for (int x = 0; x < view->cols; ++x) {
            const auto pixel = view->at<cv::Vec4b>(y, x);
            result.pixels.push_back(opaquePixel(pixel[2], pixel[1], pixel[0]));
        }
    }
    return result;
}

double lightnessOf(std::uint32_t pixel)
{
    const auto linear = [](int value) {
        const double part = value / 255.0;
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const double y = 0.2126 * linear(redOf(pixel)) + 0.7152 * linear(greenOf(pixel)) + 0.0722 * linear(blueOf(pixel));
    return y > 0.008856 ? 116 * std::cbrt(y) - 16 : 903.3 * y;
}

} // namespace

class TestDifference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalPicturesDoNotDiffer()
    {
        const PixelSheet picture = Scene(1).photograph({120, 90}, 0.5, 0.4, 1);
        const DifferenceMap map = plainDifference(picture, picture);
        QCOMPARE(map.mean, 0.0);
        QCOMPARE(map.percentile95, 0);
        QVERIFY(std::ranges::all_of(map.isSeen, [](auto seen) { return seen == 1; }));
    }

    void aKnownDifferenceIsMeasured()
    {
        const PixelSheet grey = flat({100, 100}, 0xff646464);
        PixelSheet other = grey;
        for (std::size_t i = 0; i < 1000; ++i) // a tenth of the picture
            other.pixels[i] = 0xff64a064;      // greener by 60
        const DifferenceMap map = plainDifference(grey, other);
        QCOMPARE(map.mean, 6.0);
        QCOMPARE(map.percentile95, 60);
        QCOMPARE(map.levels[5], 60);
        QCOMPARE(map.levels[5000], 0);
    }

    void oneImageInSixEncodingsDiffersByNoMoreThanTheCodec_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("quality");
        QTest::addColumn<bool>("isLossless");
        QTest::addColumn<double>("tolerance"); // of the mean
        QTest::newRow("PNG") << int(ImageFormat::Png) << 0 << true << 0.0;
        QTest::newRow("BMP") << int(ImageFormat::Bmp) << 0 << true << 0.0;
        QTest::newRow("TIFF") << int(ImageFormat::Tiff) << 0 << true << 0.0;
        QTest::newRow("lossless WebP") << int(ImageFormat::WebP) << 0 << true << 0.0;
        QTest::newRow("JPEG") << int(ImageFormat::Jpeg) << 95 << false << 3.0;
        QTest::newRow("lossy WebP") << int(ImageFormat::WebP) << 95 << false << 5.0;
    }
    void oneImageInSixEncodingsDiffersByNoMoreThanTheCodec()
    {
        QFETCH(const int, format);
        QFETCH(const int, quality);
        QFETCH(const bool, isLossless);
        QFETCH(const double, tolerance);
        const PixelSheet picture = Scene(4).photograph({320, 240}, 0.5, 0.4, 1);
        const PixelSheet again = throughCodec(
            picture, {static_cast<ImageFormat>(format), quality == 0 ? 95 : quality, false, isLossless, 6});
        QVERIFY(again.pixels.size() == picture.pixels.size());
        const auto registration = registerPictures(picture.view(), again.view());
        QVERIFY(registration);
        if (isLossless)
            QVERIFY(std::abs(registration->shiftX) < 0.01 && std::abs(registration->scale - 1) < 1e-4);
        const DifferenceMap plain = plainDifference(picture, again);
        QVERIFY2(plain.mean <= tolerance, QByteArray::number(plain.mean));
        const DifferenceMap aligned = differenceOf(picture.view(), again.view(), *registration);
        QVERIFY2(aligned.mean <= tolerance + 0.3, QByteArray::number(aligned.mean));
    }

    void anUpscaledPictureDiffersOnlyAtItsEdges()
    {
        const Scene scene(9);
        const PixelSheet small = scene.photograph({200, 150}, 0.5, 0.4, 1);
        const PixelSheet large = scene.photograph({400, 300}, 0.5, 0.4, 1);
        for (const auto* pair : {&small, &large}) {
            const PixelSheet& other = pair == &small ? large : small;
            const auto registration = registerPictures(pair->view(), other.view());
            QVERIFY(registration);
            const DifferenceMap map = differenceOf(pair->view(), other.view(), *registration);
            QVERIFY(map.size == pair->size);
            QVERIFY2(map.mean < 6, QByteArray::number(map.mean));
        }
    }

    void whatTheOtherDoesNotCoverIsNotCounted()
    {
        const PixelSheet black = flat({100, 50}, 0xff000000);
        const PixelSheet white = flat({100, 50}, 0xffffffff);
        Registration half;
        half.shiftX = -50; // the right half of the reference only
        const DifferenceMap map = differenceOf(black.view(), white.view(), half);
        QCOMPARE(map.mean, 255.0);
        QCOMPARE(int(map.isSeen[10]), 0);
        QCOMPARE(int(map.isSeen[90]), 1);
        const PixelSheet picture = heatPicture(map, 1);
        QVERIFY(picture.pixels[10] != picture.pixels[90]);
        QCOMPARE(picture.pixels[90], heatColour(255));
    }

    void theRampGetsBrighterAllTheWayAndIsBlueThenAmber()
    {
        for (int level = 4; level <= 255; ++level) // over less than four levels the rounding of colours shows
            QVERIFY2(lightnessOf(heatColour(level)) > lightnessOf(heatColour(level - 4)), QByteArray::number(level));
        QVERIFY(blueOf(heatColour(100)) > redOf(heatColour(100)));
        QVERIFY(redOf(heatColour(190)) > blueOf(heatColour(190)));
        QCOMPARE(heatColour(1000), heatColour(255));
    }

    void peakingPrefersTheSharperPicture()
    {
        const PixelSheet sharp = Scene(5).photograph({200, 150}, 0.5, 0.4, 1);
        const PixelSheet soft = Scene(5).photograph({200, 150}, 0.5, 0.4, 1, 0.3, 60);
        const auto strength = [](const PixelSheet& sheet) {
            double sum = 0;
            for (const std::uint32_t pixel : focusPeaking(sheet.view(), 0xe9a83f).pixels)
                sum += pixel >> 24;
            return sum;
        };
        QVERIFY(strength(sharp) > 2 * strength(soft));
        QCOMPARE(strength(flat({50, 50}, 0xff336699)), 0.0);
    }

    void clippingTellsBlownFromBlocked()
    {
        PixelSheet picture = flat({30, 10}, 0xff808080);
        picture.pixels[3] = 0xff20ff20;
        picture.pixels[20] = 0xff010002;
        const PixelSheet stripes = clippingStripes(picture.view(), 0xff0000, 0x0000ff);
        QVERIFY(redOf(stripes.pixels[3]) > 0 && blueOf(stripes.pixels[3]) == 0);
        QVERIFY(blueOf(stripes.pixels[20]) > 0 && redOf(stripes.pixels[20]) == 0);
        QCOMPARE(std::ranges::count(stripes.pixels, 0U), 298);
    }

    void theHistogramCountsEveryPixelOnce()
    {
        PixelSheet picture = flat({16, 16}, 0xff102030);
        picture.pixels[0] = 0xffffffff;
        const Histogram histogram = histogramOf(picture.view());
        QCOMPARE(histogram.red[0x10], 255U);
        QCOMPARE(histogram.green[0x20], 255U);
        QCOMPARE(histogram.blue[0x30], 255U);
        QCOMPARE(histogram.luma[255], 1U);
    }
};

QTEST_GUILESS_MAIN(TestDifference)
#include "tst_difference.moc"
