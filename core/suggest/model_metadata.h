// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/inference/checkpoint.h"
#include "core/suggest/model_files.h"
#include "core/suggest/training_report.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// Which groups were kept away from the training of a model, by their ids, sorted: "project/group id".
struct SplitIds {
    std::vector<std::string> validation; ///< chose the epoch and the calibration
    std::vector<std::string> holdOut;    ///< gave the figures of the report, and nothing else
    bool operator==(const SplitIds&) const = default;
};

/// Everything about a model that is not in its tensors: the text of the `{id}_metadata.json` beside the `.pt`. The functions of
/// a model are wholly given by the two. Format: docs/formats/models.md; the keys outside "proofsheet" are those of the scripts
/// (formats/decisions_v3.md 7.7).
struct ModelMetadata {
    TrainingReport::Kind kind = TrainingReport::Kind::Ranker;
    std::string id;        ///< "ranker_v4"
    std::string createdAt; ///< 2026-11-21T10:00:00Z
    std::string embedderId;
    Preprocessing preprocessing;
    RankerFeatures features = RankerFeatures::Embedding; ///< ranker
    CropHead head = CropHead::Corners;                   ///< crop proposer
    bool usesMeasures = false;                           ///< crop proposer
    std::vector<float> featureMean;
    std::vector<float> featureScale;
    Calibration calibration; ///< ranker
    std::string shape;       ///< "512-256-64-1"
    SplitIds split;
    Json hyperparameters;  ///< {"epochs": 30, "batch_size": 32, ...}
    std::string blas;      ///< Blas::name() and threads: with seed and data, what the bits depend on
    std::string processor; ///< kernel that was chosen for the processor
    TrainingReport report;
    bool operator==(const ModelMetadata&) const = default;
};

/// As json.dump(indent=2) writes it; equal values give equal bytes.
std::string toJson(const ModelMetadata& metadata);

/// True when the text is metadata of this program, and not of the scripts, which say too little to run a model.
bool isOwnMetadata(std::string_view text);

/// Errors: Corrupt naming the member; Unsupported for metadata of the scripts; VersionMismatch for one of a newer program.
Result<ModelMetadata> modelMetadataFromJson(std::string_view text);

/// The models themselves. Errors: Refused naming expected and actual shape (R77), or when the metadata is of the other kind.
Result<Ranker> makeRanker(const ModelMetadata& metadata, const std::vector<NamedTensor>& tensors);
Result<CropProposer> makeCropProposer(const ModelMetadata& metadata, const std::vector<NamedTensor>& tensors);

/// The numbers in the names of the tensors, as the scripts' second version has them: net.0, net.3, net.5, or net.0, 3, 6, 8.
std::vector<int> tensorNumbers(TrainingReport::Kind kind);

} // namespace ps
