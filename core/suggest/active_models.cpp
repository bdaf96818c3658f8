// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/active_models.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/suggest/model_metadata.h"
#include "core/suggest/script_models.h"
#include "core/suggest/suggestion_watch.h"

#include <fcntl.h>

namespace ps {

namespace {

constexpr std::size_t kMaxMetadataBytes = 64ULL << 20;
constexpr std::size_t kMaxModelBytes = 64ULL << 20;
constexpr std::string_view kModelSuffix = ".pt";

std::string metadataPathOf(std::string_view modelPath)
{
    return std::string(modelPath.substr(0, modelPath.size() - kModelSuffix.size())) + "_metadata.json";
}

/// The metadata beside a model when it is this program's; nothing when there is none, or one of the scripts.
Result<std::optional<ModelMetadata>> ownMetadata(const std::string& modelPath)
{
    const auto text = readFile(metadataPathOf(modelPath), kMaxMetadataBytes);
    if (!text) {
        return text.error().code == ErrorCode::NotFound ? Result<std::optional<ModelMetadata>>(std::nullopt)
                                                        : Result<std::optional<ModelMetadata>>(text.error());
    }
    if (!isOwnMetadata(*text))
        return std::optional<ModelMetadata>();
    auto metadata = modelMetadataFromJson(*text);
    if (!metadata)
        return metadata.error().in(metadataPathOf(modelPath));
    return std::optional(*std::move(metadata));
}

Result<const ScriptModel*> scriptModelOf(const ModelRecord& record)
{
    if (const ScriptModel* model = findScriptModel(record.file.substr(0, record.file.size() - kModelSuffix.size())))
        return model;
    return Error{ErrorCode::NotFound, "no metadata says how the model was trained", displayText(record.file), 0};
}

/// One model of the registry with what its kind needs; `fromMetadata` and `fromScript` make it.
template <typename Model, typename FromMetadata, typename FromScript>
Result<Model> loadModel(const ModelRegistry& registry, const ModelRecord& record, const ReadTensors& read,
                        FromMetadata fromMetadata, FromScript fromScript)
{
    PS_TRY_VOID(registry.verify(record));
    const std::string path = registry.pathOf(record);
    PS_TRY(const auto metadata, ownMetadata(path));
    PS_TRY(const auto tensors, read(path));
    if (metadata)
        return fromMetadata(*metadata, tensors);
    PS_TRY(const ScriptModel* script, scriptModelOf(record));
    return fromScript(*script, record.id, record.embedderId, tensors);
}

Result<const ModelRecord*> findFor(const ModelRegistry& registry, std::string_view id, SuggestionTask task)
{
    const ModelRecord* record = registry.find(id);
    if (!record || record->task != task)
        return Error{ErrorCode::NotFound, "there is no such " + std::string(suggestionTaskName(task)) + " model",
                     displayText(id), 0};
    return record;
}

/// What of a preprocessing decides which embeddings are looked at.
std::string embeddingShape(Preprocessing preprocessing)
{
    preprocessing.normalizesOutput = false;
    preprocessing.sizeDivisor = Preprocessing{}.sizeDivisor;
    return preprocessing.id();
}

/// Both together, when they can look at the same embeddings.
Result<LoadedModels> together(std::optional<Ranker> ranker, std::optional<CropProposer> proposer, std::string sha256)
{
    if (ranker && proposer && ranker->embedderId != proposer->embedderId)
        return Error{ErrorCode::InvalidInput,
                     "the two models need embeddings of different networks: " + ranker->embedderId + " and " +
                         proposer->embedderId,
                     ranker->id + ", " + proposer->id, 0};
    if (ranker && proposer && embeddingShape(ranker->preprocessing) != embeddingShape(proposer->preprocessing))
        return Error{ErrorCode::InvalidInput, "the two models need embeddings of different preprocessings",
                     ranker->id + ", " + proposer->id, 0};
    Preprocessing preprocessing = ranker ? ranker->preprocessing : proposer->preprocessing;
    preprocessing.normalizesOutput = (!ranker || ranker->preprocessing.normalizesOutput) &&
                                     (!proposer || proposer->preprocessing.normalizesOutput);
    std::string embedderId = ranker ? ranker->embedderId : proposer->embedderId;
    return LoadedModels{Suggester(std::move(ranker), std::move(proposer), std::move(sha256)), std::move(embedderId),
                        preprocessing};
}

std::string hashesOf(const ModelRecord& record)
{
    return record.sha256 + "\n" + record.metadataSha256 + "\n";
}

/// Copies a file into the folder of the models, unless it is there already with these bytes.
Result<void> takeIn(const std::string& folder, const std::string& name, const std::string& bytes)
{
    PS_TRY(const UniqueFd folderFd, makeFolders(folder));
    auto written = writeFileDurably(folderFd.get(), name, bytes, Replace::Never);
    if (written || written.error().code != ErrorCode::AlreadyExists)
        return written;
    PS_TRY(const std::string there, readFileBeneath(folderFd.get(), name, kMaxMetadataBytes));
    return there == bytes ? Result<void>() : written.error();
}

Result<ModelRecord> recordFromMetadata(const ModelMetadata& metadata, const std::string& name,
                                       const std::string& sha256, const std::vector<NamedTensor>& tensors)
{
    ModelRecord record;
    record.task = metadata.kind == TrainingReport::Kind::Ranker ? SuggestionTask::Pick : SuggestionTask::Crop;
    if (record.task == SuggestionTask::Pick)
        PS_TRY_VOID(makeRanker(metadata, tensors));
    else
        PS_TRY_VOID(makeCropProposer(metadata, tensors));
    record.id = name.substr(0, name.size() - kModelSuffix.size());
    record.file = name;
    record.sha256 = sha256;
    record.embedderId = metadata.embedderId;
    record.preprocessing = metadata.preprocessing;
    record.createdAt = metadata.createdAt;
    record.source = "imported";
    record.dataFingerprint = metadata.report.dataFingerprint;
    record.report = metadata.report;
    record.verdict = "imported; measured elsewhere: " + metadata.report.verdict;
    return record;
}

} // namespace

ReadTensors readInWorker(InferenceService& service)
{
    return [&service](const std::string& path) -> Result<std::vector<NamedTensor>> {
        UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
        if (!file.isOpen())
            return errnoError("cannot open the model", path, errno);
        auto tensors = service.readCheckpoint(ImageSource(std::move(file)));
        return tensors ? std::move(tensors) : tensors.error().in(path);
    };
}

Result<LoadedModels> loadModels(const ModelRegistry& registry, std::string_view rankerId, std::string_view cropId,
                                const ReadTensors& read)
{
    std::optional<Ranker> ranker;
    std::optional<CropProposer> proposer;
    std::string hashes;
    if (rankerId.empty() && cropId.empty())
        return Error{ErrorCode::InvalidInput, "no model was named", {}, 0};
    if (!rankerId.empty()) {
        PS_TRY(const ModelRecord* record, findFor(registry, rankerId, SuggestionTask::Pick));
        PS_TRY(ranker, loadModel<Ranker>(registry, *record, read, makeRanker, makeScriptRanker));
        ranker->id = record->id;
        hashes += hashesOf(*record);
    }
    if (!cropId.empty()) {
        PS_TRY(const ModelRecord* record, findFor(registry, cropId, SuggestionTask::Crop));
        PS_TRY(proposer, loadModel<CropProposer>(registry, *record, read, makeCropProposer, makeScriptCropProposer));
        proposer->id = record->id;
        hashes += hashesOf(*record);
    }
    return together(std::move(ranker), std::move(proposer), sha256Hex(hashes));
}

Result<std::optional<LoadedModels>> loadActiveModels(const ModelRegistry& registry, std::string_view projectId,
                                                     const ReadTensors& read)
{
    const ModelRecord* ranker = registry.active(projectId, SuggestionTask::Pick);
    const ModelRecord* crop = registry.active(projectId, SuggestionTask::Crop);
    if (!ranker && !crop)
        return std::optional<LoadedModels>();
    PS_TRY(LoadedModels models,
           loadModels(registry, ranker ? ranker->id : std::string(), crop ? crop->id : std::string(), read));
    return std::optional(std::move(models));
}

std::string activeSuggestionId(const ModelRegistry& registry, std::string_view projectId)
{
    std::string id;
    for (const SuggestionTask task : {SuggestionTask::Pick, SuggestionTask::Crop}) {
        if (const ModelRecord* record = registry.active(projectId, task))
            id += (id.empty() ? "" : "+") + record->id;
    }
    return id;
}

Result<void> noteActiveModels(const ProjectSession& session, const ModelRegistry& registry)
{
    const std::string id = activeSuggestionId(registry, session.projectId());
    PS_TRY_VOID(changeSuggestionSettings(session, [&id](SuggestionSettings& settings) {
        if (id.empty() || !startsWith(settings.activeModel, id + std::string(kServiceMark)))
            settings.activeModel = id;
    }));
    return {};
}

Result<ModelRecord> inspectModel(const std::string& path, std::string_view embedderId, const ReadTensors& read,
                                 UtcTime now)
{
    const std::string name(fileName(path));
    if (!endsWith(name, kModelSuffix))
        return Error{ErrorCode::InvalidInput, "a model is a .pt file", displayText(path), 0};
    PS_TRY(const std::string bytes, readFile(path, kMaxModelBytes));
    PS_TRY(const auto tensors, read(path));
    PS_TRY(const auto metadata, ownMetadata(path));
    const std::string embedder(embedderId.empty() ? kScriptEmbedderId : embedderId);
    const std::string sha256 = sha256Hex(bytes);
    return metadata ? recordFromMetadata(*metadata, name, sha256, tensors)
                    : scriptModelRecord(name, sha256, formatTimestamp(now), embedder, tensors);
}

Result<ModelRecord> importModel(ModelRegistry& registry, const std::string& path, std::string_view embedderId,
                                const ReadTensors& read, UtcTime now)
{
    PS_TRY(const ModelRecord record, inspectModel(path, embedderId, read, now));
    PS_TRY(const std::string bytes, readFile(path, kMaxModelBytes));
    PS_TRY_VOID(takeIn(registry.folder(), record.file, bytes));
    if (const auto text = readFile(metadataPathOf(path), kMaxMetadataBytes); text)
        PS_TRY_VOID(takeIn(registry.folder(), std::string(fileName(metadataPathOf(path))), *text));
    PS_TRY_VOID(registry.add(record)); // compares the hash once more
    return *registry.find(record.id);
}

} // namespace ps
