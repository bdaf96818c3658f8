// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/staging.h"
#include "tests/core/library/crash_scenarios.h"
#include "tests/support/checks.h"
#include "tests/support/fault_points.h"
#include "tests/support/python.h"

#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

namespace fs = std::filesystem;

using Scenario = std::function<void(ProjectSession&)>;

/// What is told from the child to its parent.
struct Shared {
    int points = 0;
    bool isRefused = false;
};

/// What became of one run with a fault.
struct Run {
    bool wasKilled = false;
    bool isRefused = false; ///< the program said that it could not
    int points = 0;         ///< calls that were counted, when it came to its end
};

Run runWithFault(const ProjectFixture& fixture, const Scenario& scenario, FaultPlan plan)
{
    plan.folder = fixture.folder().pathOf("ws") + "/";
    auto* const shared = static_cast<Shared*>(
        ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    *shared = {};
    const pid_t child = ::fork();
    if (child == 0) {
        armFaults(plan); // before the project is opened: backup, lock and tables can fail too
        try {
            const auto session = must(ProjectSession::open(fixture.options()));
            must(session->makeReady({}, {}));
            scenario(*session);
        } catch (const std::exception&) {
            shared->isRefused = true;
        }
        shared->points = faultPointCount();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    const Run run{WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, shared->isRefused, shared->points};
    ::munmap(shared, sizeof(Shared));
    if (!run.wasKilled && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        throw std::runtime_error("the program crashed: status " + std::to_string(status));
    return run;
}

const std::vector<Scenario>& scenarios()
{
    static const std::vector<Scenario> list{
        [](ProjectSession& session) { finalizeAll(session); },
        [](ProjectSession& session) { must(undo(session)); },
        [](ProjectSession& session) { decideGroup(session, stamp(4), approve(0)); },
    };
    return list;
}

void addScenarios()
{
    QTest::addColumn<int>("scenario");
    QTest::newRow("finalize") << 0;
    QTest::newRow("undo of a finalize") << 1;
    QTest::newRow("decide again, which takes the files back") << 2;
}

} // namespace

// formats/decisions_v3.md 11(12), with the calls of the system as the steps.
class TestFinalizeFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_decided.emplace(makeDecidedProject());
        m_finalized.emplace(m_decided->copy());
        finalizeAll(*m_finalized->open());
    }

    void killedAtEveryCallItIsDoneOrNot_data() { addScenarios(); }
    void killedAtEveryCallItIsDoneOrNot()
    {
        QFETCH(const int, scenario);
        const auto [before, after] = statesOf(scenario);
        int deaths = 0;
        int doneAfterDeath = 0;
        for (int at = 1;; ++at) {
            const ProjectFixture fixture = startOf(scenario).copy();
            const Run run = runWithFault(fixture, scenarios()[static_cast<std::size_t>(scenario)],
                                         {{}, CallsCreate | CallsSync | CallsRemove, at, 0, false});
            if (!run.wasKilled) {
                QVERIFY(!run.isRefused);
                QCOMPARE(run.points, at - 1); // every call was struck once
                break;
            }
            ++deaths;
            doneAfterDeath += expectOneOf(fixture, before, after, "killed at call " + std::to_string(at)) ? 1 : 0;
            if (QTest::currentTestFailed())
                return;
        }
        std::fprintf(stderr, "%d calls, %d of the deaths were behind the commit\n", deaths, doneAfterDeath);
        QVERIFY2(deaths >= 40, std::to_string(deaths).c_str());
        QVERIFY(doneAfterDeath > 5 && doneAfterDeath < deaths - 5); // it died on both sides of the commit
    }

    void onAFullDiskNothingIsLostAndItCanBeDoneAgain_data()
    {
        QTest::addColumn<int>("scenario");
        QTest::addColumn<bool>("isSticky");
        for (const bool isSticky : {false, true}) {
            QTest::addRow("finalize, %s", isSticky ? "full for good" : "one call") << 0 << isSticky;
            QTest::addRow("undo, %s", isSticky ? "full for good" : "one call") << 1 << isSticky;
        }
    }
    void onAFullDiskNothingIsLostAndItCanBeDoneAgain()
    {
        QFETCH(const int, scenario);
        QFETCH(const bool, isSticky);
        const auto [before, after] = statesOf(scenario);
        int refused = 0;
        int at = 1;
        // Steps of three keep the sweep short; over the scenarios and kinds every part of it is struck.
        for (;; at += 3) {
            const ProjectFixture fixture = startOf(scenario).copy();
            const Run run = runWithFault(fixture, scenarios()[static_cast<std::size_t>(scenario)],
                                         {{}, CallsCreate | CallsWrite, at, ENOSPC, isSticky});
            if (run.points < at)
                break;
            refused += run.isRefused ? 1 : 0;
            const std::string note = "full at call " + std::to_string(at);
            const auto session = fixture.open();
            QVERIFY2(holdsAllImages(fixture), note.c_str());
            QVERIFY(must(verifyLedger(must(session->openReader()), {})).isSound());
            // Single groups may have been put back: they can be done again, and then all is as it should be.
            if (withoutTimes(stateOf(fixture, *session)) != before && scenario == 0)
                finalizeAll(*session);
            const std::string found = withoutTimes(stateOf(fixture, *session));
            QVERIFY2(found == before || found == after, (note + ", not after:" + differentLines(after, found)).c_str());
        }
        std::fprintf(stderr, "%d calls, %d runs refused\n", at, refused);
        QVERIFY2(at > 60, std::to_string(at).c_str());
        QVERIFY(refused > 5);
    }

    void moversWithoutAnIntentAreCaught()
    {
        // The control: image, companion and row one after the other, as the scripts do it.
        const Scenario careless = [](ProjectSession& session) {
            const std::string workspace = fs::path(session.folders().imagesPath()).parent_path().string();
            fs::create_directories(workspace + "/__selected");
            for (const char* suffix : {".png", ".yaml"}) {
                const std::string name = ProjectFixture::imageName(1, "2", 1).substr(
                                             0, ProjectFixture::imageName(1, "2", 1).size() - 4) +
                                         suffix;
                const std::string to = workspace + "/__selected/" + name;
                const std::string from = workspace + "/photos/" + name;
                if (::renameat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str()) != 0)
                    throw std::runtime_error("rename");
            }
        };
        std::string before;
        std::string after;
        {
            const ProjectFixture fixture = m_decided->copy();
            const auto session = fixture.open();
            before = withoutTimes(stateOf(fixture, *session));
            careless(*session);
            after = withoutTimes(stateOf(fixture, *session));
        }
        int torn = 0;
        for (int at = 1;; ++at) {
            const ProjectFixture fixture = m_decided->copy();
            if (!runWithFault(fixture, careless, {{}, CallsCreate, at, 0, false}).wasKilled)
                break;
            const auto session = fixture.open();
            const std::string found = withoutTimes(stateOf(fixture, *session));
            torn += found != before && found != after ? 1 : 0;
        }
        QVERIFY(torn > 0);
    }

private:
    const ProjectFixture& startOf(int scenario) const { return scenario == 0 ? *m_decided : *m_finalized; }

    std::pair<std::string, std::string> statesOf(int scenario) const
    {
        const ProjectFixture fixture = startOf(scenario).copy();
        const auto session = fixture.open();
        const std::string before = withoutTimes(stateOf(fixture, *session));
        scenarios()[static_cast<std::size_t>(scenario)](*session);
        const std::string after = withoutTimes(stateOf(fixture, *session));
        return {before, after};
    }

    /// True when all is as after the action, false when all is as before; anything else fails the test.
    bool expectOneOf(const ProjectFixture& fixture, const std::string& before, const std::string& after,
                     const std::string& note) const
    {
        const auto session = fixture.open();
        const std::string found = withoutTimes(stateOf(fixture, *session));
        if (found != before && found != after)
            QTest::qFail(
                (note + ", not before:" + differentLines(before, found) + "\nnot after:" + differentLines(after, found))
                    .c_str(),
                __FILE__, __LINE__);
        if (!holdsAllImages(fixture))
            QTest::qFail((note + ": a file is lost").c_str(), __FILE__, __LINE__);
        if (!must(verifyLedger(must(session->openReader()), {})).isSound())
            QTest::qFail((note + ": the ledger is broken").c_str(), __FILE__, __LINE__);
        return found == after;
    }

    /// Every file that there was before anything moved is somewhere.
    bool holdsAllImages(const ProjectFixture& fixture) const
    {
        const auto counts = contentCounts(fixture.census());
        return std::ranges::all_of(contentCounts(m_decided->census()), [&](const auto& item) {
            const auto found = counts.find(item.first);
            return found != counts.end() && found->second >= item.second;
        });
    }

    std::optional<ProjectFixture> m_decided;
    std::optional<ProjectFixture> m_finalized;
};

QTEST_GUILESS_MAIN(TestFinalizeFaults)
#include "tst_finalize_faults.moc"
