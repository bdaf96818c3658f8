// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/decisions/schema.h"
#include "core/decisions/snapshots.h"
#include "tests/support/census.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"

#include <QTest>

#include <filesystem>
#include <set>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;
using namespace std::chrono_literals;

namespace {

std::set<std::string> names(const SnapshotShelf& shelf)
{
    std::set<std::string> names;
    for (const Snapshot& snapshot : must(shelf.list()))
        names.insert(std::filesystem::path(snapshot.path).filename().string());
    return names;
}

} // namespace

class TestSnapshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_database = m_folder->pathOf("p1.db");
        must(createDecisionDatabase(m_database));
        m_shelf.emplace(m_folder->pathOf("p1"), "p1");
        m_clock.set(*parseTimestamp("2026-03-01T10:00:00Z"));
    }

    void aMissingFolderIsAnEmptyShelf()
    {
        QVERIFY(must(m_shelf->list()).empty());
        for (const SnapshotReason reason :
             {SnapshotReason::WorkStarts, SnapshotReason::ChangesMade, SnapshotReason::BeforeBulk})
            QVERIFY(must(m_shelf->isDue(reason, m_clock.now(), 1000, false)));
    }

    void aSnapshotIsAWholeDatabaseUnderItsTime()
    {
        const Snapshot snapshot = take();
        QCOMPARE(std::filesystem::path(snapshot.path).filename().string(), "p1_20260301T100000Z.db"s);
        QVERIFY(snapshot.sizeBytes > 0);
        QVERIFY(rowTexts(snapshot.path) == rowTexts(m_database));
        const auto listed = must(m_shelf->list());
        QCOMPARE(listed.size(), std::size_t{1});
        QVERIFY(listed.front().takenAt == snapshot.takenAt && listed.front().path == snapshot.path &&
                listed.front().sizeBytes == snapshot.sizeBytes);
    }

    void twoWithinASecondAreBothKept()
    {
        const Snapshot first = take();
        const Snapshot second = take();
        const Snapshot third = take();
        QVERIFY(first.path != second.path && second.path != third.path);
        QCOMPARE(names(*m_shelf), (std::set<std::string>{"p1_20260301T100000Z.db", "p1_20260301T100000Z_2.db",
                                                         "p1_20260301T100000Z_3.db"}));
    }

    void otherFilesAreNoSnapshotsAndStay()
    {
        take();
        for (const char* name : {"p1_20260301T100000Z.db-journal", "p1_notes.db", "p2_20260301T100000Z.db",
                                 "p1_20261301T100000Z.db", "p1_20260301X100000Z.db", "readme.txt"})
            m_folder->write(joinPath("p1", name), "x");
        m_folder->makeSymlink("p1/p1_20260301T100001Z.db", m_database);
        QCOMPARE(names(*m_shelf), std::set<std::string>{"p1_20260301T100000Z.db"});
        for (int i = 0; i < 20; ++i) {
            m_clock.advance(20min);
            take();
        }
        QVERIFY(std::filesystem::exists(m_folder->pathOf("p1/p1_notes.db")));
        QVERIFY(std::filesystem::exists(m_folder->pathOf("p1/p2_20260301T100000Z.db")));
    }

    void theyAreDueAfterAQuarterOfAnHour()
    {
        take();
        const UtcTime taken = m_clock.now();
        QVERIFY(!due(SnapshotReason::WorkStarts, taken + 1s));
        QVERIFY(!due(SnapshotReason::ChangesMade, taken + 14min + 59s));
        QVERIFY(due(SnapshotReason::ChangesMade, taken + 15min));
        QVERIFY(due(SnapshotReason::WorkStarts, taken + 15min));
        QVERIFY(due(SnapshotReason::BeforeBulk, taken + 1s));   // a bulk action always has one
        QVERIFY(due(SnapshotReason::WorkStarts, taken - 1min)); // the clock was set back: nothing can be concluded
        QVERIFY(must(m_shelf->isDue(SnapshotReason::WorkStarts, taken + 1s, 1000, true))); // met for the first time
    }

    void largeDatabasesGetOneADay()
    {
        take();
        const UtcTime taken = m_clock.now();
        constexpr std::int64_t large = 1'000'000'001;
        for (const SnapshotReason reason :
             {SnapshotReason::WorkStarts, SnapshotReason::ChangesMade, SnapshotReason::BeforeBulk}) {
            QVERIFY(!must(m_shelf->isDue(reason, taken + 23h, large, false)));
            QVERIFY(must(m_shelf->isDue(reason, taken + 25h, large, false)));
        }
    }

    void theFirstTheNewestAndOneForEachDayStay()
    {
        const Snapshot first = take();
        std::map<std::chrono::sys_days, std::string> lastOfDay;
        std::vector<std::string> all{first.path};
        for (int i = 0; i < 24 * 3; ++i) { // three a day, for 24 days
            m_clock.advance(8h);
            const Snapshot snapshot = take();
            all.push_back(snapshot.path);
            lastOfDay[std::chrono::floor<std::chrono::days>(snapshot.takenAt)] = snapshot.path;
        }
        std::set<std::string> expected{first.path};
        expected.insert(all.end() - 8, all.end());
        auto day = lastOfDay.rbegin();
        for (int i = 0; i < 14; ++i, ++day)
            expected.insert(day->second);
        std::set<std::string> found;
        for (const Snapshot& snapshot : must(m_shelf->list()))
            found.insert(snapshot.path);
        QCOMPARE(found.size(), expected.size());
        QVERIFY(found == expected);
    }

    void whatACrashLeftHalfDoneIsRemoved()
    {
        take();
        m_folder->write("p1/.proofsheet-0123456789abcdef", std::string(100'000, 'x'));
        m_folder->write("p1/.proofsheet-0123456789abcdef-journal", "x");
        m_folder->write("p1/.somebody_elses", "x");
        take();
        QVERIFY(!std::filesystem::exists(m_folder->pathOf("p1/.proofsheet-0123456789abcdef")));
        QVERIFY(!std::filesystem::exists(m_folder->pathOf("p1/.proofsheet-0123456789abcdef-journal")));
        QVERIFY(std::filesystem::exists(m_folder->pathOf("p1/.somebody_elses")));
    }

    void aFailedSnapshotRemovesNothing()
    {
        for (int i = 0; i < 3; ++i) {
            take();
            m_clock.advance(20min);
        }
        std::filesystem::resize_file(m_database, std::filesystem::file_size(m_database) - 1);
        const Census before = takeCensus(m_folder->path());
        const Connection source = must(Connection::open(m_database, OpenMode::ReadOnly));
        PS_CHECK_ERROR(ErrorCode::Corrupt, m_shelf->take(source, m_clock.now(), {}, {}));
        QCOMPARE(differences(before, takeCensus(m_folder->path())), ""s);
    }

    void withoutAPlaceThereIsNoSnapshot()
    {
        m_folder->write("p1", "a file where the folder should be");
        const Connection source = must(Connection::open(m_database, OpenMode::ReadOnly));
        QVERIFY(!m_shelf->take(source, m_clock.now(), {}, {}));
        QCOMPARE(m_folder->read("p1"), "a file where the folder should be"s);
    }

private:
    Snapshot take() const
    {
        return must(m_shelf->take(must(Connection::open(m_database, OpenMode::ReadOnly)), m_clock.now(), {}, {}));
    }
    bool due(SnapshotReason reason, UtcTime now) const { return must(m_shelf->isDue(reason, now, 1000, false)); }

    std::optional<TempFolder> m_folder;
    std::string m_database;
    std::optional<SnapshotShelf> m_shelf;
    TestClock m_clock;
};

QTEST_GUILESS_MAIN(TestSnapshots)
#include "tst_snapshots.moc"
