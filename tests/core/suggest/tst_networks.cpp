// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/crop_training.h"
#include "tests/core/suggest/training_samples.h"
#include "tests/support/checks.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ps;
using namespace ps::test;

namespace {

std::vector<float> randomValues(std::size_t count, SeededRandom& random)
{
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(random.fraction() * 2 - 1);
    return values;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
    return largest;
}

double meanOverlap(const CropProposer& proposer, const std::vector<LabelledGroup>& groups)
{
    double sum = 0;
    for (const LabelledGroup& labelled : groups)
        sum += cropSimilarity(proposer.propose(*labelled.group.candidates.front().embedding, {}), *labelled.crop).iou;
    return sum / static_cast<double>(groups.size());
}

} // namespace

class TestNetworks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLibraryAndOurLoopGiveTheSameProducts_data()
    {
        QTest::addColumn<bool>("transposesA");
        QTest::addColumn<bool>("transposesB");
        for (const bool a : {false, true}) {
            for (const bool b : {false, true})
                QTest::addRow("%d%d", a, b) << a << b;
        }
    }
    void theLibraryAndOurLoopGiveTheSameProducts()
    {
        QFETCH(const bool, transposesA);
        QFETCH(const bool, transposesB);
        SeededRandom random(3);
        const auto a = randomValues(37 * 19, random);
        const auto b = randomValues(19 * 23, random);
        const MatrixView left{a.data(), transposesA ? 19U : 37U, transposesA ? 37U : 19U, transposesA};
        const MatrixView right{b.data(), transposesB ? 23U : 19U, transposesB ? 19U : 23U, transposesB};
        std::vector<float> ours(37 * 23, 1.0F);
        std::vector<float> theirs(37 * 23, 1.0F);
        Blas::builtin().multiply(left, right, ours.data(), true);
        Blas::ofProcess().multiply(left, right, theirs.data(), true);
        QVERIFY(largestDifference(ours, theirs) < 1e-5);
        Blas::builtin().multiply(left, right, ours.data(), false);
        QVERIFY(largestDifference(ours, theirs) > 0.99); // what was there is gone
    }

    /// The direction that is followed is that of the loss, to numerical precision.
    void theGradientOfABoxIsThatOfItsLoss_data()
    {
        QTest::addColumn<int>("head");
        QTest::newRow("corners") << static_cast<int>(CropHead::Corners);
        QTest::newRow("centre and size") << static_cast<int>(CropHead::CentreSize);
    }
    void theGradientOfABoxIsThatOfItsLoss()
    {
        QFETCH(const int, head);
        const auto kind = static_cast<CropHead>(head);
        const Crop wanted{0.2, 0.25, 0.8, 0.7};
        std::vector<float> outputs{-0.9F, -0.7F, 0.8F, 1.1F};
        const auto lossOf = [&] { return boxLoss(boxOfOutputs(kind, outputs), wanted).value; };
        const auto gradient = gradientByOutputs(kind, outputs, boxLoss(boxOfOutputs(kind, outputs), wanted).gradient);
        for (std::size_t i = 0; i < 4; ++i) {
            constexpr float kStep = 1e-3F;
            outputs[i] += kStep;
            const double above = lossOf();
            outputs[i] -= 2 * kStep;
            const double below = lossOf();
            outputs[i] += kStep;
            QVERIFY(std::abs((above - below) / (2.0 * kStep) - gradient[i]) < 2e-3);
        }
    }

    void anyNumbersGiveAValidCrop()
    {
        const float infinity = std::numeric_limits<float>::infinity();
        const float notANumber = std::numeric_limits<float>::quiet_NaN();
        std::vector<std::vector<float>> outputs{
            {0, 0, 0, 0},     {5, 5, -5, -5},        {100, 100, 100, 100}, {-100, -100, -1, 0},
            {1e30F, 0, 0, 0}, {notANumber, 0, 0, 0}, {0, infinity, 0, 0},  {}};
        SeededRandom random(5);
        for (int i = 0; i < 1000; ++i) {
            outputs.push_back(randomValues(4, random));
            for (float& value : outputs.back())
                value *= 30;
        }
        for (const auto& values : outputs) {
            for (const CropHead head : {CropHead::Corners, CropHead::CentreSize}) {
                const Crop crop = cropFromOutputs(head, values);
                QVERIFY(isValid(crop));
                for (const double aspect : {0.01, 0.5, 1.0, 2.0, 100.0})
                    QVERIFY(isValid(lockAspect(crop, aspect, {1024, 640})));
            }
        }
        QVERIFY(cropFromOutputs(CropHead::Corners, std::vector<float>{notANumber, 0, 0, 0}) == Crop{});
        // The four sigmoids alone would not do: the right edge lies left of the left one.
        QVERIFY(!isValid(boxOfOutputs(CropHead::Corners, std::vector<float>{5, 5, -5, -5})));
    }

    void aLockedAspectKeepsCentreAndArea()
    {
        const Crop crop{0.3, 0.3, 0.7, 0.7};
        const Crop locked = lockAspect(crop, 1.0, {2000, 1000});
        const double width = (locked.x2 - locked.x1) * 2000;
        const double height = (locked.y2 - locked.y1) * 1000;
        QVERIFY(std::abs(width - height) < 1e-6);
        QVERIFY(std::abs(locked.x1 + locked.x2 - 1) < 1e-9);
        QVERIFY(std::abs(width * height - 0.16 * 2000 * 1000) < 1);
    }

    void aRankerLearnsWhatIsPicked()
    {
        const auto groups = sampleGroups(300);
        const auto samples = rankerSamples(groups, RankerFeatures::Embedding, false);
        QCOMPARE(samples.pairCount(), std::size_t{600});
        RankerTrainingOptions options;
        const auto trained = must(trainRanker(samples, rankerSamples(sampleGroups(80, 2), options.features, false),
                                              options, Blas::ofProcess(), {}, {}));
        QVERIFY(trained.epochs.back().holdOutScore > trained.epochs.front().holdOutScore - 0.2);
        Ranker ranker;
        ranker.net = trained.net;
        int right = 0;
        const auto fresh = sampleGroups(100, 3);
        for (const LabelledGroup& labelled : fresh)
            right += pickOf(ranker.scores(labelled.group), {})->index == labelled.selectedIndex ? 1 : 0;
        QVERIFY2(right >= 85, std::to_string(right).c_str());
        QCOMPARE(trained.net.shapeText(), std::string("24-256-64-1"));
    }

    void aCropProposerLearnsWherePeopleCut()
    {
        for (const CropHead head : {CropHead::Corners, CropHead::CentreSize}) {
            CropTrainingOptions options;
            options.head = head;
            options.patience = 0;
            const auto crops = sampleCrops(200);
            const auto trained = must(
                trainCropProposer(cropSamples(crops, {}, false), {}, options, Blas::ofProcess(), {}, {}));
            CropProposer proposer;
            proposer.head = head;
            proposer.net = trained.net;
            const auto fresh = sampleCrops(100, 2);
            QVERIFY(meanOverlap(proposer, fresh) > 0.8);
            QVERIFY(meanOverlap(CropProposer{}, fresh) < 0.4); // the whole frame
        }
    }

    void trainingEndsWhenNothingGetsBetter()
    {
        RankerTrainingOptions options;
        options.epochs = 500;
        options.patience = 3;
        const auto samples = rankerSamples(sampleGroups(60), options.features, false);
        const auto validation = rankerSamples(sampleGroups(20, 2), options.features, false);
        const auto trained = must(trainRanker(samples, validation, options, Blas::ofProcess(), {}, {}));
        QVERIFY(trained.epochs.size() < 500);
        QCOMPARE(static_cast<int>(trained.epochs.size()), trained.bestEpoch + 3);
    }

    void aStoppedTrainingSaysSo()
    {
        std::stop_source stop;
        RankerTrainingOptions options;
        options.epochs = 100'000;
        int seen = 0;
        const auto trained = trainRanker(
            rankerSamples(sampleGroups(60), options.features, false), {}, options, Blas::ofProcess(),
            [&](const TrainingEpoch&) {
                if (++seen == 2)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(!trained);
        QCOMPARE(trained.error().code, ErrorCode::Cancelled);
        QCOMPARE(seen, 2);
    }

    /// Weighted once: repeating them as well would count them a hundredfold.
    void theOtherStagesWeighAsMuchAsTheHighest()
    {
        auto groups = sampleGroups(200);
        for (std::size_t i = 0; i < groups.size(); ++i) {
            auto& candidates = groups[i].group.candidates;
            for (std::size_t k = 0; k < 3; ++k)
                candidates[k].stage = (static_cast<int>(k) == groups[i].selectedIndex) == (i % 5 != 0) ? 2 : 1;
        }
        const auto samples = rankerSamples(groups, RankerFeatures::Embedding, false);
        RankerTrainingOptions options;
        options.epochs = 1;
        const auto trained = must(trainRanker(samples, {}, options, Blas::ofProcess(), {}, {}));
        QCOMPARE(trained.notHighestWeight, 4.0);
        QCOMPARE(trained.pairs, std::int64_t{400});
    }
};

QTEST_GUILESS_MAIN(TestNetworks)
#include "tst_networks.moc"
