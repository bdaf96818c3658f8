// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A region must show the very pixels that the whole picture shows there.
#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/image_service.h"
#include "tests/core/imaging/image_checks.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QTest>

using namespace ps;
using test::whyNot;

namespace {

constexpr ImageSize kSize{150, 107};

/// Boxes of the upright picture: inside, across blocks, at every edge, single pixels, everything.
std::vector<PixelBox> boxesOf(ImageSize size)
{
    const int w = size.width;
    const int h = size.height;
    return {{0, 0, w, h},           {0, 0, 1, 1},         {w - 1, h - 1, w, h}, {17, 33, 18, 71}, {5, 9, 70, 10},
            {13, 21, w - 7, h - 3}, {w - 20, 0, w, h},    {0, h - 17, w, h},    {64, 64, 80, 80}, {63, 15, 65, 17},
            {16, 16, 48, 32},       {0, 0, w / 2, h / 2}, {w / 2, h / 2, w, h}};
}

bool canTurn(ImageFormat format)
{
    return format != ImageFormat::Bmp;
}

} // namespace

class TestRegions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void regionIsACropOfTheWhole_data()
    {
        reducedRegionIsTheReducedCrop_data();
        // Reduced, these would differ: their colours are converted after the averages are taken.
        QTest::newRow("TIFF CMYK") << QByteArray::fromStdString(
            test::encodedAs(ImageFormat::Tiff, test::noiseRaster(kSize, ColourModel::Cmyk)));
        Raster wide = test::noiseRaster(kSize);
        wide.colour.icc = test::wideGamutProfile();
        QTest::newRow("PNG profile") << QByteArray::fromStdString(test::encodedAs(ImageFormat::Png, wide));
    }
    void regionIsACropOfTheWhole()
    {
        QFETCH(QByteArray, bytes);
        const auto whole = test::viewOf(bytes.toStdString());
        QVERIFY2(whole, whyNot(whole));
        for (const PixelBox& box : boxesOf({whole->cols, whole->rows})) {
            const auto part = test::regionOf(bytes.toStdString(), box);
            QVERIFY2(part, whyNot(part));
            const cv::Mat expected = (*whole)(cv::Rect(box.x1, box.y1, box.width(), box.height()));
            QCOMPARE(test::largestDifference(*part, expected), 0.0);
        }
    }

    void reducedRegionIsTheReducedCrop_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const std::string& name, const std::string& bytes) {
            QTest::newRow(name.c_str()) << QByteArray::fromStdString(bytes);
        };
        for (const ImageFormat format :
             {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp}) {
            const std::string name(formatName(format));
            const std::string plain = test::encodedAs(format, test::noiseRaster(kSize));
            row(name, plain);
            for (int orientation = 2; canTurn(format) && orientation <= 8; ++orientation)
                row(name + " orientation " + std::to_string(orientation),
                    test::withOrientation(format, plain, orientation));
        }
        Encoding halved;
        halved.format = ImageFormat::Jpeg;
        halved.halvesChroma = true;
        row("JPEG 4:2:0", test::encoded(test::noiseRaster(kSize), halved));
        row("JPEG progressive", test::progressiveJpegWithScans(test::noiseRaster(kSize), 0));
        row("JPEG grey", test::encodedAs(ImageFormat::Jpeg, test::noiseRaster(kSize, ColourModel::Grey)));
        Encoding lossy;
        lossy.format = ImageFormat::WebP;
        lossy.isLossless = false;
        row("WebP lossy", test::encoded(test::noiseRaster(kSize), lossy));
        for (const ImageFormat format : {ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp})
            row(std::string(formatName(format)) + " alpha",
                test::encodedAs(format, test::noiseRaster(kSize, ColourModel::Bgra)));
        row("PNG 16 bit", test::encodedAs(ImageFormat::Png, test::noiseRaster(kSize, ColourModel::Bgr, true)));
        row("TIFF 16 bit", test::encodedAs(ImageFormat::Tiff, test::noiseRaster(kSize, ColourModel::Bgr, true)));
    }
    void reducedRegionIsTheReducedCrop()
    {
        QFETCH(QByteArray, bytes);
        const auto whole = test::viewOf(bytes.toStdString());
        QVERIFY2(whole, whyNot(whole));
        const PixelBox box{13, 21, whole->cols - 7, whole->rows - 3};
        const auto part = test::regionOf(bytes.toStdString(), box, {40, 40});
        QVERIFY2(part, whyNot(part));
        const ImageSize size = fittedSize({box.width(), box.height()}, {40, 40});
        const cv::Mat crop = (*whole)(cv::Rect(box.x1, box.y1, box.width(), box.height()));
        QVERIFY(test::largestDifference(*part, areaScaled(crop, size)) <= 1);
    }

    void boxOutsideIsRefused()
    {
        test::TempFolder folder;
        folder.write("a.png", test::encodedAs(ImageFormat::Png, test::patternRaster(kSize)));
        ImageService::Options options;
        options.workerPath = test::programPath("proofsheet-worker");
        options.workerCount = 1;
        const auto service = *ImageService::start(options);
        const ImageSource source(folder.handle(), "a.png");
        for (const PixelBox box : {PixelBox{0, 0, 0, 0}, PixelBox{-1, 0, 5, 5}, PixelBox{0, 0, kSize.width + 1, 5},
                                   PixelBox{5, 5, 2, 9}, PixelBox{0, 0, 5, 1'000'000'000}}) {
            const auto part = service->region(source, box, {100, 100});
            QVERIFY(!part);
            QVERIFY2(part.error().code == ErrorCode::InvalidInput, whyNot(part));
        }
        const auto huge = service->region(source, {0, 0, 1'000'000'000, 1'000'000'000});
        QVERIFY(huge.error().code == ErrorCode::TooLarge);

        const auto part = service->region(source, {10, 20, 110, 70}, {50, 50});
        QVERIFY2(part, whyNot(part));
        QVERIFY(part->size() == (ImageSize{50, 25}));
        QVERIFY(part->fullSize() == kSize);
        const auto same = service->region(source, {10, 20, 110, 70}, {500, 500}); // never up
        QVERIFY2(same, whyNot(same));
        QVERIFY(same->size() == (ImageSize{100, 50}));
    }
};

QTEST_GUILESS_MAIN(TestRegions)
#include "tst_regions.moc"
