// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"
#include "tests/core/exchange/import_fixture.h"
#include "tests/support/fault_points.h"

#include <QTest>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

namespace fs = std::filesystem;

constexpr unsigned kAllCalls = CallsCreate | CallsWrite | CallsSync | CallsRemove;

std::string logOf(int rowCount)
{
    std::string log;
    for (int i = 0; i < rowCount; ++i) {
        const std::string path = "mojo1/" + std::to_string(i) + ".png";
        log += "2025-10-08 14:46:56,crop_a,mojo1,1,0," + path + ",1.0,2.0,500.0,600.0,2025-10-08T12:00:00.000001Z," +
               path + ",stage2,1000,800\r\n";
    }
    return log;
}

/// Plans and applies the import of `log.csv` beside the workspace.
Result<void> importAll(const std::string& root)
{
    PS_TRY(const Workspace workspace, Workspace::open(root + "/ws"));
    ImageService::Options service;
    service.workerPath = programPath("proofsheet-worker");
    service.workerCount = 1;
    PS_TRY(const auto images, ImageService::start(std::move(service)));
    ImportOptions options;
    options.sourcePath = root + "/log.csv";
    options.tool = "tests 1.0";
    options.cacheFolder = root + "/cache/imports";
    PS_TRY(const auto plan, ImportPlan::make(workspace, *images, options, {}));
    const auto open = [&](const std::string& projectId) -> Result<std::unique_ptr<ProjectSession>> {
        SessionOptions session;
        session.workspacePath = workspace.rootPath();
        session.projectId = projectId;
        session.isWorking = true;
        session.annotator = "anna";
        session.program = "tests 1.0";
        session.images = fakeImageTools();
        session.cataloguePath = root + "/cache/" + projectId + ".db";
        PS_TRY(auto opened, ProjectSession::open(session));
        PS_TRY_VOID(opened->makeReady({}, {}));
        return opened;
    };
    PS_TRY_VOID(plan->apply(open, {}));
    return {};
}

struct Run {
    bool wasKilled = false;
    bool isRefused = false;
    int points = 0;
};

Run runWithFault(const std::string& root, FaultPlan plan)
{
    struct Shared {
        int points = 0;
        bool isRefused = false;
    };
    plan.folder = root + "/ws/";
    auto* const shared = static_cast<Shared*>(
        ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    *shared = {};
    const pid_t child = ::fork();
    if (child == 0) {
        armFaults(plan);
        shared->isRefused = !importAll(root).has_value();
        shared->points = faultPointCount();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    const Run run{WIFSIGNALED(status), shared->isRefused, shared->points};
    ::munmap(shared, sizeof(Shared));
    return run;
}

} // namespace

class TestImportFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedAnywhereItIsBeforeOrAfter();
    void aFullDiskChangesNothing();

private:
    /// Goes through every call of the import; returns how many runs ended before and after.
    void sweep(int errorNumber, int& before, int& after) const;
};

void TestImportFaults::sweep(int errorNumber, int& before, int& after) const
{
    const ImportFixture fixture;
    fixture.makeProject("mojo1");
    fixture.folder().write("log.csv", logOf(40));
    { // opened once, so that what is left to do is the import
        const auto session = fixture.open("mojo1");
    }
    fs::remove_all(fixture.folder().pathOf("cache"));
    const auto runOn = [&](FaultPlan plan, const auto& check) {
        const TempFolder copy;
        fs::copy(fixture.folder().path(), copy.path(), fs::copy_options::recursive);
        const Run run = runWithFault(copy.path(), plan);
        check(run, copy);
        return run;
    };
    // Opened for writing, because a journal may wait to be rolled back.
    const auto rowCount = [](const TempFolder& folder) {
        const Connection database = must(
            Connection::open(folder.pathOf("ws/data/training/ai_training_decisions/mojo1.db"), OpenMode::ReadWrite));
        return must(database.queryInteger("SELECT count(*) FROM ai_decisions"));
    };
    // The control: without a fault everything comes in.
    const Run whole = runOn({{}, kAllCalls, 1'000'000, errorNumber, false},
                            [&](const Run& run, const TempFolder& folder) {
                                QVERIFY(!run.wasKilled && !run.isRefused);
                                QCOMPARE(rowCount(folder), std::int64_t{40});
                            });
    QVERIFY(whole.points > 10);
    for (int at = 1; at <= whole.points; at += at < 30 ? 1 : 3) { // the middle of it is many pages of one file
        runOn({{}, kAllCalls, at, errorNumber, errorNumber != 0}, [&](const Run& run, const TempFolder& folder) {
            const std::int64_t rows = rowCount(folder);
            QVERIFY2(rows == 0 || rows == 40, std::to_string(rows).c_str());
            (rows == 0 ? before : after) += 1;
            if (errorNumber != 0 && !run.isRefused)
                QCOMPARE(rows, std::int64_t{40});
            const auto again = importAll(folder.path());
            QVERIFY2(again, outcomeText(again).c_str());
            QCOMPARE(rowCount(folder), std::int64_t{40});
        });
        if (QTest::currentTestFailed())
            return;
    }
}

void TestImportFaults::killedAnywhereItIsBeforeOrAfter()
{
    int before = 0;
    int after = 0;
    sweep(0, before, after);
    QVERIFY(before > 0 && after > 0);
}

void TestImportFaults::aFullDiskChangesNothing()
{
    int before = 0;
    int after = 0;
    sweep(ENOSPC, before, after);
    QVERIFY(before > 0);
}

QTEST_GUILESS_MAIN(TestImportFaults)
#include "tst_import_faults.moc"
