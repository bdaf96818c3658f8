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
#include <string_view>
#include <vector>

namespace ps {

/// Turns a score into a probability by a stated rule: confidence = softmax(scores / temperature) of the best, then the
/// isotonic steps learned on the validation groups (x ascending, y not descending, both in 0..1; empty = identity).
struct Calibration {
    double temperature = 1;
    std::vector<std::array<double, 2>> steps;
    bool operator==(const Calibration&) const = default;
    /// Between two steps by a straight line, beyond them their end. 0..1 for any number, 0 for NaN.
    double apply(double softmaxOfBest) const;
};

/// Which candidate wins, and how sure that is by the rule of Calibration.
struct Pick {
    int index = 0;
    double confidence = 0; ///< 0 to 1
};
/// The best score, the first of equal ones; nothing without a finite score. One candidate alone has the confidence 1.
std::optional<Pick> pickOf(std::span<const std::optional<float>> scores, const Calibration& calibration);

enum class RankerFeatures {
    Embedding, ///< the embedding alone: the scripts' 512-256-64-1
    Context,   ///< embedding, its difference from the group's mean, quality measures in ranks and differences, stage
};
/// "embedding", "context" as metadata and options name them.
std::string_view rankerFeaturesName(RankerFeatures features);
std::optional<RankerFeatures> parseRankerFeatures(std::string_view name);
/// How many inputs a net has for embeddings of this length.
std::size_t rankerInputCount(RankerFeatures features, std::size_t embeddingSize);

/// Scores the candidates of a group; the best score is the pick.
struct Ranker {
    std::string id;         ///< "ranker_v4"
    std::string embedderId; ///< ModelSpec::id() of the embeddings it was trained on
    Preprocessing preprocessing;
    RankerFeatures features = RankerFeatures::Embedding;
    Mlp net;
    std::vector<float> featureMean;  ///< of the last inputs, see standardize(); empty for Embedding
    std::vector<float> featureScale; ///< an input of the net is (value - mean) / scale, kept within kLargestFeature
    Calibration calibration;

    /// One score for each candidate; nothing for a candidate without an embedding (of the right size).
    std::vector<std::optional<float>> scores(const CandidateGroup& group) const;
};

/// Brings the last mean.size() inputs to the form in which a net was trained on them: shared by training and serving.
/// Precondition: mean and scale are equally long, and not longer than the inputs.
void standardize(std::span<float> inputs, std::span<const float> mean, std::span<const float> scale);
constexpr float kLargestFeature = 5.0F;

/// The inputs of the net for every candidate with an embedding, before standardize(): shared by training and serving. All
/// embeddings have the length of the first; a candidate with another one, or with numbers that are not finite, has none.
std::vector<std::optional<std::vector<float>>> rankerInputs(const CandidateGroup& group, RankerFeatures features,
                                                            bool normalizes);

enum class CropHead {
    Corners,    ///< the scripts': sigmoid x1, y1, x2, y2; made valid by sorting and clamping
    CentreSize, ///< size, and the place within the room that it leaves: valid by construction
};
/// "corners", "centre-size".
std::string_view cropHeadName(CropHead head);
std::optional<CropHead> parseCropHead(std::string_view name);
/// What the four outputs of a net mean. Valid for any numbers: the whole frame when one is not finite.
Crop cropFromOutputs(CropHead head, std::span<const float> outputs);
/// No side of a proposed crop is shorter than this share of the picture.
constexpr double kSmallestCropSide = 0.05;
/// The box of this aspect ratio (width / height in pixels) with the same centre and area, as far as the picture allows.
Crop lockAspect(const Crop& crop, double aspect, ImageSize size);

/// Proposes the crop of one image.
struct CropProposer {
    std::string id; ///< "crop_proposer_v3"
    std::string embedderId;
    Preprocessing preprocessing;
    CropHead head = CropHead::CentreSize;
    bool usesMeasures = false; ///< subject box and measures are inputs too
    Mlp net;                   ///< 514-512-256-128-4, or more inputs; the head's sigmoid comes behind it
    std::vector<float> featureMean;
    std::vector<float> featureScale;

    /// Valid: x1 < x2, y1 < y2, inside [0, 1]. With `lockedAspect` (width / height in pixels) the box keeps centre and area.
    /// The whole frame for an embedding that the net does not fit.
    Crop propose(const Embedding& image, std::optional<double> lockedAspect) const;
};
/// Embedding, width and height over Preprocessing::sizeDivisor, and kCropFeatureCount more when the proposer uses measures;
/// before standardize().
std::vector<float> cropInputs(const Embedding& image, const Preprocessing& preprocessing, bool usesMeasures);
constexpr std::size_t kCropFeatureCount = 11;

} // namespace ps
