// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/inference/inference_service.h"
#include "core/library/project_session.h"
#include "core/suggest/candidate_loader.h"
#include "core/suggest/model_registry.h"
#include "core/suggest/suggester.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ps {

/// Reads the tensors of the `.pt` at an absolute path. Blocks.
using ReadTensors = std::function<Result<std::vector<NamedTensor>>(const std::string& path)>;
/// The one for everything but tests: a worker parses the bytes. `service` must outlive it.
ReadTensors readInWorker(InferenceService& service);

/// Models that are loaded, and the embeddings that they need.
struct LoadedModels {
    Suggester suggester;
    std::string embedderId;
    Preprocessing preprocessing; ///< what cachedEmbeddings() is to look for
};

/// Loads a ranker, a crop proposer or both; "" is none. The files are compared with the registry first.
/// Errors: NotFound; Conflict (swapped on disk, naming both hashes); InvalidInput for two models that need embeddings of
/// different networks; those of the reader; Corrupt metadata.
Result<LoadedModels> loadModels(const ModelRegistry& registry, std::string_view rankerId, std::string_view cropId,
                                const ReadTensors& read);
/// Those that are active in a project; nothing when none is.
Result<std::optional<LoadedModels>> loadActiveModels(const ModelRegistry& registry, std::string_view projectId,
                                                     const ReadTensors& read);

/// The id under which the active models of a project store their suggestions: Suggester::modelId(); "" without any.
std::string activeSuggestionId(const ModelRegistry& registry, std::string_view projectId);
/// Stands between that id and the name of a service that was asked as well: "ranker_v4+crop_proposer_v3@acme".
constexpr std::string_view kServiceMark = "@";
/// Tells the project which suggestions count from now on: to be called after activate(), deactivate() and rollBack(). What a
/// model had stored before is shown again at once when one goes back to it. Suggestions of the same models with a service behind
/// them stay. Blocks. Errors: those of the store.
Result<void> noteActiveModels(const ProjectSession& session, const ModelRegistry& registry);

/// What importModel() would register, without doing it. Errors: as there.
Result<ModelRecord> inspectModel(const std::string& path, std::string_view embedderId, const ReadTensors& read,
                                 UtcTime now);

/// Takes a `.pt` into the registry: one of this program with its metadata beside it, or one of the scripts' known models (see
/// script_models.h). A file from elsewhere is copied into the folder of the models, with its metadata. It is not proposed:
/// it was not measured against the hold-out of this workspace. `embedderId` replaces the network whose embeddings a script's model
/// needs, "" = kScriptEmbedderId.
/// Errors: NotFound; Refused for tensors that do not fit, and for what the reader refuses; AlreadyExists when another file of
/// this name is there.
Result<ModelRecord> importModel(ModelRegistry& registry, const std::string& path, std::string_view embedderId,
                                const ReadTensors& read, UtcTime now);

} // namespace ps
