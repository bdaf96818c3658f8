// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/project_session.h"
#include "core/suggest/model_registry.h"

#include <array>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// The models of a workspace as they stand for one project.
struct ModelListing {
    struct Project {
        std::string id;
        std::string databasePath;
    };
    std::vector<ModelRecord> records;       ///< newest first
    std::array<std::string, 2> activeIds;   ///< by SuggestionTask; "" = none
    std::array<std::string, 2> previousIds; ///< what going back leads to; "" = there was none
    std::vector<Project> projects;          ///< of the workspace, sorted by id

    const ModelRecord* find(std::string_view id) const;
    bool isActive(const ModelRecord& record) const;
};

/// How many images of a project have an embedding of the built-in embedder.
struct EmbeddingCoverage {
    std::int64_t embedded = 0;
    std::int64_t total = 0;

    std::int64_t missing() const { return total - embedded; }
};

/// What the Models workplace asks the disk. Injected, so that tests bring their own.
/// Threads: one at a time, on a lane; everything blocks.
class ModelsBackend
{
public:
    virtual ~ModelsBackend() = default;

    virtual Result<ModelListing> list(const ProjectSession& session) = 0;
    /// Errors: Refused by the gate, whose message says why; Conflict when the file is another one.
    virtual Result<void> activate(const ProjectSession& session, const std::string& id, bool overridesGate) = 0;
    /// The id that is active now. Errors: NotFound.
    virtual Result<std::string> rollBack(const ProjectSession& session, SuggestionTask task) = 0;
    virtual Result<EmbeddingCoverage> coverage(const ProjectSession& session, const std::stop_token& stop) = 0;
};

} // namespace ps
