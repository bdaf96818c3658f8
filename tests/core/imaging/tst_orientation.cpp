// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/images.h"

#include <QTest>

using namespace ps;

namespace {

constexpr ImageSize kRawSize{64, 48};

/// Where the upright pixel (u, v) lies in the file, written down from the definition of each value rather than with the
/// flips and transpositions of the code under test. Source: CIPA DC-008, 4.6.5 "Orientation".
cv::Point rawPosition(int orientation, int u, int v)
{
    const int right = kRawSize.width - 1;
    const int bottom = kRawSize.height - 1;
    switch (orientation) {
    case 2: return {right - u, v};
    case 3: return {right - u, bottom - v};
    case 4: return {u, bottom - v};
    case 5: return {v, u};
    case 6: return {v, bottom - u};
    case 7: return {right - v, bottom - u};
    case 8: return {right - v, u};
    default: return {u, v};
    }
}

cv::Mat expectedUpright(const cv::Mat& raw, int orientation)
{
    const bool isTurned = orientation >= 5;
    cv::Mat upright(isTurned ? raw.cols : raw.rows, isTurned ? raw.rows : raw.cols, raw.type());
    for (int v = 0; v < upright.rows; ++v) {
        for (int u = 0; u < upright.cols; ++u)
            upright.at<cv::Vec3b>(v, u) = raw.at<cv::Vec3b>(rawPosition(orientation, u, v));
    }
    return upright;
}

cv::Mat withoutAlpha(const cv::Mat& view)
{
    cv::Mat colours(view.size(), CV_8UC3);
    const int fromTo[] = {0, 0, 1, 1, 2, 2};
    cv::mixChannels(&view, 1, &colours, 1, fromTo, 3);
    return colours;
}

} // namespace

class TestOrientation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOrientationOfEveryFormat_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("orientation");
        for (const ImageFormat format : {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff}) {
            for (int orientation = 1; orientation <= 8; ++orientation)
                QTest::addRow("%s %d", std::string(formatName(format)).c_str(), orientation)
                    << static_cast<int>(format) << orientation;
        }
    }
    void everyOrientationOfEveryFormat()
    {
        QFETCH(int, format);
        QFETCH(int, orientation);
        const auto imageFormat = static_cast<ImageFormat>(format);
        const Raster raw = test::squaresRaster(kRawSize);
        Encoding encoding;
        encoding.format = imageFormat;
        encoding.quality = 100;
        const std::string bytes = test::withOrientation(imageFormat, test::encoded(raw, encoding), orientation);
        const cv::Mat expected = expectedUpright(raw.pixels, orientation);
        const double tolerance = imageFormat == ImageFormat::Jpeg ? 2 : 0;

        const auto header = test::headerOf(bytes);
        QVERIFY2(header, header ? "" : header.error().describe().c_str());
        QCOMPARE(header->orientation, orientation);
        QVERIFY(header->upright() == (ImageSize{expected.cols, expected.rows}));

        const auto raster = test::decodedUpright(bytes);
        QVERIFY(raster);
        QVERIFY(test::largestDifference(raster->pixels, expected) <= tolerance);

        const auto view = test::viewOf(bytes);
        QVERIFY(view);
        QVERIFY(test::largestDifference(withoutAlpha(*view), expected) <= tolerance);

        // Scaled down: the same as scaling what is upright, however the decoder gets there.
        const auto small = test::viewOf(bytes, {24, 24});
        QVERIFY(small);
        const bool isTurned = orientation >= 5;
        QCOMPARE(small->cols, isTurned ? 18 : 24);
        QCOMPARE(small->rows, isTurned ? 24 : 18);
        const cv::Mat smallPlain = withoutAlpha(*small);
        for (int y = 0; y < smallPlain.rows; y += 6) {
            for (int x = 0; x < smallPlain.cols; x += 6) { // the middle of each square of 6 small pixels
                const cv::Vec3b seen = smallPlain.at<cv::Vec3b>(y + 3, x + 3);
                const cv::Vec3b wanted = expected.at<cv::Vec3b>((y + 3) * 8 / 3, (x + 3) * 8 / 3);
                for (int c = 0; c < 3; ++c)
                    QVERIFY(std::abs(seen[c] - wanted[c]) <= 3);
            }
        }
    }

    void orientationBehindThePixelsOfAPngCounts()
    {
        const Raster raw = test::squaresRaster(kRawSize);
        std::string bytes = test::encodedAs(ImageFormat::Png, raw);
        bytes.insert(bytes.size() - 12, test::pngChunk("eXIf", test::exifWith(6)));
        QCOMPARE(test::headerOf(bytes)->orientation, 6);
        QVERIFY(test::largestDifference(test::decodedUpright(bytes)->pixels, expectedUpright(raw.pixels, 6)) == 0);
    }

    void secondExifSegmentOfAJpegDoesNotCount()
    {
        const std::string exif("Exif\0\0", 6);
        std::string bytes = test::encodedAs(ImageFormat::Jpeg, test::squaresRaster(kRawSize));
        bytes = test::withJpegSegment(bytes, 0xe1, exif + test::exifWith(3));
        bytes = test::withJpegSegment(bytes, 0xe1, exif + test::exifWith(6)); // in front of the other
        QCOMPARE(test::headerOf(bytes)->orientation, 6);
    }

    void brokenExifIsNoReasonToFail()
    {
        std::string bytes = test::encodedAs(ImageFormat::Jpeg, test::squaresRaster(kRawSize));
        bytes = test::withJpegSegment(bytes, 0xe1, std::string("Exif\0\0MM\0*\xff\xff\xff\xff", 14));
        QCOMPARE(test::headerOf(bytes)->orientation, 1);
        QVERIFY(test::decodedUpright(bytes));
    }
};

QTEST_GUILESS_MAIN(TestOrientation)
#include "tst_orientation.moc"
