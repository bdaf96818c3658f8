// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The controller's long work on files: finalize, inspection, repair, staging.
#include "core/integrity/report_html.h"
#include "ui/common/error_text.h"
#include "ui/common/program.h"
#include "ui/common/project_controller_lanes.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ps {

namespace {

Result<InspectionReport> inspectNow(const ProjectSession& session, const std::stop_token& stop)
{
    InspectionOptions options;
    options.tool = programName();
    options.now = systemClock().now();
    return inspectProject(session, options, stop);
}

/// The house rule: no bulk change without a report of what was there.
Result<void> reportBeforeBulk(const ProjectSession& session, const std::stop_token& stop)
{
    PS_TRY(const InspectionReport report, inspectNow(session, stop));
    PS_TRY_VOID(saveReport(report, session.workspace()));
    return {};
}

} // namespace

void ProjectController::runQuietly(QuietWork work, std::function<void()> done)
{
    runUnseen(m_quietLane, std::move(work), std::move(done));
}

void ProjectController::runAside(QuietWork work, std::function<void()> done)
{
    runUnseen(m_asideLane, std::move(work), std::move(done));
}

void ProjectController::runApart(QuietWork work, std::function<void()> done)
{
    runUnseen(m_apartLane, std::move(work), std::move(done));
}

void ProjectController::runBehindAll(QuietWork work, std::function<void()> done)
{
    runUnseen(
        m_lastLane,
        [work = std::move(work)](ProjectSession& session, const std::stop_token& stop) {
            // On Linux niceness belongs to the thread, and what it starts, threads and processes, inherits it.
            constexpr int kNice = 10;
            ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), kNice);
            work(session, stop);
        },
        std::move(done));
}

void ProjectController::runUnseen(TaskLane& lane, QuietWork work, std::function<void()> done)
{
    if (!m_session)
        return;
    lane.run(
        this,
        [session = m_session, work = std::move(work)](const std::stop_token& stop) {
            work(*session, stop);
            return true;
        },
        [this, generation = m_generation, done = std::move(done)](bool) {
            if (generation == m_generation)
                done();
        });
}

void ProjectController::runSurely(QuietWork work)
{
    if (!m_session)
        return;
    m_sureLane.run(
        this,
        [session = m_session, work = std::move(work)](const std::stop_token& stop) {
            work(*session, stop);
            return true;
        },
        [](bool) {});
}

void ProjectController::inspect()
{
    struct Inspected {
        std::shared_ptr<const InspectionReport> report;
        Result<std::string> savedAs;
    };
    runJob(
        m_longLane, tr("Inspecting"),
        [](ProjectSession& session, const std::stop_token& stop) -> Result<Inspected> {
            PS_TRY(InspectionReport report, inspectNow(session, stop));
            auto savedAs = saveReport(report, session.workspace());
            return Inspected{std::make_shared<const InspectionReport>(std::move(report)), std::move(savedAs)};
        },
        [this](const Inspected& inspected) {
            // A report that could not be saved is shown all the same.
            Q_EMIT this->inspected(inspected.report, inspected.savedAs ? fromCore(*inspected.savedAs) : QString());
            if (!inspected.savedAs)
                Q_EMIT failed(inspected.savedAs.error());
        });
}

void ProjectController::saveReportAs(std::shared_ptr<const InspectionReport> report, const QString& path)
{
    const bool isPage = path.endsWith(QLatin1String(".html"), Qt::CaseInsensitive);
    m_longLane.run(
        this,
        [report = std::move(report), isPage, path = localPath(path)](const std::stop_token&) {
            const std::string text = isPage ? reportHtml(*report) : dumpJsonIndented(reportJson(*report)) + "\n";
            return writeFileDurably(path, text, Replace::Atomic);
        },
        [this, path](const Result<void>& written) {
            if (written)
                Q_EMIT reportSaved(path);
            else
                Q_EMIT failed(written.error());
        });
}

void ProjectController::planFinalize()
{
    // Behind the decisions that were made before.
    runJob(
        m_writeLane, tr("Working out what would move"),
        [](ProjectSession& session, const std::stop_token& stop) -> Result<FinalizePlan> {
            PS_TRY(DecisionStore* const store, session.store());
            PS_TRY_VOID(store->run([](StoreTransaction&) { return Result<void>(); }));
            return prepareFinalize(session, false, stop);
        },
        [this](FinalizePlan plan) { Q_EMIT finalizePlanned(std::make_shared<FinalizePlan>(std::move(plan))); });
}

void ProjectController::runFinalize(FinalizePlan plan)
{
    if (!m_session)
        return;
    const int job = beginJob(tr("Finalizing"));
    const auto onProgress = [this, job, generation = m_generation](const ExecutionProgress& now) {
        post(generation, [this, job, now] {
            const std::int64_t percent = now.totalGroups > 0 ? 100 * now.doneGroups / now.totalGroups : 0;
            setProgress(job, tr("Finalizing, %1 of %2 groups").arg(now.doneGroups).arg(now.totalGroups),
                        static_cast<int>(percent));
        });
    };
    runAs(
        job, m_longLane,
        [plan = std::move(plan), onProgress](ProjectSession& session,
                                             const std::stop_token& stop) -> Result<FinalizeOutcome> {
            PS_TRY_VOID(reportBeforeBulk(session, stop));
            return ps::finalize(session, plan, stop, onProgress);
        },
        [this](const FinalizeOutcome& outcome) {
            ++m_changes;
            requestStepNames();
            updateCounts();
            Q_EMIT groupsReset();
            Q_EMIT finalizeFinished(outcome);
        });
}

void ProjectController::planRepair()
{
    runJob(
        m_longLane, tr("Working out what can be repaired"),
        [](ProjectSession& session, const std::stop_token& stop) { return ps::planRepair(session, {}, stop); },
        [this](RepairPlan plan) { Q_EMIT repairPlanned(std::make_shared<RepairPlan>(std::move(plan))); });
}

void ProjectController::runRepair(RepairPlan plan)
{
    runJob(
        m_longLane, tr("Repairing"),
        [plan = std::move(plan)](ProjectSession& session, const std::stop_token& stop) -> Result<RepairOutcome> {
            PS_TRY_VOID(reportBeforeBulk(session, stop));
            PS_TRY(RepairOutcome outcome, repair(session, plan));
            PS_TRY_VOID(session.refresh(stop, {}));
            return outcome;
        },
        [this](const RepairOutcome& outcome) {
            ++m_changes;
            requestStepNames();
            updateCounts();
            Q_EMIT groupsReset();
            Q_EMIT repairFinished(outcome);
        });
}

void ProjectController::restoreStaging()
{
    runJob(
        m_longLane, tr("Restoring staged files"),
        [](ProjectSession& session, const std::stop_token&) { return ps::restoreStaging(session, {}); },
        [this](const RestoreOutcome& outcome) {
            ++m_changes;
            requestStepNames();
            updateCounts();
            Q_EMIT groupsReset();
            Q_EMIT stagingChanged(tr("%n file(s) restored", nullptr, static_cast<int>(outcome.restoredFiles)));
        });
}

void ProjectController::purgeStaging()
{
    runJob(
        m_longLane, tr("Deleting staged files"),
        [](ProjectSession& session, const std::stop_token&) { return ps::purgeStaging(session); },
        [this](const PurgeOutcome& outcome) {
            requestStepNames();
            QString text = tr("%n file(s) deleted", nullptr, static_cast<int>(outcome.deletedFiles));
            if (!outcome.refused.empty())
                text += QStringLiteral(", ") + tr("%n refused", nullptr, static_cast<int>(outcome.refused.size()));
            Q_EMIT stagingChanged(text);
        });
}

} // namespace ps
