// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/db/transaction.h"
#include "core/decisions/ledger.h"
#include "core/decisions/schema.h"
#include "core/decisions/undo.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

const std::vector<std::string> kColumns{"seq",      "timestamp",     "session_id", "kind",
                                        "group_id", "group_key",     "row_before", "row_after",
                                        "detail",   "previous_hash", "hash"};

/// Three rows of scripts, then decisions, a change of mind, an undo, a split and a foreign row: entries of every shape.
StoreFixture buildHistory()
{
    StoreFixture fixture([](const std::string& path) {
        must(createDecisionDatabase(path));
        for (const char* id : {"old1", "old2", "old3"}) {
            runSqlElsewhere(
                path,
                {"INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, user_action, "
                 "image_width, image_height) VALUES ('"s +
                 id + "', 't', 'p1', '[\"x.png\", \"y.png\"]', 0, 'approve', 5, 5)"});
        }
    });
    const auto store = fixture.startReady();
    must(decideIn(*store, decisionAbout(1)));
    DecisionRequest crop = decisionAbout(2);
    crop.action = Action::Crop;
    crop.crop = Crop{0.1, 0.1, 0.9, 0.9};
    crop.shown = ShownSuggestion{"m", 1, crop.crop, 0.5, false};
    must(decideIn(*store, crop));
    DecisionRequest again = decisionAbout(1);
    again.action = Action::Reject;
    must(decideIn(*store, again));
    DecisionRequest old = decisionAbout(3, 2);
    old.groupId = "old2";
    must(decideIn(*store, old));
    must(store->run([](StoreTransaction& transaction) -> Result<void> {
        PS_TRY(const auto step, nextUndoStep(transaction.connection()));
        return undoRows(transaction, *step);
    }));
    must(store->run([](StoreTransaction& transaction) -> Result<void> {
        PS_TRY_VOID(transaction.appendLedger({std::string(ledger_kind::kSplit),
                                              {},
                                              "g_0123456789abcdef",
                                              {},
                                              {},
                                              Json::object({{"parts", Json::array({})}})}));
        return {};
    }));
    return fixture;
}

const StoreFixture& originalHistory()
{
    static const StoreFixture fixture = buildHistory();
    return fixture;
}

/// A copy for each test.
StoreFixture makeHistory()
{
    return StoreFixture(
        [](const std::string& path) { std::filesystem::copy_file(originalHistory().databasePath(), path); });
}

LedgerReport verify(const std::string& path)
{
    return must(verifyLedger(must(Connection::open(path, OpenMode::ReadOnly)), {}));
}

/// A writing connection without the triggers that keep honest people from changing the ledger.
Connection openToTamper(const std::string& path)
{
    Connection connection = must(Connection::open(path, OpenMode::ReadWrite));
    must(connection.execute("DROP TRIGGER ps_ledger_no_update; DROP TRIGGER ps_ledger_no_delete"));
    return connection;
}

SqlValue cellOf(const Connection& connection, std::int64_t seq, const std::string& column)
{
    Statement query = must(connection.prepare("SELECT " + column + " FROM ps_ledger WHERE seq=?1"));
    query.bind(seq);
    return must(query.step()) ? query.value(0) : SqlValue();
}

void setCell(const Connection& connection, std::int64_t seq, const std::string& column, const SqlValue& value)
{
    must(must(connection.prepare("UPDATE ps_ledger SET " + column + "=?2 WHERE seq=?1")).run(seq, value));
}

/// A little different: another number, a text with one bit flipped at `at`, a text in place of NULL.
SqlValue altered(const SqlValue& value, std::size_t at)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return *number + 1000;
    if (const auto* text = std::get_if<std::string>(&value)) {
        std::string other = *text;
        other.at(at) = static_cast<char>(other.at(at) ^ 1);
        return other;
    }
    return ""s;
}

} // namespace

class TestLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUntouchedLedgerIsSound()
    {
        const StoreFixture fixture = makeHistory();
        const LedgerReport report = verify(fixture.databasePath());
        QVERIFY(report.isSound());
        QVERIFY(!report.firstBadSeq && report.changedGroupIds.empty() && report.baselineHolds == true);
        QCOMPARE(report.entryCount, std::int64_t{7});
        QCOMPARE(report.headHash.size(), std::size_t{64});
    }

    void theChainIsWhatTheDocumentationSays()
    {
        // hash = SHA-256(previous hash, newline, canonical JSON of the other columns), computed by Python.
        const StoreFixture fixture = makeHistory();
        const std::string answer = runPython(
            "import hashlib, json, sqlite3, sys\n"
            "previous = '0' * 64\n"
            "for row in sqlite3.connect(sys.argv[1]).execute('SELECT * FROM ps_ledger ORDER BY seq'):\n"
            "    text = previous + '\\n' + json.dumps(list(row[:9]))\n"
            "    assert row[9] == previous, row\n"
            "    previous = hashlib.sha256(text.encode()).hexdigest()\n"
            "    assert row[10] == previous, row\n"
            "sys.stdout.write(previous)\n",
            {fixture.databasePath()});
        QCOMPARE(answer, verify(fixture.databasePath()).headHash);
    }

    void theFirstEntryHoldsTheRowsThatWereFound()
    {
        const StoreFixture fixture = makeHistory();
        const Connection connection = must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly));
        const LedgerEntry entry = must(readLedgerEntry(connection, 1));
        QCOMPARE(entry.kind, std::string(ledger_kind::kBaseline));
        QCOMPARE(entry.detail["rows"].toInteger(), std::int64_t{3});
        const std::string expected = runPython(
            "import hashlib, sqlite3, sys\n"
            "h = hashlib.sha256()\n"
            "for path in sys.argv[1:]:\n"
            "    c = sqlite3.connect(path)\n"
            "    for row in c.execute(\"SELECT * FROM ai_decisions WHERE group_id LIKE 'old%' ORDER BY group_id\"):\n"
            "        for cell in row:\n"
            "            text = '' if cell is None else str(cell)\n"
            "            letter = 'n' if cell is None else 'i' if isinstance(cell, int) else 'r' if isinstance(cell, "
            "float) else 't'\n"
            "            h.update((letter + str(len(text)) + ':' + text).encode())\n"
            "sys.stdout.write(h.hexdigest())\n",
            {originalHistory().snapshotFiles().front()});
        QCOMPARE(entry.detail["sha256"].toString(), expected);
    }

    void aChangeInAnyColumnOfAnyEntryIsFound_data()
    {
        QTest::addColumn<QByteArray>("column");
        for (const std::string& column : kColumns)
            QTest::newRow(column.c_str()) << QByteArray(column.c_str());
    }
    void aChangeInAnyColumnOfAnyEntryIsFound()
    {
        QFETCH(const QByteArray, column);
        const std::string name = column.toStdString();
        const StoreFixture fixture = makeHistory();
        const Connection connection = openToTamper(fixture.databasePath());
        for (std::int64_t seq = 1; seq <= 7; ++seq) {
            const SqlValue original = cellOf(connection, seq, name);
            setCell(connection, seq, name, altered(original, 0));
            const LedgerReport report = verify(fixture.databasePath());
            // A number that is gone shows at its successor, and that of the last entry at the new one.
            const std::int64_t expected = name != "seq" ? seq : seq < 7 ? seq + 1 : seq + 1000;
            QVERIFY2(report.firstBadSeq == expected,
                     (std::to_string(seq) + ": found at " + std::to_string(report.firstBadSeq.value_or(0))).c_str());
            QVERIFY(!report.isSound());
            setCell(connection, name == "seq" ? seq + 1000 : seq, name, original);
            QVERIFY(verify(fixture.databasePath()).isSound()); // the control: put back, it is sound again
        }
    }

    void everySingleByteCounts()
    {
        const StoreFixture fixture = makeHistory();
        const Connection connection = openToTamper(fixture.databasePath());
        const Transaction transaction = must(Transaction::beginImmediate(connection)); // not made durable byte by byte
        int tried = 0;
        for (const std::int64_t seq : {1, 3, 5}) {
            for (const std::string& name : kColumns) {
                const SqlValue original = cellOf(connection, seq, name);
                const auto* text = std::get_if<std::string>(&original);
                for (std::size_t at = 0; text && at < text->size(); ++at, ++tried) {
                    setCell(connection, seq, name, altered(original, at));
                    const auto report = verifyLedger(connection, {});
                    QVERIFY2(report && report->firstBadSeq == seq, (name + " of " + std::to_string(seq) + ", byte " +
                                                                    std::to_string(at) + ": " + outcomeText(report))
                                                                       .c_str());
                }
                setCell(connection, seq, name, original);
            }
        }
        QVERIFY(tried > 2000);
    }

    void takingAwayAndPuttingInAreFound()
    {
        const StoreFixture fixture = makeHistory();
        {
            const Connection connection = openToTamper(fixture.databasePath());
            must(connection.execute("CREATE TABLE kept AS SELECT * FROM ps_ledger; DELETE FROM ps_ledger WHERE seq=4"));
            QVERIFY(must(verifyLedger(connection, {})).firstBadSeq == 5);
            must(connection.execute(
                "INSERT INTO ps_ledger SELECT * FROM kept WHERE seq=4; DELETE FROM ps_ledger WHERE seq=1"));
            QVERIFY(must(verifyLedger(connection, {})).firstBadSeq == 2);
            must(connection.execute("INSERT INTO ps_ledger SELECT * FROM kept WHERE seq=1"));
            QVERIFY(must(verifyLedger(connection, {})).isSound());
            // The newest decision entry taken away: the chain holds, but the row is not as its last entry left it.
            must(connection.execute("DELETE FROM ps_ledger WHERE seq>=6"));
            const LedgerReport report = must(verifyLedger(connection, {}));
            QVERIFY(!report.firstBadSeq);
            QVERIFY(!report.isSound());
            must(connection.execute("DROP TABLE kept"));
        }
    }

    void swappingTwoEntriesIsFound()
    {
        const StoreFixture fixture = makeHistory();
        const Connection connection = openToTamper(fixture.databasePath());
        must(connection.execute("UPDATE ps_ledger SET seq=100 WHERE seq=3; UPDATE ps_ledger SET seq=3 WHERE seq=4; "
                                "UPDATE ps_ledger SET seq=4 WHERE seq=100"));
        QVERIFY(must(verifyLedger(connection, {})).firstBadSeq == 3);
    }

    void honestProgramsCannotChangeTheLedger()
    {
        const StoreFixture fixture = makeHistory();
        const Connection connection = must(Connection::open(fixture.databasePath(), OpenMode::ReadWrite));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, connection.execute("UPDATE ps_ledger SET kind='x' WHERE seq=2"));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, connection.execute("DELETE FROM ps_ledger WHERE seq=7"));
        QVERIFY(verify(fixture.databasePath()).isSound());
    }

    void rowsThatAreNotAsTheLedgerLeftThemAreNamed()
    {
        const StoreFixture fixture = makeHistory();
        const Connection connection = must(Connection::open(fixture.databasePath(), OpenMode::ReadWrite));
        must(connection.execute(
            "UPDATE ai_decisions SET image_width=image_width+1 WHERE group_id LIKE 'p1%' AND user_action='reject'"));
        LedgerReport report = must(verifyLedger(connection, {}));
        QCOMPARE(report.changedGroupIds.size(), std::size_t{1});
        QVERIFY(!report.firstBadSeq && !report.isSound());
        must(connection.execute(
            "UPDATE ai_decisions SET image_width=image_width-1 WHERE group_id LIKE 'p1%' AND user_action='reject'"));
        QVERIFY(must(verifyLedger(connection, {})).isSound());
        must(connection.execute("DELETE FROM ai_decisions WHERE user_action='crop'"));
        report = must(verifyLedger(connection, {}));
        QCOMPARE(report.changedGroupIds.size(), std::size_t{1});
    }

    void untouchedRowsAreWatchedByTheBaseline_data()
    {
        QTest::addColumn<QByteArray>("statement");
        QTest::newRow("a cell changed") << QByteArray("UPDATE ai_decisions SET image_width=6 WHERE group_id='old3'");
        QTest::newRow("a type changed") << QByteArray(
            "UPDATE ai_decisions SET images=CAST(images AS BLOB) WHERE group_id='old1'");
        QTest::newRow("a row removed") << QByteArray("DELETE FROM ai_decisions WHERE group_id='old3'");
        QTest::newRow("a row added") << QByteArray(
            "INSERT INTO ai_decisions SELECT 'old4', timestamp, project_id, directory, batch_number, images, "
            "ai_selected_index, ai_crop_coords, ai_confidence, user_selected_index, user_action, final_crop_coords, "
            "crop_timestamp, image_width, image_height, selection_match, crop_match, ai_crop_accepted "
            "FROM ai_decisions WHERE group_id='old1'");
        QTest::newRow("an id changed") << QByteArray("UPDATE ai_decisions SET group_id='old0' WHERE group_id='old1'");
    }
    void untouchedRowsAreWatchedByTheBaseline()
    {
        QFETCH(const QByteArray, statement);
        const StoreFixture fixture = makeHistory();
        const Connection connection = must(Connection::open(fixture.databasePath(), OpenMode::ReadWrite));
        must(connection.execute(statement.constData()));
        const LedgerReport report = must(verifyLedger(connection, {}));
        QVERIFY(report.baselineHolds == false);
        QVERIFY(!report.isSound());
    }

    void entriesAreReadNewestFirstAndByGroup()
    {
        const StoreFixture fixture = makeHistory();
        const Connection connection = must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly));
        const auto all = must(readLedgerEntries(connection, {}, {}, 100));
        QCOMPARE(all.size(), std::size_t{7});
        QVERIFY(all.front().seq == 7 && all.back().seq == 1);
        const auto page = must(readLedgerEntries(connection, {}, 4, 2));
        QVERIFY(page.size() == 2 && page[0].seq == 3 && page[1].seq == 2);
        const auto old = must(readLedgerEntries(connection, LedgerSubject{"old2", {}}, {}, 100));
        QVERIFY(old.size() == 2 && old[0].kind == ledger_kind::kUndo && old[1].kind == ledger_kind::kDecide);
        QVERIFY(old[1].before && old[1].after && old[0].after == old[1].before);
        QCOMPARE(old[1].annotator, "anna"s);
        PS_CHECK_ERROR(ErrorCode::NotFound, readLedgerEntry(connection, 99));
    }

    void anEntryThatCannotBeReadIsDamage()
    {
        const StoreFixture fixture = makeHistory();
        const Connection connection = openToTamper(fixture.databasePath());
        setCell(connection, 3, "row_after", "not json"s);
        PS_CHECK_ERROR(ErrorCode::Corrupt, readLedgerEntry(connection, 3));
    }

    void theVerificationCanBeStopped()
    {
        const StoreFixture fixture = makeHistory();
        std::stop_source stop;
        stop.request_stop();
        PS_CHECK_ERROR(
            ErrorCode::Cancelled,
            verifyLedger(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
