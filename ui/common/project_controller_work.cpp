// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The controller's long work on files: finalize, inspection, repair, staging.
#include "core/integrity/report_html.h"
#include "ui/common/error_text.h"
#include "ui/common/program.h"
#include "ui/common/project_controller_lanes.h"

namespace ps {

namespace {

Result<InspectionReport> inspectAndSave(ProjectSession& session, std::stop_token stop, std::string& savedAs)
{
    InspectionOptions options;
    options.tool = programName();
    options.now = systemClock().now();
    PS_TRY(InspectionReport report, inspectProject(session, options, stop));
    PS_TRY(savedAs, saveReport(report, session.workspace()));
    return report;
}

} // namespace

void ProjectController::inspect()
{
    struct Inspected {
        std::shared_ptr<const InspectionReport> report;
        std::string savedAs;
    };
    runLong(
        tr("Inspecting"),
        [](ProjectSession& session, std::stop_token stop) -> Result<Inspected> {
            Inspected inspected;
            PS_TRY(InspectionReport report, inspectAndSave(session, stop, inspected.savedAs));
            inspected.report = std::make_shared<const InspectionReport>(std::move(report));
            return inspected;
        },
        [this](const Inspected& inspected) { Q_EMIT this->inspected(inspected.report, fromCore(inspected.savedAs)); });
}

void ProjectController::saveReportAs(std::shared_ptr<const InspectionReport> report, const QString& path)
{
    const bool isPage = path.endsWith(QLatin1String(".html"), Qt::CaseInsensitive);
    runLong(
        tr("Saving the report"),
        [report, isPage, path = localPath(path)](ProjectSession&, std::stop_token) -> Result<bool> {
            const std::string text = isPage ? reportHtml(*report) : dumpJsonIndented(reportJson(*report)) + "\n";
            PS_TRY_VOID(writeFileDurably(path, text, Replace::Atomic));
            return true;
        },
        [this, path](bool) { Q_EMIT reportSaved(path); });
}

void ProjectController::planFinalize()
{
    runLong(
        tr("Working out what would move"),
        [](ProjectSession& session, std::stop_token stop) { return prepareFinalize(session, false, stop); },
        [this](FinalizePlan plan) { Q_EMIT finalizePlanned(std::make_shared<FinalizePlan>(std::move(plan))); });
}

void ProjectController::runFinalize(FinalizePlan plan)
{
    const auto onProgress = [this](const ExecutionProgress& now) {
        QMetaObject::invokeMethod(
            this,
            [this, now] {
                const int percent = now.totalGroups > 0 ? static_cast<int>(100 * now.doneGroups / now.totalGroups) : 0;
                setBusy(tr("Finalizing, %1 of %2 groups").arg(now.doneGroups).arg(now.totalGroups), percent);
            },
            Qt::QueuedConnection);
    };
    runLong(
        tr("Finalizing"),
        [plan = std::move(plan), onProgress](ProjectSession& session, std::stop_token stop) -> Result<FinalizeOutcome> {
            std::string savedAs; // the house rule: no bulk change without a report of what was there
            PS_TRY_VOID(inspectAndSave(session, stop, savedAs));
            return ps::finalize(session, plan, stop, onProgress);
        },
        [this](const FinalizeOutcome& outcome) {
            requestStepNames();
            updateCounts();
            Q_EMIT groupsReset();
            Q_EMIT finalizeFinished(outcome);
        });
}

void ProjectController::planRepair()
{
    runLong(
        tr("Working out what can be repaired"),
        [](ProjectSession& session, std::stop_token stop) { return ps::planRepair(session, {}, stop); },
        [this](RepairPlan plan) { Q_EMIT repairPlanned(std::make_shared<RepairPlan>(std::move(plan))); });
}

void ProjectController::runRepair(RepairPlan plan)
{
    runLong(
        tr("Repairing"),
        [plan = std::move(plan)](ProjectSession& session, std::stop_token stop) -> Result<RepairOutcome> {
            std::string savedAs;
            PS_TRY_VOID(inspectAndSave(session, stop, savedAs));
            PS_TRY(RepairOutcome outcome, repair(session, plan));
            PS_TRY_VOID(session.refresh(stop, {}));
            return outcome;
        },
        [this](const RepairOutcome& outcome) {
            requestStepNames();
            updateCounts();
            Q_EMIT groupsReset();
            Q_EMIT repairFinished(outcome);
        });
}

void ProjectController::restoreStaging()
{
    runLong(
        tr("Restoring staged files"),
        [](ProjectSession& session, std::stop_token) { return ps::restoreStaging(session, {}); },
        [this](const RestoreOutcome& outcome) {
            requestStepNames();
            updateCounts();
            Q_EMIT groupsReset();
            Q_EMIT stagingChanged(tr("%n file(s) restored", nullptr, static_cast<int>(outcome.restoredFiles)));
        });
}

void ProjectController::purgeStaging()
{
    runLong(
        tr("Deleting staged files"), [](ProjectSession& session, std::stop_token) { return ps::purgeStaging(session); },
        [this](const PurgeOutcome& outcome) {
            requestStepNames();
            QString text = tr("%n file(s) deleted", nullptr, static_cast<int>(outcome.deletedFiles));
            if (!outcome.refused.empty())
                text += QStringLiteral(", ") + tr("%n refused", nullptr, static_cast<int>(outcome.refused.size()));
            Q_EMIT stagingChanged(text);
        });
}

} // namespace ps
