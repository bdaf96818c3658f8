// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/crop_training.h"
#include "core/suggest/model_metadata.h"
#include "core/suggest/training_data.h"
#include "core/suggest/training_split.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace ps {

/// What is to be trained, and how. The defaults are those of the scripts.
struct TrainingRequest {
    TrainingReport::Kind kind = TrainingReport::Kind::Ranker;
    std::string id; ///< "ranker_v4"
    std::string embedderId;
    Preprocessing preprocessing;            ///< of the embedder
    std::optional<RankerFeatures> features; ///< nothing: both are trained, the stronger is taken if it is better
    std::optional<CropHead> head;           ///< the same for crop proposers; CentreSize uses the measures too
    std::optional<int>
        epochs; ///< nothing: at most 30 for a ranker and 50 for a crop proposer, fewer when it gets no better
    int batchSize = 32;
    double learningRate = 1e-3;
    double weightDecay = 0.01; ///< of the stronger shapes, which have more inputs than examples at first
    std::uint64_t seed = 42;
    int threads = 1; ///< of BLAS
    SplitOptions split;
    std::string createdAt; ///< 2026-11-21T10:00:00Z
    /// The active model, which a new one must not fall behind.
    std::optional<Ranker> activeRanker;
    std::optional<CropProposer> activeCropProposer;
    std::optional<TrainingReport> activeReport;
};

/// A model with everything that is written about it.
struct TrainedModel {
    ModelMetadata metadata;
    Mlp net;
    std::optional<Ranker> ranker; ///< of Kind::Ranker
    std::optional<CropProposer> cropProposer;

    /// The bytes of the `.pt`.
    std::string checkpoint() const;
};

/// Fewer usable groups than this, and nothing is trained.
constexpr std::size_t kFewestTrainingGroups = 20;

/// Trains, measures on the hold-out and judges. Same request, data, processor and BLAS give the same bytes.
/// Blocks; meant for a process of its own. Errors: Refused with a sentence for data that nothing can be learned from (no
/// decisions, too few, one class only); Cancelled within a batch.
Result<TrainedModel> trainModel(const TrainingRequest& request, TrainingData data, const EpochCallback& onEpoch,
                                std::stop_token stop);

/// One ranker from groups that are already split; the temperature is learned from `validation`.
Result<Ranker> fitRanker(std::span<const LabelledGroup> training, std::span<const LabelledGroup> validation,
                         const RankerTrainingOptions& options, const Blas& blas, TrainedRanker& details,
                         const EpochCallback& onEpoch, std::stop_token stop);
Result<CropProposer> fitCropProposer(std::span<const LabelledGroup> training, std::span<const LabelledGroup> validation,
                                     const CropTrainingOptions& options, const Blas& blas, TrainedCropProposer& details,
                                     const EpochCallback& onEpoch, std::stop_token stop);

} // namespace ps
