// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/decide.h"
#include "core/decisions/frozen_groups.h"
#include "core/decisions/ledger.h"
#include "core/decisions/schema.h"
#include "core/decisions/undo.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"
#include "tests/support/seeded_random.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

enum class Way { Undo, Redo };

/// One step back or forth. False when there is none.
Result<bool> walk(DecisionStore& store, Way way)
{
    return runForValue<bool>(store, [way](StoreTransaction& transaction) -> Result<bool> {
        PS_TRY(const auto step,
               way == Way::Undo ? nextUndoStep(transaction.connection()) : nextRedoStep(transaction.connection()));
        if (!step)
            return false;
        PS_TRY_VOID(way == Way::Undo ? undoRows(transaction, *step) : redoRows(transaction, *step));
        return true;
    });
}

DecisionRequest randomDecision(SeededRandom& random)
{
    const int number = random.intBetween(0, 40);
    DecisionRequest request = decisionAbout(number, 2 + number % 3);
    request.action = static_cast<Action>(random.below(3));
    request.selectedIndex = random.intBetween(0, 1);
    if (random.oneIn(2))
        request.crop = Crop{0.1, 0.1, 0.5 + 0.4 * random.fraction(), 0.9};
    if (random.oneIn(2))
        request.shown = ShownSuggestion{"m", random.intBetween(0, 1), Crop{0.1, 0.1, 0.9, 0.9}, random.fraction(),
                                        random.oneIn(2)};
    return request;
}

StoreFixture fixtureWithOldRows()
{
    return StoreFixture([](const std::string& path) {
        const TempFolder unused;
        const auto& variant = *std::ranges::find(schemaVariants(), "A18 with columns and tables of others",
                                                 &SchemaVariant::name);
        must(must(Connection::open(path, OpenMode::Create)).execute(variant.sql.c_str()));
    });
}

std::string cropRecords(const std::string& path)
{
    return runSqlElsewhere(path, {}, "SELECT group_id, x1, y1, x2, y2, state FROM ps_crops ORDER BY group_id");
}

} // namespace

class TestUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingTakenBackIsTheStartAndMadeAgainTheEnd_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 91; seed < 95; ++seed)
            QTest::newRow(("seed " + std::to_string(seed)).c_str()) << seed;
    }
    void everythingTakenBackIsTheStartAndMadeAgainTheEnd()
    {
        QFETCH(const int, seed);
        SeededRandom random(static_cast<std::uint64_t>(seed));
        const StoreFixture fixture = fixtureWithOldRows();
        const auto start = rowTexts(fixture.databasePath());
        auto store = fixture.startReady();
        std::vector<std::vector<std::string>> history{start}; // what the rows were after each step that is done
        std::size_t now = 0;
        for (int i = 0; i < 300; ++i) {
            fixture.clock().advance(std::chrono::seconds(1));
            const std::size_t kind = random.below(10);
            if (kind < 6) {
                PS_CHECK_OK(decideIn(*store, randomDecision(random)));
                history.resize(++now);
                history.push_back(rowTexts(fixture.databasePath()));
            } else if (kind < 9) {
                const bool isDone = must(walk(*store, Way::Undo));
                QCOMPARE(isDone, now > 0);
                now -= isDone ? 1 : 0;
            } else {
                const bool isDone = must(walk(*store, Way::Redo));
                QCOMPARE(isDone, now + 1 < history.size());
                now += isDone ? 1 : 0;
            }
            if (i % 10 == 0)
                QVERIFY2(rowTexts(fixture.databasePath()) == history[now],
                         (random.note() + ", action " + std::to_string(i)).c_str());
        }
        while (must(walk(*store, Way::Redo)))
            ++now;
        QCOMPARE(now + 1, history.size());
        const auto end = rowTexts(fixture.databasePath());
        QVERIFY2(end == history.back(), random.note().c_str());
        const std::string endCrops = cropRecords(fixture.databasePath());

        while (must(walk(*store, Way::Undo)))
            --now;
        QCOMPARE(now, std::size_t{0});
        QVERIFY2(rowTexts(fixture.databasePath()) == start, random.note().c_str());
        QCOMPARE(cropRecords(fixture.databasePath()), "[]"s);

        store.reset(); // and it survives a restart
        store = fixture.startReady();
        while (must(walk(*store, Way::Redo))) {
        }
        QVERIFY2(rowTexts(fixture.databasePath()) == end, random.note().c_str());
        QCOMPARE(cropRecords(fixture.databasePath()), endCrops);
        QVERIFY(must(verifyLedger(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {})).isSound());
    }

    void undoOfAFirstDecisionRemovesTheRowAndTheLedgerKeepsIt()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const auto receipt = must(decideIn(*store, decisionAbout(1)));
        QVERIFY(must(walk(*store, Way::Undo)));
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        const auto entries = must(readLedgerEntries(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)),
                                                    LedgerSubject{receipt.groupId, {}}, {}, 10));
        QCOMPARE(entries.size(), std::size_t{2});
        QVERIFY(entries[0].kind == ledger_kind::kUndo && entries[0].before == receipt.row && !entries[0].after);
        QVERIFY(!must(walk(*store, Way::Undo))); // nothing is left
    }

    void aNewDecisionClearsWhatCouldBeRedone()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(decideIn(*store, decisionAbout(1)));
        must(decideIn(*store, decisionAbout(2)));
        QVERIFY(must(walk(*store, Way::Undo)));
        must(decideIn(*store, decisionAbout(3)));
        QVERIFY(!must(walk(*store, Way::Redo)));
        QVERIFY(must(walk(*store, Way::Undo)));
        QVERIFY(must(walk(*store, Way::Undo)));
        QVERIFY(rowTexts(fixture.databasePath()).empty());
    }

    void aRowThatAScriptChangedIsAConflictWithTheColumnsNamed()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(decideIn(*store, decisionAbout(1)));
        DecisionRequest again = decisionAbout(1);
        again.action = Action::Reject;
        must(decideIn(*store, again));
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ai_decisions SET ai_confidence=0.25, directory='moved'"});
        const auto rows = rowTexts(fixture.databasePath());
        const auto ledger = runSqlElsewhere(fixture.databasePath(), {}, "SELECT count(*) FROM ps_ledger");
        const auto undone = walk(*store, Way::Undo);
        PS_CHECK_ERROR(ErrorCode::Conflict, undone);
        for (const char* part :
             {"directory: expected 'photos', found 'moved'", "ai_confidence: expected None, found 0.25"})
            QVERIFY2(undone.error().message.find(part) != std::string::npos, undone.error().message.c_str());
        QVERIFY2(undone.error().message.find("user_action") == std::string::npos, undone.error().message.c_str());
        QVERIFY(rowTexts(fixture.databasePath()) == rows);
        QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "SELECT count(*) FROM ps_ledger"), ledger);
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ai_decisions SET ai_confidence=NULL, directory='photos'"});
        QVERIFY(must(walk(*store, Way::Undo))); // the control: as the ledger left it, it works
    }

    void aRowThatIsGoneIsAConflict()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        must(decideIn(*store, decisionAbout(1)));
        runSqlElsewhere(fixture.databasePath(), {"DELETE FROM ai_decisions"});
        const auto undone = walk(*store, Way::Undo);
        PS_CHECK_ERROR(ErrorCode::Conflict, undone);
        QVERIFY2(undone.error().message.find("row: expected present, found absent") != std::string::npos,
                 undone.error().message.c_str());
    }

    void redoIsAConflictWhenTheRowIsThereAgain()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const auto receipt = must(decideIn(*store, decisionAbout(1)));
        must(walk(*store, Way::Undo));
        runSqlElsewhere(
            fixture.databasePath(),
            {"INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, user_action, "
             "image_width, image_height) VALUES ('" +
             receipt.groupId + "', 't', 'p1', '[]', 0, 'approve', 1, 1)"});
        PS_CHECK_ERROR(ErrorCode::Conflict, walk(*store, Way::Redo));
        QCOMPARE(rowTexts(fixture.databasePath()).size(), std::size_t{1});
    }

    void oneConflictInAStepLeavesTheWholeStepAlone()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        std::vector<std::string> ids;
        must(store->run(
            [&ids](StoreTransaction& transaction) -> Result<void> { // three rows in one step, as a bulk repair makes
                std::vector<std::int64_t> seqs;
                for (int i = 0; i < 3; ++i) {
                    PS_TRY(const DecisionRow row, makeRow(decisionAbout(i), transaction.table(), "p1",
                                                          "id" + std::to_string(i), 1, transaction.now(), {}));
                    PS_TRY(const std::int64_t seq, transaction.changeRow(ledger_kind::kRepair, "", {}, row, {}));
                    seqs.push_back(seq);
                    ids.push_back(row.groupId());
                }
                PS_TRY_VOID(transaction.addStep(ledger_kind::kRepair, "", seqs.front(), seqs.back()));
                return {};
            }));
        runSqlElsewhere(fixture.databasePath(),
                        {"UPDATE ai_decisions SET directory='x' WHERE group_id='id0'"}); // undone last
        const auto rows = rowTexts(fixture.databasePath());
        PS_CHECK_ERROR(ErrorCode::Conflict, walk(*store, Way::Undo));
        QVERIFY(rowTexts(fixture.databasePath()) == rows);
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ai_decisions SET directory='photos' WHERE group_id='id0'"});
        QVERIFY(must(walk(*store, Way::Undo)));
        QVERIFY(rowTexts(fixture.databasePath()).empty());
        QVERIFY(must(walk(*store, Way::Redo)));
        QVERIFY(rowTexts(fixture.databasePath()) != std::vector<std::string>{});
    }

    void aSplitIsLetGoAndFrozenAgainWithItsDecision()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        const DecisionRequest part = decisionAbout(1, 4);
        must(store->run([&part](StoreTransaction& transaction) -> Result<void> {
            PS_TRY_VOID(freezeSplitGroup(transaction.connection(), part.groupKey, part.members));
            const Json parts = Json::array(
                {Json::object({{"key", part.groupKey}, {"members", membersJson(part.members)}})});
            PS_TRY(const std::int64_t seq, transaction.appendLedger({std::string(ledger_kind::kSplit),
                                                                     {},
                                                                     "g_0123456789abcdef",
                                                                     {},
                                                                     {},
                                                                     Json::object({{"parts", parts}})}));
            PS_TRY_VOID(transaction.addStep(ledger_kind::kSplit, "g_0123456789abcdef", seq, seq));
            return {};
        }));
        const auto receipt = must(decideIn(*store, part));
        const auto frozen = [&] {
            return must(readFrozenGroups(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly))));
        };
        QVERIFY(frozen().size() == 1 && frozen().front().groupId == receipt.groupId && frozen().front().isSplit);
        QVERIFY(must(walk(*store, Way::Undo)));
        QVERIFY(frozen().size() == 1 && frozen().front().groupId.empty());
        QVERIFY(must(walk(*store, Way::Undo)));
        QVERIFY(frozen().empty());
        QVERIFY(must(walk(*store, Way::Redo)));
        QVERIFY(must(walk(*store, Way::Redo)));
        QVERIFY(frozen().size() == 1 && frozen().front().isSplit);
        QCOMPARE(frozen().front().groupId, receipt.groupId); // still the row of this group
        DecisionRequest again = part;
        again.action = Action::Reject;
        QCOMPARE(must(decideIn(*store, again)).groupId, receipt.groupId);
        QCOMPARE(rowTexts(fixture.databasePath()).size(), std::size_t{1});
    }

    void differencesAreShownInPythonsWords()
    {
        const DecisionRow a({{"x", "it's"s}, {"n", std::int64_t{1}}, {"r", 1.0}, {"gone", {}}});
        const DecisionRow b({{"x", "its"s}, {"n", std::int64_t{1}}, {"r", std::int64_t{1}}, {"new", 0.5}});
        std::string text;
        for (const ColumnDifference& difference : rowDifferences(a, b))
            text += difference.column + "|" + difference.expected + "|" + difference.found + "\n";
        QCOMPARE(text, "x|\"it's\"|'its'\nr|1.0|1\nnew|absent|0.5\n"s);
        QVERIFY(rowDifferences(a, a).empty());
        QVERIFY(rowDifferences({}, {}).empty());
    }
};

QTEST_GUILESS_MAIN(TestUndo)
#include "tst_undo.moc"
