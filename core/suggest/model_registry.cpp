// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/model_registry.h"

#include "core/base/files.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/suggest/file_lock.h"
#include "core/suggest/json_fields.h"

#include <algorithm>
#include <array>

namespace ps {

namespace {

constexpr std::string_view kRegistryFile = "registry.json";
constexpr const char* kLockFile = "registry.lock";
constexpr std::string_view kModelsFolder = "data/ai_data/models";
constexpr std::int64_t kRegistryVersion = 1;
constexpr std::size_t kMaxRegistryBytes = 256ULL << 20;
constexpr std::array kTasks{SuggestionTask::Pick, SuggestionTask::Crop};

Error notFound(std::string_view what, std::string_view id)
{
    return {ErrorCode::NotFound, std::string(what), displayText(id), 0};
}

Result<std::string> hashBeneath(const std::string& folder, const std::string& name)
{
    PS_TRY(const UniqueFd folderFd, openFolder(folder));
    PS_TRY(const UniqueFd file, openFileBeneath(folderFd.get(), name));
    return sha256OfFile(file.get());
}

std::string metadataName(const ModelRecord& record)
{
    return record.file.substr(0, record.file.size() - (endsWith(record.file, ".pt") ? 3 : 0)) + "_metadata.json";
}

/// The hash of the metadata beside a model, "" when there is none.
Result<std::string> metadataHash(const std::string& folder, const ModelRecord& record)
{
    auto hash = hashBeneath(folder, metadataName(record));
    if (!hash && hash.error().code == ErrorCode::NotFound)
        return std::string();
    return hash;
}

Result<void> compareHashes(const std::string& name, const std::string& registered, const std::string& found)
{
    if (registered == found)
        return {};
    return Error{ErrorCode::Conflict,
                 "the file is not the one that was registered: sha256 " + registered + " was, " +
                     (found.empty() ? std::string("nothing") : found) + " is there now",
                 name, 0};
}

} // namespace

std::string_view suggestionTaskName(SuggestionTask task)
{
    return task == SuggestionTask::Pick ? "ranker" : "crop";
}

std::optional<SuggestionTask> parseSuggestionTask(std::string_view name)
{
    const auto* const found = std::ranges::find(kTasks, name, suggestionTaskName);
    return found == kTasks.end() ? std::nullopt : std::optional(*found);
}

// ---- records as JSON -----------------------------------------------------------------------------------------------

Json modelRecordJson(const ModelRecord& record)
{
    const auto preprocessing = parseJson(record.preprocessing.toJson());
    return Json::object({{"id", record.id},
                         {"task", std::string(suggestionTaskName(record.task))},
                         {"file", record.file},
                         {"sha256", record.sha256},
                         {"metadata_sha256", record.metadataSha256},
                         {"embedder", record.embedderId},
                         {"preprocessing", preprocessing.value_or(Json())},
                         {"created_at", record.createdAt},
                         {"source", record.source},
                         {"data_fingerprint", record.dataFingerprint},
                         {"is_proposed", record.isProposed},
                         {"verdict", record.verdict},
                         {"report", record.report ? trainingReportJson(*record.report) : Json()}});
}

Result<ModelRecord> modelRecordFromJson(const Json& json)
{
    const JsonFields fields(json);
    ModelRecord record;
    PS_TRY(record.id, fields.text("id"));
    PS_TRY(const std::string task, fields.text("task"));
    const auto known = parseSuggestionTask(task);
    if (!known)
        return JsonFields::wrong("task");
    record.task = *known;
    PS_TRY(record.file, fields.text("file"));
    if (!isContainedPath(record.file))
        return JsonFields::wrong("file");
    PS_TRY(record.sha256, fields.text("sha256"));
    PS_TRY(record.metadataSha256, fields.text("metadata_sha256"));
    PS_TRY(record.embedderId, fields.text("embedder"));
    PS_TRY(record.preprocessing, Preprocessing::fromJson(dumpJson(fields.at("preprocessing"))));
    PS_TRY(record.createdAt, fields.text("created_at"));
    PS_TRY(record.source, fields.text("source"));
    PS_TRY(record.dataFingerprint, fields.text("data_fingerprint"));
    PS_TRY(record.isProposed, fields.boolean("is_proposed"));
    PS_TRY(record.verdict, fields.text("verdict"));
    if (!fields.at("report").isNull()) {
        PS_TRY(record.report, trainingReportFromJson(fields.at("report")));
    }
    return record;
}

// ---- the file ------------------------------------------------------------------------------------------------------

Result<ModelRegistry> ModelRegistry::open(std::string modelsFolder)
{
    ModelRegistry registry;
    registry.m_folder = std::move(modelsFolder);
    PS_TRY_VOID(registry.load());
    return registry;
}

std::string ModelRegistry::folderOf(const Workspace& workspace)
{
    return joinPath(workspace.rootPath(), kModelsFolder);
}

Result<ModelRegistry::Activation> ModelRegistry::activationFromJson(const Json& json) const
{
    const JsonFields fields(json);
    Activation activation;
    PS_TRY(activation.projectId, fields.text("project"));
    PS_TRY(const std::string task, fields.text("task"));
    const auto known = parseSuggestionTask(task);
    if (!known)
        return JsonFields::wrong("task");
    activation.task = *known;
    PS_TRY(activation.ids, fields.texts("history"));
    const bool areKnown = std::ranges::all_of(activation.ids, [&](const std::string& id) {
        const ModelRecord* record = find(id);
        return id.empty() || (record && record->task == activation.task);
    });
    if (!areKnown)
        return JsonFields::wrong("history");
    return activation;
}

Result<void> ModelRegistry::load()
{
    m_records.clear();
    m_activations.clear();
    const std::string path = joinPath(m_folder, kRegistryFile);
    const auto text = readFile(path, kMaxRegistryBytes);
    if (!text)
        return text.error().code == ErrorCode::NotFound ? Result<void>() : Result<void>(text.error());
    const auto json = parseJson(*text);
    if (!json)
        return Error{ErrorCode::Corrupt, json.error().message, path, 0};
    const auto readAll = [&]() -> Result<void> {
        const JsonFields fields(*json);
        PS_TRY(const std::int64_t version, fields.integer("version"));
        if (version > kRegistryVersion)
            return Error{ErrorCode::VersionMismatch, "the registry was written by a newer program", {}, 0};
        PS_TRY(m_records, fields.list<ModelRecord>("models", modelRecordFromJson));
        PS_TRY(m_activations,
               fields.list<Activation>("activations", [this](const Json& item) { return activationFromJson(item); }));
        return {};
    };
    if (const auto read = readAll(); !read)
        return read.error().in(path);
    return {};
}

Result<void> ModelRegistry::save() const
{
    Json::Array models;
    for (const ModelRecord& record : m_records)
        models.push_back(modelRecordJson(record));
    Json::Array activations;
    for (const Activation& activation : m_activations) {
        Json::Array history(activation.ids.begin(), activation.ids.end());
        activations.push_back(Json::object({{"project", activation.projectId},
                                            {"task", std::string(suggestionTaskName(activation.task))},
                                            {"history", Json(std::move(history))}}));
    }
    const Json json = Json::object({{"version", kRegistryVersion},
                                    {"models", Json(std::move(models))},
                                    {"activations", Json(std::move(activations))}});
    return writeFileDurably(joinPath(m_folder, kRegistryFile), dumpJsonIndented(json), Replace::Atomic);
}

Result<void> ModelRegistry::change(const std::function<Result<void>()>& change)
{
    PS_TRY(const UniqueFd folder, makeFolders(m_folder));
    PS_TRY(const UniqueFd lock, lockFile(folder.get(), kLockFile));
    PS_TRY_VOID(load());
    if (auto outcome = change(); !outcome) {
        discard(load(), "the error of the change is the one to tell");
        return outcome;
    }
    return save();
}

// ---- models --------------------------------------------------------------------------------------------------------

const ModelRecord* ModelRegistry::find(std::string_view id) const
{
    const auto found = std::ranges::find(m_records, id, &ModelRecord::id);
    return found == m_records.end() ? nullptr : &*found;
}

Result<void> ModelRegistry::verify(const ModelRecord& record) const
{
    PS_TRY(const std::string hash, hashBeneath(m_folder, record.file));
    PS_TRY_VOID(compareHashes(record.file, record.sha256, hash));
    PS_TRY(const std::string metadata, metadataHash(m_folder, record));
    return compareHashes(metadataName(record), record.metadataSha256, metadata);
}

Result<void> ModelRegistry::add(ModelRecord record)
{
    if (record.id.empty() || !isContainedPath(record.file))
        return Error{ErrorCode::InvalidInput, "a model needs an id and a file beneath the folder of the models",
                     displayText(record.file), 0};
    PS_TRY(const std::string hash, hashBeneath(m_folder, record.file));
    PS_TRY_VOID(compareHashes(record.file, record.sha256, hash));
    PS_TRY(record.metadataSha256, metadataHash(m_folder, record));
    PS_TRY(const Json written, parseJson(dumpJson(modelRecordJson(record))));
    PS_TRY_VOID(modelRecordFromJson(written)); // what could not be read again is never written
    return change([&]() -> Result<void> {
        const auto found = std::ranges::find(m_records, record.id, &ModelRecord::id);
        if (found == m_records.end()) {
            m_records.push_back(record);
            return {};
        }
        if (found->sha256 != record.sha256 || found->task != record.task)
            return Error{ErrorCode::Refused, "another model has this id", displayText(record.id), 0};
        *found = record;
        return {};
    });
}

// ---- what is active ------------------------------------------------------------------------------------------------

const ModelRegistry::Activation* ModelRegistry::findActivation(std::string_view projectId, SuggestionTask task) const
{
    const auto found = std::ranges::find_if(m_activations, [&](const Activation& activation) {
        return activation.projectId == projectId && activation.task == task;
    });
    return found == m_activations.end() ? nullptr : &*found;
}

ModelRegistry::Activation& ModelRegistry::activationOf(std::string_view projectId, SuggestionTask task)
{
    const auto found = std::ranges::find_if(m_activations, [&](const Activation& activation) {
        return activation.projectId == projectId && activation.task == task;
    });
    if (found != m_activations.end())
        return *found;
    m_activations.push_back({std::string(projectId), task, {}});
    return m_activations.back();
}

const ModelRecord* ModelRegistry::active(std::string_view projectId, SuggestionTask task) const
{
    const Activation* activation = findActivation(projectId, task);
    return activation && !activation->ids.empty() ? find(activation->ids.back()) : nullptr;
}

Result<void> ModelRegistry::mayActivate(std::string_view id, bool overridesGate) const
{
    const ModelRecord* record = find(id);
    if (!record)
        return notFound("there is no such model", id);
    if (!record->isProposed && !overridesGate)
        return Error{ErrorCode::Refused,
                     "the model is not proposed: " +
                         (record->verdict.empty() ? std::string("it was not compared with anything") : record->verdict),
                     displayText(id), 0};
    return verify(*record);
}

std::vector<std::string> ModelRegistry::projectsWith(std::string_view id) const
{
    std::vector<std::string> projects;
    for (const Activation& activation : m_activations) {
        if (!activation.ids.empty() && activation.ids.back() == id)
            projects.push_back(activation.projectId);
    }
    std::ranges::sort(projects);
    return projects;
}

Result<void> ModelRegistry::activate(std::string_view projectId, std::string_view id, bool overridesGate)
{
    return change([&]() -> Result<void> {
        PS_TRY_VOID(mayActivate(id, overridesGate));
        Activation& activation = activationOf(projectId, find(id)->task);
        if (activation.ids.empty() || activation.ids.back() != id)
            activation.ids.emplace_back(id);
        return {};
    });
}

Result<void> ModelRegistry::deactivate(std::string_view projectId, SuggestionTask task)
{
    if (!active(projectId, task))
        return {};
    return change([&]() -> Result<void> {
        Activation& activation = activationOf(projectId, task);
        if (!activation.ids.empty() && !activation.ids.back().empty())
            activation.ids.emplace_back();
        return {};
    });
}

Result<std::string> ModelRegistry::rollBack(std::string_view projectId, SuggestionTask task)
{
    std::string id;
    PS_TRY_VOID(change([&]() -> Result<void> {
        Activation& activation = activationOf(projectId, task);
        if (activation.ids.size() < 2)
            return notFound("no model was active before", projectId);
        id = activation.ids[activation.ids.size() - 2];
        if (!id.empty()) {
            PS_TRY_VOID(verify(*find(id)));
        }
        activation.ids.pop_back();
        return {};
    }));
    return id;
}

std::vector<std::string> ModelRegistry::history(std::string_view projectId, SuggestionTask task) const
{
    const Activation* activation = findActivation(projectId, task);
    if (!activation || activation->ids.empty())
        return {};
    return {activation->ids.begin(), activation->ids.end() - 1};
}

} // namespace ps
