// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/blas.h"
#include "core/suggest/model_files.h"
#include "core/suggest/network_trainer.h"
#include "core/suggest/training_report.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace ps {

struct RankerTrainingOptions {
    RankerFeatures features = RankerFeatures::Embedding;
    bool normalizes = false; ///< embeddings are divided by their length first
    int epochs = 30;
    int patience = 10;    ///< epochs without a better validation score after which it ends; 0 = all epochs
    int batchSize = 32;   ///< pairs; a group is never cut, so a batch may have a few more
    double margin = 0.5;  ///< by which the winner is to score above a loser
    double dropout = 0.3; ///< of the first hidden layer
    /// How much a pair counts whose winner is not of the highest stage (R73: weighted, never repeated); nothing = as much as
    /// makes both kinds equally heavy, at most 10.
    std::optional<double> notHighestWeight;
    AdamOptions adam;
    std::uint64_t seed = 42;
};

/// The inputs of many groups in one matrix.
struct RankerSamples {
    struct Group {
        std::size_t firstRow = 0;
        std::size_t rowCount = 0;
        std::size_t winner = 0; ///< row within the group
        bool isHighestStage = true;
    };
    std::size_t columns = 0;
    std::vector<float> rows;
    std::vector<Group> groups;

    std::size_t pairCount() const;
};

/// What both training and bench make of groups: those whose winner and at least one other have an embedding.
RankerSamples rankerSamples(std::span<const LabelledGroup> groups, RankerFeatures features, bool normalizes);

/// Mean and deviation of the last `count` columns; a column that does not vary has the deviation 1.
struct Standard {
    std::vector<float> mean;
    std::vector<float> scale;
};
Standard standardOf(const std::vector<float>& rows, std::size_t columns, std::size_t count);

/// That of every column, with the first `embeddingCount` damped so that all of them together weigh about as much as one other:
/// with few examples hundreds of numbers that are not to the point drown the few that are.
Standard dampedStandard(const std::vector<float>& rows, std::size_t columns, std::size_t embeddingCount);

struct TrainedRanker {
    Mlp net;
    Standard standard;
    std::vector<TrainingEpoch> epochs;
    int bestEpoch = 0;
    std::int64_t pairs = 0;
    double notHighestWeight = 1;
};

using EpochCallback = std::function<void(const TrainingEpoch&)>;

/// Learns which of a group is picked: every pair of the winner and another of its group, never across groups (R71), by the
/// margin between their scores. The weights are those of the epoch that picked best on `validation`, which is no part of any
/// figure that is reported. Without validation groups the last epoch counts.
/// Blocks. Cost: 27,000 pairs and 30 epochs take about 6 s. Errors: InvalidInput without a pair; Cancelled within a batch.
Result<TrainedRanker> trainRanker(RankerSamples training, RankerSamples validation,
                                  const RankerTrainingOptions& options, const Blas& blas, const EpochCallback& onEpoch,
                                  std::stop_token stop);

/// The layers between input and output of rankers; the scripts'.
constexpr std::size_t kRankerHidden[] = {256, 64};

} // namespace ps
