// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/model_options.h"
#include "core/base/text.h"
#include "core/inference/embedding_care.h"
#include "ui/common/error_text.h"

#include <fcntl.h>

namespace ps::cli {

namespace {

constexpr std::int64_t kDefaultSample = 20;
constexpr std::size_t kMostNamed = 100; ///< paths of one kind in a report

Json pathsJson(const std::vector<std::string>& paths)
{
    Json::Array named;
    for (std::size_t i = 0; i < std::min(paths.size(), kMostNamed); ++i)
        named.emplace_back(paths[i]);
    return Json::Object{{"count", paths.size()}, {"first", std::move(named)}};
}

Json problemsJson(const std::vector<Error>& problems)
{
    Json::Array list;
    for (const Error& error : problems)
        list.push_back(Json::Object{
            {"path", error.context}, {"error", std::string(errorCodeName(error.code))}, {"reason", error.message}});
    return Json(std::move(list));
}

bool isSourceNamed(const Context& context)
{
    return context.has("input") != context.has("project");
}

int failSource(const Context& context, const char* verb)
{
    return context.failUsage(Text::tr("%1 needs --input DIR or --project ID.").arg(QLatin1String(verb)));
}

/// What verify and report are about.
struct CareTask {
    ModelSpec model;
    std::vector<EmbeddingItem> items;
    EmbeddingCache cache;
};

Result<CareTask> readTask(Context& context)
{
    PS_TRY(ModelSpec model, modelOption(context));
    PS_TRY(std::vector<EmbeddingItem> items, embeddingItems(context));
    PS_TRY(std::string folder, embeddingCacheFolder(context));
    PS_TRY(EmbeddingCache cache, EmbeddingCache::open(std::move(folder)));
    return CareTask{std::move(model), std::move(items), std::move(cache)};
}

void printPaths(const Context& context, const QString& title, const std::vector<std::string>& paths)
{
    if (paths.empty())
        return;
    context.print(title);
    for (std::size_t i = 0; i < std::min(paths.size(), kMostNamed); ++i)
        context.print(QStringLiteral("  ") + fromCore(paths[i]));
}

int printReport(const Context& context, const CareTask& task, const CacheReport& report)
{
    context.print(Text::tr("%1 of %2 images have an embedding of their present state (%3 %).")
                      .arg(report.current)
                      .arg(report.images)
                      .arg(100 * report.coverage(), 0, 'f', 1));
    printPaths(context, Text::tr("Changed since:"), report.stale);
    printPaths(context, Text::tr("Without an embedding:"), report.missing);
    printPaths(context, Text::tr("Embeddings of images that are not among these:"), report.orphans);
    printPaths(context, Text::tr("Entries whose numbers are gone:"), report.lostVectors);
    printPaths(context, Text::tr("Files of numbers without an entry:"), report.strayVectors);
    context.printJson(Json::Object{{"model", task.model.id()},
                                   {"preprocessing", task.model.preprocessing.id()},
                                   {"images", report.images},
                                   {"current", report.current},
                                   {"coverage", report.coverage()},
                                   {"stale", pathsJson(report.stale)},
                                   {"missing", pathsJson(report.missing)},
                                   {"orphans", pathsJson(report.orphans)},
                                   {"lost_vectors", pathsJson(report.lostVectors)},
                                   {"stray_vectors", pathsJson(report.strayVectors)},
                                   {"skipped_lines", report.skippedLines}});
    return report.isClean() ? Fine : Findings;
}

/// Where the scripts' paths lead: from the workspace, or wherever they say.
std::function<std::optional<ImageSource>(const std::string&)> sourceFinder(const Workspace& workspace)
{
    return [root = workspace.rootPath() + '/', folder = workspace.folder()](const std::string& path) {
        const std::string relative = startsWith(path, root) ? path.substr(root.size()) : path;
        if (!startsWith(relative, "/"))
            return std::optional(ImageSource(folder, relative));
        UniqueFd file(::open(relative.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
        return file.isOpen() ? std::optional(ImageSource(std::move(file))) : std::nullopt;
    };
}

Result<ImportReport> import(Context& context)
{
    PS_TRY(const Workspace workspace, context.workspace());
    PS_TRY(std::string folder, embeddingCacheFolder(context));
    PS_TRY(EmbeddingCache cache, EmbeddingCache::open(std::move(folder)));
    return importScriptCache(cache, sourceFinder(workspace), context.stop());
}

} // namespace

int runEmbedVerify(Context& context)
{
    if (!isSourceNamed(context))
        return failSource(context, "embed verify");
    const auto sample = context.has("sample") ? parseInteger(context.value("sample")) : kDefaultSample;
    if (!sample || *sample < 1)
        return context.failUsage(Text::tr("--sample is a number above 0."));
    const auto task = readTask(context);
    if (!task)
        return context.fail(task.error());
    const auto service = context.inferenceService();
    if (!service)
        return context.fail(service.error());
    const auto report = verifyCache(**service, task->cache, task->items, task->model,
                                    static_cast<std::size_t>(*sample));
    if (!report)
        return context.fail(report.error());
    for (const Error& problem : report->differences)
        context.fail(problem);
    context.print(Text::tr("%n embedding(s) computed again", nullptr, static_cast<int>(report->checked)) +
                  QStringLiteral(", ") + Text::tr("%n equal", nullptr, static_cast<int>(report->equal)));
    context.printJson(Json::Object{{"model", task->model.id()},
                                   {"checked", report->checked},
                                   {"equal", report->equal},
                                   {"largest_difference", report->largestDifference},
                                   {"differences", problemsJson(report->differences)}});
    return report->differences.empty() ? Fine : Findings;
}

int runEmbedReport(Context& context)
{
    if (!isSourceNamed(context))
        return failSource(context, "embed report");
    const auto task = readTask(context);
    if (!task)
        return context.fail(task.error());
    const auto report = reportOnCache(task->cache, task->items, task->model);
    return report ? printReport(context, *task, *report) : context.fail(report.error());
}

int runEmbedImport(Context& context)
{
    const auto report = import(context);
    if (!report)
        return context.fail(report.error());
    for (const Error& problem : report->problems)
        context.fail(problem);
    context.print(Text::tr("%n embedding(s) imported", nullptr, static_cast<int>(report->imported)) +
                  QStringLiteral(", ") + Text::tr("%n were known", nullptr, static_cast<int>(report->known)) +
                  QStringLiteral(", ") +
                  Text::tr("%n without their image", nullptr, static_cast<int>(report->withoutImage)));
    context.printJson(Json::Object{{"imported", report->imported},
                                   {"known", report->known},
                                   {"without_image", report->withoutImage},
                                   {"problems", problemsJson(report->problems)}});
    return report->problems.empty() ? Fine : Findings;
}

int runEmbedMerge(Context& context)
{
    const auto folder = embeddingCacheFolder(context);
    if (!folder)
        return context.fail(folder.error());
    const auto report = mergeShards(*folder);
    if (!report)
        return context.fail(report.error());
    context.print(Text::tr("%n line(s) of shards added", nullptr, static_cast<int>(report->lines)));
    context.printJson(Json::Object{{"files", report->files}, {"lines", report->lines}});
    return Fine;
}

} // namespace ps::cli
