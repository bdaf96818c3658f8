// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/calibration.h"
#include "core/suggest/candidate.h"

#include <span>
#include <vector>

namespace ps {

/// The scores of every group, and the picks of the people.
std::vector<ScoredGroup> scoreGroups(const Ranker& ranker, std::span<const LabelledGroup> groups);

/// Measures a ranker on groups that it never saw: accuracy, the trivial baselines beside it, by stage, confusion, calibration.
/// Only these members of the report are filled in. Ties of the highest stage are drawn by lot, so they count in parts.
TrainingReport evaluateRanker(const Ranker& ranker, std::span<const LabelledGroup> holdOut);

/// Measures a crop proposer on images that it never saw: the mean IoU, the trivial baselines beside it (`meanCrop` is that of
/// the training crops), the distributions of IoU and of the distance of the centres.
TrainingReport evaluateCropProposer(const CropProposer& proposer, std::span<const LabelledGroup> holdOut,
                                    const Crop& meanCrop);

/// The mean of each edge. The whole frame for no crops.
Crop meanCropOf(std::span<const LabelledGroup> groups);
/// The box in the middle with the mean width and height.
Crop centreCropOf(const Crop& meanCrop);

/// The IoU of each proposal with what the person cut.
std::vector<double> overlapsOf(const CropProposer& proposer, std::span<const LabelledGroup> groups);

/// True when a ranker takes the highest stage of nearly every group (95 %) in which stages differ.
bool takesHighestStage(const Ranker& ranker, std::span<const LabelledGroup> groups);

/// Whether a model may be proposed, and why.
struct Verdict {
    bool isProposed = false;
    std::string sentence;
};

/// What the gate compares a new model with besides the baselines: the one that is active now, measured on the same hold-out.
struct Incumbent {
    std::string id;
    Score holdOut;                 ///< on the hold-out of the new model
    Score recent;                  ///< how far it agrees with the decisions that the new model was trained on
    std::optional<Score> promised; ///< what its own report said
};

/// The gate: enough groups; not the highest stage alone; surely better than every baseline; not worse than the incumbent on the
/// same hold-out; and not learned from decisions that contradict those before them.
Verdict judge(const TrainingReport& report, const std::optional<Incumbent>& incumbent);
constexpr std::int64_t kFewestHoldOutGroups = 5;

} // namespace ps
