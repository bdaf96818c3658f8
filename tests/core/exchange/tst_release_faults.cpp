// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/exchange/release_helpers.h"
#include "tests/support/fault_points.h"
#include "tests/support/small_disk.h"

#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ps;
using namespace ps::test;

namespace {

namespace fs = std::filesystem;

struct Shared {
    int points = 0;
    bool isDone = false;
    char problem[500] = "";
};

struct Run {
    bool wasKilled = false;
    bool isDone = false;
    int points = 0;
    std::string problem;
};

ProjectFixture decidedProject()
{
    ProjectFixture fixture;
    for (int i = 1; i <= 3; ++i)
        fixture.addGroup(i, {"1", "2"});
    const auto session = fixture.open();
    decideGroup(*session, ProjectFixture::stamp(1), approve(1));
    decideGroup(*session, ProjectFixture::stamp(2), crop(Crop{0.1, 0.1, 0.9, 0.9}));
    decideGroup(*session, ProjectFixture::stamp(3), reject());
    return fixture;
}

/// Exports in a process of its own that the fault strikes at a call about the destination.
Run exportWithFault(const ProjectFixture& fixture, const std::string& folder, const std::string& name, FaultPlan plan)
{
    plan.folder = folder + "/";
    auto* const shared = static_cast<Shared*>(
        ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    *shared = {};
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            const auto images = startImageService(); // rows need no worker; none is started
            const auto session = must(ProjectSession::open(fixture.options()));
            must(session->makeReady({}, {}));
            ExportRequest request = requestFor(ExportFormat::Jsonl);
            request.batchSize = 2;
            armFaults(plan);
            const auto receipt = exportRelease(*session, *images, request, exportTo(folder + "/" + name), {});
            shared->isDone = receipt.has_value();
            if (!receipt)
                std::snprintf(shared->problem, sizeof shared->problem, "%s", receipt.error().describe().c_str());
            shared->points = faultPointCount();
            disarmFaults();
        } catch (const std::exception& failure) {
            std::snprintf(shared->problem, sizeof shared->problem, "%s", failure.what());
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    const Run run{WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, shared->isDone, shared->points, shared->problem};
    ::munmap(shared, sizeof(Shared));
    if (!run.wasKilled && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        throw std::runtime_error("the program crashed: status " + std::to_string(status));
    return run;
}

void addNames()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("folder") << QStringLiteral("release");
    QTest::newRow("zip") << QStringLiteral("release.zip");
}

} // namespace

// reliability_anchors Z7: what stands under the final name always verifies.
class TestReleaseFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedAtEveryCallThereIsAWholeReleaseOrNone_data() { addNames(); }
    void killedAtEveryCallThereIsAWholeReleaseOrNone()
    {
        QFETCH(const QString, name);
        const ProjectFixture fixture = decidedProject();
        int deaths = 0;
        for (int at = 1;; ++at) {
            const TempFolder folder;
            const std::string target = folder.pathOf(name.toStdString());
            const Run run = exportWithFault(fixture, folder.path(), name.toStdString(),
                                            {{}, CallsCreate | CallsWrite | CallsSync | CallsRemove, at, 0, false});
            if (fs::exists(target))
                QVERIFY2(problemPaths(target).empty(), std::to_string(at).c_str());
            if (!run.wasKilled) {
                QVERIFY2(run.isDone, run.problem.c_str()); // the control: without a fault it comes to its end
                QVERIFY(fs::exists(target));
                QCOMPARE(run.points, at - 1);
                break;
            }
            ++deaths;
            if (fs::exists(target))
                continue;
            // The next attempt comes to its end, and leaves nothing temporary.
            QVERIFY(exportWithFault(fixture, folder.path(), name.toStdString(), {{}, 0, 0, 0, false}).isDone);
            QVERIFY(problemPaths(target).empty());
            QCOMPARE(takeCensus(folder.path(), {name.toStdString()}), Census());
        }
        QVERIFY2(deaths >= (name.endsWith(QLatin1String(".zip")) ? 2 : 8), std::to_string(deaths).c_str());
    }

    void onAFullDiskThereIsNothing_data() { addNames(); }
    void onAFullDiskThereIsNothing()
    {
        QFETCH(const QString, name);
        const ProjectFixture fixture = decidedProject();
        int failures = 0;
        for (int at = 1;; ++at) {
            const TempFolder folder;
            const Run run = exportWithFault(fixture, folder.path(), name.toStdString(),
                                            {{}, CallsCreate | CallsWrite | CallsSync, at, ENOSPC, true});
            const std::string target = folder.pathOf(name.toStdString());
            if (run.isDone) {
                QVERIFY(problemPaths(target).empty());
                if (run.points < at)
                    break;
                continue; // the failure was behind the rename
            }
            ++failures;
            QVERIFY2(failures < 500, run.problem.c_str());
            QVERIFY2(!fs::exists(target) || problemPaths(target).empty(), std::to_string(at).c_str());
        }
        QVERIFY2(failures >= (name.endsWith(QLatin1String(".zip")) ? 1 : 6), std::to_string(failures).c_str());
    }

    void aReadOnlyDestinationIsRefused()
    {
        const SmallDisk disk(1 << 20);
        if (!disk.isMounted())
            QSKIP("needs to mount a file system");
        QVERIFY(disk.makeReadOnly());
        const ProjectFixture fixture = decidedProject();
        const auto images = startImageService();
        const auto session = fixture.open();
        PS_CHECK_ERROR(ErrorCode::ReadOnly, exportRelease(*session, *images, requestFor(ExportFormat::Jsonl),
                                                          exportTo(disk.pathOf("release")), {}));
    }

    void aVanishingDestinationIsAnError()
    {
        const ProjectFixture fixture = decidedProject();
        const auto images = startImageService();
        const auto session = fixture.open();
        const TempFolder folder;
        folder.write("place/keep", "");
        ExportOptions options = exportTo(folder.pathOf("place/release"));
        options.onProgress = [&folder](const ExportProgress& progress) {
            if (progress.phase == "write")
                fs::remove_all(folder.pathOf("place"));
        };
        QVERIFY(!exportRelease(*session, *images, requestFor(ExportFormat::Jsonl), options, {}));
        QVERIFY(!fs::exists(folder.pathOf("place")));
    }
};

QTEST_GUILESS_MAIN(TestReleaseFaults)
#include "tst_release_faults.moc"
