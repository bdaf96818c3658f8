// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/training_report.h"
#include "ui/models/chart_content.h"

#include <span>

namespace ps {

// The charts of a training report. Pure functions of it; a chart whose numbers the report does not have says so.

/// Several networks may be trained one after the other: the epochs of the last one.
std::span<const TrainingEpoch> epochsOfLastNetwork(std::span<const TrainingEpoch> epochs);

/// Loss of training and validation by epoch; `bestEpoch` 0 = not known yet.
ChartContent lossChart(std::span<const TrainingEpoch> epochs, int bestEpoch);
/// Accuracy of the pick, or mean IoU of the crop, in validation by epoch; a line for each network.
ChartContent scoreChart(std::span<const TrainingEpoch> epochs, int bestEpoch, TrainingReport::Kind kind);
/// The model beside what needs no model, with 95 % intervals.
ChartContent baselineChart(const TrainingReport& report);
/// How often it was right by how sure it was, with the size of each bin.
ChartContent calibrationChart(const TrainingReport& report);
/// Stage that was proposed by stage that the person chose.
ChartContent confusionChart(const TrainingReport& report);
/// Accuracy by stage that the person chose, with 95 % intervals.
ChartContent stageChart(const TrainingReport& report);
/// Accuracy where the person chose the highest stage, and where not.
ChartContent anomalyChart(const TrainingReport& report);
ChartContent iouChart(const TrainingReport& report);
ChartContent centreDistanceChart(const TrainingReport& report);

/// All that belong to this kind of model, in the order in which they are read.
std::vector<ChartContent> chartsOf(const TrainingReport& report);

/// "highest stage" in the language of the person.
QString baselineName(const std::string& name);
/// Whether it is one that needs no model; other networks that were trained beside are in the same list.
bool needsNoModel(const Score& baseline);
/// "87.5 % (82 to 91 %, 312 groups)".
QString scoreText(const Score& score, TrainingReport::Kind kind);
/// Why a model is proposed or is not, as a sentence in the language of the person.
QString verdictText(const TrainingReport& report);
/// What was left out of the training, by reason: "7 × rejected".
QString excludedText(const TrainingReport& report);

/// The 95 % interval of a share after Wilson; everything for no cases.
std::array<double, 2> wilsonInterval(std::int64_t correct, std::int64_t count);

} // namespace ps
