// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/candidate_loader.h"
#include "core/suggest/suggester.h"

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// What makes a suggestion out of a group: a Suggester, or one with something behind it.
struct Predictor {
    std::string modelId;
    std::function<std::optional<RankedSuggestion>(const CandidateGroup&, const GroupToPredict&)> suggest;
};
/// `suggester` must outlive it.
Predictor predictorOf(const Suggester& suggester);

/// A group and what the models say about it.
struct GroupPrediction {
    GroupToPredict group;
    std::optional<RankedSuggestion> ranked;
};
struct PredictedGroups {
    std::vector<GroupPrediction> predictions; ///< one for each group, in order
    std::int64_t imagesWithoutEmbedding = 0;
    std::vector<Error> problems; ///< see LoadedCandidates
};

/// Looks at some groups. Cost: reading or computing their embeddings, and below 1 ms for each image. Blocks.
PredictedGroups predictGroups(std::string_view projectId, std::vector<GroupToPredict> groups,
                              const Predictor& predictor, const EmbeddingSource& source);

/// Stores what there is to store in ps_suggestions, in one transaction. Blocks. Errors: those of the store.
Result<void> storePredictions(const ProjectSession& session, const std::vector<GroupPrediction>& predictions);

struct PredictionOptions {
    enum class Target {
        Project,           ///< ps_suggestions of the project: groups that nobody has decided
        TemporaryDatabase, ///< {id}_ai_predictions_temp.db as the scripts write and merge it: every group
        Nowhere,           ///< only count
    };
    Target target = Target::Project;
    std::size_t groupsPerBatch = 200; ///< of one transaction; what a stop loses
    /// Groups that have a suggestion of this model are looked at again, and a finished temporary database is replaced.
    bool redoesAll = false;
};

struct PredictionProgress {
    std::int64_t looked = 0; ///< groups
    std::int64_t predicted = 0;
    std::int64_t total = 0;
};

struct PredictionReport {
    std::int64_t looked = 0;            ///< groups that were to be predicted
    std::int64_t predicted = 0;         ///< in this run
    std::int64_t known = 0;             ///< were predicted by an earlier run
    std::int64_t withoutSuggestion = 0; ///< too few embeddings, or nothing to say
    std::int64_t imagesWithoutEmbedding = 0;
    std::vector<Error> problems; ///< the first hundred, each with its file
    std::string file;            ///< the temporary database, absolute; "" for other targets
};

/// Predicts a whole project, in order, with bounded memory. What was written before a stop stays, and the next run goes on from
/// there: groups with a suggestion of this model are not looked at again. Every run adds its line to
/// data/ai_data/batch_predictions_log.jsonl (decisions_v3 7.9), but for Target::Nowhere. Blocks; one thread.
/// Errors: Cancelled; AlreadyExists (a finished temporary database); ReadOnly (a project that is only viewed); those of
/// catalogue, store and disk. An image that cannot be read is in the report and no error.
Result<PredictionReport> predictProject(const ProjectSession& session, const Predictor& predictor,
                                        const EmbeddingSource& source, const PredictionOptions& options,
                                        const std::function<void(const PredictionProgress&)>& onProgress,
                                        std::stop_token stop);

} // namespace ps
