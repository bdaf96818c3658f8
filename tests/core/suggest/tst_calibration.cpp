// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/calibration.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <cmath>

using namespace ps;
using namespace ps::test;

namespace {

/// Groups of three whose winner is drawn by the softmax of half the scores: taken as they are, they are far too sure.
std::vector<ScoredGroup> boastingGroups(int count, std::uint64_t seed)
{
    SeededRandom random(seed);
    std::vector<ScoredGroup> groups;
    for (int i = 0; i < count; ++i) {
        ScoredGroup group;
        double sum = 0;
        std::vector<double> weights;
        for (int k = 0; k < 3; ++k) {
            const double truth = random.fraction() * 3;
            group.scores.emplace_back(static_cast<float>(truth * 4));
            weights.push_back(std::exp(truth));
            sum += weights.back();
        }
        double draw = random.fraction() * sum;
        while (group.winner < 2 && draw >= weights[group.winner])
            draw -= weights[group.winner++];
        groups.push_back(std::move(group));
    }
    return groups;
}

double errorOn(const std::vector<ScoredGroup>& groups, const Calibration& calibration)
{
    std::vector<JudgedPick> picks;
    for (const ScoredGroup& group : groups) {
        const auto pick = pickOf(group.scores, calibration);
        picks.push_back({pick->confidence, static_cast<std::size_t>(pick->index) == group.winner});
    }
    return calibrationErrorOf(calibrationBins(picks));
}

} // namespace

class TestCalibration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void confidenceIsHowOftenItIsRight()
    {
        const Calibration calibration = fitCalibration(boastingGroups(2000, 1));
        const auto fresh = boastingGroups(2000, 2);
        QVERIFY(errorOn(fresh, calibration) < 0.05);
        QVERIFY(errorOn(fresh, Calibration{}) > 0.15); // before
        QVERIFY(std::abs(calibration.temperature - 4) < 0.6);
        for (std::size_t i = 1; i < calibration.steps.size(); ++i) {
            QVERIFY(calibration.steps[i][0] > calibration.steps[i - 1][0]);
            QVERIFY(calibration.steps[i][1] >= calibration.steps[i - 1][1]);
        }
    }

    void aFewGroupsThatAreAllRightGiveNoCertainty()
    {
        std::vector<ScoredGroup> groups(5);
        for (ScoredGroup& group : groups)
            group.scores = {1.0F, 0.0F};
        const Calibration calibration = fitCalibration(groups);
        const auto pick = pickOf(groups.front().scores, calibration);
        QVERIFY(pick->confidence > 0.6);
        QVERIFY(pick->confidence < 0.9);
    }

    void candidatesWithoutAScoreAreNotPicked()
    {
        const std::vector<std::optional<float>> scores{std::nullopt, 0.1F, std::nullopt, 0.4F};
        QCOMPARE(pickOf(scores, {})->index, 3);
        QVERIFY(!pickOf(std::vector<std::optional<float>>{std::nullopt, NAN}, {}));
        QCOMPARE(pickOf(std::vector<std::optional<float>>{std::nullopt, 0.2F}, {})->confidence, 1.0);
    }

    void aConfidenceIsAProbability()
    {
        Calibration calibration;
        calibration.steps = {{0.3, 0.2}, {0.6, 0.5}, {0.9, 0.95}};
        QCOMPARE(calibration.apply(0), 0.2);
        QVERIFY(std::abs(calibration.apply(0.45) - 0.35) < 1e-12);
        QCOMPARE(calibration.apply(5), 0.95);
        QCOMPARE(calibration.apply(NAN), 0.0);
        QCOMPARE(Calibration{}.apply(0.4), 0.4);
    }

    /// Source of the values: Wilson (1927), computed by hand for 8 of 10 and 0 of 10.
    void intervalsAreThoseOfWilson()
    {
        const Score most = shareScore("x", 8, 10);
        QVERIFY(std::abs(most.interval[0] - 0.4902) < 1e-4);
        QVERIFY(std::abs(most.interval[1] - 0.9433) < 1e-4);
        const Score none = shareScore("x", 0, 10);
        QVERIFY(none.interval[0] < 1e-12);
        QVERIFY(std::abs(none.interval[1] - 0.2775) < 1e-4);
    }

    void theIntervalOfAMeanHoldsItAndIsTheSameAgain()
    {
        std::vector<double> values;
        SeededRandom random(4);
        for (int i = 0; i < 200; ++i)
            values.push_back(random.fraction());
        const Score score = meanScore("x", values);
        QVERIFY(score.interval[0] < score.value && score.value < score.interval[1]);
        QVERIFY(std::abs((score.interval[1] - score.interval[0]) - 2 * 1.96 * 0.2887 / std::sqrt(200.0)) < 0.012);
        QVERIFY(score == meanScore("x", values));
        QCOMPARE(meanScore("x", {}).count, std::int64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
