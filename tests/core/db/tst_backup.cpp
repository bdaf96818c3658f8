// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/backup.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/python.h"
#include "tests/support/small_disk.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

constexpr const char* kAllRows = "SELECT id, text FROM t ORDER BY id";

/// About 40 MB when `rowCount` is 100,000, so that copying takes several steps.
std::string makeDatabase(const TempFolder& folder, int rowCount)
{
    const std::string path = folder.pathOf("source.db");
    const Connection connection = must(Connection::open(path, OpenMode::Create));
    must(connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX i ON t(text)"));
    Statement fill = must(connection.prepare("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<?1) "
                                             "INSERT INTO t SELECT i, printf('%d %s', i, hex(zeroblob(80))) FROM n"));
    must(fill.run(rowCount));
    return path;
}

Result<void> backUp(const Connection& source, const std::string& target, std::stop_token stop = {})
{
    return backUpDatabase(source, target, stop, {});
}

} // namespace

class TestBackup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCopyIsOneWholeFileWithTheSameRows_data()
    {
        QTest::addColumn<bool>("isWal");
        QTest::newRow("rollback journal") << false;
        QTest::newRow("write-ahead log that was not checkpointed") << true;
    }
    void theCopyIsOneWholeFileWithTheSameRows()
    {
        QFETCH(const bool, isWal);
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 500);
        const Connection source = must(Connection::open(path, OpenMode::ReadWrite));
        if (isWal) {
            must(source.execute("PRAGMA journal_mode=wal; PRAGMA wal_autocheckpoint=0"));
            must(source.execute("INSERT INTO t VALUES (1000, 'only in the -wal')"));
        }
        const std::string expected = runSqlElsewhere(path, {}, kAllRows);
        PS_CHECK_OK(backUp(source, folder.pathOf("copy.db")));
        QCOMPARE(runSqlElsewhere(folder.pathOf("copy.db"), {}, kAllRows), expected);
        QCOMPARE(runSqlElsewhere(folder.pathOf("copy.db"), {}, "PRAGMA journal_mode"), "[[\"delete\"]]"s);
        QCOMPARE(runSqlElsewhere(folder.pathOf("copy.db"), {}, "PRAGMA integrity_check"), "[[\"ok\"]]"s);
        QVERIFY(!std::filesystem::exists(folder.pathOf("copy.db-wal")));
        QVERIFY(!std::filesystem::exists(folder.pathOf("copy.db-journal")));
        must(source.execute("DELETE FROM t")); // the source is not left in a transaction
        QVERIFY(!source.isInTransaction());
    }

    void aReadOnlySourceIsEnough()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 10);
        PS_CHECK_OK(backUp(must(Connection::open(path, OpenMode::ReadOnly)), folder.pathOf("copy.db")));
    }

    void progressGrowsToTheEnd()
    {
        const TempFolder folder;
        const Connection source = must(Connection::open(makeDatabase(folder, 100'000), OpenMode::ReadOnly));
        std::vector<std::pair<std::int64_t, std::int64_t>> seen;
        PS_CHECK_OK(backUpDatabase(source, folder.pathOf("copy.db"), {},
                                   [&](std::int64_t done, std::int64_t total) { seen.emplace_back(done, total); }));
        QVERIFY(seen.size() > 1);
        QVERIFY(std::ranges::is_sorted(seen));
        QVERIFY(seen.back().first == seen.back().second && seen.back().first > 0);
    }

    void anExistingFileIsNeverReplaced()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 10);
        folder.write("copy.db", "something else");
        const Census before = takeCensus(folder.path());
        PS_CHECK_ERROR(ErrorCode::AlreadyExists,
                       backUp(must(Connection::open(path, OpenMode::ReadOnly)), folder.pathOf("copy.db")));
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
    }

    void aDamagedSourceIsRefusedAndLeavesNothing_data()
    {
        QTest::addColumn<int>("page");
        QTest::newRow("a page of the table") << 5;
        QTest::newRow("a page of the index") << 60;
    }
    void aDamagedSourceIsRefusedAndLeavesNothing()
    {
        QFETCH(const int, page);
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 1000);
        {
            const UniqueFd file = openReadWrite(path);
            const std::string noise(4096, '\x5A');
            QVERIFY(std::filesystem::file_size(path) > static_cast<std::uintmax_t>(page + 1) * 4096);
            QCOMPARE(::pwrite(file.get(), noise.data(), noise.size(), page * 4096), ssize_t{4096});
        }
        const Census before = takeCensus(folder.path());
        const Connection source = must(Connection::open(path, OpenMode::ReadOnly));
        PS_CHECK_ERROR(ErrorCode::Corrupt, backUp(source, folder.pathOf("copy.db")));
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
    }

    void aSourceThatIsCutByOneByteIsRefused()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 1000);
        std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1); // SQLite's own checks say "ok"
        const Census before = takeCensus(folder.path());
        PS_CHECK_ERROR(ErrorCode::Corrupt,
                       backUp(must(Connection::open(path, OpenMode::ReadOnly)), folder.pathOf("copy.db")));
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
    }

    void aPageThatIsCutIsNotMissedWhileTheLogHasIt()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 1000);
        const Connection writer = must(Connection::open(path, OpenMode::ReadWrite));
        must(writer.setPragma("journal_mode", "wal"));
        must(checkWholePages(writer));
        must(writer.execute("BEGIN; CREATE TABLE more (x); INSERT INTO more VALUES (zeroblob(20000)); COMMIT"));
        // As a checkpoint leaves it that was interrupted within a page.
        std::filesystem::resize_file(path, std::filesystem::file_size(path) + 100);
        must(checkWholePages(writer));
        must(writer.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
        must(checkWholePages(writer));
        QCOMPARE(must(quickCheck(writer)).size(), std::size_t{0});
    }

    void aStoppedBackupLeavesNothing()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 100'000);
        const Census before = takeCensus(folder.path());
        const Connection source = must(Connection::open(path, OpenMode::ReadOnly));
        std::stop_source stop;
        const auto stopped = backUpDatabase(source, folder.pathOf("copy.db"), stop.get_token(),
                                            [&](std::int64_t, std::int64_t) { stop.request_stop(); });
        PS_CHECK_ERROR(ErrorCode::Cancelled, stopped);
        QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
    }

    void aFullDiskLeavesNothing()
    {
        const SmallDisk disk(std::size_t{1} << 20U);
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 20'000);
        const Connection source = must(Connection::open(path, OpenMode::ReadOnly));
        PS_CHECK_ERROR(ErrorCode::NoSpace, backUp(source, disk.pathOf("copy.db")));
        QVERIFY(takeCensus(disk.path()).empty());
        must(source.queryInteger("SELECT count(*) FROM t"));
    }

    void aMissingFolderIsAnError()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 10);
        PS_CHECK_ERROR(ErrorCode::NotFound,
                       backUp(must(Connection::open(path, OpenMode::ReadOnly)), folder.pathOf("absent/copy.db")));
    }

    void aWriterWaitsAndLosesNothing()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder, 100'000);
        const Connection source = must(Connection::open(path, OpenMode::ReadOnly));
        const std::string writer = "import sqlite3, sys\n"
                                   "c = sqlite3.connect(sys.argv[1], timeout=60)\n"
                                   "print('ready', flush=True)\n"
                                   "sys.stdin.readline()\n"
                                   "for i in range(20):\n"
                                   "    c.execute('INSERT INTO t (text) VALUES (?)', ('late',))\n"
                                   "    c.commit()\n"
                                   "print('done', flush=True)\n";
        PythonProcess script(writer, {path});
        script.readLine();
        bool isTold = false;
        PS_CHECK_OK(backUpDatabase(source, folder.pathOf("copy.db"), {}, [&](std::int64_t, std::int64_t) {
            if (!isTold)
                script.writeLine("go");
            isTold = true;
        }));
        QCOMPARE(script.readLine(), "done"s);
        QCOMPARE(must(source.queryInteger("SELECT count(*) FROM t")), std::int64_t{100'020});
        const std::int64_t copied = must(must(Connection::open(folder.pathOf("copy.db"), OpenMode::ReadOnly))
                                             .queryInteger("SELECT count(*) FROM t"));
        QCOMPARE(copied, std::int64_t{100'000});
    }
};

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"
