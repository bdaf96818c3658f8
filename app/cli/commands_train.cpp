// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/model_options.h"
#include "core/base/text.h"
#include "core/library/filename.h"
#include "core/library/project.h"
#include "core/suggest/embedding_items.h"
#include "core/suggest/model_writing.h"
#include "ui/common/error_text.h"

#include <cmath>
#include <cstdio>
#include <filesystem>

namespace ps::cli {

namespace {

using Kind = TrainingReport::Kind;

constexpr std::size_t kMaxMetadataBytes = 64U << 20;
constexpr std::int64_t kMostThreads = 256;

// ---- what was asked ------------------------------------------------------------------------------------------------

/// Everything that the command line says.
struct TrainTask {
    TrainingRequest request;
    std::vector<std::string> databases;
    std::string cacheFolder;
    std::string modelPath;
    std::string modelsFolder;
    std::string reportFolder;
    std::string projectId; ///< "" when databases were named
};

Error wrongOption(const char* option, const char* expected)
{
    return {ErrorCode::InvalidInput, std::string("--") + option + " is " + expected, {}, 0};
}

Result<std::int64_t> wholeOption(const Context& context, const char* option, std::int64_t fallback, std::int64_t least,
                                 std::int64_t most, const char* expected)
{
    if (!context.has(option))
        return fallback;
    const auto number = parseInteger(context.value(option));
    if (!number || *number < least || *number > most)
        return wrongOption(option, expected);
    return *number;
}

Result<void> readNumbers(const Context& context, TrainingRequest& request)
{
    if (context.has("epochs")) {
        PS_TRY(const std::int64_t epochs, wholeOption(context, "epochs", 1, 1, 100'000, "a number from 1 to 100000"));
        request.epochs = static_cast<int>(epochs);
    }
    PS_TRY(const std::int64_t batch,
           wholeOption(context, "batch-size", request.batchSize, 1, 65'536, "a number from 1 to 65536"));
    request.batchSize = static_cast<int>(batch);
    PS_TRY(const std::int64_t seed, wholeOption(context, "seed", 42, 0, std::numeric_limits<std::int64_t>::max(),
                                                "a number that is not negative"));
    request.seed = static_cast<std::uint64_t>(seed);
    PS_TRY(const std::int64_t threads, wholeOption(context, "threads", 1, 1, kMostThreads, "a number from 1 to 256"));
    request.threads = static_cast<int>(threads);
    if (context.has("learning-rate")) {
        const auto rate = parseDouble(context.value("learning-rate"));
        if (!rate || !(*rate > 0) || *rate > 1)
            return wrongOption("learning-rate", "a number above 0 and at most 1");
        request.learningRate = *rate;
    }
    return {};
}

Result<void> readShape(const Context& context, TrainingRequest& request)
{
    const std::string features = context.value("features", "auto");
    request.features = parseRankerFeatures(features);
    if (!request.features && features != "auto")
        return wrongOption("features", "auto, embedding or context");
    const std::string head = context.value("head", "auto");
    request.head = parseCropHead(head);
    if (!request.head && head != "auto")
        return wrongOption("head", "auto, corners or centre-size");
    return {};
}

std::string folderOf(const std::string& path)
{
    const std::string_view folder = parentPath(path);
    return folder.empty() ? "." : std::string(folder);
}

/// Where the files go, and what the model is called.
Result<void> readPlaces(const Context& context, TrainTask& task)
{
    const auto workspace = context.workspace();
    if (context.has("out")) {
        task.modelPath = context.value("out");
        if (!endsWith(task.modelPath, ".pt") || fileStem(fileName(task.modelPath)).empty())
            return wrongOption("out", "the name of a .pt file");
        task.request.id = fileStem(fileName(task.modelPath));
        task.modelsFolder = folderOf(task.modelPath);
    } else {
        if (!workspace)
            return workspace.error();
        task.modelsFolder = ModelRegistry::folderOf(*workspace);
        PS_TRY(task.request.id, nextModelId(task.modelsFolder, task.request.kind));
        task.modelPath = joinPath(task.modelsFolder, task.request.id + ".pt");
    }
    // Reports have their place in a workspace; a model that lies outside one has them beside it.
    std::filesystem::path folder = std::filesystem::absolute(task.modelsFolder).lexically_normal();
    while (!std::filesystem::exists(folder) && folder.has_relative_path())
        folder = folder.parent_path();
    const auto around = Workspace::findAbove(folder.string());
    task.reportFolder = around ? joinPath(*around, kReportFolder) : task.modelsFolder;
    return {};
}

Result<void> readSources(Context& context, TrainTask& task)
{
    for (const QString& database : context.values("db"))
        task.databases.push_back(localPath(database));
    if (context.has("project")) {
        task.projectId = context.value("project");
        PS_TRY(const Workspace workspace, context.workspace());
        PS_TRY(const ProjectManifest manifest, ProjectManifest::read(workspace, task.projectId));
        task.databases.push_back(workspace.databasePath(manifest.projectId()));
    }
    if (context.has("embeddings")) {
        task.cacheFolder = context.value("embeddings");
    } else {
        PS_TRY(const Workspace workspace, context.workspace());
        task.cacheFolder = joinPath(workspace.rootPath(), kEmbeddingCacheFolder);
    }
    for (const QString& project : context.values("hold-out"))
        task.request.split.holdOutProjects.insert(localPath(project));
    return {};
}

Result<TrainTask> readTask(Context& context, Kind kind)
{
    TrainTask task;
    task.request.kind = kind;
    const std::string now = formatTimestamp(systemClock().now());
    task.request.createdAt = now.substr(0, now.find('.')) + "Z";
    PS_TRY_VOID(readNumbers(context, task.request));
    PS_TRY_VOID(readShape(context, task.request));
    PS_TRY_VOID(readSources(context, task));
    PS_TRY_VOID(readPlaces(context, task));
    PS_TRY(const ModelSpec embedder, modelOption(context));
    task.request.embedderId = embedder.id();
    task.request.preprocessing = embedder.preprocessing;
    PS_TRY(task.request.split.previous, earlierSplits(task.modelsFolder, kind));
    return task;
}

// ---- the model that is active now ----------------------------------------------------------------------------------

Result<void> readActive(Context& context, TrainTask& task)
{
    if (task.projectId.empty())
        return {};
    PS_TRY(const ModelRegistry registry, ModelRegistry::open(task.modelsFolder));
    const bool isRanker = task.request.kind == Kind::Ranker;
    const ModelRecord* const active = registry.active(task.projectId,
                                                      isRanker ? SuggestionTask::Pick : SuggestionTask::Crop);
    if (!active || active->embedderId != task.request.embedderId ||
        active->preprocessing.id() != task.request.preprocessing.id())
        return {};
    const std::string stem = joinPath(task.modelsFolder, active->id);
    const auto text = readFile(stem + "_metadata.json", kMaxMetadataBytes);
    if (!text || !isOwnMetadata(*text))
        return {}; // one of the scripts' models: nothing says what it was measured on
    PS_TRY(const ModelMetadata metadata, modelMetadataFromJson(*text));
    PS_TRY(UniqueFd folder, openFolder(task.modelsFolder));
    PS_TRY(InferenceService* const service, context.inferenceService());
    PS_TRY(const auto tensors,
           service->readCheckpoint(ImageSource(std::make_shared<const UniqueFd>(std::move(folder)), active->file)));
    task.request.activeReport = metadata.report;
    if (isRanker) {
        PS_TRY(task.request.activeRanker, makeRanker(metadata, tensors));
    } else {
        PS_TRY(task.request.activeCropProposer, makeCropProposer(metadata, tensors));
    }
    return {};
}

// ---- training ------------------------------------------------------------------------------------------------------

Result<TrainingData> readData(Context& context, const TrainTask& task)
{
    PS_TRY(const EmbeddingCache cache, EmbeddingCache::open(task.cacheFolder));
    const EmbeddingFinder finder(cache, task.request.embedderId, task.request.preprocessing.id());
    TrainingData data;
    for (const std::string& database : task.databases)
        PS_TRY_VOID(readTrainingData(database, task.request.kind, finder, data, context.stop()));
    if (data.rows > 0 && finder.size() == 0)
        return Error{ErrorCode::Refused,
                     "there are no embeddings of " + task.request.embedderId + " yet; embed makes them",
                     task.cacheFolder, 0};
    return data;
}

void showEpoch(const Context& context, const TrainingEpoch& epoch)
{
    if (context.wantsJson) {
        std::fprintf(stderr, "%s\n", dumpJson(trainingEpochJson(epoch)).c_str());
        return;
    }
    const QString text = Text::tr("%1: epoch %2 of %3, loss %4, validation %5 %")
                             .arg(fromCore(epoch.variant))
                             .arg(epoch.epoch)
                             .arg(epoch.epochs)
                             .arg(epoch.trainLoss, 0, 'f', 4)
                             .arg(epoch.holdOutScore * 100, 0, 'f', 1);
    std::fprintf(stderr, "%s\n", text.toUtf8().constData());
}

Json countsJson(const TrainTask& task, const TrainingData& data)
{
    Json::Object excluded;
    for (const auto& [reason, count] : data.excluded)
        excluded.emplace_back(reason, count);
    return Json::object({{"model", task.request.id},
                         {"rows", data.rows},
                         {"groups", data.groups.size()},
                         {"excluded", std::move(excluded)},
                         {"embedder", task.request.embedderId}});
}

int showPlan(const Context& context, const TrainTask& task, const TrainingData& data)
{
    context.print(Text::tr("%n group(s) to learn from", nullptr, static_cast<int>(data.groups.size())));
    for (const auto& [reason, count] : data.excluded)
        context.print(QStringLiteral("  %1: %2").arg(count).arg(fromCore(reason)));
    context.printJson(countsJson(task, data));
    return Fine;
}

Result<WrittenModel> writeAndRegister(const TrainTask& task, const TrainedModel& model)
{
    PS_TRY(const WrittenModel written, writeModel(model, task.modelPath, task.reportFolder, systemClock().now()));
    PS_TRY(ModelRegistry registry, ModelRegistry::open(task.modelsFolder));
    PS_TRY_VOID(registerTrained(registry, model, written));
    return written;
}

void showScore(const Context& context, const Score& score)
{
    context.print(QStringLiteral("  %1 %  (%2 to %3, of %4)  %5")
                      .arg(score.value * 100, 5, 'f', 1)
                      .arg(score.interval[0] * 100, 0, 'f', 1)
                      .arg(score.interval[1] * 100, 0, 'f', 1)
                      .arg(score.count)
                      .arg(fromCore(score.name)));
}

int show(const Context& context, const TrainTask& task, const TrainedModel& model, const WrittenModel& written,
         Json result)
{
    const TrainingReport& report = model.metadata.report;
    context.print(task.request.kind == Kind::Ranker ? Text::tr("Right picks on the hold-out:")
                                                    : Text::tr("Mean IoU on the hold-out:"));
    showScore(context, report.model);
    for (const auto& part : {report.highestStage, report.notHighestStage}) {
        if (part)
            showScore(context, *part);
    }
    for (const Score& baseline : report.baselines)
        showScore(context, baseline);
    context.print(fromCore(report.verdict));
    for (const std::string& path : {written.modelPath, written.metadataPath, written.reportPath})
        context.print(fromCore(path));
    result.set("shape", model.metadata.shape);
    result.set("blas", model.metadata.blas);
    result.set("path", written.modelPath);
    result.set("metadata", written.metadataPath);
    result.set("short_report", written.reportPath);
    result.set("sha256", written.sha256);
    result.set("report", trainingReportJson(report));
    context.printJson(result);
    return Fine;
}

int train(Context& context, Kind kind)
{
    if (!context.has("db") && !context.has("project"))
        return context.failUsage(Text::tr("train needs --db FILE or --project ID."));
    auto task = readTask(context, kind);
    if (!task)
        return context.fail(task.error());
    auto data = readData(context, *task);
    if (!data)
        return context.fail(data.error());
    if (context.has("dry-run"))
        return showPlan(context, *task, *data);
    if (const auto active = readActive(context, *task); !active)
        return context.fail(active.error());
    const Json counts = countsJson(*task, *data);
    const auto model = trainModel(
        task->request, *std::move(data), [&](const TrainingEpoch& epoch) { showEpoch(context, epoch); },
        context.stop());
    if (!model)
        return context.fail(model.error());
    const auto written = writeAndRegister(*task, *model);
    return written ? show(context, *task, *model, *written, counts) : context.fail(written.error());
}

} // namespace

int runTrainRanker(Context& context)
{
    return train(context, Kind::Ranker);
}

int runTrainCrop(Context& context)
{
    return train(context, Kind::Crop);
}

} // namespace ps::cli
