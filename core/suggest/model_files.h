// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/preprocessing.h"
#include "core/suggest/candidate.h"
#include "core/suggest/mlp.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ps {

/// Turns a score into a probability by a stated rule: confidence = softmax(scores / temperature) of the best, then the
/// isotonic steps learned on the hold-out (x ascending, y not descending, both in 0..1; empty = identity).
struct Calibration {
    double temperature = 1;
    std::vector<std::array<double, 2>> steps;
    bool operator==(const Calibration&) const = default;
    double apply(double softmaxOfBest) const;
};

enum class RankerFeatures {
    Embedding, ///< the embedding alone: the scripts' 512-256-64-1
    Context,   ///< embedding, its difference from the group's mean, quality measures in ranks and differences, stage
};

/// Scores the candidates of a group; the best score is the pick.
struct Ranker {
    std::string id;         ///< "ranker_v4"
    std::string embedderId; ///< ModelSpec::id() of the embeddings it was trained on
    Preprocessing preprocessing;
    RankerFeatures features = RankerFeatures::Embedding;
    Mlp net;
    std::vector<float> featureMean; ///< of the inputs after the embedding; empty for Embedding
    std::vector<float> featureScale;
    Calibration calibration;

    /// One score for each candidate; nothing for a candidate without an embedding (of the right size).
    std::vector<std::optional<float>> scores(const CandidateGroup& group) const;
};

/// The inputs of the net for every candidate with an embedding: shared by training and serving.
std::vector<std::optional<std::vector<float>>> rankerInputs(const CandidateGroup& group, RankerFeatures features,
                                                            bool normalizes);

enum class CropHead {
    Corners,    ///< the scripts': sigmoid x1, y1, x2, y2; made valid by sorting and clamping
    CentreSize, ///< centre and size: valid by construction
};

/// Proposes the crop of one image.
struct CropProposer {
    std::string id; ///< "crop_proposer_v3"
    std::string embedderId;
    Preprocessing preprocessing;
    CropHead head = CropHead::CentreSize;
    bool usesMeasures = false; ///< subject box and measures are inputs too
    Mlp net;                   ///< 514-512-256-128-4, or more inputs
    std::vector<float> featureMean;
    std::vector<float> featureScale;

    /// Valid: x1 < x2, y1 < y2, inside [0, 1]. With `lockedAspect` (width / height in pixels) the box keeps centre and area.
    Crop propose(const Embedding& image, std::optional<double> lockedAspect) const;
};
std::vector<float> cropInputs(const Embedding& image, const CropProposer& proposer);

/// The text of the `_metadata.json` beside a `.pt` (decisions_v3 7.7 and what was missing there), and back. The functions of a
/// model are wholly given by its tensors and this text.
struct ModelMetadata {
    std::string text; ///< JSON as json.dump(indent=2) writes it
};

} // namespace ps
