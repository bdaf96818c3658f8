// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/suggest/model_files.h"
#include "core/suggest/training_report.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

enum class SuggestionTask { Pick, Crop };
/// "ranker", "crop".
std::string_view suggestionTaskName(SuggestionTask task);

/// One model that the workspace knows.
struct ModelRecord {
    std::string id; ///< file name without ".pt"; unique in the workspace
    SuggestionTask task = SuggestionTask::Pick;
    std::string file;   ///< beneath the models folder
    std::string sha256; ///< of the file when it was registered
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
/// which model is active in which project, and which were before, newest last.
/// Threads: one at a time; processes exclude each other with a lock file.
class ModelRegistry
{
public:
    /// Errors: Io, Corrupt naming the line.
    static Result<ModelRegistry> open(std::string modelsFolder);

    const std::vector<ModelRecord>& records() const { return m_records; }
    const ModelRecord* find(std::string_view id) const;
    const std::string& folder() const { return m_folder; }

    /// Adds or replaces. Errors: Io, Refused when the id is used by other content.
    Result<void> add(ModelRecord record);

    /// The active model of a project, or nothing.
    const ModelRecord* active(std::string_view projectId, SuggestionTask task) const;
    /// Errors: NotFound; Refused by the gate (not proposed) unless `overridesGate`; Conflict when the file on disk is not the one
    /// that was registered, naming both hashes.
    Result<void> activate(std::string_view projectId, std::string_view id, bool overridesGate);
    /// No model any more.
    Result<void> deactivate(std::string_view projectId, SuggestionTask task);
    /// Back to the one before. Errors: NotFound when there was none.
    Result<std::string> rollBack(std::string_view projectId, SuggestionTask task);
    /// The ids that were active in this project, oldest first, without the present one.
    std::vector<std::string> history(std::string_view projectId, SuggestionTask task) const;

private:
    struct Activation {
        std::string projectId;
        SuggestionTask task;
        std::vector<std::string> ids; ///< newest last; "" = none
    };
    std::string m_folder;
    std::vector<ModelRecord> m_records;
    std::vector<Activation> m_activations;
};

} // namespace ps
