// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/backup.h"
#include "core/decisions/ledger.h"
#include "core/decisions/schema.h"
#include "core/decisions/viewing.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"
#include "tests/support/small_disk.h"

#include <QTest>

#include <filesystem>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// Opens for viewing, reads every row and closes. Returns how many rows there were.
std::size_t viewRows(const std::string& path)
{
    return rowTexts(must(openForViewing(path))).size();
}

void makeWal(const std::string& path)
{
    runSqlElsewhere(
        path, {"PRAGMA journal_mode=wal", "UPDATE ai_decisions SET directory='in wal' WHERE group_id='unknown id'"});
}

/// Runs statements in a process that then dies without closing anything.
void dieAfter(const std::string& path, const std::vector<std::string>& statements)
{
    std::string program = "import os, sqlite3, sys\n"
                          "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n";
    for (const std::string& statement : statements)
        program += "c.execute('''" + statement + "''').fetchall()\n";
    runPython(program + "os._exit(0)\n", {path});
}

const SchemaVariant& variantNamed(const std::string& name)
{
    return *std::ranges::find(schemaVariants(), name, &SchemaVariant::name);
}

constexpr auto kMayOnlyLook = std::filesystem::perms(0555);

} // namespace

// formats/decisions_v3.md 11(1) and design.md 4.3: viewing changes nothing.
class TestViewing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyVariantOpensAndNothingIsWritten_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<bool>("isWal");
        for (std::size_t i = 0; i < schemaVariants().size(); ++i) {
            QTest::newRow(schemaVariants()[i].name.c_str()) << static_cast<int>(i) << false;
            QTest::newRow((schemaVariants()[i].name + ", in WAL mode").c_str()) << static_cast<int>(i) << true;
        }
    }
    void everyVariantOpensAndNothingIsWritten()
    {
        QFETCH(const int, index);
        QFETCH(const bool, isWal);
        const SchemaVariant& variant = schemaVariants()[static_cast<std::size_t>(index)];
        const TempFolder folder;
        const std::string path = makeVariant(folder, variant, "v.db");
        if (isWal)
            runSqlElsewhere(path, {"PRAGMA journal_mode=wal"});
        const Census before = takeCensus(folder.path());
        QCOMPARE(before.size(), std::size_t{1});
        QCOMPARE(viewRows(path), static_cast<std::size_t>(variant.rowCount));
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
        {
            const Connection connection = must(openForViewing(path));
            QVERIFY(must(quickCheck(connection)).empty());
            PS_CHECK_ERROR(ErrorCode::ReadOnly, connection.execute("DELETE FROM ai_decisions"));
            PS_CHECK_ERROR(ErrorCode::NotFound, verifyLedger(connection, {}));
            QCOMPARE(differences(before, takeCensus(folder.path())), ""s); // nor while it is open
        }
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
    }

    void aReadOnlyMediumIsEnough_data()
    {
        QTest::addColumn<bool>("isWal");
        QTest::newRow("rollback journal") << false;
        QTest::newRow("WAL mode") << true;
    }
    void aReadOnlyMediumIsEnough()
    {
        QFETCH(const bool, isWal);
        const TempFolder elsewhere;
        const std::string original = makeVariant(elsewhere, variantNamed("A18"), "v.db");
        if (isWal)
            makeWal(original);
        SmallDisk disk(1 << 20U);
        if (disk.isMounted()) {
            std::filesystem::copy_file(original, disk.pathOf("v.db"));
            QVERIFY(disk.makeReadOnly());
            QCOMPARE(viewRows(disk.pathOf("v.db")), std::size_t{4});
            return;
        }
        // Where nothing can be mounted: a folder in which this process may not write. Root may everywhere, so it is
        // nobody for the moment.
        std::filesystem::permissions(elsewhere.path(), kMayOnlyLook);
        const uid_t user = ::geteuid();
        constexpr uid_t nobody = 65534;
        QVERIFY(user != 0 || ::seteuid(nobody) == 0);
        const auto reader = openForViewing(original);
        const std::string outcome = outcomeText(reader);
        const std::int64_t count = reader ? reader->queryInteger("SELECT count(*) FROM ai_decisions").value_or(-1) : -1;
        QVERIFY(user != 0 || ::seteuid(user) == 0);
        std::filesystem::permissions(elsewhere.path(), std::filesystem::perms::owner_all);
        QVERIFY2(count == 4, outcome.c_str());
    }

    void aWriterInWalModeIsSeenAndNotDisturbed()
    {
        const TempFolder folder;
        const std::string path = makeVariant(folder, variantNamed("A18"), "v.db");
        {
            DatabaseHolder writer(path,
                                  {"PRAGMA journal_mode=wal", "DELETE FROM ai_decisions WHERE group_id='unknown id'"});
            QCOMPARE(viewRows(path), std::size_t{3}); // what is only in the -wal counts
            writer.finish();
        }
        QCOMPARE(viewRows(path), std::size_t{3});
        QCOMPARE(takeCensus(folder.path()).size(), std::size_t{1});
    }

    void aWriterWithARollbackJournalIsSeenAsCommitted()
    {
        const TempFolder folder;
        const std::string path = makeVariant(folder, variantNamed("A18"), "v.db");
        DatabaseHolder writer(path, {"BEGIN IMMEDIATE", "DELETE FROM ai_decisions WHERE group_id='unknown id'"});
        QCOMPARE(viewRows(path), std::size_t{4}); // not committed yet
        writer.finish();
    }

    void aWalLeftByACrashIsReadAndKept()
    {
        const TempFolder folder;
        const std::string path = makeVariant(folder, variantNamed("A18"), "v.db");
        dieAfter(path, {"PRAGMA journal_mode=wal", "DELETE FROM ai_decisions WHERE group_id=\"unknown id\""});
        QVERIFY(std::filesystem::exists(path + "-wal"));
        const std::string database = folder.read("v.db");
        const std::string wal = folder.read("v.db-wal");
        QCOMPARE(viewRows(path), std::size_t{3});
        QCOMPARE(folder.read("v.db"), database);
        QCOMPARE(folder.read("v.db-wal"), wal); // the only place where the last decisions are
    }

    void aHotJournalIsNeitherIgnoredNorRolledBack()
    {
        const TempFolder folder;
        const std::string path = makeVariant(folder, variantNamed("A18"), "v.db");
        dieAfter(path, {"PRAGMA cache_size=2", "BEGIN", "CREATE TABLE big (x)",
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000) INSERT INTO big "
                        "SELECT hex(zeroblob(200)) FROM n",
                        "DELETE FROM ai_decisions"});
        QVERIFY(std::filesystem::exists(path + "-journal"));
        const Census before = takeCensus(folder.path());
        const auto connection = openForViewing(path);
        PS_CHECK_ERROR(ErrorCode::Locked, connection);
        QVERIFY2(connection.error().message.find("interrupted") != std::string::npos,
                 connection.error().message.c_str());
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
        // The control: whoever may write recovers, and then every row is there.
        QCOMPARE(runSqlElsewhere(path, {}, "SELECT count(*) FROM ai_decisions"), "[[4]]"s);
        QCOMPARE(viewRows(path), std::size_t{4});
    }

    void whatIsNotThereOrNoDatabaseIsSaid()
    {
        const TempFolder folder;
        PS_CHECK_ERROR(ErrorCode::NotFound, openForViewing(folder.pathOf("absent.db")));
        PS_CHECK_ERROR(ErrorCode::Corrupt, openForViewing(folder.write("text.db", std::string(2000, 'x'))));
        QCOMPARE(takeCensus(folder.path()).size(), std::size_t{1});
        const std::string empty = folder.write("empty.db", "");
        PS_CHECK_ERROR(ErrorCode::Unsupported, readDecisionTable(must(openForViewing(empty))));
        QCOMPARE(folder.read("empty.db"), ""s);
    }

    void aNewDatabaseIsAPlainOneAndNeverReplacesAnother()
    {
        const TempFolder folder;
        const std::string path = folder.pathOf("new.db");
        PS_CHECK_OK(createDecisionDatabase(path));
        QCOMPARE(takeCensus(folder.path()).size(), std::size_t{1});
        QCOMPARE(
            runSqlElsewhere(
                path, {},
                "SELECT type, count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' GROUP BY type ORDER BY type"),
            R"([["index", 6], ["table", 1], ["view", 3]])"s);
        QCOMPARE(runSqlElsewhere(path, {}, "SELECT group_concat(name, ' ') FROM pragma_table_info('ai_decisions')"),
                 "[[\"group_id timestamp project_id directory batch_number images ai_selected_index ai_crop_coords "
                 "ai_confidence "
                 "user_selected_index user_action final_crop_coords crop_timestamp image_width image_height "
                 "selection_match crop_match "
                 "ai_crop_accepted\"]]"s);
        // Running the text again, as the scripts do at every start, changes nothing.
        const std::string schema = runSqlElsewhere(path, {}, "SELECT sql FROM sqlite_schema ORDER BY name");
        runPython("import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\nc.executescript(sys.argv[2])\nc.close()",
                  {path, decisionSchemaSql()});
        QCOMPARE(runSqlElsewhere(path, {}, "SELECT sql FROM sqlite_schema ORDER BY name"), schema);

        PS_CHECK_ERROR(ErrorCode::AlreadyExists, createDecisionDatabase(path));
        folder.write("other.db", "");
        PS_CHECK_ERROR(ErrorCode::AlreadyExists, createDecisionDatabase(folder.pathOf("other.db")));
        folder.makeSymlink("link.db", folder.pathOf("nowhere"));
        PS_CHECK_ERROR(ErrorCode::AlreadyExists, createDecisionDatabase(folder.pathOf("link.db")));
        QVERIFY(!createDecisionDatabase(folder.pathOf("absent/new.db")));
        QCOMPARE(takeCensus(folder.path()).size(), std::size_t{3});
    }

    void theStatisticsViewAnswersByPosition()
    {
        const TempFolder folder;
        const std::string path = folder.pathOf("new.db");
        must(createDecisionDatabase(path));
        const std::string insert =
            "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, user_action, "
            "image_width, image_height, selection_match, crop_match) VALUES ";
        QCOMPARE(runSqlElsewhere(path,
                                 {insert + "('a', 't', 'p1', '[]', 0, 'approve', 1, 1, 1, NULL)",
                                  insert + "('b', 't', 'p1', '[]', 0, 'crop', 1, 1, 0, 1)",
                                  insert + "('c', 't', 'p1', '[]', 0, 'reject', 1, 1, NULL, NULL)",
                                  insert + "('d', 't', 'p2', '[]', 0, 'crop', 1, 1, NULL, NULL)"},
                                 "SELECT * FROM ai_performance ORDER BY project_id"),
                 R"([["p1", 3, 1, 1, 50.0, 100.0], ["p2", 1, 0, 0, 0.0, 0.0]])"s);
        QCOMPARE(runSqlElsewhere(path, {}, "SELECT group_id FROM incomplete_crops ORDER BY group_id"),
                 R"([["b"], ["d"]])"s);
        QCOMPARE(runSqlElsewhere(path, {}, "SELECT group_id FROM ai_mistakes"), R"([["b"]])"s);
    }
};

QTEST_GUILESS_MAIN(TestViewing)
#include "tst_viewing.moc"
