// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/outcomes.h"

#include "core/decisions/frozen_groups.h"
#include "core/decisions/record_outcome.h"
#include "core/decisions/schema.h"
#include "core/decisions/undo.h"
#include "tests/core/decisions/store_helpers.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <algorithm>

using namespace ps;
using namespace ps::test;

namespace {

OutcomeRequest outcomeOf(int number, std::optional<Outcome> outcome, int imageCount = 3)
{
    const DecisionRequest like = decisionAbout(number, imageCount);
    OutcomeRequest request;
    request.groupKey = like.groupKey;
    request.members = like.members;
    request.directory = like.directory;
    request.outcome = outcome;
    return request;
}

Result<MarkReceipt> record(DecisionStore& store, const OutcomeRequest& request)
{
    return runForValue<MarkReceipt>(store,
                                    [&](StoreTransaction& transaction) { return applyOutcome(transaction, request); });
}

Result<MarkReceipt> flag(DecisionStore& store, int number, bool isFlagged)
{
    const DecisionRequest group = decisionAbout(number);
    return runForValue<MarkReceipt>(store, [&](StoreTransaction& transaction) {
        return applyFlag(transaction, group.groupKey, group.members, isFlagged);
    });
}

Result<MarkReceipt> note(DecisionStore& store, int number, std::string_view text)
{
    const DecisionRequest group = decisionAbout(number);
    return runForValue<MarkReceipt>(store, [&](StoreTransaction& transaction) {
        return applyNote(transaction, group.groupKey, group.members, text);
    });
}

Result<bool> walkBack(DecisionStore& store)
{
    return runForValue<bool>(store, [](StoreTransaction& transaction) -> Result<bool> {
        PS_TRY(const auto step, nextUndoStep(transaction.connection()));
        if (!step)
            return false;
        PS_TRY_VOID(undoRows(transaction, *step));
        return true;
    });
}

Result<bool> walkForth(DecisionStore& store)
{
    return runForValue<bool>(store, [](StoreTransaction& transaction) -> Result<bool> {
        PS_TRY(const auto step, nextRedoStep(transaction.connection()));
        if (!step)
            return false;
        PS_TRY_VOID(redoRows(transaction, *step));
        return true;
    });
}

Connection reader(const StoreFixture& fixture)
{
    return must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly));
}

/// Everything that is said beside the rows, as text.
std::vector<std::string> markTexts(const StoreFixture& fixture)
{
    std::vector<std::string> texts;
    for (const MarkedGroup& group : must(readOutcomes(reader(fixture))))
        texts.push_back(group.groupKey + " " + dumpJson(marksJson(group.marks)));
    return texts;
}

GroupMarks marksOf(const StoreFixture& fixture, int number)
{
    return must(findMarks(reader(fixture), decisionAbout(number).groupKey));
}

/// Makes the tables what the first release left behind.
DecisionRequest croppedDecision(int number)
{
    DecisionRequest request = decisionAbout(number);
    request.action = Action::Crop;
    request.crop = Crop{0.25, 0.25, 0.75, 0.75};
    request.tolerance = CropTolerance{{0.375, 0.375, 0.625, 0.625}, {0.125, 0.125, 0.875, 1.0}};
    return request;
}

} // namespace

class TestOutcomes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOutcomeWritesNoRow_data()
    {
        QTest::addColumn<int>("outcome");
        QTest::newRow("tie") << static_cast<int>(Outcome::Tie);
        QTest::newRow("cannot judge") << static_cast<int>(Outcome::CannotJudge);
        QTest::newRow("skip") << static_cast<int>(Outcome::Skip);
    }
    void anOutcomeWritesNoRow()
    {
        QFETCH(const int, outcome);
        const auto which = static_cast<Outcome>(outcome);
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const MarkReceipt receipt = must(record(*store, outcomeOf(1, which)));
        QVERIFY(receipt.marks.is(which));
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        const GroupMarks stored = marksOf(fixture, 1);
        QVERIFY(stored == receipt.marks);
        QCOMPARE(stored.outcome->tied, which == Outcome::Tie ? std::vector<int>({0, 1, 2}) : std::vector<int>());
        QVERIFY(must(walkBack(*store)));
        QVERIFY(markTexts(fixture).empty());
        QVERIFY(must(walkForth(*store)));
        QVERIFY(marksOf(fixture, 1) == stored); // who said it and when are the same again
        expectSoundLedger(fixture.databasePath());
    }

    void aDecisionEndsTheOutcomeInTheSameStep()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        OutcomeRequest tie = outcomeOf(1, Outcome::Tie);
        tie.tied = {2, 0};
        must(record(*store, tie));
        const auto tied = markTexts(fixture);
        must(decideIn(*store, decisionAbout(1)));
        QVERIFY(markTexts(fixture).empty());
        QCOMPARE(rowTexts(fixture.databasePath()).size(), std::size_t{1});
        QVERIFY(must(walkBack(*store)));
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        QCOMPARE(markTexts(fixture), tied);
        QCOMPARE(marksOf(fixture, 1).outcome->tied, std::vector<int>({0, 2}));
    }

    void aTieTakesTheRowOfADecidedGroupAwayAndUndoBringsItBack()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(decideIn(*store, croppedDecision(1)));
        const auto rows = rowTexts(fixture.databasePath());
        const auto marks = markTexts(fixture);
        const std::string crops = runSqlElsewhere(fixture.databasePath(), {},
                                                  "SELECT x1, y1, x2, y2, state FROM ps_crops");
        must(record(*store, outcomeOf(1, Outcome::Tie)));
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        QVERIFY(!marksOf(fixture, 1).tolerance);
        QVERIFY(must(walkBack(*store)));
        QCOMPARE(rowTexts(fixture.databasePath()), rows);
        QCOMPARE(markTexts(fixture), marks);
        QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "SELECT x1, y1, x2, y2, state FROM ps_crops"), crops);
        QVERIFY(must(walkForth(*store)));
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        expectSoundLedger(fixture.databasePath());
    }

    void whatMakesNoSenseIsRefusedAndChangesNothing()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(decideIn(*store, decisionAbout(1)));
        PS_CHECK_ERROR(ErrorCode::Refused, record(*store, outcomeOf(1, Outcome::Skip)));
        PS_CHECK_ERROR(ErrorCode::Refused, record(*store, outcomeOf(1, {})));
        PS_CHECK_ERROR(ErrorCode::Refused, record(*store, outcomeOf(2, {})));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, record(*store, outcomeOf(2, Outcome::AllBad)));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, record(*store, outcomeOf(2, Outcome::Tie, 1)));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, record(*store, outcomeOf(2, Outcome::Skip, 5)));
        for (const std::vector<int>& tied : {std::vector<int>{0, 3}, {0}, {1, 1}, {-1, 0}}) {
            OutcomeRequest request = outcomeOf(2, Outcome::Tie);
            request.tied = tied;
            PS_CHECK_ERROR(ErrorCode::InvalidInput, record(*store, request));
        }
        for (const std::string& text : {std::string(kMaxNoteBytes + 1, 'x'), "a\x01z"s, "\xff"s})
            PS_CHECK_ERROR(ErrorCode::InvalidInput, note(*store, 2, text));
        QVERIFY(markTexts(fixture).empty());
        QCOMPARE(ledgerKinds(fixture.databasePath()).size(), std::size_t{2}); // the baseline and the decision
    }

    void aScriptThatDecidedMeanwhileIsAConflict()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const DecisionReceipt receipt = must(decideIn(*store, decisionAbout(1)));
        OutcomeRequest request = outcomeOf(1, Outcome::Tie);
        request.groupId = receipt.groupId;
        request.expectedFingerprint = rowFingerprint(receipt.row);
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ai_decisions SET directory='elsewhere'"});
        PS_CHECK_ERROR(ErrorCode::Conflict, record(*store, request));
        QCOMPARE(rowTexts(fixture.databasePath()).size(), std::size_t{1});
    }

    void aRejectIsRecordedAsAllBad()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        DecisionRequest reject = decisionAbout(1);
        reject.action = Action::Reject;
        must(decideIn(*store, reject));
        QVERIFY(marksOf(fixture, 1).is(Outcome::AllBad));
        must(decideIn(*store, decisionAbout(1)));
        QVERIFY(marksOf(fixture, 1).isEmpty());
        QVERIFY(must(walkBack(*store)));
        QVERIFY(marksOf(fixture, 1).is(Outcome::AllBad));
        QVERIFY(must(walkBack(*store)));
        QVERIFY(marksOf(fixture, 1).isEmpty());
    }

    void flagAndNoteStayWhateverIsDecided()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(flag(*store, 1, true));
        must(note(*store, 1, "Schön, aber unscharf\n2nd line"));
        must(record(*store, outcomeOf(1, Outcome::CannotJudge)));
        must(decideIn(*store, decisionAbout(1)));
        const GroupMarks marks = marksOf(fixture, 1);
        QVERIFY(marks.flag && !marks.outcome);
        QCOMPARE(marks.note->text, "Schön, aber unscharf\n2nd line"s);
        must(flag(*store, 1, false));
        must(note(*store, 1, ""));
        QVERIFY(marksOf(fixture, 1).isEmpty());
        QVERIFY(must(walkBack(*store)));
        QVERIFY(must(walkBack(*store)));
        QVERIFY(marksOf(fixture, 1) == marks);
    }

    void aMarkedGroupIsFrozenUntilTheMarkIsTakenBack()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(record(*store, outcomeOf(1, Outcome::Tie)));
        must(flag(*store, 2, true));
        const auto frozen = must(readFrozenGroups(reader(fixture)));
        QCOMPARE(frozen.size(), std::size_t{2});
        QVERIFY(std::ranges::all_of(frozen, [](const FrozenGroup& group) {
            return group.groupId.empty() && !group.isSplit && group.members.size() == 3;
        }));
        QVERIFY(must(walkBack(*store)));
        QVERIFY(must(walkBack(*store)));
        QVERIFY(must(readFrozenGroups(reader(fixture))).empty());
    }

    void theCommitTellsOfTheMarks()
    {
        const StoreFixture fixture;
        std::vector<RowChange> told;
        StoreOptions options = fixture.options();
        options.onCommitted = [&](const std::vector<RowChange>& changes) {
            told.insert(told.end(), changes.begin(), changes.end());
        };
        const auto store = DecisionStore::start(options);
        must(store->waitUntilReady());
        must(record(*store, outcomeOf(1, Outcome::Skip)));
        must(decideIn(*store, decisionAbout(1)));
        QCOMPARE(told.size(), std::size_t{2});
        QVERIFY(!told[0].isAboutRow() && told[0].marks && told[0].marks->is(Outcome::Skip));
        QVERIFY(told[1].isAboutRow() && told[1].marks && told[1].marks->isEmpty());
        QCOMPARE(told[0].groupKey, decisionAbout(1).groupKey);
    }

    // ---- tolerance

    void theLimitsOfACropGoWithThatCrop()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(decideIn(*store, croppedDecision(1)));
        const auto mark = marksOf(fixture, 1).tolerance;
        QVERIFY(mark && mark->tolerance == *croppedDecision(1).tolerance && mark->crop == *croppedDecision(1).crop);
        DecisionRequest other = croppedDecision(1);
        other.crop = Crop{0.25, 0.25, 0.5, 0.5};
        other.tolerance.reset();
        must(decideIn(*store, other));
        QVERIFY(!marksOf(fixture, 1).tolerance);
        QVERIFY(must(walkBack(*store)));
        QVERIFY(marksOf(fixture, 1).tolerance == mark);
    }

    void aCropOutsideItsLimitsIsRefusedByTheRuleAndByTheTable()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const CropTolerance good = *croppedDecision(1).tolerance;
        for (const CropTolerance& bad :
             {CropTolerance{{0.2, 0.375, 0.625, 0.625}, good.outer},
              CropTolerance{good.inner, {0.125, 0.125, 0.7, 1.0}}, CropTolerance{{0.5, 0.5, 0.5, 0.6}, good.outer},
              CropTolerance{good.inner, {-0.125, 0.125, 0.875, 1.0}}}) {
            DecisionRequest request = croppedDecision(1);
            request.tolerance = bad;
            PS_CHECK_ERROR(ErrorCode::InvalidInput, decideIn(*store, request));
        }
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        must(decideIn(*store, croppedDecision(1)));
        for (const char* change :
             {"inner_x1=0.2", "outer_x2=0.7", "crop_y2=1.01", "inner_y1=inner_y2", "outer_y1=-0.1"})
            PS_CHECK_ERROR(ErrorCode::Refused,
                           runForValue<bool>(*store, [&](StoreTransaction& transaction) -> Result<bool> {
                               const std::string sql = "UPDATE ps_crop_tolerances SET "s + change;
                               const auto changed = transaction.connection().execute(sql.c_str());
                               if (changed)
                                   return true;
                               return Error{ErrorCode::Refused, changed.error().message, {}, 0};
                           }));
    }

    // ---- databases of every kind

    void tablesOfTheFirstReleaseAreBroughtUpToDate()
    {
        const StoreFixture fixture;
        {
            const auto store = fixture.startReady();
            must(decideIn(*store, decisionAbout(1)));
        }
        goBackToSchema(fixture.databasePath(), 1);
        const auto rows = rowTexts(fixture.databasePath());
        QVERIFY(must(readOutcomes(reader(fixture))).empty()); // viewing does not need them
        QVERIFY(must(findMarks(reader(fixture), decisionAbout(1).groupKey)).isEmpty());
        QCOMPARE(must(readFrozenGroups(reader(fixture))).size(), std::size_t{1});
        const auto snapshots = fixture.snapshotFiles().size();
        fixture.clock().advance(std::chrono::seconds(1));
        const auto store = fixture.startReady();
        QCOMPARE(fixture.snapshotFiles().size(), snapshots + 1); // before the tables change
        QVERIFY(must(ownSchemaVersion(reader(fixture))) == kOwnSchemaVersion);
        QCOMPARE(rowTexts(fixture.databasePath()), rows);
        must(record(*store, outcomeOf(1, Outcome::Tie)));
        QVERIFY(must(walkBack(*store)));
        QVERIFY(must(walkBack(*store))); // the decision of before
        expectSoundLedger(fixture.databasePath());
    }

    void everyVariantOfTheScriptsTakesOutcomes()
    {
        for (const SchemaVariant& variant : schemaVariants()) {
            if (!variant.canBeWorkedOn)
                continue;
            const StoreFixture fixture([&](const std::string& path) {
                must(must(Connection::open(path, OpenMode::Create)).execute(variant.sql.c_str()));
            });
            const auto rows = rowTexts(fixture.databasePath());
            {
                const auto store = fixture.startReady();
                must(record(*store, outcomeOf(1, Outcome::Tie)));
                must(flag(*store, 2, true));
                must(note(*store, 3, "a note"));
                QVERIFY2(rowTexts(fixture.databasePath()) == rows, variant.name.c_str());
                QCOMPARE(markTexts(fixture).size(), std::size_t{3});
            }
            dropOwnTables(fixture.databasePath());
            QCOMPARE(runSqlElsewhere(fixture.databasePath(), {},
                                     "SELECT count(*) FROM sqlite_master WHERE name LIKE 'ps\\_%' ESCAPE '\\'"),
                     "[[0]]"s);
            QVERIFY2(rowTexts(fixture.databasePath()) == rows, variant.name.c_str());
        }
    }

    // ---- everything together

    void everythingTakenBackIsTheStartAndMadeAgainTheEnd_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed < 3; ++seed)
            QTest::newRow(("seed " + std::to_string(seed)).c_str()) << seed;
    }
    void everythingTakenBackIsTheStartAndMadeAgainTheEnd()
    {
        QFETCH(const int, seed);
        SeededRandom random(static_cast<std::uint64_t>(seed));
        const StoreFixture fixture;
        auto store = fixture.startReady();
        int done = 0;
        for (int i = 0; i < 100; ++i) {
            fixture.clock().advance(std::chrono::seconds(1));
            const int number = random.intBetween(0, 12);
            switch (random.below(8)) {
            case 0: done += record(*store, outcomeOf(number, Outcome::Tie)) ? 1 : 0; break;
            case 1: done += record(*store, outcomeOf(number, Outcome::CannotJudge)) ? 1 : 0; break;
            case 2: done += record(*store, outcomeOf(number, Outcome::Skip)) ? 1 : 0; break;
            case 3: done += record(*store, outcomeOf(number, {})) ? 1 : 0; break;
            case 4: done += flag(*store, number, random.oneIn(2)) ? 1 : 0; break;
            case 5: done += note(*store, number, random.oneIn(3) ? "" : "note " + std::to_string(i)) ? 1 : 0; break;
            case 6: done += decideIn(*store, croppedDecision(number)) ? 1 : 0; break;
            default: {
                DecisionRequest request = decisionAbout(number);
                request.action = random.oneIn(2) ? Action::Reject : Action::Approve;
                done += decideIn(*store, request) ? 1 : 0;
            }
            }
        }
        const auto rows = rowTexts(fixture.databasePath());
        const auto marks = markTexts(fixture);
        for (int i = 0; i < done; ++i)
            QVERIFY2(must(walkBack(*store)), random.note().c_str());
        QVERIFY2(!must(walkBack(*store)), random.note().c_str());
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        QVERIFY(markTexts(fixture).empty());
        store.reset();
        store = fixture.startReady();
        while (must(walkForth(*store))) {
        }
        QCOMPARE(rowTexts(fixture.databasePath()), rows);
        QCOMPARE(markTexts(fixture), marks);
        expectSoundLedger(fixture.databasePath());
    }
};

QTEST_GUILESS_MAIN(TestOutcomes)
#include "tst_outcomes.moc"
