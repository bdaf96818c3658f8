// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/text.h"
#include "core/integrity/inspection.h"
#include "core/library/finalize.h"
#include "core/library/staging.h"
#include "ui/common/error_text.h"

#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace ps::cli {

namespace {

void printSummary(const Context& context, const FinalizeSummary& summary)
{
    const auto line = [&](const QString& text, std::int64_t count) {
        if (count > 0)
            context.print(QStringLiteral("%1  %2").arg(count, 8).arg(text));
    };
    const auto groups = [&](Route route) {
        const auto found = summary.groupsByRoute.find(route);
        return found == summary.groupsByRoute.end() ? std::int64_t{0} : found->second;
    };
    line(Text::tr("groups kept, to __selected/"), groups(Route::Selected));
    line(Text::tr("crops cut, to __cropped/"), groups(Route::Cropped));
    line(Text::tr("accepted suggestions, to __crop_auto/"), groups(Route::CropAuto));
    line(Text::tr("to be cropped by hand, to __crop/"), groups(Route::Crop));
    line(Text::tr("groups rejected"), groups(Route::Rejected));
    line(Text::tr("images of kept groups, to __delete_staging/"), summary.losersStaged);
    line(Text::tr("images of rejected groups, to __delete_staging/"), summary.rejectedStaged);
    line(Text::tr("companions that travel along"), summary.companionsMoved);
    line(Text::tr("sidecars written"), summary.sidecarsWritten);
    line(Text::tr("groups finalized before"), summary.alreadyFinalized);
    line(Text::tr("undecided, not touched"), summary.undecidedGroups);
    for (const SkippedGroup& skipped : summary.skipped)
        context.print(Text::tr("Left out: %1 (%2)").arg(fromCore(skipped.groupId), fromCore(skipped.reason)));
}

/// The house rule: no bulk change without a report of what was there.
Result<void> reportBeforeBulk(const Context& context, const ProjectSession& session)
{
    InspectionOptions options;
    options.tool = programName();
    options.now = systemClock().now();
    PS_TRY(const InspectionReport report, inspectProject(session, options, context.stop()));
    PS_TRY_VOID(saveReport(report, session.workspace()));
    return {};
}

Json failedJson(const std::vector<FailedGroup>& failed)
{
    Json::Array list;
    for (const FailedGroup& group : failed)
        list.push_back(Json::object({{"group", group.groupKey}, {"reason", group.reason}}));
    return Json(std::move(list));
}

} // namespace

int runFinalize(Context& context)
{
    const bool isDryRun = context.has("dry-run");
    const auto session = context.openSession(
        context.argument(0), isDryRun ? Context::Access::View : Context::Access::Work, Context::Index::Fresh);
    if (!session)
        return context.fail(session.error());
    const auto plan = prepareFinalize(**session, context.has("accept-changed"), context.stop());
    if (!plan)
        return context.fail(plan.error());
    printSummary(context, plan->summary);
    Json document = summaryJson(plan->summary);
    const int skippedCode = plan->summary.skipped.empty() ? Fine : Findings;
    if (isDryRun || plan->summary.groupCount() == 0) {
        context.printJson(document);
        return skippedCode;
    }
    if (const auto reported = reportBeforeBulk(context, **session); !reported)
        return context.fail(reported.error());
    const auto outcome = finalize(**session, *plan, context.stop(), [&](const ExecutionProgress& now) {
        context.progress(Text::tr("%1 of %2 groups").arg(now.doneGroups).arg(now.totalGroups));
    });
    if (!outcome)
        return context.fail(outcome.error());
    context.progress({});
    for (const FailedGroup& group : outcome->report.failed)
        context.fail({ErrorCode::Conflict, group.reason, group.groupKey, 0});
    context.print(Text::tr("%n group(s) finalized", nullptr, static_cast<int>(outcome->report.doneGroups)));
    document.set("finalized", outcome->report.doneGroups);
    document.set("failed", failedJson(outcome->report.failed));
    document.set("cancelled", outcome->report.isCancelled);
    context.printJson(document);
    return outcome->report.failed.empty() && !outcome->report.isCancelled ? skippedCode : Findings;
}

// ---- staging -------------------------------------------------------------------------------------------------------

namespace {

int listStagingFiles(Context& context, const ProjectSession& session)
{
    const auto content = listStaging(session);
    if (!content)
        return context.fail(content.error());
    Json::Array files;
    for (const StagedFile& file : content->files) {
        context.print(
            QStringLiteral("%1\t%2\t%3").arg(file.sizeBytes).arg(fromCore(file.path), fromCore(file.originalPath)));
        files.push_back(Json::object({{"path", file.path},
                                      {"original", file.originalPath},
                                      {"group", file.operation.groupKey},
                                      {"size", file.sizeBytes},
                                      {"missing", file.isMissing}}));
    }
    context.print(Text::tr("%n file(s)", nullptr, static_cast<int>(content->files.size())) +
                  QStringLiteral(", %1 MB").arg(static_cast<double>(content->totalBytes) / 1e6, 0, 'f', 1));
    context.printJson(Json::object(
        {{"files", Json(std::move(files))}, {"bytes", content->totalBytes}, {"foreign_files", content->foreignFiles}}));
    return Fine;
}

bool confirmPurge(const Context& context, const StagingContent& content)
{
    if (context.has("yes"))
        return true;
    const QString question = Text::tr("Delete %n file(s) for good? This cannot be undone. [y/N] ", nullptr,
                                      static_cast<int>(content.files.size()));
    std::fprintf(stderr, "%s", question.toUtf8().constData());
    std::string answer;
    return ::isatty(STDIN_FILENO) == 1 && std::getline(std::cin, answer) && (answer == "y" || answer == "Y");
}

int purge(Context& context, ProjectSession& session)
{
    const auto content = listStaging(session);
    if (!content)
        return context.fail(content.error());
    context.print(Text::tr("%n file(s)", nullptr, static_cast<int>(content->files.size())) +
                  QStringLiteral(", %1 MB").arg(static_cast<double>(content->totalBytes) / 1e6, 0, 'f', 1));
    if (context.has("dry-run"))
        return Fine;
    if (content->files.empty())
        return context.fail({ErrorCode::Refused, "there is nothing to purge", session.projectId(), 0});
    if (!confirmPurge(context, *content))
        return context.fail({ErrorCode::Refused, "not confirmed; --yes confirms", session.projectId(), 0});
    const auto outcome = purgeStaging(session);
    if (!outcome)
        return context.fail(outcome.error());
    for (const FailedGroup& refused : outcome->refused)
        context.fail({ErrorCode::Refused, refused.reason, refused.groupKey, 0});
    context.print(Text::tr("%n file(s) deleted", nullptr, static_cast<int>(outcome->deletedFiles)));
    context.printJson(Json::object({{"deleted", outcome->deletedFiles},
                                    {"bytes", outcome->freedBytes},
                                    {"refused", failedJson(outcome->refused)}}));
    if (outcome->refused.empty())
        return Fine;
    return outcome->deletedFiles == 0 ? Refused : Findings;
}

int restore(Context& context, ProjectSession& session)
{
    std::vector<std::string> groupKeys;
    if (context.has("group")) {
        const auto group = session.findGroup(context.value("group"));
        if (!group)
            return context.fail(group.error());
        groupKeys.push_back(group->entry.key);
    }
    if (context.has("dry-run"))
        return listStagingFiles(context, session);
    const auto outcome = restoreStaging(session, groupKeys);
    if (!outcome)
        return context.fail(outcome.error());
    for (const FailedGroup& failed : outcome->failed)
        context.fail({ErrorCode::Conflict, failed.reason, failed.groupKey, 0});
    context.print(Text::tr("%n file(s) restored", nullptr, static_cast<int>(outcome->restoredFiles)));
    context.printJson(Json::object({{"restored", outcome->restoredFiles}, {"failed", failedJson(outcome->failed)}}));
    return outcome->failed.empty() ? Fine : Findings;
}

} // namespace

int runStaging(Context& context)
{
    const std::string what = context.argument(0);
    if (what != "list" && what != "restore" && what != "purge")
        return context.failUsage(Text::tr("Usage: proofsheet-cli staging list|restore|purge ID"));
    const bool isWorking = what != "list" && !context.has("dry-run");
    const auto session = context.openSession(context.argument(1),
                                             isWorking ? Context::Access::Work : Context::Access::View);
    if (!session)
        return context.fail(session.error());
    if (what == "list")
        return listStagingFiles(context, **session);
    return what == "restore" ? restore(context, **session) : purge(context, **session);
}

} // namespace ps::cli
