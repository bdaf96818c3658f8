// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/picture_tensor.h"
#include "tests/support/checks.h"

#include <QTest>

#include <cstdlib>
#include <vector>

using namespace ps;

namespace {

/// The pattern that was given to Pillow; B G R here, R G B there.
cv::Mat pattern()
{
    cv::Mat picture(9, 13, CV_8UC3);
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.cols; ++x) {
            for (int c = 0; c < 3; ++c)
                picture.at<cv::Vec3b>(y, x)[2 - c] = static_cast<std::uint8_t>(x * x * 7 + y * 29 + c * 83 + x * y * 3);
        }
    }
    return picture;
}

// What PIL.Image.resize() of Pillow 9.4 makes of it.
const std::vector<int> kBicubicDown = {29,  117, 196, 112, 153, 100, 148, 106, 133, 150, 120, 132, 143, 127, 143,
                                       103, 191, 110, 149, 109, 100, 118, 119, 108, 131, 146, 107, 122, 116, 123,
                                       180, 138, 81,  141, 115, 139, 131, 117, 128, 134, 130, 150, 128, 133, 132,
                                       142, 62,  155, 104, 133, 129, 130, 108, 126, 151, 118, 127, 118, 106, 151};
const std::vector<int> kBilinearDown = {41,  124, 184, 112, 148, 106, 143, 110, 131, 147, 121, 131, 142, 128, 142,
                                        105, 176, 113, 143, 113, 105, 124, 123, 107, 133, 139, 111, 122, 116, 125,
                                        169, 139, 91,  141, 118, 133, 134, 115, 130, 134, 130, 147, 127, 133, 133,
                                        142, 71,  148, 111, 127, 129, 126, 113, 128, 149, 116, 128, 120, 107, 149};
const std::vector<int> kAreaDown = {28,  111, 194, 108, 191, 82,  152, 108, 148, 151, 106, 125, 158, 112, 153,
                                    108, 191, 103, 164, 76,  116, 113, 111, 109, 117, 157, 112, 127, 125, 123,
                                    188, 100, 98,  113, 132, 151, 131, 129, 127, 168, 123, 142, 126, 124, 122,
                                    124, 79,  162, 128, 147, 102, 140, 95,  135, 149, 104, 123, 122, 120, 160};
const std::vector<int> kBicubicUpRow = {31,  117, 207, 37,  123, 196, 52,  144, 163, 78,  164, 120, 116, 165, 80,  165,
                                        148, 68,  137, 62,  131, 121, 102, 132, 131, 145, 120, 154, 121, 129, 156, 87,
                                        137, 126, 172, 102, 153, 116, 127, 147, 107, 142, 125, 137, 135, 136, 115, 130};

bool isNear(const cv::Mat& made, const std::vector<int>& wanted)
{
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const int pixel = static_cast<int>(i / 3);
        const cv::Vec3b& value = made.at<cv::Vec3b>(pixel / made.cols, pixel % made.cols);
        if (std::abs(value[2 - static_cast<int>(i % 3)] - wanted[i]) > 1)
            return false;
    }
    return true;
}

std::vector<float> tensorOf(const Preprocessing& rule, const cv::Mat& picture, ImageSize image)
{
    std::vector<float> tensor(static_cast<std::size_t>(3 * rule.width * rule.height));
    fillTensor(rule, picture, image, tensor);
    return tensor;
}

} // namespace

class TestPictureTensor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resizesAsPillowDoes()
    {
        using enum Preprocessing::Filter;
        QVERIFY(isNear(resampled(pattern(), {5, 4}, Bicubic), kBicubicDown));
        QVERIFY(isNear(resampled(pattern(), {5, 4}, Bilinear), kBilinearDown));
        QVERIFY(isNear(resampled(pattern(), {5, 4}, Area), kAreaDown));
        QVERIFY(isNear(resampled(pattern(), {16, 3}, Bicubic), kBicubicUpRow));
        QVERIFY(!isNear(resampled(pattern(), {5, 4}, Bilinear), kBicubicDown)); // the comparison can tell
    }

    void sameSizeChangesNothing()
    {
        const cv::Mat same = resampled(pattern(), {13, 9}, Preprocessing::Filter::Bicubic);
        QCOMPARE(cv::norm(same, pattern(), cv::NORM_INF), 0.0);
    }

    void sizesRoundAsTorchvisionDoes()
    {
        const Preprocessing clip = Preprocessing::clip();
        QVERIFY(resizedSize(clip, {4000, 3000}) == (ImageSize{298, 224}));
        QVERIFY(resizedSize(clip, {3000, 4001}) == (ImageSize{224, 298}));
        QVERIFY(resizedSize(clip, {100, 100}) == (ImageSize{224, 224}));
        QCOMPARE(placementOf(clip, {4000, 3000}).left, -37);
        QCOMPARE(placementOf(clip, {3000, 4001}).top, -37);
        QVERIFY(resizedSize(Preprocessing::imageNet(), {640, 480}) == (ImageSize{341, 256}));
        QCOMPARE(placementOf(Preprocessing::imageNet(), {640, 480}).left, -58); // 58.5, to even
    }

    void boxesOfALetterboxComeBack()
    {
        const TensorPlacement placement = placementOf(Preprocessing::yolo(), {1920, 1080});
        QVERIFY(placement.resized == (ImageSize{640, 360}));
        QCOMPARE(placement.top, 140);
        const FractionBox box = placement.toImage(320, 140, 640, 320);
        QCOMPARE(box.x1, 0.5);
        QCOMPARE(box.y1, 0.0);
        QCOMPARE(box.x2, 1.0);
        QCOMPARE(box.y2, 0.5);
        QCOMPARE(placement.toImage(-50, 0, 10, 150).x1, 0.0); // cut off at the border
    }

    void valuesArePlanesInTheOrderOfTheModel()
    {
        Preprocessing rule = Preprocessing::clip();
        const cv::Mat orange(300, 300, CV_8UC3, cv::Scalar(0, 128, 255)); // B G R
        std::vector<float> tensor = tensorOf(rule, orange, {300, 300});
        const std::size_t plane = 224 * 224;
        const auto wanted = [&](double value, std::size_t channel) {
            return static_cast<float>((value / 255 - rule.mean[channel]) / rule.deviation[channel]);
        };
        QCOMPARE(tensor[0], wanted(255, 0));
        QCOMPARE(tensor[plane + 500], wanted(128, 1));
        QCOMPARE(tensor[3 * plane - 1], wanted(0, 2));
        rule.order = Preprocessing::ChannelOrder::Bgr;
        tensor = tensorOf(rule, orange, {300, 300});
        QCOMPARE(tensor[0], wanted(0, 0));
    }

    void letterboxIsPadded()
    {
        const Preprocessing rule = Preprocessing::yolo();
        const std::vector<float> tensor = tensorOf(rule, cv::Mat(100, 200, CV_8UC3, cv::Scalar::all(255)), {200, 100});
        QCOMPARE(tensor[0], 114.0F / 255);
        QCOMPARE(tensor[640 * 320 + 320], 1.0F);
    }

    /// A picture that was decoded at half its size lies where the whole one would.
    void reducedPicturesFillTheSamePlace()
    {
        const cv::Mat half(500, 800, CV_8UC3, cv::Scalar::all(70));
        const std::vector<float> tensor = tensorOf(Preprocessing::clip(), half, {1600, 1000});
        QVERIFY(std::ranges::count(tensor, tensor[0]) >= 224 * 224);
    }
};

QTEST_GUILESS_MAIN(TestPictureTensor)
#include "tst_picture_tensor.moc"
