// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/project_session.h"
#include "core/suggest/model_registry.h"
#include "ui/models/map_points.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
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
    std::vector<ModelRecord> records;     ///< newest first
    std::array<std::string, 2> activeIds; ///< by SuggestionTask; "" = none
    /// What going back leads to; "" = to no model, nothing = there is no way back.
    std::array<std::optional<std::string>, 2> previousIds;
    std::array<std::string, 2> nextIds; ///< what the next model is called
    std::vector<Project> projects;      ///< of the workspace, sorted by id

    const ModelRecord* find(std::string_view id) const;
    bool isActive(const ModelRecord& record) const;
};

/// How many images of a project have an embedding that the models can use.
struct EmbeddingCoverage {
    std::int64_t embedded = 0;
    std::int64_t total = 0;

    std::int64_t missing() const { return total - embedded; }
};

/// The images that an embedding map is to show: what is known of each but its place.
struct MapSource {
    MapPoints points; ///< x and y are empty
    std::string cacheFolder;
    std::vector<std::string> sha256; ///< of each image; with model and preprocessing it names the embedding
    std::string modelId;
    std::string preprocessingId;
};

/// What the Models workplace asks the disk. Injected, so that tests bring their own.
/// Threads: list() to mapSource() one at a time, on a lane; layOutMap() on another. Everything blocks.
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
    virtual Result<MapSource> mapSource(const ProjectSession& session, const std::stop_token& stop) = 0;
    /// Needs no project any more: loads the embeddings and lays them out. `progress` gets 0 to 1 on this thread.
    virtual Result<MapPoints> layOutMap(MapSource source, const std::function<void(double)>& progress,
                                        const std::stop_token& stop) = 0;
};

/// The registry, the cache of embeddings and the catalogue of the open project.
std::shared_ptr<ModelsBackend> makeModelsBackend();

} // namespace ps
