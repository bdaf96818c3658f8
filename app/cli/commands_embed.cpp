// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/model_options.h"
#include "core/base/text.h"
#include "core/suggest/embedding_items.h"
#include "ui/common/error_text.h"

#include <cstdio>

namespace ps::cli {

namespace {

constexpr std::size_t kDefaultBatch = 8;
constexpr std::size_t kMaxProblems = 100;

Json countsJson(const EmbeddingProgress& counts)
{
    return Json::Object{{"total", counts.total},
                        {"computed", counts.computed},
                        {"copied", counts.copied},
                        {"kept", counts.kept},
                        {"failed", counts.failed}};
}

QString countsText(const EmbeddingProgress& now)
{
    return Text::tr("%n embedding(s) computed", nullptr, static_cast<int>(now.computed)) + QStringLiteral(", ") +
           Text::tr("%n copied", nullptr, static_cast<int>(now.copied)) + QStringLiteral(", ") +
           Text::tr("%n were there", nullptr, static_cast<int>(now.kept)) + QStringLiteral(", ") +
           Text::tr("%n failed", nullptr, static_cast<int>(now.failed));
}

QString progressText(const EmbeddingProgress& now)
{
    return QStringLiteral("%1 / %2, ").arg(now.done()).arg(now.total) +
           Text::tr("%1 images/s").arg(now.imagesPerSecond, 0, 'f', 1) + QStringLiteral(", ") +
           Text::tr("%n second(s) left", nullptr, static_cast<int>(now.secondsLeft));
}

/// With --json one line on the error stream, a few times a second at most, for programs that show it.
void showProgress(const Context& context, const EmbeddingProgress& now)
{
    context.progress(progressText(now));
    if (!context.wantsJson)
        return;
    const Json line = Json::object({{"done", now.done()},
                                    {"total", now.total},
                                    {"failed", now.failed},
                                    {"images_per_second", now.imagesPerSecond},
                                    {"seconds_left", now.secondsLeft}});
    std::fprintf(stderr, "%s\n", dumpJson(line).c_str());
}

/// What would be done, without doing it.
EmbeddingProgress plan(const EmbeddingCache& cache, const std::vector<EmbeddingItem>& items,
                       const EmbeddingRunOptions& options)
{
    EmbeddingProgress counts;
    for (const EmbeddingItem& item : items) {
        if (!options.shard.contains(item.imagePath))
            continue;
        ++counts.total;
        counts.kept += cache.findByPath(item.imagePath, item.identity, options.model.id(),
                                        options.model.preprocessing.id()) != nullptr;
    }
    return counts;
}

Result<std::size_t> batchOf(const Context& context)
{
    if (!context.has("batch"))
        return kDefaultBatch;
    const auto number = parseInteger(context.value("batch"));
    if (!number || *number < 1 || *number > static_cast<std::int64_t>(InferenceService::kMaxBatch))
        return Error{ErrorCode::InvalidInput,
                     "--batch is a number from 1 to " + std::to_string(InferenceService::kMaxBatch),
                     {},
                     0};
    return static_cast<std::size_t>(*number);
}

Result<EmbeddingShard> shardOf(const Context& context)
{
    if (!context.has("shard"))
        return EmbeddingShard{};
    const auto shard = EmbeddingShard::fromText(context.value("shard"));
    if (!shard)
        return Error{ErrorCode::InvalidInput, "--shard is I/N with I from 0 to N - 1", {}, 0};
    return *shard;
}

struct EmbedTask {
    EmbeddingRunOptions options;
    std::vector<EmbeddingItem> items;
    std::string cacheFolder;
};

Result<EmbedTask> readTask(Context& context)
{
    EmbedTask task;
    PS_TRY(task.options.batch, batchOf(context));
    PS_TRY(task.options.shard, shardOf(context));
    task.options.priority = Priority::Visible;
    PS_TRY(task.options.model, modelOption(context));
    PS_TRY(task.cacheFolder, embeddingCacheFolder(context));
    PS_TRY(task.items, embeddingItems(context));
    return task;
}

int runTask(Context& context, EmbedTask task)
{
    auto cache = EmbeddingCache::open(task.cacheFolder, task.options.shard.name());
    if (!cache)
        return context.fail(cache.error());
    Json result{Json::Object{{"model", task.options.model.id()},
                             {"preprocessing", task.options.model.preprocessing.id()},
                             {"cache", task.cacheFolder}}};
    if (context.has("dry-run")) {
        const EmbeddingProgress counts = plan(*cache, task.items, task.options);
        context.print(Text::tr("%n embedding(s) to compute", nullptr, static_cast<int>(counts.total - counts.kept)) +
                      QStringLiteral(", ") + Text::tr("%n were there", nullptr, static_cast<int>(counts.kept)));
        result.set("total", counts.total);
        result.set("kept", counts.kept);
        result.set("to_compute", counts.total - counts.kept);
        context.printJson(result);
        return Fine;
    }
    const auto service = context.inferenceService();
    if (!service)
        return context.fail(service.error());
    Json::Array problems;
    task.options.onProblem = [&](const Error& error) {
        context.progress({});
        context.fail(error);
        if (problems.size() < kMaxProblems)
            problems.push_back(Json::Object{
                {"path", error.context}, {"error", std::string(errorCodeName(error.code))}, {"reason", error.message}});
    };
    task.options.onProgress = [&](const EmbeddingProgress& now) { showProgress(context, now); };
    const auto done = embedImages(**service, *cache, task.items, task.options, context.stop());
    context.progress({});
    if (!done)
        return context.fail(done.error());
    context.print(countsText(*done));
    const Json counts = countsJson(*done);
    for (const auto& [key, value] : counts.members())
        result.set(key, value);
    result.set("problems", std::move(problems));
    context.printJson(result);
    return done->failed > 0 ? Findings : Fine;
}

} // namespace

int runEmbed(Context& context)
{
    if (context.has("input") == context.has("project"))
        return context.failUsage(Text::tr("embed needs --input DIR or --project ID."));
    auto task = readTask(context);
    return task ? runTask(context, *std::move(task)) : context.fail(task.error());
}

} // namespace ps::cli
