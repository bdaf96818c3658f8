// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/text.h"
#include "core/exchange/backfill.h"
#include "core/exchange/import_plan.h"
#include "ui/common/error_text.h"

#include <algorithm>
#include <thread>

namespace ps::cli {

namespace {

constexpr std::int64_t kPreviewRows = 50;
constexpr std::size_t kMaxRulesBytes = std::size_t{1} << 20;

using Counts = std::array<std::int64_t, kImportOutcomeCount>;

QString outcomeText(ImportOutcome outcome)
{
    switch (outcome) {
    case ImportOutcome::Added: return Text::tr("added");
    case ImportOutcome::Filled: return Text::tr("filled");
    case ImportOutcome::Corrected: return Text::tr("corrected");
    case ImportOutcome::Skipped: return Text::tr("skipped");
    case ImportOutcome::Conflict: return Text::tr("conflict");
    case ImportOutcome::Quarantined: break;
    }
    return Text::tr("quarantined");
}

QString countsText(const Counts& counts)
{
    QStringList parts;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts.at(i) > 0)
            parts << QStringLiteral("%1 %2").arg(counts.at(i)).arg(outcomeText(static_cast<ImportOutcome>(i)));
    }
    return parts.isEmpty() ? Text::tr("nothing") : parts.join(QStringLiteral(", "));
}

void printItem(const Context& context, const ImportPlan::Item& item)
{
    QString line = QStringLiteral("  %1:%2  %3")
                       .arg(fromCore(displayText(item.origin.file)))
                       .arg(item.origin.line)
                       .arg(outcomeText(item.outcome), -12);
    if (!item.projectId.empty())
        line += QStringLiteral("  ") + fromCore(item.projectId);
    if (item.before != item.after && !item.before.empty())
        line += QStringLiteral("  ") + fromCore(item.before) + QStringLiteral(" ->");
    if (!item.after.empty())
        line += QStringLiteral("  ") + fromCore(item.after);
    if (!item.notes.empty())
        line += QStringLiteral("  (") + fromCore(join(item.notes, "; ")) + QStringLiteral(")");
    context.print(line);
}

/// What would be done: the kinds of rows, the counts of each project, and the first rows.
Result<void> showPlan(const Context& context, const ImportPlan& plan)
{
    PS_TRY(const auto classes, plan.classes());
    for (const auto& [kind, count] : classes)
        context.print(QStringLiteral("%1: %2").arg(fromCore(kind)).arg(count));
    PS_TRY(const auto projects, plan.counts());
    for (const auto& [project, counts] : projects) {
        const QString name = project.empty() ? Text::tr("(no project)") : fromCore(project);
        context.print(QStringLiteral("%1: %2").arg(name, countsText(counts)));
    }
    PS_TRY(const auto first, plan.items({}, 0, kPreviewRows));
    for (const ImportPlan::Item& item : first)
        printItem(context, item);
    return {};
}

std::int64_t countOf(const ImportPlan::Counts& projects, ImportOutcome outcome)
{
    std::int64_t sum = 0;
    for (const auto& [project, counts] : projects)
        sum += counts.at(static_cast<std::size_t>(outcome));
    return sum;
}

/// Applies the plan unless it is only to be shown, and prints what was done.
Result<int> finish(Context& context, ImportPlan& plan, bool applies)
{
    PS_TRY_VOID(showPlan(context, plan));
    PS_TRY(Json document, plan.report());
    PS_TRY(const auto counts, plan.counts());
    document.set("applied", applies);
    if (applies) {
        const auto open = [&context](const std::string& projectId) {
            return context.openSession(projectId, Context::Access::Work);
        };
        PS_TRY(const ImportPlan::Applied applied, plan.apply(open, context.stop()));
        Json imports{Json::Object()};
        for (const auto& [project, importId] : applied.importIds) {
            imports.set(project, importId);
            context.print(Text::tr("Imported into %1 as import %2.").arg(fromCore(project)).arg(importId));
        }
        if (applied.importIds.empty())
            context.print(Text::tr("Nothing is new."));
        if (!applied.reportPath.empty())
            context.print(Text::tr("Report: %1").arg(fromCore(applied.reportPath)));
        document.set("imports", std::move(imports));
        document.set("report", applied.reportPath);
    }
    context.printJson(document);
    const bool isWhole = countOf(counts, ImportOutcome::Quarantined) == 0 &&
                         countOf(counts, ImportOutcome::Conflict) == 0;
    return isWhole ? Fine : Findings;
}

Result<Json> jsonOption(const Context& context, const char* option)
{
    if (!context.has(option))
        return Json();
    const std::string path = context.value(option);
    PS_TRY(const std::string text, readFile(path, kMaxRulesBytes));
    auto json = parseJson(text);
    if (!json)
        return json.error().in(path);
    return json;
}

Result<int> importSource(Context& context)
{
    PS_TRY(const Workspace workspace, context.workspace());
    PS_TRY(ImageService* const images, context.imageService());
    ImportOptions options;
    options.sourcePath = context.argument(0);
    options.projectId = context.value("into");
    options.tool = programName();
    options.workerPath = workerPath();
    options.correctsCrops = context.has("correct");
    options.rejectsUnmatched = context.has("reject-unmatched");
    if (const std::string format = context.value("format", "auto"); format != "auto") {
        PS_TRY(options.format, parseImportFormat(format));
    }
    PS_TRY(options.columnMap, jsonOption(context, "columns"));
    PS_TRY(options.projectRules, jsonOption(context, "project-rules"));
    options.onProgress = [&context](std::int64_t done, std::int64_t total) {
        context.progress(Text::tr("%1 of %2 read").arg(done).arg(total));
    };
    PS_TRY(const auto plan, ImportPlan::make(workspace, *images, options, context.stop()));
    context.progress({});
    return finish(context, *plan, !context.has("dry-run"));
}

Result<int> backfill(Context& context)
{
    PS_TRY(ImageService* const images, context.imageService());
    std::unique_ptr<ImportPlan> plan;
    {
        PS_TRY(const auto session,
               context.openSession(context.argument(0), Context::Access::View, Context::Index::Fresh));
        BackfillOptions options;
        options.finalsPath = context.value("finals");
        options.correctsCrops = context.has("correct");
        options.rejectsUnmatched = context.has("reject-unmatched");
        options.threadCount = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
        options.tool = programName();
        options.onProgress = [&context](std::int64_t done, std::int64_t total) {
            context.progress(Text::tr("%1 of %2 groups compared").arg(done).arg(total));
        };
        PS_TRY(plan, ImportPlan::makeBackfill(*session, *images, options, context.stop()));
    }
    context.progress({});
    return finish(context, *plan, context.has("apply"));
}

int exitWith(const Context& context, const Result<int>& outcome)
{
    return outcome ? *outcome : context.fail(outcome.error());
}

} // namespace

int runImport(Context& context)
{
    return exitWith(context, importSource(context));
}

int runBackfill(Context& context)
{
    if (!context.has("finals"))
        return context.failUsage(Text::tr("backfill needs --finals DIR."));
    return exitWith(context, backfill(context));
}

} // namespace ps::cli
