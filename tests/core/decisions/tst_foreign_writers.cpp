// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/decide.h"
#include "core/decisions/decision_store.h"
#include "core/decisions/group_id.h"
#include "core/decisions/ledger.h"
#include "core/decisions/schema.h"
#include "tests/core/decisions/store_helpers.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"
#include "tests/support/small_disk.h"

#include <QTest>

#include <future>
#include <latch>
#include <mutex>
#include <thread>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestForeignWriters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columnsOfOthersSurvive()
    {
        const StoreFixture fixture([](const std::string& path) {
            must(createDecisionDatabase(path));
            runSqlElsewhere(
                path, {"ALTER TABLE ai_decisions ADD COLUMN notes TEXT", "ALTER TABLE ai_decisions ADD COLUMN raw BLOB",
                       insertStatement("g1", decisionAbout(1)), "UPDATE ai_decisions SET notes='keep', raw=x'00ff'"});
        });
        {
            const auto store = fixture.startReady();
            DecisionRequest request = decisionAbout(1);
            request.groupId = "g1";
            request.action = Action::Reject;
            PS_CHECK_OK(decideIn(*store, request));
            PS_CHECK_OK(decideIn(*store, decisionAbout(2)));
        }
        QCOMPARE(runSqlElsewhere(fixture.databasePath(), {},
                                 "SELECT user_action, notes, hex(raw) FROM ai_decisions ORDER BY group_id"),
                 "[[\"reject\", \"keep\", \"00FF\"], [\"approve\", null, \"\"]]"s);
        expectSoundLedger(fixture.databasePath());
    }

    // ---- other programs ------------------------------------------------------------------------------------------

    void rowsThatAScriptAddsAreNoticedAndKept()
    {
        const StoreFixture fixture;
        StoreOptions options = fixture.options();
        std::atomic<int> told = 0;
        options.onForeignChange = [&told] { ++told; };
        const auto store = DecisionStore::start(options);
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
        runSqlElsewhere(fixture.databasePath(),
                        {insertStatement("foreign1", decisionAbout(7)), insertStatement("foreign2", decisionAbout(8))});
        PS_CHECK_OK(decideIn(*store, decisionAbout(2)));
        QCOMPARE(told.load(), 1);
        QCOMPARE(ledgerKinds(fixture.databasePath()),
                 (std::vector<std::string>{"baseline:", "decide", "external change:foreign1",
                                           "external change:foreign2", "decide"}));
        QCOMPARE(rowCount(fixture.databasePath()), "[[4]]"s);
        expectSoundLedger(fixture.databasePath());
    }

    void aGroupThatAScriptHasJustDecidedIsNotDecidedTwice()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
        runSqlElsewhere(fixture.databasePath(), {insertStatement("foreign1", decisionAbout(7))});
        const auto refused = decideIn(*store, decisionAbout(7));
        PS_CHECK_ERROR(ErrorCode::Conflict, refused);
        QCOMPARE(refused.error().context, "foreign1"s);
        QCOMPARE(rowCount(fixture.databasePath()), "[[2]]"s);
        DecisionRequest informed = decisionAbout(7); // after the list was read anew
        informed.groupId = "foreign1";
        PS_CHECK_OK(decideIn(*store, informed));
        QCOMPARE(rowCount(fixture.databasePath()), "[[2]]"s);
    }

    void theSameNamesInAnotherFolderAreAnotherGroup()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
        runSqlElsewhere(fixture.databasePath(), {insertStatement("foreign1", decisionAbout(7), "other/folder")});
        PS_CHECK_OK(decideIn(*store, decisionAbout(7))); // in photos
        QCOMPARE(rowCount(fixture.databasePath()), "[[3]]"s);
    }

    void aRowThatAScriptTookAwayAgainIsInNobodysWay()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
        runSqlElsewhere(fixture.databasePath(), {insertStatement("foreign1", decisionAbout(7))});
        PS_CHECK_OK(decideIn(*store, decisionAbout(2)));
        runSqlElsewhere(fixture.databasePath(), {"DELETE FROM ai_decisions WHERE group_id='foreign1'"});
        PS_CHECK_OK(decideIn(*store, decisionAbout(7)));
    }

    void aRowThatAScriptChangedIsNotOverwritten()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        DecisionRequest request = decisionAbout(1);
        const auto first = must(decideIn(*store, request));
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ai_decisions SET ai_confidence=0.5"});
        const auto rows = rowTexts(fixture.databasePath());
        request.groupId = first.groupId;
        request.expectedFingerprint = rowFingerprint(first.row);
        request.action = Action::Reject;
        PS_CHECK_ERROR(ErrorCode::Conflict, decideIn(*store, request));
        QVERIFY(rowTexts(fixture.databasePath()) == rows);
        runSqlElsewhere(fixture.databasePath(), {"DELETE FROM ai_decisions"});
        PS_CHECK_ERROR(ErrorCode::Conflict, decideIn(*store, request));
        request.expectedFingerprint = {};
        PS_CHECK_ERROR(ErrorCode::Conflict, decideIn(*store, request)); // the row is gone: not made anew under its id
        QCOMPARE(rowCount(fixture.databasePath()), "[[0]]"s);
    }

    void foreignRowsAreNoticedEvenWhenTheirBatchFails()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
        runSqlElsewhere(fixture.databasePath(), {insertStatement("foreign1", decisionAbout(7))});
        // As when the disk is full: SQLite ends the whole transaction.
        QVERIFY(!store->run([](StoreTransaction& t) -> Result<void> { return t.connection().execute("ROLLBACK"); }));
        PS_CHECK_OK(decideIn(*store, decisionAbout(2)));
        QCOMPARE(ledgerKinds(fixture.databasePath()),
                 (std::vector<std::string>{"baseline:", "decide", "external change:foreign1", "decide"}));
        PS_CHECK_ERROR(ErrorCode::Conflict, decideIn(*store, decisionAbout(7)));
    }

    void aScriptThatWritesMeanwhileLosesNothingEither()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        PythonProcess script("import sqlite3, sys\n"
                             "c = sqlite3.connect(sys.argv[1], timeout=60)\n"
                             "print('ready', flush=True)\n"
                             "sys.stdin.readline()\n"
                             "for i in range(60):\n"
                             "    c.execute(\"INSERT INTO ai_decisions (group_id, timestamp, project_id, images, "
                             "user_selected_index, user_action, \"\n"
                             "              \"image_width, image_height) VALUES (?, 't', 'p1', ?, 0, 'approve', 1, "
                             "1)\", ('s%d' % i, '[\"s%d\"]' % i))\n"
                             "    c.commit()\n"
                             "print('done', flush=True)\n",
                             {fixture.databasePath()});
        script.readLine();
        script.writeLine("go");
        for (int i = 0; i < 150; ++i)
            PS_CHECK_OK(decideIn(*store, decisionAbout(i)));
        QCOMPARE(script.readLine(), "done"s);
        script.finish();
        PS_CHECK_OK(decideIn(*store, decisionAbout(1000)));
        QCOMPARE(rowCount(fixture.databasePath()), "[[211]]"s);
        expectSoundLedger(fixture.databasePath());
        QCOMPARE(
            runSqlElsewhere(fixture.databasePath(), {},
                            "SELECT count(*), count(DISTINCT group_id) FROM ps_ledger WHERE kind='external change'"),
            "[[60, 60]]"s);
    }

    void aScriptThatReplacesARowLeavesTheLedgerSound()
    {
        const StoreFixture fixture([](const std::string& path) {
            must(createDecisionDatabase(path));
            runSqlElsewhere(path,
                            {insertStatement("old1", decisionAbout(1)), insertStatement("old2", decisionAbout(2))});
        });
        const auto store = fixture.startReady();
        std::string replace = insertStatement("old1", decisionAbout(1), "elsewhere");
        replace.replace(0, 6, "INSERT OR REPLACE");
        runSqlElsewhere(fixture.databasePath(), {replace}); // a row of the baseline gets a new rowid
        PS_CHECK_OK(decideIn(*store, decisionAbout(5)));
        QCOMPARE(ledgerKinds(fixture.databasePath()),
                 (std::vector<std::string>{"baseline:", "external change:old1", "decide"}));
        const LedgerReport report = must(
            verifyLedger(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {}));
        QVERIFY(!report.firstBadSeq && report.changedGroupIds.empty());
        QVERIFY(report.isSound()); // a change that the ledger tells of is no damage
    }

    // ---- failures ------------------------------------------------------------------------------------------------
};

QTEST_GUILESS_MAIN(TestForeignWriters)
#include "tst_foreign_writers.moc"
