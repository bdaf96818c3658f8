// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/suggestion_view.h"

#include "core/decisions/record_outcome.h"
#include "core/decisions/schema.h"
#include "core/decisions/undo.h"
#include "tests/core/decisions/store_helpers.h"

#include <QTest>

using namespace ps;
using namespace ps::test;

namespace {

SuggestionView viewOf(SuggestionArm arm, int imageIndex = 1)
{
    if (arm == SuggestionArm::None)
        return {};
    return {arm,
            arm == SuggestionArm::Shown,
            "ranker_v4",
            "ab12",
            imageIndex,
            Crop{0.1, 0.1, 0.9, 0.9},
            0.75,
            {0.5, std::nullopt, 2.0},
            {"subject-sharpness + 12.3 8.1 1"}};
}

DecisionRequest requestWith(int number, SuggestionArm arm)
{
    DecisionRequest request = decisionAbout(number);
    request.view = viewOf(arm);
    if (request.view->wasVisible)
        request.shown = ShownSuggestion{"ranker_v4", 1, request.view->crop, 0.75, false};
    return request;
}

Connection reader(const StoreFixture& fixture)
{
    return must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly));
}

std::optional<RecordedView> viewOfGroup(const StoreFixture& fixture, int number)
{
    return must(findView(reader(fixture), decisionAbout(number).groupKey));
}

std::vector<RecordedView> counted(const StoreFixture& fixture, std::string_view modelId = {}, std::int64_t most = 0)
{
    return must(readCountedViews(reader(fixture), modelId, most));
}

void walk(DecisionStore& store, bool isUndo)
{
    must(store.run([&](StoreTransaction& transaction) -> Result<void> {
        PS_TRY(const auto step,
               isUndo ? nextUndoStep(transaction.connection()) : nextRedoStep(transaction.connection()));
        return isUndo ? undoRows(transaction, step.value()) : redoRows(transaction, step.value());
    }));
}

std::string aiColumns(const StoreFixture& fixture)
{
    return runSqlElsewhere(
        fixture.databasePath(), {},
        "SELECT coalesce(ai_selected_index, 'NULL') || ' ' || coalesce(ai_crop_coords, 'NULL') || ' ' || "
        "coalesce(ai_confidence, 'NULL') || ' ' || coalesce(ai_crop_accepted, 'NULL') || ' ' || "
        "coalesce(selection_match, 'NULL') FROM ai_decisions");
}

} // namespace

class TestSuggestionView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesComeBack()
    {
        for (const SuggestionArm arm : {SuggestionArm::Shown, SuggestionArm::Hidden, SuggestionArm::BelowBar,
                                        SuggestionArm::Suspended, SuggestionArm::None})
            QVERIFY(parseSuggestionArm(suggestionArmName(arm)) == arm);
        QVERIFY(!parseSuggestionArm("seen"));
    }

    void aDecisionKeepsWhatWasVisible()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const auto receipt = must(decideIn(*store, requestWith(1, SuggestionArm::Shown)));
        const auto found = viewOfGroup(fixture, 1);
        QVERIFY(found.has_value());
        QVERIFY(found->view == viewOf(SuggestionArm::Shown));
        QCOMPARE(found->ledgerSeq, receipt.ledgerSeq);
        QCOMPARE(found->groupId, receipt.groupId);
        QCOMPARE(found->action, std::string("approve"));
        QVERIFY(found->selectedIndex == 0 && found->imageCount == 3 && found->isFirst && found->isStanding);
    }

    void whatWasHeldBackIsInNoColumnOfTheRow_data()
    {
        QTest::addColumn<int>("arm");
        for (const SuggestionArm arm :
             {SuggestionArm::Hidden, SuggestionArm::BelowBar, SuggestionArm::Suspended, SuggestionArm::None})
            QTest::newRow(std::string(suggestionArmName(arm)).c_str()) << static_cast<int>(arm);
    }
    void whatWasHeldBackIsInNoColumnOfTheRow()
    {
        QFETCH(const int, arm);
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(decideIn(*store, requestWith(1, static_cast<SuggestionArm>(arm))));
        QCOMPARE(aiColumns(fixture), std::string("[[\"NULL NULL NULL NULL NULL\"]]"));
        QVERIFY(viewOfGroup(fixture, 1)->view == viewOf(static_cast<SuggestionArm>(arm)));
        // The control: what was shown is in them.
        const StoreFixture other;
        const auto otherStore = other.startReady();
        must(decideIn(*otherStore, requestWith(1, SuggestionArm::Shown)));
        QVERIFY(aiColumns(other) != "[[\"NULL NULL NULL NULL NULL\"]]");
    }

    void aViewThatContradictsTheRowIsRefused()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const auto expectRefused = [&](const DecisionRequest& request) {
            const auto outcome = decideIn(*store, request);
            QVERIFY(!outcome && outcome.error().code == ErrorCode::InvalidInput);
        };
        DecisionRequest request = requestWith(1, SuggestionArm::Hidden);
        request.shown = ShownSuggestion{"ranker_v4", 1, {}, 0.75, false};
        expectRefused(request); // hidden, and yet in the row
        request = requestWith(1, SuggestionArm::Shown);
        request.shown.reset();
        expectRefused(request); // visible, and not in the row
        request = requestWith(1, SuggestionArm::Shown);
        request.shown->imageIndex = 2;
        expectRefused(request);
        request = requestWith(1, SuggestionArm::Hidden);
        request.view->wasVisible = true;
        expectRefused(request);
        request = requestWith(1, SuggestionArm::Hidden);
        request.view->imageIndex = 3;
        expectRefused(request);
        request.view->imageIndex.reset();
        expectRefused(request);
        QVERIFY(rowTexts(fixture.databasePath()).empty() && counted(fixture).empty());
    }

    void undoAndRedoTakeTheViewWithThem()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(decideIn(*store, requestWith(1, SuggestionArm::Hidden)));
        QCOMPARE(counted(fixture).size(), std::size_t{1});
        walk(*store, true);
        QVERIFY(!viewOfGroup(fixture, 1) && counted(fixture).empty());
        walk(*store, false);
        QVERIFY(viewOfGroup(fixture, 1)->view.arm == SuggestionArm::Hidden);
        QCOMPARE(counted(fixture).size(), std::size_t{1});
        walk(*store, true);
        // What was told after the first decision is known at the second.
        must(decideIn(*store, requestWith(1, SuggestionArm::Shown)));
        QVERIFY(!viewOfGroup(fixture, 1)->isFirst && counted(fixture).empty());
        expectSoundLedger(fixture.databasePath());
    }

    void aChangeOfMindCountsAsItWasAtFirst()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const auto first = must(decideIn(*store, requestWith(1, SuggestionArm::Hidden)));
        DecisionRequest again = requestWith(1, SuggestionArm::Shown);
        again.groupId = first.groupId;
        again.selectedIndex = 1;
        must(decideIn(*store, again));
        QVERIFY(viewOfGroup(fixture, 1)->view.arm == SuggestionArm::Shown);
        const auto views = counted(fixture);
        QCOMPARE(views.size(), std::size_t{1});
        QVERIFY(views.front().view.arm == SuggestionArm::Hidden && views.front().selectedIndex == 0);
        walk(*store, true);
        QVERIFY(viewOfGroup(fixture, 1)->view.arm == SuggestionArm::Hidden);
    }

    void onlyComparableDecisionsAreCounted()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(decideIn(*store, requestWith(1, SuggestionArm::Shown)));
        DecisionRequest reject = requestWith(2, SuggestionArm::Shown);
        reject.action = Action::Reject;
        must(decideIn(*store, reject));
        DecisionRequest single = decisionAbout(3, 1);
        single.view = viewOf(SuggestionArm::Hidden, 0);
        must(decideIn(*store, single));
        must(decideIn(*store, requestWith(4, SuggestionArm::None)));
        must(decideIn(*store, decisionAbout(5))); // not in the window: no view at all
        const auto withdrawn = must(decideIn(*store, requestWith(6, SuggestionArm::Shown)));
        OutcomeRequest outcome;
        outcome.groupKey = withdrawn.groupKey;
        outcome.members = decisionAbout(6).members;
        outcome.directory = decisionAbout(6).directory;
        outcome.groupId = withdrawn.groupId;
        outcome.outcome = Outcome::CannotJudge;
        must(store->run([&](StoreTransaction& transaction) -> Result<void> {
            PS_TRY_VOID(applyOutcome(transaction, outcome));
            return {};
        }));
        must(decideIn(*store, requestWith(7, SuggestionArm::Hidden)));
        const auto views = counted(fixture);
        QCOMPARE(views.size(), std::size_t{2});
        QVERIFY(views[0].groupKey == decisionAbout(7).groupKey && views[1].groupKey == decisionAbout(1).groupKey);
        QCOMPARE(counted(fixture, "ranker_v4", 1).size(), std::size_t{1});
        QVERIFY(counted(fixture, "ranker_v5").empty());
        QVERIFY(!viewOfGroup(fixture, 5));
    }

    void tablesOfBeforeAreTakenAlong()
    {
        const StoreFixture fixture;
        {
            const auto store = fixture.startReady();
            must(decideIn(*store, requestWith(1, SuggestionArm::Shown)));
        }
        goBackToSchema(fixture.databasePath(), 2);
        runSqlElsewhere(fixture.databasePath(), {"INSERT INTO ps_suggestions VALUES ('g_1', 'm', 1, NULL, 0.5, '[]')"});
        const auto rows = rowTexts(fixture.databasePath());
        QVERIFY(!viewOfGroup(fixture, 1)); // viewing does not need them
        QVERIFY(counted(fixture).empty());
        const auto snapshots = fixture.snapshotFiles().size();
        fixture.clock().advance(std::chrono::seconds(1));
        const auto store = fixture.startReady();
        QCOMPARE(fixture.snapshotFiles().size(), snapshots + 1);
        QVERIFY(must(ownSchemaVersion(reader(fixture))) == kOwnSchemaVersion);
        QCOMPARE(rowTexts(fixture.databasePath()), rows);
        QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "SELECT count(*) FROM ps_suggestions"),
                 std::string("[[1]]"));
        walk(*store, true); // a decision without a view is undone all the same
        must(decideIn(*store, requestWith(2, SuggestionArm::Hidden)));
        QVERIFY(viewOfGroup(fixture, 2).has_value());
        expectSoundLedger(fixture.databasePath());
    }
};

QTEST_GUILESS_MAIN(TestSuggestionView)
#include "tst_suggestion_view.moc"
