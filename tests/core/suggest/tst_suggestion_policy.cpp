// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/suggestion_policy.h"

#include "tests/support/seeded_random.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace ps;
using namespace ps::test;

namespace {

std::string keyOf(int number)
{
    return "g_" + std::to_string(number);
}

Suggestion suggestion(std::optional<double> confidence, std::string modelId = "ranker_v4")
{
    return {std::move(modelId), 1, {}, confidence, {"subject-sharpness + 12.3 8.1 1"}};
}

RecordedView view(SuggestionArm arm, int selected, std::string modelId = "ranker_v4")
{
    RecordedView recorded;
    recorded.view = {arm, arm == SuggestionArm::Shown, std::move(modelId), {}, 1, {}, 0.8, {}, {}};
    recorded.selectedIndex = selected;
    recorded.imageCount = 3;
    return recorded;
}

/// Somebody who goes through `count` groups: agrees by themselves with this chance, and follows what is seen with that one.
std::vector<RecordedView> simulate(int count, double agreesAnyway, double follows, std::uint64_t seed)
{
    SeededRandom random(seed);
    SuggestionSettings settings;
    settings.hiddenShare = 0.25;
    std::vector<RecordedView> views;
    for (int i = 0; i < count; ++i) {
        const SuggestionArm arm = armOf(settings, "p1", keyOf(i), 3, suggestion(0.8));
        const bool sees = arm == SuggestionArm::Shown;
        const bool isAgreed = random.fraction() < agreesAnyway || (sees && random.fraction() < follows);
        views.push_back(view(arm, isAgreed ? 1 : 0));
    }
    return views;
}

} // namespace

class TestSuggestionPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsShownThatMayNotBe()
    {
        SuggestionSettings settings;
        settings.hiddenShare = 0;
        const auto arm = [&](const std::optional<Suggestion>& which) { return armOf(settings, "p1", "g_1", 3, which); };
        QVERIFY(arm(suggestion(0.6)) == SuggestionArm::Shown); // the bar itself is enough
        QVERIFY(arm(suggestion(0.599)) == SuggestionArm::BelowBar);
        QVERIFY(arm(suggestion({})) == SuggestionArm::BelowBar);
        QVERIFY(arm(suggestion(std::nan(""))) == SuggestionArm::BelowBar);
        QVERIFY(arm({}) == SuggestionArm::None);
        QVERIFY(armOf(settings, "p1", "g_1", 1, suggestion({})) == SuggestionArm::Shown); // a crop of a single
        settings.bar = 0;
        QVERIFY(arm(suggestion({})) == SuggestionArm::Shown);
        settings.hiddenShare = 1;
        QVERIFY(arm(suggestion(0.9)) == SuggestionArm::Hidden);
        settings.bar = 0.95;
        QVERIFY(arm(suggestion(0.9)) == SuggestionArm::BelowBar); // hidden are only those that would be shown
        settings.suspension = SuggestionSuspension{"ranker_v4", "2026-03-01T10:00:00Z", 0.4, 50, 0.6};
        QVERIFY(arm(suggestion(0.9)) == SuggestionArm::Suspended);
        QVERIFY(arm(suggestion(0.96, "ranker_v5")) == SuggestionArm::Hidden); // another model is not suspended
        settings.isEnabled = false;
        QVERIFY(arm(suggestion(0.9)) == SuggestionArm::None);
    }

    void theHiddenShareIsStickyAndAsLargeAsItSays()
    {
        constexpr int kGroups = 20'000;
        int hidden = 0;
        for (int i = 0; i < kGroups; ++i) {
            const bool isHidden = isInHiddenShare("p1", keyOf(i), 0.1);
            hidden += isHidden ? 1 : 0;
            QCOMPARE(isInHiddenShare("p1", keyOf(i), 0.1), isHidden);
            QVERIFY(!isHidden || isInHiddenShare("p1", keyOf(i), 0.2)); // more are added, none comes back
            QVERIFY(!isInHiddenShare("p1", keyOf(i), 0) && isInHiddenShare("p1", keyOf(i), 1));
        }
        QVERIFY(std::abs(hidden - kGroups / 10) < 200); // five standard deviations
        int both = 0;
        for (int i = 0; i < kGroups; ++i)
            both += isInHiddenShare("p1", keyOf(i), 0.1) && isInHiddenShare("p2", keyOf(i), 0.1) ? 1 : 0;
        QVERIFY(both < 300); // another seed, other groups
    }

    void theRecordHoldsWhatThereWasAndNothingWithoutOne()
    {
        const SuggestionView hidden = viewOf(SuggestionArm::Hidden, suggestion(0.8));
        QVERIFY(hidden.imageIndex == 1 && hidden.confidence == 0.8 && !hidden.wasVisible && hidden.reasons.size() == 1);
        QVERIFY(viewOf(SuggestionArm::None, suggestion(0.8)) == SuggestionView{});
    }

    void intervalsAreThoseOfTheBooks()
    {
        const auto near = [](double a, double b) { return std::abs(a - b) < 5e-4; };
        const auto half = Agreement{10, 5}.interval(); // Wilson 1927: 0.2366 to 0.7634
        QVERIFY(near(half[0], 0.2366) && near(half[1], 0.7634));
        const auto all = Agreement{10, 10}.interval();
        QVERIFY(near(all[0], 0.7225) && near(all[1], 1));
        QVERIFY((Agreement{}.interval() == std::array<double, 2>{0, 1}));
        ModelAgreement two; // Newcombe 1998, method 10: 56/70 less 48/80 is 0.0524 to 0.3339
        two.shown = {70, 56};
        two.hidden = {80, 48};
        QVERIFY(near(two.differenceInterval()[0], 0.0524) && near(two.differenceInterval()[1], 0.3339));
    }

    void aModelThatDriftsIsSuspendedInTime()
    {
        // 50 groups in which it is always right, then never.
        std::vector<RecordedView> views;
        for (int i = 0; i < 50; ++i)
            views.insert(views.begin(), view(SuggestionArm::Shown, 1));
        QVERIFY(!isSuspensionDue(rollingAgreement(views), 0.6));
        int groups = 0;
        while (!isSuspensionDue(rollingAgreement(views), 0.6)) {
            views.insert(views.begin(), view(SuggestionArm::Shown, 0));
            QVERIFY(++groups <= 50);
        }
        QCOMPARE(groups, 21); // 29 of 50 is the first share below 0.6
        // One that is wrong from the start.
        views.clear();
        for (groups = 0; !isSuspensionDue(rollingAgreement(views), 0.6); ++groups)
            views.insert(views.begin(), view(SuggestionArm::Shown, 0));
        QCOMPARE(groups, 10);
    }

    void aGoodModelIsNotSuspended()
    {
        int suspended = 0;
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            SeededRandom random(seed);
            std::vector<RecordedView> views;
            for (int i = 0; i < 50; ++i)
                views.push_back(view(SuggestionArm::Shown, random.fraction() < 0.85 ? 1 : 0));
            suspended += isSuspensionDue(rollingAgreement(views), 0.6) ? 1 : 0;
        }
        QCOMPARE(suspended, 0);
    }

    void onlyWhatWasVisibleCountsForASuspension()
    {
        std::vector<RecordedView> views;
        for (int i = 0; i < 30; ++i) {
            for (const SuggestionArm arm : {SuggestionArm::Hidden, SuggestionArm::BelowBar, SuggestionArm::Suspended})
                views.push_back(view(arm, 0));
            views.push_back(view(SuggestionArm::Shown, 0, std::string(kDemoModelId)));
            RecordedView unseen = view(SuggestionArm::Shown, 0);
            unseen.view.wasVisible = false;
            views.push_back(unseen);
        }
        QCOMPARE(rollingAgreement(views).count, std::int64_t{0});
        for (int i = 0; i < 60; ++i)
            views.insert(views.begin(), view(SuggestionArm::Shown, 1));
        QVERIFY((rollingAgreement(views) == Agreement{50, 50}));
    }

    void aSyntheticFollowerRaisesTheAlarm()
    {
        const AgreementReport led = agreementReport(simulate(600, 0.5, 0.7, 1));
        QVERIFY(led.all.leads());
        QVERIFY(led.all.differenceInterval()[0] > 0 && led.all.difference() > 0.2);
        QVERIFY(agreementJson(led)["all"]["leads"].toBool());
        // The control: somebody who takes no notice does not.
        int alarms = 0;
        for (std::uint64_t seed = 1; seed <= 100; ++seed)
            alarms += agreementReport(simulate(600, 0.7, 0, seed)).all.leads() ? 1 : 0;
        QVERIFY2(alarms <= 7, std::to_string(alarms).c_str()); // 2.5 % are due to chance
    }

    void tooFewProveNothing()
    {
        std::vector<RecordedView> views;
        for (int i = 0; i < 9; ++i) {
            views.push_back(view(SuggestionArm::Shown, 1));
            views.push_back(view(SuggestionArm::Hidden, 0));
        }
        QVERIFY(!agreementReport(views).all.leads());
        QVERIFY(agreementReport({}).models.empty());
        QVERIFY(agreementJson(agreementReport({}))["all"]["difference"].isNull());
    }

    void modelsAreReportedApartAndTheDemoIsNot()
    {
        const std::vector<RecordedView> views{
            view(SuggestionArm::Shown, 1, "ranker_v5"), view(SuggestionArm::Hidden, 0, "ranker_v4"),
            view(SuggestionArm::BelowBar, 1, "ranker_v4"), view(SuggestionArm::Shown, 1, std::string(kDemoModelId))};
        const AgreementReport report = agreementReport(views);
        QCOMPARE(report.models.size(), std::size_t{2});
        QCOMPARE(report.models[0].modelId, std::string("ranker_v4"));
        QVERIFY((report.models[0].hidden == Agreement{1, 0}) && (report.models[0].belowBar == Agreement{1, 1}));
        QVERIFY((report.all.shown == Agreement{1, 1}) && report.models[1].meanConfidence == 0.8);
    }
};

QTEST_GUILESS_MAIN(TestSuggestionPolicy)
#include "tst_suggestion_policy.moc"
