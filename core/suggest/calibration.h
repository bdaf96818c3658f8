// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/model_files.h"
#include "core/suggest/training_report.h"

#include <optional>
#include <span>
#include <vector>

namespace ps {

/// The scores of one group, and which one a person picked.
struct ScoredGroup {
    std::vector<std::optional<float>> scores;
    std::size_t winner = 0;
};

/// Learns how sure a ranker may be from groups that it was not trained on. The temperature is the one that makes their picks
/// likeliest, each smoothed so that a few groups that are all right do not give certainty; with kGroupsForSteps groups or more,
/// isotonic steps follow. Groups without a score for the winner are left out. Cost: a millisecond for 10,000 groups.
Calibration fitCalibration(std::span<const ScoredGroup> groups);
constexpr std::size_t kGroupsForSteps = 100;

/// One pick with the confidence that was shown for it.
struct JudgedPick {
    double confidence = 0;
    bool isCorrect = false;
};

/// Ten bins over 0 to 1, empty ones included.
std::vector<TrainingReport::CalibrationBin> calibrationBins(std::span<const JudgedPick> picks);
/// The expected calibration error: how far confidence and accuracy are apart, weighted by the number in each bin.
double calibrationErrorOf(std::span<const TrainingReport::CalibrationBin> bins);

/// A share with its 95 % interval after Wilson. `successes` may be a fraction: a baseline that draws lots.
Score shareScore(std::string name, double successes, std::int64_t count);
/// A mean with its 95 % interval by 2,000 bootstrap samples, the same for the same values.
Score meanScore(std::string name, std::span<const double> values);

} // namespace ps
