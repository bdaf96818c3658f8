// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/area_scale.h"
#include "tests/support/images.h"

#include <QTest>

#include <opencv2/imgproc.hpp>

using namespace ps;

class TestAreaScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheDefinition()
    {
        // Each new pixel is the average of the area that it covers, computed here in floating point.
        const Raster raster = test::noiseRaster({23, 17}, ColourModel::Grey);
        const ImageSize size{7, 5};
        const cv::Mat scaled = areaScaled(raster.pixels, size);
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                double sum = 0;
                for (int v = 0; v < 17; ++v) {
                    for (int u = 0; u < 23; ++u) {
                        const auto overlap = [](double begin, double end, int i) {
                            return std::max(0.0, std::min(end, i + 1.0) - std::max(begin, static_cast<double>(i)));
                        };
                        sum += overlap(x * 23 / 7.0, (x + 1) * 23 / 7.0, u) *
                               overlap(y * 17 / 5.0, (y + 1) * 17 / 5.0, v) * raster.pixels.at<std::uint8_t>(v, u);
                    }
                }
                const double expected = sum / (23 / 7.0 * (17 / 5.0));
                QVERIFY(std::abs(scaled.at<std::uint8_t>(y, x) - expected) <= 0.51);
            }
        }
    }

    void agreesWithOpenCv_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("little smaller") << 299 << 199;
        QTest::newRow("usual") << 240 << 160;
        QTest::newRow("half") << 150 << 100;
        QTest::newRow("one side only") << 300 << 77;
        QTest::newRow("other side only") << 111 << 200;
        QTest::newRow("small") << 31 << 20;
        QTest::newRow("one pixel") << 1 << 1;
        QTest::newRow("unchanged") << 300 << 200;
    }
    void agreesWithOpenCv()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        for (const ColourModel model :
             {ColourModel::Grey, ColourModel::GreyAlpha, ColourModel::Bgr, ColourModel::Bgra}) {
            const Raster raster = test::noiseRaster({300, 200}, model);
            cv::Mat expected;
            cv::resize(raster.pixels, expected, {width, height}, 0, 0, cv::INTER_AREA);
            QVERIFY(test::largestDifference(areaScaled(raster.pixels, {width, height}), expected) <= 1);
        }
    }

    void extremesStayInRange()
    {
        for (const int value : {0, 255}) {
            const cv::Mat flat(113, 127, CV_8UC3, cv::Scalar::all(value));
            const cv::Mat scaled = areaScaled(flat, {50, 49});
            QCOMPARE(test::largestDifference(scaled, cv::Mat(49, 50, CV_8UC3, cv::Scalar::all(value))), 0.0);
        }
        const cv::Mat wide(2, 100'000, CV_8UC1, cv::Scalar(200));
        QCOMPARE(areaScaled(wide, {3, 1}).at<std::uint8_t>(0, 2), std::uint8_t{200});
    }
};

QTEST_GUILESS_MAIN(TestAreaScale)
#include "tst_area_scale.moc"
