// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/training_report.h"

#include "core/suggest/json_fields.h"

namespace ps {

namespace {

template <typename T, typename Writer>
Json listJson(const std::vector<T>& items, Writer write)
{
    Json::Array list;
    for (const T& item : items)
        list.push_back(write(item));
    return list;
}

Json scoreJson(const Score& score)
{
    return Json::object({{"name", score.name},
                         {"value", score.value},
                         {"count", score.count},
                         {"interval", Json::array({score.interval[0], score.interval[1]})}});
}

Json optionalScoreJson(const std::optional<Score>& score)
{
    return score ? scoreJson(*score) : Json();
}

Json stageRowJson(const TrainingReport::StageRow& row)
{
    return Json::object({{"stage", row.stage}, {"count", row.count}, {"correct", row.correct}});
}

Json confusionJson(const TrainingReport::Confusion& cell)
{
    return Json::object(
        {{"chosen_stage", cell.chosenStage}, {"proposed_stage", cell.proposedStage}, {"count", cell.count}});
}

Json binJson(const TrainingReport::CalibrationBin& bin)
{
    return Json::object({{"lower", bin.lower},
                         {"upper", bin.upper},
                         {"mean_confidence", bin.meanConfidence},
                         {"accuracy", bin.accuracy},
                         {"count", bin.count}});
}

Json countJson(std::int64_t count)
{
    return count;
}

// ---- reading -------------------------------------------------------------------------------------------------------

Result<Score> readScore(const Json& json)
{
    const JsonFields fields(json);
    Score score;
    PS_TRY(score.name, fields.text("name"));
    PS_TRY(score.value, fields.number("value"));
    PS_TRY(score.count, fields.integer("count"));
    PS_TRY(const std::vector<double> interval, fields.numbers("interval"));
    if (interval.size() != 2)
        return fields.wrong("interval");
    score.interval = {interval[0], interval[1]};
    return score;
}

Result<std::optional<Score>> readOptionalScore(const JsonFields& fields, const char* key)
{
    if (fields.at(key).isNull())
        return std::optional<Score>();
    PS_TRY(Score score, readScore(fields.at(key)));
    return std::optional<Score>(std::move(score));
}

Result<TrainingReport::StageRow> readStageRow(const Json& json)
{
    const JsonFields fields(json);
    TrainingReport::StageRow row;
    PS_TRY(row.stage, fields.number("stage"));
    PS_TRY(row.count, fields.integer("count"));
    PS_TRY(row.correct, fields.integer("correct"));
    return row;
}

Result<TrainingReport::Confusion> readConfusion(const Json& json)
{
    const JsonFields fields(json);
    TrainingReport::Confusion cell;
    PS_TRY(cell.chosenStage, fields.number("chosen_stage"));
    PS_TRY(cell.proposedStage, fields.number("proposed_stage"));
    PS_TRY(cell.count, fields.integer("count"));
    return cell;
}

Result<TrainingReport::CalibrationBin> readBin(const Json& json)
{
    const JsonFields fields(json);
    TrainingReport::CalibrationBin bin;
    PS_TRY(bin.lower, fields.number("lower"));
    PS_TRY(bin.upper, fields.number("upper"));
    PS_TRY(bin.meanConfidence, fields.number("mean_confidence"));
    PS_TRY(bin.accuracy, fields.number("accuracy"));
    PS_TRY(bin.count, fields.integer("count"));
    return bin;
}

Result<std::int64_t> readCount(const Json& json)
{
    if (!json.isInteger())
        return Error{ErrorCode::Corrupt, "not a whole number", {}, 0};
    return json.toInteger();
}

Result<void> readExcluded(const JsonFields& fields, TrainingReport& report)
{
    if (!fields.at("excluded").isObject())
        return fields.wrong("excluded");
    for (const auto& [reason, count] : fields.at("excluded").members()) {
        PS_TRY(const std::int64_t rows, readCount(count));
        report.excluded.emplace_back(reason, rows);
    }
    return {};
}

Result<void> readCounts(const JsonFields& fields, TrainingReport& report)
{
    PS_TRY(const std::int64_t bestEpoch, fields.integer("best_epoch"));
    report.bestEpoch = static_cast<int>(bestEpoch);
    PS_TRY(report.trainingGroups, fields.integer("training_groups"));
    PS_TRY(report.holdOutGroups, fields.integer("hold_out_groups"));
    PS_TRY(report.trainingPairs, fields.integer("training_pairs"));
    PS_TRY(report.calibrationError, fields.number("calibration_error"));
    PS_TRY(report.dataFingerprint, fields.text("data_fingerprint"));
    PS_TRY(report.isHighestStageOnly, fields.boolean("is_highest_stage_only"));
    PS_TRY(report.isProposed, fields.boolean("is_proposed"));
    PS_TRY(report.verdict, fields.text("verdict"));
    return {};
}

Result<void> readLists(const JsonFields& fields, TrainingReport& report)
{
    PS_TRY(report.epochs, fields.list<TrainingEpoch>("epochs", trainingEpochFromJson));
    PS_TRY(report.baselines, fields.list<Score>("baselines", readScore));
    PS_TRY(report.byStage, fields.list<TrainingReport::StageRow>("by_stage", readStageRow));
    PS_TRY(report.confusion, fields.list<TrainingReport::Confusion>("confusion", readConfusion));
    PS_TRY(report.calibration, fields.list<TrainingReport::CalibrationBin>("calibration", readBin));
    PS_TRY(report.iouHistogram, fields.list<std::int64_t>("iou_histogram", readCount));
    PS_TRY(report.centreDistanceHistogram, fields.list<std::int64_t>("centre_distance_histogram", readCount));
    return {};
}

} // namespace

// ---- epochs --------------------------------------------------------------------------------------------------------

Json trainingEpochJson(const TrainingEpoch& epoch)
{
    return Json::object({{"epoch", epoch.epoch},
                         {"epochs", epoch.epochs},
                         {"train_loss", epoch.trainLoss},
                         {"hold_out_loss", epoch.holdOutLoss},
                         {"hold_out_score", epoch.holdOutScore},
                         {"variant", epoch.variant}});
}

Result<TrainingEpoch> trainingEpochFromJson(const Json& json)
{
    const JsonFields fields(json);
    TrainingEpoch epoch;
    PS_TRY(const std::int64_t number, fields.integer("epoch"));
    PS_TRY(const std::int64_t count, fields.integer("epochs"));
    epoch.epoch = static_cast<int>(number);
    epoch.epochs = static_cast<int>(count);
    PS_TRY(epoch.trainLoss, fields.number("train_loss"));
    PS_TRY(epoch.holdOutLoss, fields.number("hold_out_loss"));
    PS_TRY(epoch.holdOutScore, fields.number("hold_out_score"));
    PS_TRY(epoch.variant, fields.text("variant"));
    return epoch;
}

// ---- reports -------------------------------------------------------------------------------------------------------

Json trainingReportJson(const TrainingReport& report)
{
    Json::Object excluded;
    for (const auto& [reason, count] : report.excluded)
        excluded.emplace_back(reason, count);
    return Json::object({{"kind", report.kind == TrainingReport::Kind::Ranker ? "ranker" : "crop"},
                         {"model_id", report.modelId},
                         {"best_epoch", std::int64_t{report.bestEpoch}},
                         {"model", scoreJson(report.model)},
                         {"baselines", listJson(report.baselines, scoreJson)},
                         {"highest_stage", optionalScoreJson(report.highestStage)},
                         {"not_highest_stage", optionalScoreJson(report.notHighestStage)},
                         {"by_stage", listJson(report.byStage, stageRowJson)},
                         {"confusion", listJson(report.confusion, confusionJson)},
                         {"calibration", listJson(report.calibration, binJson)},
                         {"calibration_error", report.calibrationError},
                         {"iou_histogram", listJson(report.iouHistogram, countJson)},
                         {"centre_distance_histogram", listJson(report.centreDistanceHistogram, countJson)},
                         {"training_groups", report.trainingGroups},
                         {"hold_out_groups", report.holdOutGroups},
                         {"training_pairs", report.trainingPairs},
                         {"excluded", std::move(excluded)},
                         {"data_fingerprint", report.dataFingerprint},
                         {"is_highest_stage_only", report.isHighestStageOnly},
                         {"is_proposed", report.isProposed},
                         {"verdict", report.verdict},
                         {"epochs", listJson(report.epochs, trainingEpochJson)}});
}

Result<TrainingReport> trainingReportFromJson(const Json& json)
{
    const JsonFields fields(json);
    TrainingReport report;
    PS_TRY(const std::string kind, fields.text("kind"));
    if (kind != "ranker" && kind != "crop")
        return fields.wrong("kind");
    report.kind = kind == "ranker" ? TrainingReport::Kind::Ranker : TrainingReport::Kind::Crop;
    PS_TRY(report.modelId, fields.text("model_id"));
    PS_TRY(report.model, readScore(fields.at("model")));
    PS_TRY(report.highestStage, readOptionalScore(fields, "highest_stage"));
    PS_TRY(report.notHighestStage, readOptionalScore(fields, "not_highest_stage"));
    PS_TRY_VOID(readCounts(fields, report));
    PS_TRY_VOID(readLists(fields, report));
    PS_TRY_VOID(readExcluded(fields, report));
    return report;
}

std::string toJson(const TrainingReport& report)
{
    return dumpJsonIndented(trainingReportJson(report));
}

Result<TrainingReport> trainingReportFromJson(std::string_view text)
{
    const auto json = parseJson(text);
    if (!json)
        return Error{ErrorCode::Corrupt, json.error().message, "training report", 0};
    return trainingReportFromJson(*json);
}

} // namespace ps
