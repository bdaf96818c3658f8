// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/detector.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

using namespace ps;

namespace {

struct Box {
    float x, y, width, height;
    std::vector<float> scores;
};

/// The output of a model that sees these boxes.
Tensor outputOf(const std::vector<Box>& boxes, std::size_t classes, std::size_t positions = 12)
{
    Tensor tensor;
    tensor.shape = {1, static_cast<std::int64_t>(4 + classes), static_cast<std::int64_t>(positions)};
    tensor.values.assign((4 + classes) * positions, 0.0F);
    for (std::size_t p = 0; p < boxes.size(); ++p) {
        const Box& box = boxes[p];
        std::vector<float> column = {box.x, box.y, box.width, box.height};
        column.insert(column.end(), box.scores.begin(), box.scores.end());
        for (std::size_t c = 0; c < column.size(); ++c)
            tensor.values[c * positions + p] = column[c];
    }
    return tensor;
}

Tensor transposed(const Tensor& tensor)
{
    Tensor other;
    other.shape = {1, tensor.shape[2], tensor.shape[1]};
    const auto channels = static_cast<std::size_t>(tensor.shape[1]);
    const auto positions = static_cast<std::size_t>(tensor.shape[2]);
    for (std::size_t p = 0; p < positions; ++p) {
        for (std::size_t c = 0; c < channels; ++c)
            other.values.push_back(tensor.values[c * positions + p]);
    }
    return other;
}

constexpr ImageSize kWide{1280, 640};

/// A 1280 x 640 image in a 640 x 640 input: half size, 160 rows of filling above and below.
TensorPlacement wide()
{
    return placementOf(Preprocessing::yolo(), kWide);
}

Result<DecodedDetections> decode(const Tensor& tensor, InferenceService::DetectionOptions options = {})
{
    return decodeYolo(tensor, wide(), 2, options);
}

} // namespace

class TestDetector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boxesAreFractionsOfTheImage()
    {
        const auto found = test::must(decode(outputOf({{320, 320, 64, 32, {0.1F, 0.9F}}}, 2)));
        QCOMPARE(found.boxes.size(), std::size_t{1});
        const Detection& detection = found.boxes[0];
        QCOMPARE(detection.classIndex, 1);
        QCOMPARE(detection.confidence, 0.9F);
        // 64 x 32 of the input are 128 x 64 of the image, around its centre
        QCOMPARE(detection.box, (FractionBox{0.45, 0.45, 0.55, 0.55}));
        QCOMPARE(found.candidateCount, std::size_t{12});
        QCOMPARE(found.confidentCount, std::size_t{1});
        QCOMPARE(found.clampedCount + found.droppedCount, std::size_t{0});
    }

    void bothLayoutsAreRead()
    {
        const Tensor tensor = outputOf({{320, 320, 64, 32, {0.1F, 0.9F}}, {100, 300, 20, 20, {0.6F, 0.2F}}}, 2);
        const auto one = test::must(decode(tensor));
        QCOMPARE(one.boxes.size(), std::size_t{2});
        QVERIFY(one.boxes == test::must(decode(transposed(tensor))).boxes);
        QVERIFY(one.boxes == test::must(decodeYolo(transposed(tensor), wide(), 0, {})).boxes);
    }

    void weakBoxesAndOverlappingOnesAreLeftOut()
    {
        const std::vector<Box> boxes = {
            {320, 320, 100, 100, {0.80F, 0}}, {322, 320, 100, 100, {0.90F, 0}}, // nearly the same: the second is better
            {324, 320, 100, 100, {0, 0.85F}},                                   // another class
            {100, 320, 50, 50, {0.24F, 0}},                                     // below the bar
            {100, 320, 50, 50, {0.26F, 0}},
        };
        const auto found = test::must(decode(outputOf(boxes, 2)));
        QCOMPARE(found.confidentCount, std::size_t{4});
        QCOMPARE(found.boxes.size(), std::size_t{3});
        QCOMPARE(found.boxes[0].confidence, 0.90F);
        QCOMPARE(found.boxes[1].classIndex, 1);
        QCOMPARE(found.boxes[2].confidence, 0.26F);
        InferenceService::DetectionOptions all;
        all.maxOverlap = 1;
        QCOMPARE(test::must(decode(outputOf(boxes, 2), all)).boxes.size(), std::size_t{4});
    }

    void boxesAreCutOffAtTheBorderAndCounted()
    {
        const auto found = test::must(decode(outputOf({{0, 320, 64, 64, {0.9F, 0}}, // half outside
                                                       {320, 20, 64, 64, {0.8F, 0}}},
                                                      2))); // in the filling
        QCOMPARE(found.boxes.size(), std::size_t{1});
        QCOMPARE(found.boxes[0].box.x1, 0.0);
        QVERIFY(std::abs(found.boxes[0].box.x2 - 0.05) < 1e-9);
        QCOMPARE(found.clampedCount, std::size_t{1});
        QCOMPARE(found.droppedCount, std::size_t{1});
    }

    void nonsenseIsAnError()
    {
        const auto with = [](Box box) { return decode(outputOf({box}, 2)); };
        PS_CHECK_OK(with({320, 320, 64, 64, {0.9F, 0}}));
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float infinite = std::numeric_limits<float>::infinity();
        PS_CHECK_ERROR(ErrorCode::Corrupt, with({320, 320, 64, 64, {nan, 0}}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, with({nan, 320, 64, 64, {0, 0}}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, with({320, 320, infinite, 64, {0.9F, 0}}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, with({320, 320, 64, 64, {7.5F, 0}}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, with({320, 320, 64, 64, {0.5F, -3}}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, with({320, 320, -64, 64, {0.9F, 0}}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, with({320, 320, 0, 0, {0.9F, 0}}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, with({1e9F, 320, 64, 64, {0.9F, 0}}));
        PS_CHECK_OK(with({1e9F, 320, 64, 64, {0.1F, 0}}));  // nobody relies on it
        PS_CHECK_OK(with({320, 320, 64, 64, {1.001F, 0}})); // rounding
    }

    void shapesAreChecked()
    {
        const Tensor tensor = outputOf({}, 2);
        PS_CHECK_OK(decode(tensor));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, decodeYolo(tensor, wide(), 3, {})); // labels are out of range
        for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{},
                                                       {6, 12},
                                                       {2, 6, 12},
                                                       {1, 6, 0},
                                                       {1, -6, 12},
                                                       {1, 6, 13},
                                                       {1, 3, 24},
                                                       {1, 1, 6, 12}}) {
            Tensor other = tensor;
            other.shape = shape;
            QVERIFY(!decodeYolo(other, wide(), 0, {}));
        }
    }

    void aMillionBoxesAreRefused()
    {
        Tensor tensor;
        tensor.shape = {1, 6, 1'000'000};
        PS_CHECK_ERROR(ErrorCode::TooLarge, decode(tensor));
    }

    void manyBoxesAreBounded()
    {
        test::SeededRandom random(5);
        std::vector<Box> boxes;
        for (int i = 0; i < 60'000; ++i) {
            const auto at = [&] { return static_cast<float>(random.between(170, 470)); };
            boxes.push_back({at(), at(), 1, 1, {static_cast<float>(0.3 + random.fraction() / 2), 0}});
        }
        InferenceService::DetectionOptions options;
        options.maxBoxes = 50;
        const auto found = test::must(decode(outputOf(boxes, 2, boxes.size()), options));
        QCOMPARE(found.confidentCount, std::size_t{60'000});
        QCOMPARE(found.boxes.size(), std::size_t{50});
        QVERIFY(found.droppedCount > 30'000);
        QVERIFY(std::is_sorted(found.boxes.begin(), found.boxes.end(),
                               [](const auto& a, const auto& b) { return a.confidence > b.confidence; }));
    }

    // Table of hostile outputs: whatever the numbers are, what is accepted is inside the image and a probability.
    void randomOutputsNeverGiveBadBoxes()
    {
        test::SeededRandom random(17);
        int refused = 0;
        for (int round = 0; round < 500; ++round) {
            Tensor tensor = outputOf({}, 2);
            for (float& value : tensor.values) {
                const auto bits = static_cast<std::uint32_t>(random.bits());
                value = random.oneIn(200) ? std::bit_cast<float>(bits) : static_cast<float>(random.fraction());
                if (random.oneIn(3))
                    value *= 640;
            }
            for (std::size_t i = 4 * 12; i < tensor.values.size(); ++i) {
                if (round % 2 == 0)
                    tensor.values[i] = static_cast<float>(random.fraction());
            }
            const auto found = decode(tensor);
            if (!found) {
                ++refused;
                continue;
            }
            for (const Detection& detection : found->boxes) {
                QVERIFY2(detection.box.isValid(), random.note().c_str());
                QVERIFY(detection.classIndex >= 0 && detection.classIndex < 2);
                QVERIFY(detection.confidence >= 0.25F && detection.confidence <= 1);
            }
        }
        qInfo("%d of 500 outputs were refused", refused);
        QVERIFY(refused > 100 && refused < 500);
    }
};

QTEST_GUILESS_MAIN(TestDetector)
#include "tst_detector.moc"
