// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/suggester.h"
#include "tests/support/checks.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// Scores an embedding of two numbers by the first of them.
Ranker firstNumberWins()
{
    Ranker ranker;
    ranker.id = "ranker_v9";
    ranker.net.layers = {{2, 1, {1, 0}, {0}}};
    return ranker;
}

/// Proposes the same box for every image: sigmoid(output) per corner.
CropProposer boxOf(double x1, double y1, double x2, double y2)
{
    const auto logit = [](double value) { return static_cast<float>(std::log(value / (1 - value))); };
    CropProposer proposer;
    proposer.id = "crop_proposer_v9";
    proposer.head = CropHead::Corners;
    proposer.net.layers = {{4, 4, std::vector<float>(16, 0), {logit(x1), logit(y1), logit(x2), logit(y2)}}};
    return proposer;
}

Candidate image(float score, float sharpness = 10)
{
    Embedding embedding;
    embedding.values = {score, 0};
    embedding.size = {2000, 1000};
    embedding.measures[QualityMeasure::SubjectSharpness] = sharpness;
    embedding.measures.subject = FractionBox{0.25, 0.25, 0.75, 0.5};
    return {"a.png", 1, embedding};
}

Candidate missing()
{
    return {"gone.png", 1, std::nullopt};
}

CandidateGroup groupOf(std::vector<Candidate> candidates)
{
    return {"p1", "g_0123456789abcdef", std::move(candidates)};
}

} // namespace

class TestSuggester : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBestScoreIsThePick()
    {
        const Suggester suggester(firstNumberWins(), boxOf(0.25, 0.25, 0.75, 0.75));
        const auto found = suggester.suggest(groupOf({image(1), image(3), image(2)}));
        QVERIFY(found);
        QCOMPARE(found->suggestion.modelId, "ranker_v9+crop_proposer_v9"s);
        QCOMPARE(found->suggestion.imageIndex, 1);
        QVERIFY((found->scores == std::vector<std::optional<float>>{1.0F, 3.0F, 2.0F}));
        const double softmax = 1 / (1 + std::exp(-1.0) + std::exp(-2.0));
        QVERIFY(std::abs(*found->suggestion.confidence - softmax) < 1e-9);
        QVERIFY(found->suggestion.crop);
        QVERIFY(std::abs(found->suggestion.crop->x1 - 0.25) < 1e-6 &&
                std::abs(found->suggestion.crop->y2 - 0.75) < 1e-6);
    }

    void imagesWithoutEmbeddingKeepTheirSlot()
    {
        const Suggester suggester(firstNumberWins(), std::nullopt);
        const auto found = suggester.suggest(groupOf({missing(), image(1), missing(), image(2)}));
        QVERIFY(found);
        QCOMPARE(found->suggestion.imageIndex, 3); // of the stored images, not of those that were seen
        QVERIFY(!found->scores[0] && found->scores[1] && !found->scores[2] && found->scores[3]);
        // Two of four were seen: the best one may be among the others.
        const double softmax = 1 / (1 + std::exp(-1.0));
        QVERIFY(std::abs(*found->suggestion.confidence - softmax / 2) < 1e-9);
        QVERIFY(!suggester.suggest(groupOf({missing(), image(1), missing()}))); // nothing to compare it with
        QVERIFY(!suggester.suggest(groupOf({missing(), missing()})));
        QVERIFY(!suggester.suggest(groupOf({})));
    }

    void theConfidenceIsCalibrated()
    {
        Ranker ranker = firstNumberWins();
        ranker.calibration.steps = {{0.5, 0.4}, {1, 0.6}};
        const Suggester suggester(ranker, std::nullopt);
        const auto even = suggester.suggest(groupOf({image(1), image(1)}));
        QVERIFY(even && even->suggestion.imageIndex == 0); // the first of equal ones
        QVERIFY(std::abs(*even->suggestion.confidence - 0.4) < 1e-9);
        const auto sure = suggester.suggest(groupOf({image(1), image(100)}));
        QVERIFY(std::abs(*sure->suggestion.confidence - 0.6) < 1e-9);
    }

    void aSingleGetsOnlyACrop()
    {
        const Suggester both(firstNumberWins(), boxOf(0.25, 0.25, 0.75, 0.75));
        const auto found = both.suggest(groupOf({image(1)}));
        QVERIFY(found && found->suggestion.crop && !found->suggestion.confidence && found->suggestion.reasons.empty());
        QVERIFY(!Suggester(firstNumberWins(), std::nullopt).suggest(groupOf({image(1)})));
        QVERIFY(!both.suggest(groupOf({missing()})));
    }

    void withoutARankerAGroupGetsNothing()
    {
        const Suggester suggester(std::nullopt, boxOf(0.25, 0.25, 0.75, 0.75));
        QCOMPARE(suggester.modelId(), "crop_proposer_v9"s);
        QVERIFY(!suggester.suggest(groupOf({image(1), image(2)})));
    }

    void aCropOfNearlyEverythingIsLeftOut()
    {
        const auto cropFor = [](const CropProposer& proposer) {
            return Suggester(firstNumberWins(), proposer).suggest(groupOf({image(1), image(2)}))->suggestion.crop;
        };
        QVERIFY(!cropFor(boxOf(0.01, 0.01, 0.99, 0.99)));
        QVERIFY(cropFor(boxOf(0.02, 0.02, 0.98, 0.98)));
        // A net whose corners come the wrong way round never gives a box of negative area.
        const auto turned = cropFor(boxOf(0.75, 0.75, 0.25, 0.25));
        QVERIFY(turned && isValid(*turned));
    }

    void reasonsAreTiedToMeasures()
    {
        auto sharp = image(2, 12);
        auto soft = image(1, 8);
        sharp.embedding->measures[QualityMeasure::Banding] = 0.5F; // and it has a fault
        sharp.embedding->measures.worst = FractionBox{0, 0, 1, 0.25};
        const auto group = groupOf({soft, sharp});
        const auto reasons = reasonsFor(group, 1, 0);
        QCOMPARE(reasons.size(), std::size_t{2});
        QVERIFY((reasons[0] == Reason{QualityMeasure::Banding, 0, 0.5F, 0, false, FractionBox{0, 0, 1, 0.25}}));
        QVERIFY((reasons[1] ==
                 Reason{QualityMeasure::SubjectSharpness, 0, 12, 8, true, FractionBox{0.25, 0.25, 0.75, 0.5}}));
        const auto found = Suggester(firstNumberWins(), std::nullopt).suggest(group);
        QCOMPARE(found->suggestion.reasons,
                 (std::vector<std::string>{"banding - 0.5 0 0 [0,0,1,0.25]",
                                           "subject-sharpness + 12 8 0 [0.25,0.25,0.75,0.5]"}));
    }

    void whatNobodySeesIsNoReason()
    {
        QVERIFY(reasonsFor(groupOf({image(1, 10), image(2, 10.5F)}), 1, 0).empty());
        QVERIFY(reasonsFor(groupOf({image(1, 10), missing()}), 0, 1).empty());
        QVERIFY(reasonsFor(groupOf({image(1, 10)}), 0, 0).empty());
        QVERIFY(reasonsFor(groupOf({image(1, 10), image(1, std::numeric_limits<float>::quiet_NaN())}), 0, 1).empty());
        QVERIFY(reasonsFor(groupOf({image(1)}), 0, 7).empty());
    }

    void atMostThreeReasonsTheStrongestFirst()
    {
        auto bad = image(1, 1);
        auto good = image(2, 10);
        for (const auto& [measure, value] :
             {std::pair{QualityMeasure::Clipping, 0.05F}, std::pair{QualityMeasure::Upscaling, 0.9F},
              std::pair{QualityMeasure::Contrast, 0.04F}})
            bad.embedding->measures[measure] = value;
        const auto reasons = reasonsFor(groupOf({good, bad}), 0, 1);
        QCOMPARE(reasons.size(), std::size_t{3});
        QVERIFY(reasons[0].measure == QualityMeasure::SubjectSharpness); // 15 steps
        QVERIFY(reasons[1].measure == QualityMeasure::Upscaling);        // 9
        QVERIFY(reasons[2].measure == QualityMeasure::Clipping);         // 2.5; contrast has 1.3
    }

    void reasonsComeBackFromText()
    {
        for (const Reason& reason :
             {Reason{QualityMeasure::Banding, 2, 0.1F, 1e-7F, true, FractionBox{0.1, 0.2, 0.3, 1.0 / 3}},
              Reason{QualityMeasure::Noise, 0, 3.25F, 8, false, std::nullopt}}) {
            const auto back = reasonFromText(toText(reason));
            QVERIFY2(back && *back == reason, toText(reason).c_str());
        }
        for (const char* text : {"", "sharper", "noise + 1 2", "noise ? 1 2 0", "noise + 1 2 -1", "noise + nan 2 0",
                                 "noise + 1 2 0 [0,0,1]", "noise + 1 2 0 [0.5,0,0.5,1]", "noise + 1 2 0 0,0,1,1",
                                 "colour + 1 2 0", "noise + 1 2 0 [0,0,1,1] more", "noise + 1 2 99"})
            QVERIFY2(!reasonFromText(text), text);
    }
};

QTEST_GUILESS_MAIN(TestSuggester)
#include "tst_suggester.moc"
