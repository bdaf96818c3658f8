// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/active_models.h"
#include "core/suggest/prediction_run.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ps {

/// Makes suggestions while somebody works: first for the groups that come next, then for all that follow, then from the
/// beginning. What is missing of embeddings is computed and kept in the cache of the workspace.
///
/// Nothing here waits for a person or makes one wait: a step is small, and suggestions are stored in few transactions.
/// Threads: one, which should have a low priority; it blocks.
class LiveRun
{
public:
    struct Options {
        ModelSpec embedder;              ///< that the models may need; the built-in one needs no choice
        std::int64_t groupsAhead = 24;   ///< that are made before anything else
        std::size_t imagesPerStep = 12;  ///< of one request to the workers
        std::size_t groupsPerStore = 48; ///< of those far away, in one transaction
    };

    /// Loads what is active in the project; null when nothing is. Also tells the project which suggestions count, when its
    /// database was told otherwise. `session` and `service` must outlive it.
    /// Errors: those of loadActiveModels(), among them Conflict for a model swapped on disk; Unsupported when the models need
    /// embeddings of a network that was not chosen; those of the cache and the store.
    static Result<std::unique_ptr<LiveRun>> start(const ProjectSession& session, InferenceService& service,
                                                  const Options& options);
    /// The same with models and embeddings from elsewhere; `flush` makes embeddings durable before suggestions are stored.
    static Result<std::unique_ptr<LiveRun>> with(const ProjectSession& session, LoadedModels models,
                                                 EmbeddingSource source, std::function<Result<void>()> flush,
                                                 const Options& options);
    ~LiveRun();

    struct Step {
        std::vector<std::string> storedKeys; ///< groups whose suggestion can be read now
        bool isNear = false;                 ///< it was about groups that come next
        bool isDone = false;                 ///< nothing is left to do, and everything is stored
        std::optional<Error> problem;        ///< of the first image that could not be read
    };
    /// Does one small part of the work. `focus` is the position that is shown now.
    /// Errors: those of the catalogue and the store; WorkerCrashed and the like when the embedder as a whole does not run.
    Result<Step> step(std::int64_t focus);
    /// Stores what was made and not stored yet.
    Result<std::vector<std::string>> store();

    const std::string& modelId() const { return m_models.suggester.modelId(); }
    std::int64_t groupsLooked() const { return m_looked; } ///< in this run
    /// Groups and singles from the beginning of the second part of the work to its end, and how many of them were reached.
    std::int64_t total() const { return m_total; }
    std::int64_t reached() const { return m_reached; }

private:
    struct Embedder;
    LiveRun(const ProjectSession& session, Options options, LoadedModels models, Connection reader);
    Result<void> plan(std::int64_t focus);
    Result<std::vector<GroupToPredict>> takeNext(bool& isNear);
    Result<bool> wants(const GroupEntry& entry);
    Result<void> predict(std::vector<GroupToPredict> groups, Step& step);

    const ProjectSession& m_session;
    Options m_options;
    LoadedModels m_models;
    Connection m_reader;
    std::unique_ptr<Embedder> m_embedder; ///< null when embeddings come from elsewhere
    EmbeddingSource m_source;
    std::function<Result<void>()> m_flush;
    Predictor m_predictor;

    std::optional<std::int64_t> m_focus;
    std::deque<GroupEntry> m_near;
    std::deque<GroupEntry> m_far;
    std::int64_t m_next = 0; ///< the next position of the second part
    std::int64_t m_total = 0;
    std::int64_t m_reached = 0;
    std::int64_t m_looked = 0;
    std::set<std::string> m_withoutSuggestion; ///< looked at in vain in this run
    std::vector<GroupPrediction> m_unstored;
};

} // namespace ps
