// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/text.h"
#include "core/decisions/viewing.h"
#include "core/integrity/inspection.h"
#include "core/integrity/repair.h"
#include "core/integrity/report_html.h"
#include "core/integrity/script_validator.h"
#include "core/integrity/statistics.h"
#include "core/library/group_marks.h"
#include "ui/common/error_text.h"

#include <QProcess>

#include <limits>

namespace ps::cli {

namespace {

void printReport(const Context& context, const InspectionReport& report)
{
    context.print(QStringLiteral("%1  %2").arg(fromCore(report.database),
                                               Text::tr("%n row(s)", nullptr, static_cast<int>(report.rows))));
    for (const auto& [action, count] : report.byAction)
        context.print(QStringLiteral("%1  %2").arg(count, 8).arg(fromCore(action.empty() ? "NULL" : action)));
    for (const CheckInfo& check : allChecks()) {
        const std::int64_t count = report.findings.countOf(check.id);
        if (count > 0)
            context.print(QStringLiteral("%1  %2  %3")
                              .arg(count, 8)
                              .arg(fromCore(severityName(check.severity)), -7)
                              .arg(fromCore(check.id)));
    }
    for (const Finding& finding : report.findings.kept())
        context.print(QStringLiteral("%1\t%2\t%3")
                          .arg(fromCore(finding.check), fromCore(finding.groupId), fromCore(finding.evidence)));
}

/// Writes the report in the form that the name asks for. PDF is printed from the page by the desktop program.
Result<void> writeReport(const InspectionReport& report, const std::string& path)
{
    const std::string lower = toLowerAscii(path);
    if (endsWith(lower, ".html"))
        return writeFileDurably(path, reportHtml(report), Replace::Atomic);
    if (!endsWith(lower, ".pdf"))
        return writeFileDurably(path, dumpJsonIndented(reportJson(report)) + "\n", Replace::Atomic);
    const std::string page = path + ".html";
    PS_TRY_VOID(writeFileDurably(page, reportHtml(report), Replace::Atomic));
    QProcess printer;
    printer.start(QCoreApplication::applicationDirPath() + QStringLiteral("/proofsheet"),
                  {QStringLiteral("--print-report"), fromCore(page), QStringLiteral("--to"), fromCore(path)});
    constexpr int kPrintTimeoutMs = 120'000;
    if (!printer.waitForFinished(kPrintTimeoutMs) || printer.exitCode() != 0)
        return Error{ErrorCode::Io,
                     "the page could not be printed; it was kept as HTML: " +
                         printer.readAllStandardError().toStdString(),
                     page, 0};
    return {};
}

InspectionOptions inspectionOptions(Context& context)
{
    InspectionOptions options;
    options.tool = programName();
    options.now = systemClock().now();
    if (context.has("measure"))
        options.files.maxMeasured = std::numeric_limits<std::int64_t>::max();
    options.onProgress = [&context](std::int64_t rows) {
        context.progress(Text::tr("%n row(s)", nullptr, static_cast<int>(rows)));
    };
    return options;
}

int finishInspection(const Context& context, const InspectionReport& report)
{
    context.progress({});
    printReport(context, report);
    context.printJson(reportJson(report));
    if (report.isDamaged())
        return Damaged;
    return report.hasProblems(context.has("final")) ? Findings : Fine;
}

int inspectFile(Context& context)
{
    const auto report = inspectDatabase(context.value("db"), inspectionOptions(context), context.stop());
    if (!report)
        return context.fail(report.error());
    if (context.has("out")) {
        if (const auto written = writeReport(*report, context.value("out")); !written)
            return context.fail(written.error());
    }
    return finishInspection(context, *report);
}

/// A project whose image folder or catalogue cannot be opened still has its database inspected.
int inspectWholeProject(Context& context)
{
    const auto session = context.openSession(context.argument(0), Context::Access::View, Context::Index::Fresh);
    if (!session)
        return context.fail(session.error());
    const auto report = inspectProject(**session, inspectionOptions(context), context.stop());
    if (!report)
        return context.fail(report.error());
    const auto saved = context.has("out") ? Result<std::string>(context.value("out"))
                                          : saveReport(*report, (*session)->workspace());
    if (!saved)
        return context.fail(saved.error());
    if (context.has("out")) {
        if (const auto written = writeReport(*report, context.value("out")); !written)
            return context.fail(written.error());
    }
    context.print(Text::tr("Report: %1").arg(fromCore(*saved)));
    return finishInspection(context, *report);
}

} // namespace

int runInspect(Context& context)
{
    if (context.has("db") == !context.arguments.isEmpty())
        return context.failUsage(Text::tr("Usage: proofsheet-cli inspect ID, or inspect --db FILE"));
    return context.has("db") ? inspectFile(context) : inspectWholeProject(context);
}

int runValidate(Context& context)
{
    if (!context.has("db"))
        return context.failUsage(Text::tr("validate needs --db FILE."));
    const auto connection = openForViewing(context.value("db"));
    if (!connection)
        return context.fail(connection.error());
    const auto messages = validateAsScripts(*connection, context.has("verbose"));
    if (!messages)
        return context.fail(messages.error());
    Json::Array list;
    for (const std::string& message : *messages) {
        if (!context.wantsJson)
            context.printRaw(message);
        list.emplace_back(message);
    }
    context.printJson(Json::object({{"messages", Json(std::move(list))}}));
    return messages->empty() ? Fine : Findings;
}

int runRepair(Context& context)
{
    const bool isDryRun = context.has("dry-run");
    const auto session = context.openSession(
        context.argument(0), isDryRun ? Context::Access::View : Context::Access::Work, Context::Index::Fresh);
    if (!session)
        return context.fail(session.error());
    const std::vector<std::string> only = context.has("check") ? split(context.value("check"), ',')
                                                               : std::vector<std::string>();
    const auto plan = planRepair(**session, only, context.stop());
    if (!plan)
        return context.fail(plan.error());
    Json::Array list;
    for (const PlannedRepair& planned : plan->repairs) {
        context.print(QStringLiteral("%1\t%2\t%3")
                          .arg(fromCore(planned.check), fromCore(planned.groupId), fromCore(planned.change)));
        list.push_back(
            Json::object({{"check", planned.check}, {"group_id", planned.groupId}, {"change", planned.change}}));
    }
    Json document = Json::object({{"repairs", Json(std::move(list))}});
    int code = Fine;
    if (!isDryRun && !plan->repairs.empty()) {
        // The house rule: no bulk change without a report of what was there.
        const auto before = inspectProject(**session, inspectionOptions(context), context.stop());
        const auto saved = before ? saveReport(*before, (*session)->workspace()) : Result<std::string>(before.error());
        if (!saved)
            return context.fail(saved.error());
        const auto outcome = repair(**session, *plan);
        if (!outcome)
            return context.fail(outcome.error());
        for (const FailedGroup& failed : outcome->failed)
            code = context.fail({ErrorCode::Conflict, failed.reason, failed.groupKey, 0});
        document.set("changed_rows", outcome->changedRows);
    }
    context.print(Text::tr("%n repair(s)", nullptr, static_cast<int>(plan->repairs.size())));
    context.printJson(document);
    return code;
}

int runStats(Context& context)
{
    if (context.has("db") == !context.arguments.isEmpty())
        return context.failUsage(Text::tr("Usage: proofsheet-cli stats ID, or stats --db FILE"));
    std::string path = context.value("db");
    if (path.empty()) {
        const auto workspace = context.workspace();
        const auto manifest = workspace ? ProjectManifest::read(*workspace, context.argument(0))
                                        : Result<ProjectManifest>(workspace.error());
        if (!manifest)
            return context.fail(manifest.error());
        path = workspace->databasePath(context.argument(0));
    }
    const auto connection = openForViewing(path);
    const auto statistics = connection ? decisionStatistics(*connection, context.stop())
                                       : Result<DecisionStatistics>(connection.error());
    if (!statistics)
        return context.fail(statistics.error());
    const auto marks = countMarks(*connection);
    if (!marks)
        return context.fail(marks.error());
    Json document = statisticsJson(*statistics);
    Json outcomes{Json::Object{}};
    for (const auto& [name, count] : *marks)
        outcomes.set(name, count);
    document.set("outcomes", std::move(outcomes));
    if (!context.wantsJson)
        context.printRaw(dumpJsonIndented(document));
    context.printJson(document);
    return Fine;
}

int runLedger(Context& context)
{
    const auto workspace = context.workspace();
    const auto manifest = workspace ? ProjectManifest::read(*workspace, context.argument(0))
                                    : Result<ProjectManifest>(workspace.error());
    if (!manifest)
        return context.fail(manifest.error());
    const auto connection = openForViewing(workspace->databasePath(context.argument(0)));
    if (!connection)
        return context.fail(connection.error());
    const auto hasLedger = hasTable(*connection, "ps_ledger");
    if (hasLedger && !*hasLedger) {
        context.print(Text::tr("The project was never worked on, so there is no ledger."));
        context.printJson(Json::object({{"entries", 0}, {"sound", true}}));
        return Fine;
    }
    const auto report = verifyLedger(*connection, context.stop());
    if (!report)
        return context.fail(report.error());
    context.print(Text::tr("%n entry(s), head %1", nullptr, static_cast<int>(report->entryCount))
                      .arg(fromCore(report->headHash)));
    if (report->firstBadSeq)
        context.print(Text::tr("The chain breaks at entry %1.").arg(*report->firstBadSeq));
    Json::Array changed;
    for (const std::string& groupId : report->changedGroupIds) {
        context.print(Text::tr("Changed by another program: %1").arg(fromCore(groupId)));
        changed.emplace_back(groupId);
    }
    if (report->baselineHolds == false)
        context.print(Text::tr("Rows that the ledger never touched are not as it found them."));
    context.printJson(
        Json::object({{"entries", report->entryCount},
                      {"head", report->headHash},
                      {"sound", report->isSound()},
                      {"first_bad", report->firstBadSeq ? Json(*report->firstBadSeq) : Json()},
                      {"changed", Json(std::move(changed))},
                      {"baseline_holds", report->baselineHolds ? Json(*report->baselineHolds) : Json()}}));
    if (report->firstBadSeq)
        return Damaged;
    return report->isSound() ? Fine : Findings;
}

} // namespace ps::cli
