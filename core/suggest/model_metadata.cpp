// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/model_metadata.h"

#include "core/base/text.h"
#include "core/suggest/json_fields.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::int64_t kFormat = 1;
constexpr const char* kOwnMember = "proofsheet";

template <typename T>
Json listOf(const std::vector<T>& items)
{
    Json::Array list;
    for (const T& item : items)
        list.emplace_back(item);
    return list;
}

Json floatList(const std::vector<float>& values)
{
    Json::Array list;
    for (const float value : values)
        list.emplace_back(static_cast<double>(value));
    return list;
}

/// "ranker_v4" to "v4", as the scripts name their versions.
std::string versionOf(const std::string& id)
{
    const std::size_t at = id.rfind("_v");
    return at == std::string::npos ? id : id.substr(at + 1);
}

/// "MLP (512→256→64→1)", as the scripts write it.
std::string architectureOf(const std::string& shape)
{
    return "MLP (" + join(split(shape, '-'), "\u2192") + ")";
}

const Score* scoreNamed(const TrainingReport& report, std::string_view name)
{
    const auto found = std::ranges::find(report.baselines, name, &Score::name);
    return found == report.baselines.end() ? nullptr : &*found;
}

Json::Object scriptMembers(const ModelMetadata& metadata)
{
    const TrainingReport& report = metadata.report;
    const bool isRanker = metadata.kind == TrainingReport::Kind::Ranker;
    Json::Object json{{"model_version", versionOf(metadata.id)},
                      {"created", metadata.createdAt},
                      {isRanker ? "training_pairs" : "training_examples", report.trainingPairs},
                      {"validation_examples", metadata.split.validation.size()},
                      {"best_epoch", std::int64_t{report.bestEpoch}}};
    if (isRanker) {
        json.emplace_back("best_overall_accuracy", report.model.value);
        json.emplace_back("best_normal_accuracy", report.highestStage ? Json(report.highestStage->value) : Json());
        json.emplace_back("best_anomaly_accuracy",
                          report.notHighestStage ? Json(report.notHighestStage->value) : Json());
        if (const Score* highest = scoreNamed(report, "highest stage"))
            json.emplace_back("highest_stage_accuracy", highest->value);
    } else {
        json.emplace_back("best_iou", report.model.value);
    }
    json.emplace_back("hyperparameters", metadata.hyperparameters);
    json.emplace_back("architecture", architectureOf(metadata.shape));
    return json;
}

Json calibrationJson(const Calibration& calibration)
{
    Json::Array steps;
    for (const auto& step : calibration.steps)
        steps.push_back(Json::array({step[0], step[1]}));
    return Json::object({{"temperature", calibration.temperature}, {"steps", std::move(steps)}});
}

Result<Json> preprocessingJson(const Preprocessing& preprocessing)
{
    return parseJson(preprocessing.toJson());
}

Json ownMembers(const ModelMetadata& metadata)
{
    const bool isRanker = metadata.kind == TrainingReport::Kind::Ranker;
    Json json = Json::object({{"format", kFormat},
                              {"kind", isRanker ? "ranker" : "crop"},
                              {"id", metadata.id},
                              {"embedder", metadata.embedderId},
                              {"preprocessing", preprocessingJson(metadata.preprocessing).value_or(Json())},
                              {"shape", metadata.shape}});
    if (isRanker) {
        json.set("features", std::string(rankerFeaturesName(metadata.features)));
        json.set("calibration", calibrationJson(metadata.calibration));
        json.set("output", "score: the highest of a group is the pick");
    } else {
        json.set("head", std::string(cropHeadName(metadata.head)));
        json.set("uses_measures", metadata.usesMeasures);
        json.set("output",
                 metadata.head == CropHead::Corners
                     ? "sigmoid: x1, y1, x2, y2"
                     : "sigmoid: place of the left and of the upper edge in the room that is left, width, height");
    }
    json.set("feature_mean", floatList(metadata.featureMean));
    json.set("feature_scale", floatList(metadata.featureScale));
    json.set("blas", metadata.blas);
    json.set("processor", metadata.processor);
    json.set("data_fingerprint", metadata.report.dataFingerprint);
    json.set("split", Json::object({{"validation", listOf(metadata.split.validation)},
                                    {"hold_out", listOf(metadata.split.holdOut)}}));
    json.set("report", trainingReportJson(metadata.report));
    return json;
}

// ---- reading -------------------------------------------------------------------------------------------------------

Result<std::vector<float>> readFloats(const JsonFields& fields, const char* key)
{
    PS_TRY(const std::vector<double> numbers, fields.numbers(key));
    std::vector<float> values(numbers.size());
    std::ranges::transform(numbers, values.begin(), [](double number) { return static_cast<float>(number); });
    return values;
}

Result<Calibration> readCalibration(const Json& json)
{
    const JsonFields fields(json);
    Calibration calibration;
    PS_TRY(calibration.temperature, fields.number("temperature"));
    if (!fields.at("steps").isArray())
        return JsonFields::wrong("steps");
    for (const Json& step : fields.at("steps").items()) {
        const Json::Array& pair = step.items();
        if (pair.size() != 2 || !pair[0].isNumber() || !pair[1].isNumber())
            return JsonFields::wrong("steps");
        calibration.steps.push_back({pair[0].toDouble(), pair[1].toDouble()});
    }
    return calibration;
}

Result<void> readKind(const JsonFields& fields, ModelMetadata& metadata)
{
    PS_TRY(const std::string kind, fields.text("kind"));
    if (kind == "ranker") {
        metadata.kind = TrainingReport::Kind::Ranker;
        PS_TRY(const std::string features, fields.text("features"));
        const auto known = parseRankerFeatures(features);
        if (!known)
            return JsonFields::wrong("features");
        metadata.features = *known;
        PS_TRY(metadata.calibration, readCalibration(fields.at("calibration")));
        return {};
    }
    if (kind != "crop")
        return JsonFields::wrong("kind");
    metadata.kind = TrainingReport::Kind::Crop;
    PS_TRY(const std::string head, fields.text("head"));
    const auto known = parseCropHead(head);
    if (!known)
        return JsonFields::wrong("head");
    metadata.head = *known;
    PS_TRY(metadata.usesMeasures, fields.boolean("uses_measures"));
    return {};
}

Result<void> readOwn(const JsonFields& fields, ModelMetadata& metadata)
{
    PS_TRY(const std::int64_t format, fields.integer("format"));
    if (format > kFormat)
        return Error{ErrorCode::VersionMismatch, "the metadata is of format " + std::to_string(format), {}, 0};
    PS_TRY_VOID(readKind(fields, metadata));
    PS_TRY(metadata.id, fields.text("id"));
    PS_TRY(metadata.embedderId, fields.text("embedder"));
    PS_TRY(metadata.preprocessing, Preprocessing::fromJson(dumpJson(fields.at("preprocessing"))));
    PS_TRY(metadata.shape, fields.text("shape"));
    PS_TRY(metadata.featureMean, readFloats(fields, "feature_mean"));
    PS_TRY(metadata.featureScale, readFloats(fields, "feature_scale"));
    if (metadata.featureMean.size() != metadata.featureScale.size() ||
        std::ranges::any_of(metadata.featureScale, [](float scale) { return !(scale > 0); }))
        return JsonFields::wrong("feature_scale");
    PS_TRY(metadata.blas, fields.text("blas"));
    PS_TRY(metadata.processor, fields.text("processor"));
    const JsonFields splitFields(fields.at("split"));
    PS_TRY(metadata.split.validation, splitFields.texts("validation"));
    PS_TRY(metadata.split.holdOut, splitFields.texts("hold_out"));
    PS_TRY(metadata.report, trainingReportFromJson(fields.at("report")));
    return {};
}

Error unfit(const ModelMetadata& metadata, const std::string& expected, const std::string& actual)
{
    return {ErrorCode::Refused, "the model does not fit its metadata: expected " + expected + "; found " + actual,
            metadata.id, 0};
}

/// The net with the shape that the metadata names, and `outputs` outputs.
Result<Mlp> makeNet(const ModelMetadata& metadata, const std::vector<NamedTensor>& tensors, std::size_t outputs)
{
    auto net = Mlp::fromTensors(tensors);
    if (!net)
        return net.error().in(metadata.id);
    if (net->shapeText() != metadata.shape || net->outputs() != outputs)
        return unfit(metadata, metadata.shape, net->shapeText());
    if (metadata.featureMean.size() > net->inputs())
        return unfit(metadata, std::to_string(metadata.featureMean.size()) + " inputs or more",
                     std::to_string(net->inputs()));
    return net;
}

} // namespace

std::string toJson(const ModelMetadata& metadata)
{
    Json json(scriptMembers(metadata));
    json.set(kOwnMember, ownMembers(metadata));
    return dumpJsonIndented(json);
}

bool isOwnMetadata(std::string_view text)
{
    const auto json = parseJson(text);
    return json && (*json)[kOwnMember].isObject();
}

Result<ModelMetadata> modelMetadataFromJson(std::string_view text)
{
    const auto json = parseJson(text);
    if (!json)
        return Error{ErrorCode::Corrupt, json.error().message, "model metadata", 0};
    if (!(*json)[kOwnMember].isObject())
        return Error{ErrorCode::Unsupported, "the metadata does not say how the model is to be run", {}, 0};
    ModelMetadata metadata;
    const JsonFields fields(*json);
    PS_TRY(metadata.createdAt, fields.text("created"));
    metadata.hyperparameters = fields.at("hyperparameters");
    PS_TRY_VOID(readOwn(JsonFields(fields.at(kOwnMember)), metadata));
    return metadata;
}

Result<Ranker> makeRanker(const ModelMetadata& metadata, const std::vector<NamedTensor>& tensors)
{
    if (metadata.kind != TrainingReport::Kind::Ranker)
        return unfit(metadata, "a ranker", "a crop proposer");
    Ranker ranker;
    PS_TRY(ranker.net, makeNet(metadata, tensors, 1));
    ranker.id = metadata.id;
    ranker.embedderId = metadata.embedderId;
    ranker.preprocessing = metadata.preprocessing;
    ranker.features = metadata.features;
    ranker.featureMean = metadata.featureMean;
    ranker.featureScale = metadata.featureScale;
    ranker.calibration = metadata.calibration;
    return ranker;
}

Result<CropProposer> makeCropProposer(const ModelMetadata& metadata, const std::vector<NamedTensor>& tensors)
{
    if (metadata.kind != TrainingReport::Kind::Crop)
        return unfit(metadata, "a crop proposer", "a ranker");
    CropProposer proposer;
    PS_TRY(proposer.net, makeNet(metadata, tensors, 4));
    proposer.id = metadata.id;
    proposer.embedderId = metadata.embedderId;
    proposer.preprocessing = metadata.preprocessing;
    proposer.head = metadata.head;
    proposer.usesMeasures = metadata.usesMeasures;
    proposer.featureMean = metadata.featureMean;
    proposer.featureScale = metadata.featureScale;
    return proposer;
}

std::vector<int> tensorNumbers(TrainingReport::Kind kind)
{
    return kind == TrainingReport::Kind::Ranker ? std::vector<int>{0, 3, 5} : std::vector<int>{0, 3, 6, 8};
}

} // namespace ps
