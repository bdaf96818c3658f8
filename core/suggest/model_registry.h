// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/library/workspace.h"
#include "core/suggest/model_files.h"
#include "core/suggest/training_report.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

enum class SuggestionTask { Pick, Crop };
/// "ranker", "crop".
std::string_view suggestionTaskName(SuggestionTask task);
std::optional<SuggestionTask> parseSuggestionTask(std::string_view name);

/// One model that the workspace knows.
struct ModelRecord {
    std::string id; ///< file name without ".pt"; unique in the workspace
    SuggestionTask task = SuggestionTask::Pick;
    std::string file;           ///< beneath the models folder
    std::string sha256;         ///< of the file when it was registered
    std::string metadataSha256; ///< of the `_metadata.json` beside it, "" when there was none; add() fills it in
    std::string embedderId;
    Preprocessing preprocessing;
    std::string createdAt; ///< 2026-11-21T10:00:00Z
    std::string source;    ///< "trained", "imported"
    std::string dataFingerprint;
    std::optional<TrainingReport> report; ///< nothing for the scripts' models
    bool isProposed = false;              ///< passed the gate
    std::string verdict;
};

/// The models of a workspace: WORKSPACE/data/ai_data/models/ with registry.json, whose writes are atomic. The registry also knows
/// which model is active in which project, and which were before, newest last. Format: docs/formats/model_registry.md.
/// Threads: one at a time. Several processes may change it: each change is made to what is on disk, behind a lock file.
class ModelRegistry
{
public:
    /// A folder that is not there is an empty registry, and stays absent until something is added.
    /// Errors: Io, Corrupt naming the member, VersionMismatch.
    static Result<ModelRegistry> open(std::string modelsFolder);
    /// WORKSPACE/data/ai_data/models
    static std::string folderOf(const Workspace& workspace);

    const std::vector<ModelRecord>& records() const { return m_records; }
    const ModelRecord* find(std::string_view id) const;
    const std::string& folder() const { return m_folder; }
    /// The absolute path of the file of a model.
    std::string pathOf(const ModelRecord& record) const { return joinPath(m_folder, record.file); }

    /// Adds or replaces; the file must be there. Errors: Io, NotFound, Refused when the id is used by other content, Conflict
    /// when the file is not the one of the record.
    Result<void> add(ModelRecord record);

    /// Compares file and metadata on disk with what was registered. Cost: reads both.
    /// Errors: Conflict naming both hashes; NotFound; Io.
    Result<void> verify(const ModelRecord& record) const;

    /// What activate() would refuse, without doing it. Errors: as there.
    Result<void> mayActivate(std::string_view id, bool overridesGate) const;
    /// The projects in which a model is active, sorted.
    std::vector<std::string> projectsWith(std::string_view id) const;

    /// The active model of a project, or nothing.
    const ModelRecord* active(std::string_view projectId, SuggestionTask task) const;
    /// Errors: NotFound; Refused by the gate (not proposed) unless `overridesGate`; Conflict when the file on disk is not the one
    /// that was registered, naming both hashes.
    Result<void> activate(std::string_view projectId, std::string_view id, bool overridesGate);
    /// No model any more. Nothing happens when there is none.
    Result<void> deactivate(std::string_view projectId, SuggestionTask task);
    /// Back to the one before; the id of it, "" when there was no model active before. Errors: NotFound when there was
    /// nothing before; Conflict as activate().
    Result<std::string> rollBack(std::string_view projectId, SuggestionTask task);
    /// The ids that were active in this project, oldest first, without the present one; "" = none was.
    std::vector<std::string> history(std::string_view projectId, SuggestionTask task) const;

private:
    struct Activation {
        std::string projectId;
        SuggestionTask task = SuggestionTask::Pick;
        std::vector<std::string> ids; ///< newest last; "" = none
    };
    Result<void> load();
    Result<void> save() const;
    /// Runs `change` on what is on disk now and writes it, with the lock held.
    Result<void> change(const std::function<Result<void>()>& change);
    const Activation* findActivation(std::string_view projectId, SuggestionTask task) const;
    Activation& activationOf(std::string_view projectId, SuggestionTask task);
    Result<Activation> activationFromJson(const Json& json) const;

    std::string m_folder;
    std::vector<ModelRecord> m_records;
    std::vector<Activation> m_activations;
};

/// The record as an object of registry.json. Errors of the inverse: Corrupt naming the member.
Json modelRecordJson(const ModelRecord& record);
Result<ModelRecord> modelRecordFromJson(const Json& json);

} // namespace ps
