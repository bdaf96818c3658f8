// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/models_samples.h"

#include <cmath>

namespace ps::test {

namespace {

std::vector<TrainingEpoch> epochs(int count, double from, double to)
{
    std::vector<TrainingEpoch> list;
    for (int i = 1; i <= count; ++i) {
        const double wobble = 0.012 * std::sin(i * 2.1);
        list.push_back({i, count, 0.12 + 0.58 * std::exp(-i / 7.0), 0.2 + 0.5 * std::exp(-i / 6.0) + 0.002 * i + wobble,
                        to - (to - from) * std::exp(-i / 5.0) + wobble, "512-256-64-1"});
    }
    return list;
}

} // namespace

TrainingReport rankerReport()
{
    TrainingReport report;
    report.kind = TrainingReport::Kind::Ranker;
    report.modelId = "ranker_v4";
    report.epochs = epochs(30, 0.5, 0.87);
    report.bestEpoch = 24;
    report.model = {"model", 273.0 / 312, 312, {0.834, 0.907}};
    report.baselines = {{"highest stage", 0.712, 312, {0.659, 0.760}},
                        {"first", 0.301, 312, {0.253, 0.354}},
                        {"random", 0.333, 312, {0.283, 0.387}}};
    report.highestStage = Score{"model", 0.946, 222, {0.908, 0.969}};
    report.notHighestStage = Score{"model", 0.7, 90, {0.599, 0.785}};
    report.byStage = {{1, 21, 13}, {1.5, 29, 21}, {2, 40, 31}, {3, 222, 208}};
    report.confusion = {{1, 1, 13}, {1, 2, 3},   {1, 3, 5}, {1.5, 1, 2}, {1.5, 1.5, 21}, {1.5, 3, 6},
                        {2, 2, 31}, {2, 1.5, 2}, {2, 3, 7}, {3, 3, 208}, {3, 2, 9},      {3, 1.5, 5}};
    for (int i = 0; i < 10; ++i) {
        const double middle = i / 10.0 + 0.05;
        const std::int64_t counts[] = {0, 0, 0, 9, 17, 24, 31, 44, 71, 116};
        report.calibration.push_back(
            {i / 10.0, (i + 1) / 10.0, middle, std::min(1.0, middle + 0.03 - 0.02 * (i % 3)), counts[i]});
    }
    report.calibrationError = 0.021;
    report.trainingGroups = 1204;
    report.holdOutGroups = 312;
    report.trainingPairs = 3411;
    report.excluded = {{"rejected", 87}, {"without embedding", 12}};
    report.dataFingerprint = std::string(64, 'c');
    report.isProposed = true;
    report.verdict = "Better than the baselines and the compatible shape.";
    return report;
}

TrainingReport cropReport()
{
    TrainingReport report;
    report.kind = TrainingReport::Kind::Crop;
    report.modelId = "crop_proposer_v3";
    report.epochs = epochs(30, 0.4, 0.83);
    report.bestEpoch = 27;
    report.model = {"model", 0.83, 180, {0.81, 0.85}};
    report.baselines = {{"full frame", 0.52, 180, {0.49, 0.55}},
                        {"centre crop", 0.61, 180, {0.58, 0.64}},
                        {"mean crop", 0.66, 180, {0.63, 0.69}}};
    report.byStage = {{1, 30, 22}, {2, 60, 49}, {3, 90, 80}};
    report.iouHistogram = {0, 0, 1, 2, 4, 9, 14, 29, 71, 50};
    report.centreDistanceHistogram = {88, 51, 22, 11, 5, 2, 1, 0, 0, 0};
    report.trainingGroups = 720;
    report.holdOutGroups = 180;
    report.isProposed = true;
    report.verdict = "Better than the baselines.";
    return report;
}

TrainingReport refusedReport()
{
    TrainingReport report = rankerReport();
    report.modelId = "ranker_v5";
    report.model = {"model", 0.712, 312, {0.659, 0.760}};
    report.isProposed = false;
    report.isHighestStageOnly = true;
    report.verdict = "It always chooses the highest stage.";
    return report;
}

ModelRecord recordOf(std::string id, std::string createdAt, std::optional<TrainingReport> report, SuggestionTask task)
{
    ModelRecord record;
    record.id = std::move(id);
    record.task = task;
    record.file = record.id + ".pt";
    record.sha256 = std::string(64, 'a');
    record.embedderId = "builtin-1";
    record.createdAt = std::move(createdAt);
    record.source = report ? "trained" : "imported";
    record.isProposed = report && report->isProposed;
    record.verdict = report ? report->verdict : "";
    record.report = std::move(report);
    return record;
}

} // namespace ps::test
