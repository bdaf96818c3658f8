// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/frozen_groups.h"
#include "core/decisions/ledger.h"
#include "core/library/finalize.h"
#include "core/library/staging.h"
#include "tests/core/library/crash_scenarios.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"

#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

namespace fs = std::filesystem;

/// Puts the plan into the database as finalize() does, and stops there: the moment before the first file moves.
void recordPlan(ProjectSession& session)
{
    const FinalizePlan plan = must(prepareFinalize(session, false, {}));
    must(must(session.store())->run([&](StoreTransaction& transaction) -> Result<void> {
        for (const DecidedGroup& group : plan.groups)
            PS_TRY_VOID(freezeGroup(transaction.connection(), group.groupKey, group.row.groupId(), group.members));
        PS_TRY(const std::int64_t id, insertPlan(transaction, ledger_kind::kFinalize, plan.operations));
        PS_TRY(const std::int64_t seq,
               transaction.appendLedger({std::string(ledger_kind::kFinalize),
                                         {},
                                         {},
                                         {},
                                         {},
                                         Json::object({{"moves", transitionsJson({{id, {}, {}, true}})}})}));
        PS_TRY_VOID(transaction.addStep(ledger_kind::kFinalize, {}, seq, seq));
        return {};
    }));
}

/// Puts the undo of the last step into the database as undo() does, and stops there.
void recordUndo(ProjectSession& session)
{
    must(must(session.store())->run([&](StoreTransaction& transaction) -> Result<void> {
        const Connection& connection = transaction.connection();
        PS_TRY(const auto step, nextUndoStep(connection));
        PS_TRY(const LedgerEntry entry, readLedgerEntry(connection, step->firstSeq));
        const auto back = inverse(transitionsFromJson(entry.detail["moves"]));
        for (const Transition& transition : back)
            PS_TRY_VOID(requestTransition(connection, transition));
        PS_TRY_VOID(transaction.appendLedger({std::string(ledger_kind::kUndo),
                                              {},
                                              {},
                                              {},
                                              {},
                                              Json::object({{"step", step->step}, {"moves", transitionsJson(back)}})}));
        return undoRows(transaction, *step);
    }));
}

std::vector<Operation> operationsOf(const ProjectFixture& fixture)
{
    return must(readOperations(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {}));
}

std::vector<Operation> unitOf(const std::vector<Operation>& operations, const std::string& groupKey)
{
    std::vector<Operation> unit;
    for (const Operation& operation : operations) {
        if (operation.groupKey == groupKey)
            unit.push_back(operation);
    }
    return unit;
}

enum class Half {
    None,
    Linked,    ///< the file has both names: a rename on a file system that only knows links
    Copied,    ///< the copy is there, and the source has not gone yet
    Temporary, ///< half of a file that we make lies under its temporary name
};

/// Leaves one move, cut or write half done.
void leaveHalfDone(const ProjectFixture& fixture, const Operation& operation, Half half, bool isGoingBack)
{
    const auto absolute = [&](const std::string& path) { return fixture.folder().pathOf("ws/" + path); };
    const std::string from = absolute(isGoingBack ? operation.target : operation.source);
    const std::string to = absolute(isGoingBack ? operation.source : operation.target);
    const bool isMove = operation.kind == OperationKind::Move;
    if (half == Half::Linked && isMove) {
        fs::create_hard_link(from, to);
    } else if (half == Half::Copied && isMove) {
        fs::copy_file(from, to);
        struct stat status{};
        QCOMPARE(::stat(from.c_str(), &status), 0);
        const timespec times[2] = {status.st_atim, status.st_mtim};
        QCOMPARE(::utimensat(AT_FDCWD, to.c_str(), times, 0), 0);
    } else if (half == Half::Temporary &&
               (operation.kind == OperationKind::Cut || operation.kind == OperationKind::Write) && !isGoingBack) {
        const std::string name = ".proofsheet-p1-" + std::to_string(operation.planId) + "-" +
                                 std::to_string(operation.ordinal);
        must(writeFileDurably((fs::path(to).parent_path() / name).string(), "half of a file", Replace::Never));
    }
}

void expectAllIn(const ProjectFixture& fixture, OperationState state)
{
    for (const Operation& operation : operationsOf(fixture))
        QVERIFY2(operation.state == state,
                 (operation.target + " is " + std::string(operationStateName(operation.state))).c_str());
}

/// Kills its process when it is asked for the time the n-th time. The store asks before each of its jobs.
class KillingClock final : public Clock
{
public:
    KillingClock(const Clock& clock, int callsBeforeDeath) : m_clock(clock), m_callsLeft(callsBeforeDeath) {}
    UtcTime now() const override
    {
        if (m_callsLeft-- <= 0)
            ::kill(::getpid(), SIGKILL);
        return m_clock.now();
    }

private:
    const Clock& m_clock;
    mutable std::atomic<int> m_callsLeft;
};

using Scenario = std::function<void(ProjectSession&)>;

/// Runs the scenario in a child that is killed at its n-th look at the clock. True when it came to its end before that.
bool runUntilKilled(const ProjectFixture& fixture, const Scenario& scenario, int callsBeforeDeath)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const KillingClock clock(fixture.clock(), callsBeforeDeath);
        SessionOptions options = fixture.options();
        options.clock = &clock;
        try {
            const auto session = must(ProjectSession::open(options));
            must(session->makeReady({}, {}));
            scenario(*session);
        } catch (const std::exception&) {
            ::_exit(2);
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        throw std::runtime_error("the scenario failed");
    return WIFEXITED(status);
}

} // namespace

// formats/decisions_v3.md 11(12): killed at any step, the state is before or after, never between; no image is lost.
class TestFinalizeCrashes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_decided.emplace(makeDecidedProject());
        m_before = m_decided->census();
        m_planned.emplace(m_decided->copy());
        {
            const auto session = m_planned->open();
            recordPlan(*session);
        }
        QCOMPARE(differences(m_before, m_planned->census()), ""s);
        m_finalized.emplace(m_planned->copy());
        {
            const auto session = m_finalized->open(); // carries the plan out
            m_after = m_finalized->census();
            QCOMPARE(must(session->counts()).finalized, std::int64_t{5});
        }
        m_returning.emplace(m_finalized->copy());
        {
            const auto session = m_returning->open();
            recordUndo(*session);
        }
        QCOMPARE(differences(m_after, m_returning->census()), ""s);
    }

    void theReferenceIsWhatFinalizeDoes()
    {
        const ProjectFixture fixture = m_decided->copy();
        const auto session = fixture.open();
        finalizeAll(*session);
        QCOMPARE(differences(m_after, fixture.census()), ""s);
    }

    void aPlanThatStoppedAfterAnyOperationIsCarriedOn_data() { eachHalf(); }
    void aPlanThatStoppedAfterAnyOperationIsCarriedOn()
    {
        QFETCH(const int, half);
        const std::size_t count = operationsOf(*m_planned).size();
        QVERIFY(count > 20);
        for (std::size_t done = 0; done < count + (half == 0 ? 1 : 0); ++done) {
            const ProjectFixture fixture = m_planned->copy();
            auto operations = operationsOf(fixture);
            {
                const Workspace workspace = must(Workspace::open(fixture.folder().pathOf("ws")));
                const ProjectFolders folders = must(ProjectFolders::open(workspace, fixture.imagesPath()));
                const FileOperator files(folders, "p1", fixture.tools().cut);
                ChangedFolders changed;
                for (std::size_t i = 0; i < done; ++i)
                    must(files.carryOut(operations[i], unitOf(operations, operations[i].groupKey), changed));
                if (done < count)
                    leaveHalfDone(fixture, operations[done], static_cast<Half>(half), false);
            }
            const std::string note = std::to_string(done) + " done";
            auto session = fixture.open();
            QVERIFY2(differences(m_after, fixture.census()).empty(),
                     (note + differences(m_after, fixture.census())).c_str());
            expectAllIn(fixture, OperationState::Done);
            QCOMPARE(must(session->counts()).finalized, std::int64_t{5});
            QCOMPARE(runSqlElsewhere(fixture.databasePath(), {}, "SELECT state FROM ps_crops"), "[[\"verified\"]]"s);
            PS_CHECK_OK(undo(*session));
            QVERIFY2(differences(m_before, fixture.census()).empty(),
                     (note + ", undone" + differences(m_before, fixture.census())).c_str());
        }
    }

    void anUndoThatStoppedAfterAnyOperationIsCarriedOn_data() { eachHalf(); }
    void anUndoThatStoppedAfterAnyOperationIsCarriedOn()
    {
        QFETCH(const int, half);
        const std::size_t count = operationsOf(*m_returning).size();
        for (std::size_t done = 0; done < count + (half == 0 ? 1 : 0); ++done) {
            const ProjectFixture fixture = m_returning->copy();
            auto operations = operationsOf(fixture);
            {
                const Workspace workspace = must(Workspace::open(fixture.folder().pathOf("ws")));
                const ProjectFolders folders = must(ProjectFolders::open(workspace, fixture.imagesPath()));
                const FileOperator files(folders, "p1", fixture.tools().cut);
                ChangedFolders changed;
                for (std::size_t i = 0; i < done; ++i)
                    must(files.takeBack(operations[count - 1 - i], changed));
                if (done < count)
                    leaveHalfDone(fixture, operations[count - 1 - done], static_cast<Half>(half), true);
            }
            const std::string note = std::to_string(done) + " taken back";
            const auto session = fixture.open();
            QVERIFY2(differences(m_before, fixture.census()).empty(),
                     (note + differences(m_before, fixture.census())).c_str());
            expectAllIn(fixture, OperationState::Undone);
            QCOMPARE(must(session->counts()).finalized, std::int64_t{0});
            PS_CHECK_OK(redo(*session));
            QVERIFY2(differences(m_after, fixture.census()).empty(),
                     (note + ", redone" + differences(m_after, fixture.census())).c_str());
        }
    }

    void theComparisonSeesAFileInTheWrongPlace()
    {
        // The control: without rolling forward the half-done tree is neither the one nor the other.
        const ProjectFixture fixture = m_planned->copy();
        auto operations = operationsOf(fixture);
        const Workspace workspace = must(Workspace::open(fixture.folder().pathOf("ws")));
        const ProjectFolders folders = must(ProjectFolders::open(workspace, fixture.imagesPath()));
        const FileOperator files(folders, "p1", fixture.tools().cut);
        ChangedFolders changed;
        for (std::size_t i = 0; i < operations.size() / 2; ++i)
            must(files.carryOut(operations[i], unitOf(operations, operations[i].groupKey), changed));
        QVERIFY(!differences(m_before, fixture.census()).empty());
        QVERIFY(!differences(m_after, fixture.census()).empty());
    }

    void viewersDoNotCarryAPlanOn()
    {
        const ProjectFixture fixture = m_planned->copy();
        {
            const auto viewer = fixture.open(false);
        }
        QCOMPARE(differences(m_before, fixture.census()), ""s);
        expectAllIn(fixture, OperationState::Planned);
    }

    void aGroupThatCannotBeCarriedOnIsPutBackAndTheOthersGoOn()
    {
        const ProjectFixture fixture = m_planned->copy();
        fs::remove(fixture.pathInImages(ProjectFixture::imageName(1, "2", 1))); // lost together with the power
        const auto session = fixture.open();
        QCOMPARE(must(session->counts()).finalized, std::int64_t{4});
        QVERIFY(fs::exists(fixture.pathInImages(ProjectFixture::imageName(1, "1", 0))));
        QVERIFY(!groupWith(*session, stamp(1)).entry.isFinalized);
    }

    void killedAtAnyMomentAnActionIsDoneOrNot_data()
    {
        QTest::addColumn<int>("scenario");
        QTest::newRow("finalize") << 0;
        QTest::newRow("undo of a finalize") << 1;
        QTest::newRow("decide again") << 2;
        QTest::newRow("confirm a crop") << 3;
        QTest::newRow("restore from staging") << 4;
    }
    void killedAtAnyMomentAnActionIsDoneOrNot()
    {
        QFETCH(const int, scenario);
        const Scenario scenarios[] = {
            [](ProjectSession& session) { finalizeAll(session); },
            [](ProjectSession& session) { must(undo(session)); },
            [](ProjectSession& session) { decideGroup(session, stamp(4), approve(0)); },
            [](ProjectSession& session) { must(confirmCrop(session, groupWith(session, stamp(3)), kBox)); },
            [](ProjectSession& session) { must(restoreStaging(session, {})); },
        };
        const ProjectFixture& start = scenario == 0 ? *m_decided : *m_finalized;
        std::string before;
        std::string after;
        {
            const ProjectFixture fixture = start.copy();
            const auto session = fixture.open();
            before = withoutTimes(stateOf(fixture, *session));
            scenarios[scenario](*session);
            after = withoutTimes(stateOf(fixture, *session));
        }
        QVERIFY(before != after);
        int deaths = 0;
        int doneAfterDeath = 0;
        for (int calls = 0;; ++calls) {
            const ProjectFixture fixture = start.copy();
            if (runUntilKilled(fixture, scenarios[scenario], calls))
                break;
            ++deaths;
            const auto session = fixture.open();
            const std::string found = withoutTimes(stateOf(fixture, *session));
            const bool isDone = found == after;
            QVERIFY2(isDone || found == before,
                     ("killed at " + std::to_string(calls) + ", not before:" + differentLines(before, found) +
                      "\nnot after:" + differentLines(after, found))
                         .c_str());
            doneAfterDeath += isDone ? 1 : 0;
            QVERIFY(
                must(verifyLedger(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {})).isSound());
        }
        QVERIFY2(deaths >= 5, std::to_string(deaths).c_str());
        QVERIFY(doneAfterDeath > 0 && doneAfterDeath < deaths); // it died on both sides of the commit
    }

private:
    void eachHalf()
    {
        QTest::addColumn<int>("half");
        QTest::newRow("between two operations") << static_cast<int>(Half::None);
        QTest::newRow("with both names") << static_cast<int>(Half::Linked);
        QTest::newRow("copied, not yet removed") << static_cast<int>(Half::Copied);
        QTest::newRow("with a temporary file") << static_cast<int>(Half::Temporary);
    }

    std::optional<ProjectFixture> m_decided;
    std::optional<ProjectFixture> m_planned;
    std::optional<ProjectFixture> m_finalized;
    std::optional<ProjectFixture> m_returning;
    Census m_before;
    Census m_after;
};

QTEST_GUILESS_MAIN(TestFinalizeCrashes)
#include "tst_finalize_crashes.moc"
