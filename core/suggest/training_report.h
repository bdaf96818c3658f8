// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// One epoch, as it is shown while a training runs. On the command line with --json each is one line on stderr.
struct TrainingEpoch {
    int epoch = 0; ///< from 1
    int epochs = 0;
    double trainLoss = 0;
    double holdOutLoss = 0;  ///< of the validation groups; the hold-out itself is looked at once, after the last epoch
    double holdOutScore = 0; ///< of the same: selection accuracy of the ranker, mean IoU of the crop proposer, 0 to 1
    std::string variant;     ///< which of several networks is being trained: "512-256-64-1"
    bool operator==(const TrainingEpoch&) const = default;
};

/// How good something is, with what it was counted over.
struct Score {
    std::string name;       ///< "model", "highest stage", "first", "random"; "full frame", "centre crop", "mean crop"
    double value = 0;       ///< 0 to 1
    std::int64_t count = 0; ///< the denominator: groups or images of the hold-out
    std::array<double, 2> interval{0, 1}; ///< 95 %: Wilson for shares, bootstrap over groups for means
    bool operator==(const Score&) const = default;
};

/// What a training found, measured on the hold-out alone. This is the "report" object inside a model's metadata, what the
/// Models workplace draws, and what the short report in data/daily_summaries says.
struct TrainingReport {
    enum class Kind { Ranker, Crop };
    struct StageRow {
        double stage = 0; ///< of the image that the person chose
        std::int64_t count = 0;
        std::int64_t correct = 0;
        bool operator==(const StageRow&) const = default;
    };
    struct Confusion {
        double chosenStage = 0;
        double proposedStage = 0;
        std::int64_t count = 0;
        bool operator==(const Confusion&) const = default;
    };
    struct CalibrationBin {
        double lower = 0;
        double upper = 1;
        double meanConfidence = 0;
        double accuracy = 0;
        std::int64_t count = 0;
        bool operator==(const CalibrationBin&) const = default;
    };

    Kind kind = Kind::Ranker;
    std::string modelId;
    std::vector<TrainingEpoch> epochs;
    int bestEpoch = 0;
    Score model;
    std::vector<Score> baselines;
    std::optional<Score> highestStage;    ///< accuracy where the person chose the highest stage
    std::optional<Score> notHighestStage; ///< accuracy where not ("anomalies", R73)
    std::vector<StageRow> byStage;
    std::vector<Confusion> confusion;
    std::vector<CalibrationBin> calibration;           ///< ten bins; ranker only
    double calibrationError = 0;                       ///< expected, 0 to 1
    std::vector<std::int64_t> iouHistogram;            ///< crop: ten bins over 0 to 1
    std::vector<std::int64_t> centreDistanceHistogram; ///< crop: ten bins over 0 to 0.5
    std::int64_t trainingGroups = 0;
    std::int64_t holdOutGroups = 0;
    std::int64_t trainingPairs = 0;
    std::vector<std::pair<std::string, std::int64_t>> excluded; ///< reason and number of rows
    std::string dataFingerprint;     ///< SHA-256 over group ids, picks, crops and content hashes, in order
    bool isHighestStageOnly = false; ///< it learned nothing but "the highest stage"
    bool isProposed = false;         ///< better than the baselines and than the compatible shape, see `verdict`
    std::string verdict;             ///< one English sentence why it is or is not proposed
    bool operator==(const TrainingReport&) const = default;
};

/// {"epoch": 1, "epochs": 30, "train_loss": ..., "hold_out_loss": ..., "hold_out_score": ..., "variant": "512-256-64-1"}
Json trainingEpochJson(const TrainingEpoch& epoch);
/// Errors: Corrupt naming the field.
Result<TrainingEpoch> trainingEpochFromJson(const Json& json);

Json trainingReportJson(const TrainingReport& report);
/// JSON as Python writes it; equal reports give equal bytes.
std::string toJson(const TrainingReport& report);
/// Errors: Corrupt naming the field.
Result<TrainingReport> trainingReportFromJson(std::string_view text);
Result<TrainingReport> trainingReportFromJson(const Json& json);

} // namespace ps
