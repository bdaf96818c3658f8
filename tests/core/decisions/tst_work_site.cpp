// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"
#include "core/decisions/decision_store.h"
#include "core/decisions/project_lock.h"
#include "core/decisions/schema.h"
#include "tests/core/decisions/store_helpers.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"

#include <QTest>

#include <filesystem>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

constexpr const char* kSchemaQuery = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";

std::string schemaOf(const std::string& path)
{
    return runSqlElsewhere(path, {}, kSchemaQuery);
}

std::string hostName()
{
    char name[256] = {};
    ::gethostname(name, sizeof name - 1);
    return name;
}

} // namespace

// design.md 4.2 and 4.3: what starting and ending work does to the user's database.
class TestWorkSite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whileWorkingTheJournalIsDurable()
    {
        const StoreFixture fixture;
        const auto store = fixture.startReady();
        QCOMPARE(store->status().journalMode, "wal"s);
        QCOMPARE(askWriter(*store, "PRAGMA journal_mode"), "wal"s);
        QCOMPARE(askWriter(*store, "PRAGMA synchronous"), "2"s); // FULL
        QCOMPARE(askWriter(*store, "PRAGMA wal_autocheckpoint"), "0"s);
        QVERIFY(store->status().state == StoreState::Working);
        QVERIFY(store->status().notes.empty());
    }

    void afterCloseTheFileAloneIsAWholeCopy()
    {
        const StoreFixture fixture;
        {
            const auto store = fixture.startReady();
            PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
            QVERIFY(std::filesystem::exists(fixture.databasePath() + "-wal"));
        }
        for (const char* suffix : {"-wal", "-shm", "-journal"})
            QVERIFY2(!std::filesystem::exists(fixture.databasePath() + suffix), suffix);
        std::filesystem::copy_file(fixture.databasePath(),
                                   fixture.folder().pathOf("copied.db")); // as their daily backup does
        QCOMPARE(runSqlElsewhere(fixture.folder().pathOf("copied.db"), {}, "PRAGMA journal_mode"), "[[\"delete\"]]"s);
        QCOMPARE(rowTexts(fixture.folder().pathOf("copied.db")).size(), std::size_t{1});
    }

    void thePlainTableIsLeftWhenOurTablesAreDropped()
    {
        const StoreFixture fixture;
        const std::string plain = schemaOf(fixture.databasePath());
        {
            const auto store = fixture.startReady();
            for (int i = 0; i < 5; ++i)
                PS_CHECK_OK(decideIn(*store, decisionAbout(i)));
        }
        QVERIFY(schemaOf(fixture.databasePath()) != plain);
        const auto rows = rowTexts(fixture.databasePath());
        dropOwnTables(fixture.databasePath());
        QCOMPARE(schemaOf(fixture.databasePath()), plain);
        QVERIFY(rowTexts(fixture.databasePath()) == rows);
        QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "PRAGMA user_version"), "[[0]]"s);
        QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "PRAGMA application_id"), "[[0]]"s);
        PS_CHECK_OK(fixture.start()->waitUntilReady()); // and it can be worked on again
    }

    void everyCompleteVariantCanBeWorkedOnAndKeepsItsShape_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < schemaVariants().size(); ++i)
            QTest::newRow(schemaVariants()[i].name.c_str()) << static_cast<int>(i);
    }
    void everyCompleteVariantCanBeWorkedOnAndKeepsItsShape()
    {
        QFETCH(const int, index);
        const SchemaVariant& variant = schemaVariants()[static_cast<std::size_t>(index)];
        const StoreFixture fixture([&](const std::string& path) {
            must(must(Connection::open(path, OpenMode::Create)).execute(variant.sql.c_str()));
        });
        const std::string plain = schemaOf(fixture.databasePath());
        const std::string bytes = fixture.folder().read("p1.db");
        const auto rows = rowTexts(fixture.databasePath());
        {
            const auto store = fixture.start();
            const auto ready = store->waitUntilReady();
            if (!variant.canBeWorkedOn) {
                PS_CHECK_ERROR(ErrorCode::Unsupported, ready);
                QVERIFY2(ready.error().message.find("user_action") != std::string::npos, ready.error().message.c_str());
                PS_CHECK_ERROR(ErrorCode::ReadOnly, decideIn(*store, decisionAbout(1)));
                QCOMPARE(fixture.folder().read("p1.db"), bytes);
                QVERIFY(fixture.snapshotFiles().empty());
                return;
            }
            PS_CHECK_OK(ready);
            DecisionRequest request = decisionAbout(1);
            request.shown = ShownSuggestion{"m", 0, Crop{0.1, 0.1, 0.9, 0.9}, 0.5, true};
            PS_CHECK_OK(decideIn(*store, request));
        }
        const auto after = rowTexts(fixture.databasePath());
        QCOMPARE(after.size(), rows.size() + 1);
        for (const std::string& row : rows)
            QVERIFY2(std::ranges::find(after, row) != after.end(), row.c_str()); // every old row as it was
        dropOwnTables(fixture.databasePath());
        QCOMPARE(schemaOf(fixture.databasePath()), plain);
    }

    void aVerifiedSnapshotComesBeforeTheFirstWrite()
    {
        const StoreFixture fixture;
        const std::string before = fixture.folder().read("p1.db");
        {
            const auto store = fixture.startReady();
        }
        const auto snapshots = fixture.snapshotFiles();
        QCOMPARE(snapshots.size(), std::size_t{1});
        QCOMPARE(schemaOf(snapshots.front()),
                 schemaOf(fixture.folder().write("before.db", before))); // without any table of ours
    }

    void withoutASnapshotNothingIsWritten()
    {
        const StoreFixture fixture;
        fixture.folder().write("backups/p1", "a file where the folder should be");
        const std::string before = fixture.folder().read("p1.db");
        {
            const auto store = fixture.start();
            QVERIFY(!store->waitUntilReady());
            QVERIFY(store->status().state == StoreState::ReadOnly && store->status().error);
            PS_CHECK_ERROR(ErrorCode::ReadOnly, decideIn(*store, decisionAbout(1)));
        }
        QCOMPARE(fixture.folder().read("p1.db"), before);
    }

    void aDamagedDatabaseIsNotWorkedOn()
    {
        const StoreFixture fixture([](const std::string& path) {
            must(createDecisionDatabase(path));
            must(must(Connection::open(path, OpenMode::ReadWrite))
                     .execute("CREATE TABLE other (x); INSERT INTO other VALUES (hex(zeroblob(20000)))"));
            const UniqueFd file = openReadWrite(path);
            QVERIFY(::pwrite(file.get(), std::string(4096, 'Z').data(), 4096,
                             static_cast<off_t>(std::filesystem::file_size(path)) - 8192) == 4096);
        });
        const std::string before = fixture.folder().read("p1.db");
        {
            const auto store = fixture.start();
            PS_CHECK_ERROR(ErrorCode::Corrupt, store->waitUntilReady());
        }
        QCOMPARE(fixture.folder().read("p1.db"), before);
        QVERIFY(fixture.snapshotFiles().empty());
    }

    void aSecondStartSoonAfterNeedsNoSecondSnapshot()
    {
        const StoreFixture fixture;
        {
            const auto store = fixture.startReady();
        }
        fixture.clock().advance(std::chrono::minutes(14));
        {
            const auto store = fixture.startReady();
        }
        QCOMPARE(fixture.snapshotFiles().size(), std::size_t{1});
        fixture.clock().advance(std::chrono::minutes(2));
        {
            const auto store = fixture.startReady();
        }
        QCOMPARE(fixture.snapshotFiles().size(), std::size_t{2});
        const auto store = fixture.startReady();
        PS_CHECK_OK(store->snapshotBeforeBulk());
        QCOMPARE(fixture.snapshotFiles().size(), std::size_t{3});
        QVERIFY(store->status().lastSnapshot.has_value());
    }

    void aSecondStoreIsRefusedAndToldWhoWorks()
    {
        const StoreFixture fixture;
        auto first = fixture.startReady();
        StoreOptions options = fixture.options();
        options.annotator = "ben";
        const auto second = DecisionStore::start(options);
        const auto refused = second->waitUntilReady();
        PS_CHECK_ERROR(ErrorCode::Locked, refused);
        const std::string& holder = refused.error().context;
        for (const std::string& part : {"anna"s, hostName(), std::to_string(::getpid()), "2026-03-01T10:00:00"s})
            QVERIFY2(holder.find(part) != std::string::npos, (holder + " without " + part).c_str());
        PS_CHECK_ERROR(ErrorCode::ReadOnly, decideIn(*second, decisionAbout(1)));
        PS_CHECK_OK(decideIn(*first, decisionAbout(1)));
        first.reset();
        const auto third = DecisionStore::start(options);
        PS_CHECK_OK(third->waitUntilReady());
    }

    void theLockOfADeadProcessIsGone()
    {
        const TempFolder folder;
        const std::string path = folder.pathOf("a.lock");
        runPython("import fcntl, os, sys\nf = open(sys.argv[1], 'w')\nfcntl.flock(f, fcntl.LOCK_EX)\nf.write('a "
                  "ghost')\nf.flush()\nos._exit(0)",
                  {path});
        const TestClock clock;
        auto lock = ProjectLock::acquire(path, "anna on here", clock.now());
        PS_CHECK_OK(lock);
        const auto second = ProjectLock::acquire(path, "ben", clock.now());
        PS_CHECK_ERROR(ErrorCode::Locked, second);
        QVERIFY2(second.error().context.starts_with("anna on here, process "), second.error().context.c_str());
        {
            ProjectLock moved = *std::move(lock);
            PS_CHECK_ERROR(ErrorCode::Locked, ProjectLock::acquire(path, "ben", clock.now()));
        }
        PS_CHECK_OK(ProjectLock::acquire(path, "ben", clock.now()));
        folder.makeSymlink("link.lock", folder.pathOf("elsewhere"));
        QVERIFY(!ProjectLock::acquire(folder.pathOf("link.lock"), "ben", clock.now()));
        QVERIFY(!std::filesystem::exists(folder.pathOf("elsewhere")));
    }

    void walIsNotUsedWhileAnotherProcessHoldsTheFile()
    {
        if (!hasWalResetRace(sqliteVersion()))
            QSKIP("this SQLite has no WAL-reset race");
        const StoreFixture fixture;
        DatabaseHolder holder(fixture.databasePath(), {"SELECT count(*) FROM ai_decisions"});
        const auto store = fixture.startReady();
        QCOMPARE(store->status().journalMode, "delete"s);
        QCOMPARE(askWriter(*store, "PRAGMA journal_mode"), "delete"s);
        QCOMPARE(askWriter(*store, "PRAGMA synchronous"), "3"s); // EXTRA
        QVERIFY(!store->status().notes.empty());
        const std::string note = store->status().notes.front();
        QVERIFY2(note.find(std::to_string(holder.processId())) != std::string::npos, note.c_str());
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
        holder.finish();
    }

    void aReaderAtCloseKeepsItInWalAndIsNamed()
    {
        const StoreFixture fixture;
        StoreOptions options = fixture.options();
        StoreStatus last;
        options.onStatus = [&last](const StoreStatus& status) { last = status; };
        auto store = DecisionStore::start(options);
        PS_CHECK_OK(store->waitUntilReady());
        PS_CHECK_OK(decideIn(*store, decisionAbout(1)));
        {
            const DatabaseHolder reader(fixture.databasePath(), {"BEGIN", "SELECT count(*) FROM ai_decisions"});
            store.reset();
            QVERIFY(last.state == StoreState::Closed);
            QVERIFY(!last.notes.empty());
            QVERIFY2(last.notes.front().find("WAL") != std::string::npos, last.notes.front().c_str());
            QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "SELECT count(*) FROM ai_decisions"), "[[1]]"s);
        }
        {
            const auto again = fixture.startReady();
        } // the next close makes it one file again
        QVERIFY(!std::filesystem::exists(fixture.databasePath() + "-wal"));
        QCOMPARE(rowTexts(fixture.databasePath()).size(), std::size_t{1});
    }

    void aNewerProgramsDatabaseIsLeftAlone()
    {
        const StoreFixture fixture;
        {
            const auto store = fixture.startReady();
        }
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ps_meta SET value='" + std::to_string(kOwnSchemaVersion + 1) +
                                                 "' WHERE key='schema_version'"});
        const std::string before = fixture.folder().read("p1.db");
        fixture.clock().advance(std::chrono::hours(1));
        {
            const auto store = fixture.start();
            PS_CHECK_ERROR(ErrorCode::VersionMismatch, store->waitUntilReady());
        }
        QCOMPARE(fixture.folder().read("p1.db"), before);
    }

    void aVersionThatIsNoNumberIsDamage()
    {
        const StoreFixture fixture;
        {
            const auto store = fixture.startReady();
        }
        runSqlElsewhere(fixture.databasePath(), {"UPDATE ps_meta SET value='x' WHERE key='schema_version'"});
        PS_CHECK_ERROR(ErrorCode::Corrupt, fixture.start()->waitUntilReady());
    }

    void aMissingDatabaseIsNotMade()
    {
        const StoreFixture fixture([](const std::string&) {});
        PS_CHECK_ERROR(ErrorCode::NotFound, fixture.start()->waitUntilReady());
        QVERIFY(!std::filesystem::exists(fixture.databasePath()));
    }

    void everySessionIsNamed()
    {
        const StoreFixture fixture;
        {
            const auto store = fixture.startReady();
        }
        fixture.clock().advance(std::chrono::seconds(10));
        {
            const auto store = fixture.startReady();
        }
        const Json sessions = must(parseJson(runSqlElsewhere(fixture.databasePath(), {},
                                                             "SELECT annotator, program, host, started_at, ended_at IS "
                                                             "NOT NULL, length(token) FROM ps_sessions ORDER BY 1")));
        QCOMPARE(sessions.items().size(), std::size_t{2});
        for (const Json& session : sessions.items()) {
            QCOMPARE(session.items()[0].toString(), "anna"s);
            QCOMPARE(session.items()[1].toString(), "tests 1.0"s);
            QCOMPARE(session.items()[2].toString(), hostName());
            QCOMPARE(session.items()[4].toInteger(), std::int64_t{1});
            QCOMPARE(session.items()[5].toInteger(), std::int64_t{32});
        }
    }
};

QTEST_GUILESS_MAIN(TestWorkSite)
#include "tst_work_site.moc"
