// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/db/backup.h"
#include "core/db/connection.h"
#include "core/db/transaction.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/python.h"
#include "tests/support/seeded_random.h"
#include "tests/support/small_disk.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// A database with one table of 2,000 rows, some 40 pages long.
std::string makeDatabase(const TempFolder& folder, const std::string& name = "a.db")
{
    const std::string path = folder.pathOf(name);
    const Connection connection = must(Connection::open(path, OpenMode::Create));
    must(connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT);"
                            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2000) "
                            "INSERT INTO t SELECT i, printf('row %d %s', i, hex(zeroblob(30))) FROM n"));
    return path;
}

std::int64_t rowCount(const Connection& connection)
{
    return must(connection.queryInteger("SELECT count(*) FROM t"));
}

void overwrite(const std::string& path, std::size_t offset, std::string_view bytes)
{
    const UniqueFd file = openReadWrite(path);
    QVERIFY(::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset)) == std::ssize(bytes));
}

} // namespace

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMissingFileIsNotMade()
    {
        const TempFolder folder;
        for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadOnlyImmutable, OpenMode::ReadWrite})
            PS_CHECK_ERROR(ErrorCode::NotFound, Connection::open(folder.pathOf("absent.db"), mode));
        QVERIFY(takeCensus(folder.path()).empty());
        QVERIFY(!Connection::open(folder.pathOf("absent/absent.db"), OpenMode::Create));
        PS_CHECK_OK(Connection::open(folder.pathOf("new.db"), OpenMode::Create));
    }

    void whatIsNoDatabaseIsSaidAtOpening_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray(5000, 'x');
        QTest::newRow("a PNG") << QByteArray(3000, '\1').prepend("\x89PNG\r\n\x1a\n");
        QTest::newRow("almost the magic") << QByteArray(3000, '\0').prepend("SQLite format 4");
        QTest::newRow("few bytes") << QByteArray("SQLite");
    }
    void whatIsNoDatabaseIsSaidAtOpening()
    {
        QFETCH(const QByteArray, bytes);
        const TempFolder folder;
        const std::string path = folder.write("x.db", bytes.toStdString());
        for (const OpenMode mode :
             {OpenMode::ReadOnly, OpenMode::ReadOnlyImmutable, OpenMode::ReadWrite, OpenMode::Create}) {
            const auto opened = Connection::open(path, mode);
            PS_CHECK_ERROR(ErrorCode::Corrupt, opened);
            QVERIFY2(opened.error().context.find("x.db") != std::string::npos, opened.error().describe().c_str());
        }
        QCOMPARE(folder.read("x.db"), bytes.toStdString()); // and nothing was "repaired"
    }

    void aFolderIsNoDatabase()
    {
        const TempFolder folder;
        QVERIFY(!Connection::open(folder.path(), OpenMode::ReadOnly));
        QVERIFY(!Connection::open(folder.path(), OpenMode::ReadWrite));
    }

    void truncationIsDamageAndNotAnEmptyTable()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder);
        const auto size = std::filesystem::file_size(path);
        const std::string question = "SELECT sum(id * length(text)) FROM t";
        const std::int64_t truth = must(must(Connection::open(path, OpenMode::ReadOnly)).queryInteger(question));
        SeededRandom random(31);
        for (int i = 0; i < 60; ++i) {
            const auto length = static_cast<std::uintmax_t>(random.between(1, static_cast<std::int64_t>(size) - 1));
            std::filesystem::copy_file(path, folder.pathOf("cut.db"),
                                       std::filesystem::copy_options::overwrite_existing);
            std::filesystem::resize_file(folder.pathOf("cut.db"), length);
            const Census before = takeCensus(folder.path());
            const auto opened = Connection::open(folder.pathOf("cut.db"), OpenMode::ReadWrite);
            const auto answer = opened ? opened->queryInteger(question) : Result<std::int64_t>(opened.error());
            const std::string note = random.note() + ": cut to " + std::to_string(length) + ": " + outcomeText(answer);
            // SQLite itself takes what is missing of the last page for zeros; the check has to see even that.
            const bool isSafe = answer ? *answer == truth || length + 4096 > size
                                       : answer.error().code == ErrorCode::Corrupt;
            QVERIFY2(isSafe, note.c_str());
            QVERIFY2(!opened || !must(quickCheck(*opened)).empty(), note.c_str());
            QCOMPARE(differences(before, takeCensus(folder.path())), ""s);
        }
        QVERIFY(must(quickCheck(must(Connection::open(path, OpenMode::ReadOnly))))
                    .empty()); // the control: whole, it is sound
    }

    void aSchemaFormatThatNobodyHasIsDamage()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder);
        constexpr std::size_t kSchemaFormatOffset = 44; // of the file header, a big-endian number from 1 to 4
        overwrite(path, kSchemaFormatOffset, std::string("\x00\x00\x00\x44", 4));
        const auto opened = Connection::open(path, OpenMode::ReadOnly);
        PS_CHECK_ERROR(ErrorCode::Corrupt, opened ? opened->queryInteger("SELECT sum(length(text)) FROM t")
                                                  : Result<std::int64_t>(opened.error()));
    }

    void aZeroedPageIsDamage()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder);
        overwrite(path, 4096 * 5, std::string(4096, '\0'));
        const Connection connection = must(Connection::open(path, OpenMode::ReadOnly));
        PS_CHECK_ERROR(ErrorCode::Corrupt, connection.queryInteger("SELECT sum(length(text)) FROM t"));
        QVERIFY(!must(quickCheck(connection)).empty());
    }

    void aReadOnlyConnectionNeverWrites()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder);
        const std::string before = sha256Hex(folder.read("a.db"));
        for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadOnlyImmutable}) {
            const Connection connection = must(Connection::open(path, mode));
            QCOMPARE(rowCount(connection), std::int64_t{2000});
            PS_CHECK_ERROR(ErrorCode::ReadOnly, connection.execute("DELETE FROM t"));
            PS_CHECK_ERROR(ErrorCode::ReadOnly, connection.execute("CREATE TABLE u (a)"));
        }
        QCOMPARE(sha256Hex(folder.read("a.db")), before);
        QCOMPARE(takeCensus(folder.path()).size(), std::size_t{1});
    }

    void everyCharacterOfAPathIsTakenLiterally_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name :
             {"plain.db", "a b.db", "a?mode=memory.db", "a#b.db", "100%25.db", "a%.db", "a&b=c.db", "caf\xC3\xA9.db",
              "caf\xE9.db", "new\nline.db", "?immutable=1", "semi;colon.db", "back\\slash.db"})
            QTest::newRow(QByteArray(name).toPercentEncoding().constData()) << QByteArray(name);
    }
    void everyCharacterOfAPathIsTakenLiterally()
    {
        QFETCH(const QByteArray, name);
        const TempFolder folder;
        const std::string path = makeDatabase(folder, name.toStdString());
        QVERIFY(std::filesystem::exists(path));
        QCOMPARE(takeCensus(folder.path()).size(), std::size_t{1});
        for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadOnlyImmutable, OpenMode::ReadWrite})
            QCOMPARE(rowCount(must(Connection::open(path, mode))), std::int64_t{2000});
    }

    void aPathMayBeginWithTwoSlashes()
    {
        const TempFolder folder;
        makeDatabase(folder);
        QCOMPARE(rowCount(must(Connection::open("/" + folder.pathOf("a.db"), OpenMode::ReadOnly))), std::int64_t{2000});
        QCOMPARE(rowCount(must(Connection::open("//" + folder.pathOf("a.db"), OpenMode::ReadOnlyImmutable))),
                 std::int64_t{2000});
    }

    void theSchemaOfAStrangerIsNotTrusted()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder);
        const Connection connection = must(Connection::open(path, OpenMode::ReadWrite));
        QCOMPARE(must(connection.queryInteger("PRAGMA trusted_schema")), std::int64_t{0});
        QCOMPARE(must(connection.queryInteger("PRAGMA cell_size_check")), std::int64_t{1});
        // Nobody may write the schema as data, not even after asking.
        discard(connection.execute("PRAGMA writable_schema=ON"), "whether it is refused here or below");
        QVERIFY(!connection.execute("UPDATE sqlite_schema SET sql='CREATE TABLE t (x)' WHERE name='t'"));
        // Under "defensive" a journal mode that can lose data on a crash cannot be asked for.
        discard(connection.execute("PRAGMA journal_mode=OFF"), "whether it is refused or ignored");
        QVERIFY(must(connection.journalMode()) == JournalMode::Delete);
        QVERIFY(!connection.execute("SELECT load_extension('libm.so.6')"));
        QVERIFY(!connection.execute(
            ("ATTACH '" + folder.pathOf("b.db") + "' AS b; ATTACH '" + folder.pathOf("c.db") + "' AS c").c_str()));
    }

    void hostileCellsAndStatementsHaveLimits()
    {
        const TempFolder folder;
        const Connection connection = must(Connection::open(makeDatabase(folder), OpenMode::ReadWrite));
        PS_CHECK_ERROR(ErrorCode::TooLarge, connection.queryInteger("SELECT length(zeroblob(200000000))"));
        QVERIFY(!connection.prepare("SELECT " + std::string(2'000'000, ' ') + "1"));
        std::string deep = "1";
        for (int i = 0; i < 300; ++i)
            deep = "(" + deep + "+1)";
        QVERIFY(!connection.prepare("SELECT " + deep));
        PS_CHECK_OK(connection.prepare("SELECT 1+1"));
    }

    void aLockIsWaitedForAndThenReported()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder);
        const Connection connection = must(Connection::open(path, OpenMode::ReadWrite));
        connection.setBusyTimeout(std::chrono::milliseconds(20));
        {
            DatabaseHolder holder(path, {"BEGIN EXCLUSIVE"});
            PS_CHECK_ERROR(ErrorCode::Locked, connection.queryInteger("SELECT count(*) FROM t"));
            PS_CHECK_ERROR(ErrorCode::Locked, Transaction::beginImmediate(connection));
            holder.finish();
        }
        QCOMPARE(rowCount(connection), std::int64_t{2000}); // the control: free again, it answers
    }

    void aPragmaThatDoesNotTakeIsRefused()
    {
        const Connection memory = must(Connection::open(":memory:", OpenMode::Create));
        const auto refused = memory.setPragma("journal_mode", "wal"); // stays "memory"
        PS_CHECK_ERROR(ErrorCode::Refused, refused);
        QVERIFY2(refused.error().message.find("memory") != std::string::npos, refused.error().message.c_str());

        const TempFolder folder;
        const Connection file = must(Connection::open(makeDatabase(folder), OpenMode::ReadWrite));
        PS_CHECK_ERROR(ErrorCode::Refused, file.setPragma("page_size", "8192")); // only a new file takes it
        PS_CHECK_OK(file.setPragma("synchronous", "3"));
        PS_CHECK_OK(file.setPragma("journal_mode", "wal"));
        QVERIFY(must(file.journalMode()) == JournalMode::Wal);
        PS_CHECK_OK(file.setPragma("journal_mode", "delete"));
        QVERIFY(must(file.journalMode()) == JournalMode::Delete);
    }

    void borrowedStatementsAreCompiledOnceAndComeBackClean()
    {
        const TempFolder folder;
        const Connection connection = must(Connection::open(makeDatabase(folder), OpenMode::ReadWrite));
        const std::string sql = "SELECT id, ?2 FROM t WHERE id >= ?1 ORDER BY id";
        const Statement* first = nullptr;
        {
            const BorrowedStatement statement = must(connection.borrow(sql));
            statement->bind(5, "left over");
            QVERIFY(must(statement->step()));
            QCOMPARE(statement->integer(0), std::int64_t{5});
            first = &*statement; // given back in the middle of its rows
        }
        const BorrowedStatement again = must(connection.borrow(sql));
        QVERIFY(&*again == first);
        again->bind(7);
        QVERIFY(must(again->step()));
        QCOMPARE(again->integer(0), std::int64_t{7});
        QVERIFY(again->isNull(1)); // no value of the earlier user
        PS_CHECK_ERROR(ErrorCode::Internal, connection.borrow("SELEKT nonsense"));
        PS_CHECK_ERROR(ErrorCode::Internal, connection.borrow("SELEKT nonsense"));
        PS_CHECK_ERROR(ErrorCode::Corrupt, connection.borrow("SELECT nonsense FROM nowhere"));
    }

    void aStatementInTheMiddleDoesNotHoldTheDatabase()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder);
        const Connection connection = must(Connection::open(path, OpenMode::ReadOnly));
        {
            const BorrowedStatement statement = must(connection.borrow("SELECT id FROM t"));
            QVERIFY(must(statement->step()));
        }
        runSqlElsewhere(path, {"DELETE FROM t WHERE id > 10"}); // would be locked by a statement that was not reset
        QCOMPARE(rowCount(connection), std::int64_t{10});
    }

    void connectionsMoveWithWhatTheyKeep()
    {
        const TempFolder folder;
        Connection first = must(Connection::open(makeDatabase(folder), OpenMode::ReadWrite));
        {
            const BorrowedStatement kept = must(first.borrow("SELECT count(*) FROM t"));
        }
        bool isAsked = false;
        first.setCancelCheck([&isAsked] { return isAsked = true; });
        Connection second = std::move(first);
        PS_CHECK_ERROR(ErrorCode::Cancelled,
                       second.queryInteger("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n "
                                           "WHERE i < 100000000) SELECT count(*) FROM n"));
        QVERIFY(isAsked);
        second.setCancelCheck({});
        QCOMPARE(rowCount(second), std::int64_t{2000});
        second = must(Connection::open(folder.pathOf("other.db"), OpenMode::Create));
        QVERIFY(!must(hasTable(second, "t")));
    }

    void changesOfOthersAreNoticed()
    {
        const TempFolder folder;
        const std::string path = makeDatabase(folder);
        const Connection connection = must(Connection::open(path, OpenMode::ReadWrite));
        const std::int64_t before = must(connection.dataVersion());
        must(connection.execute("DELETE FROM t WHERE id=1"));
        QCOMPARE(must(connection.dataVersion()), before); // the own ones are none
        runSqlElsewhere(path, {"DELETE FROM t WHERE id=2"});
        QVERIFY(must(connection.dataVersion()) != before);
    }

    void questionsWithoutAnAnswerSaySo()
    {
        const TempFolder folder;
        const Connection connection = must(Connection::open(makeDatabase(folder), OpenMode::ReadOnly));
        PS_CHECK_ERROR(ErrorCode::NotFound, connection.queryInteger("SELECT id FROM t WHERE id=-1"));
        PS_CHECK_ERROR(ErrorCode::NotFound, connection.queryText("SELECT text FROM t WHERE id=-1"));
        PS_CHECK_ERROR(ErrorCode::Corrupt, connection.execute("SELECT * FROM nowhere"));
        QVERIFY(must(hasTable(connection, "t")));
        QVERIFY(!must(hasTable(connection, "T'; DROP TABLE t; --")));
    }

    void namesAreQuotedSafely()
    {
        const Connection connection = must(Connection::open(":memory:", OpenMode::Create));
        const std::string name = "a \"b\" ; DROP TABLE x; --";
        must(connection.execute(("CREATE TABLE " + quotedIdentifier(name) + " (x)").c_str()));
        QVERIFY(must(hasTable(connection, name)));
    }

    void brokenRulesOfATableAreTheDatasFault()
    {
        const Connection connection = must(Connection::open(":memory:", OpenMode::Create));
        must(connection.execute("CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER NOT NULL CHECK (n > 0))"));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, connection.execute("INSERT INTO t VALUES ('a', NULL)"));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, connection.execute("INSERT INTO t VALUES ('a', 0)"));
        must(connection.execute("INSERT INTO t VALUES ('a', 1)"));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, connection.execute("INSERT INTO t VALUES ('a', 2)"));
    }

    void aFullFileIsNoSpace()
    {
        const TempFolder folder;
        const Connection connection = must(Connection::open(makeDatabase(folder), OpenMode::ReadWrite));
        must(connection.execute("PRAGMA max_page_count=1")); // as small as it is
        PS_CHECK_ERROR(ErrorCode::NoSpace, connection.execute("INSERT INTO t (text) SELECT hex(zeroblob(100000))"));
        must(connection.execute("PRAGMA max_page_count=100000"));
        PS_CHECK_OK(connection.execute("INSERT INTO t (text) SELECT hex(zeroblob(100000))"));
    }

    void aFullDiskIsNoSpaceAndWorksAgainWithRoom()
    {
        const SmallDisk disk(1 << 20U);
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk; aFullFileIsNoSpace() covers the classification");
        const Connection connection = must(Connection::open(disk.pathOf("a.db"), OpenMode::Create));
        must(connection.execute("CREATE TABLE t (text TEXT); INSERT INTO t VALUES ('first')"));
        disk.fillUpTo(20'000);
        PS_CHECK_ERROR(ErrorCode::NoSpace, connection.execute("INSERT INTO t SELECT hex(zeroblob(100000))"));
        QCOMPARE(rowCount(connection), std::int64_t{1});
        disk.makeRoom();
        PS_CHECK_OK(connection.execute("INSERT INTO t SELECT hex(zeroblob(100000))"));
        QCOMPARE(rowCount(connection), std::int64_t{2});
    }

    void theRangeOfTheWalResetRaceIsKnown_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<bool>("hasRace");
        const auto row = [](const char* name, int version, bool hasRace) { QTest::newRow(name) << version << hasRace; };
        row("before WAL", 3'006'023, false);
        row("3.7.0", 3'007'000, true);
        row("Debian 12", 3'040'001, true);
        row("3.44.5", 3'044'005, true);
        row("3.44.6", 3'044'006, false);
        row("3.44.9", 3'044'009, false);
        row("3.45.0", 3'045'000, true);
        row("3.50.6", 3'050'006, true);
        row("3.50.7", 3'050'007, false);
        row("3.51.0", 3'051'000, true);
        row("3.51.2", 3'051'002, true);
        row("3.51.3", 3'051'003, false);
        row("3.52.0", 3'052'000, false);
        row("4.0.0", 4'000'000, false);
    }
    void theRangeOfTheWalResetRaceIsKnown()
    {
        QFETCH(const int, version);
        QFETCH(const bool, hasRace);
        QCOMPARE(hasWalResetRace(version), hasRace);
    }

    void thisSqliteIsRecentEnough() { QVERIFY(sqliteVersion() >= 3'040'000); }
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
