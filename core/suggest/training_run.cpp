// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/training_run.h"

#include "core/base/text.h"
#include "core/suggest/model_evaluation.h"

#include <algorithm>

namespace ps {

namespace {

using Kind = TrainingReport::Kind;

constexpr int kRankerEpochs = 30;
constexpr int kCropEpochs = 50;

// ---- what nothing can be learned from ------------------------------------------------------------------------------

/// "12 rejected, 3 single image"
std::string excludedText(const TrainingData& data)
{
    std::string text;
    for (const auto& [reason, count] : data.excluded)
        text += (text.empty() ? "" : ", ") + std::to_string(count) + " x " + reason;
    return text.empty() ? "" : " (" + text + ")";
}

bool takesHighestStage(const LabelledGroup& labelled)
{
    const double own = labelled.group.candidates[static_cast<std::size_t>(labelled.selectedIndex)].stage;
    return std::ranges::all_of(labelled.group.candidates,
                               [own](const Candidate& candidate) { return candidate.stage <= own; });
}

bool haveStages(const LabelledGroup& labelled)
{
    return std::ranges::any_of(labelled.group.candidates, [&](const Candidate& candidate) {
        return candidate.stage != labelled.group.candidates.front().stage;
    });
}

Result<void> checkClasses(Kind kind, const std::vector<LabelledGroup>& groups)
{
    if (kind == Kind::Ranker &&
        std::ranges::all_of(groups, [](const auto& group) { return haveStages(group) && takesHighestStage(group); }))
        return Error{ErrorCode::Refused,
                     "one class only: every decision takes the highest stage, so there is nothing else to learn",
                     {},
                     0};
    if (kind == Kind::Crop &&
        std::ranges::all_of(groups, [&](const auto& group) { return group.crop == groups.front().crop; }))
        return Error{
            ErrorCode::Refused, "one class only: every crop is the same box, so there is nothing to learn", {}, 0};
    return {};
}

Result<void> checkEnough(Kind kind, const TrainingData& data)
{
    const char* const what = kind == Kind::Ranker ? "groups with a pick" : "crops";
    if (data.rows == 0)
        return Error{ErrorCode::Refused, "there are no decisions yet to learn from", {}, 0};
    if (data.groups.empty() && data.excluded.size() == 1 && data.excluded.contains("rejected"))
        return Error{
            ErrorCode::Refused, "one class only: every decision is a reject, so there is nothing to learn", {}, 0};
    if (data.groups.size() < kFewestTrainingGroups)
        return Error{ErrorCode::Refused,
                     "too few to learn from: " + std::to_string(data.groups.size()) + " " + what + " of " +
                         std::to_string(data.rows) + " row(s)" + excludedText(data) + "; at least " +
                         std::to_string(kFewestTrainingGroups) + " are needed",
                     {},
                     0};
    return checkClasses(kind, data.groups);
}

// ---- options -------------------------------------------------------------------------------------------------------

RankerTrainingOptions rankerOptions(const TrainingRequest& request, RankerFeatures features)
{
    RankerTrainingOptions options;
    options.features = features;
    options.normalizes = request.preprocessing.normalizesOutput;
    options.epochs = request.epochs.value_or(kRankerEpochs);
    options.patience = request.epochs ? 0 : options.patience;
    options.batchSize = request.batchSize;
    options.adam.learningRate = request.learningRate;
    options.adam.weightDecay = features == RankerFeatures::Context ? request.weightDecay : 0;
    options.seed = request.seed;
    return options;
}

CropTrainingOptions cropOptions(const TrainingRequest& request, CropHead head)
{
    CropTrainingOptions options;
    options.head = head;
    options.usesMeasures = head == CropHead::CentreSize;
    options.preprocessing = request.preprocessing;
    options.epochs = request.epochs.value_or(kCropEpochs);
    options.patience = request.epochs ? 0 : options.patience;
    options.batchSize = request.batchSize;
    options.adam.learningRate = request.learningRate;
    options.adam.weightDecay = head == CropHead::CentreSize ? request.weightDecay : 0;
    options.seed = request.seed;
    return options;
}

template <typename Trained>
void takeEpochs(const Trained& trained, TrainingReport& report)
{
    report.epochs = trained.epochs;
    report.bestEpoch = trained.bestEpoch;
}

Json hyperparameters(const TrainingRequest& request, const TrainingSplit& split, const TrainingData& facts)
{
    Json::Array projects;
    for (const std::string& project : facts.projects)
        projects.emplace_back(project);
    Json::Object provenance;
    for (const auto& [name, count] : facts.provenance)
        provenance.emplace_back(name, count);
    const bool isRanker = request.kind == Kind::Ranker;
    return Json::object({{"epochs", std::int64_t{request.epochs.value_or(isRanker ? kRankerEpochs : kCropEpochs)}},
                         {"batch_size", std::int64_t{request.batchSize}},
                         {"learning_rate", request.learningRate},
                         {"val_split", request.split.validationShare},
                         {"hold_out_split", request.split.holdOutShare},
                         {"training_groups", split.training.size()},
                         {"seed", static_cast<std::int64_t>(request.seed)},
                         {"projects", std::move(projects)},
                         {"provenance", std::move(provenance)}});
}

// ---- rankers -------------------------------------------------------------------------------------------------------

struct RankerCandidate {
    Ranker ranker;
    TrainedRanker details;
    TrainingReport report;
};

Result<RankerCandidate> tryRanker(const TrainingRequest& request, RankerFeatures features, const TrainingSplit& split,
                                  const Blas& blas, const EpochCallback& onEpoch, std::stop_token stop)
{
    RankerCandidate candidate;
    PS_TRY(candidate.ranker, fitRanker(split.training, split.validation, rankerOptions(request, features), blas,
                                       candidate.details, onEpoch, stop));
    candidate.report = evaluateRanker(candidate.ranker, split.holdOut);
    candidate.report.trainingPairs = candidate.details.pairs;
    takeEpochs(candidate.details, candidate.report);
    return candidate;
}

/// The stronger shape is taken only where it is better than the compatible one.
Result<RankerCandidate> chooseRanker(const TrainingRequest& request, const TrainingSplit& split, const Blas& blas,
                                     const EpochCallback& onEpoch, std::stop_token stop)
{
    const auto wanted = request.features.value_or(RankerFeatures::Embedding);
    PS_TRY(RankerCandidate compatible, tryRanker(request, wanted, split, blas, onEpoch, stop));
    if (request.features)
        return compatible;
    PS_TRY(RankerCandidate stronger, tryRanker(request, RankerFeatures::Context, split, blas, onEpoch, stop));
    const auto named = [](const RankerCandidate& candidate) {
        Score score = candidate.report.model;
        score.name = candidate.ranker.net.shapeText();
        return score;
    };
    const bool isBetter = stronger.report.model.value > compatible.report.model.value;
    RankerCandidate& chosen = isBetter ? stronger : compatible;
    chosen.report.baselines.push_back(named(isBetter ? compatible : stronger));
    return std::move(chosen);
}

std::optional<Incumbent> activeRankerOf(const TrainingRequest& request, const TrainingSplit& split)
{
    if (!request.activeRanker)
        return {};
    const TrainingReport recent = evaluateRanker(*request.activeRanker, split.training);
    return Incumbent{request.activeRanker->id, evaluateRanker(*request.activeRanker, split.holdOut).model, recent.model,
                     request.activeReport ? std::optional(request.activeReport->model) : std::nullopt};
}

// ---- crop proposers ------------------------------------------------------------------------------------------------

struct CropCandidate {
    CropProposer proposer;
    TrainedCropProposer details;
    TrainingReport report;
};

Result<CropCandidate> tryCropProposer(const TrainingRequest& request, CropHead head, const TrainingSplit& split,
                                      const Blas& blas, const EpochCallback& onEpoch, std::stop_token stop)
{
    CropCandidate candidate;
    PS_TRY(candidate.proposer, fitCropProposer(split.training, split.validation, cropOptions(request, head), blas,
                                               candidate.details, onEpoch, stop));
    candidate.report = evaluateCropProposer(candidate.proposer, split.holdOut, meanCropOf(split.training));
    candidate.report.trainingPairs = std::ssize(split.training);
    takeEpochs(candidate.details, candidate.report);
    return candidate;
}

Result<CropCandidate> chooseCropProposer(const TrainingRequest& request, const TrainingSplit& split, const Blas& blas,
                                         const EpochCallback& onEpoch, std::stop_token stop)
{
    const auto wanted = request.head.value_or(CropHead::Corners);
    PS_TRY(CropCandidate compatible, tryCropProposer(request, wanted, split, blas, onEpoch, stop));
    if (request.head)
        return compatible;
    PS_TRY(CropCandidate stronger, tryCropProposer(request, CropHead::CentreSize, split, blas, onEpoch, stop));
    const auto named = [](const CropCandidate& candidate) {
        Score score = candidate.report.model;
        score.name = candidate.proposer.net.shapeText() + " " + std::string(cropHeadName(candidate.proposer.head));
        return score;
    };
    const bool isBetter = stronger.report.model.value > compatible.report.model.value;
    CropCandidate& chosen = isBetter ? stronger : compatible;
    chosen.report.baselines.push_back(named(isBetter ? compatible : stronger));
    return std::move(chosen);
}

std::optional<Incumbent> activeCropProposerOf(const TrainingRequest& request, const TrainingSplit& split)
{
    if (!request.activeCropProposer)
        return {};
    return Incumbent{request.activeCropProposer->id,
                     meanScore("model", overlapsOf(*request.activeCropProposer, split.holdOut)),
                     meanScore("model", overlapsOf(*request.activeCropProposer, split.training)),
                     request.activeReport ? std::optional(request.activeReport->model) : std::nullopt};
}

// ---- both ----------------------------------------------------------------------------------------------------------

Result<void> trainKind(const TrainingRequest& request, const TrainingSplit& split, const Blas& blas,
                       const EpochCallback& onEpoch, std::stop_token stop, TrainedModel& model)
{
    ModelMetadata& metadata = model.metadata;
    std::optional<Incumbent> active;
    if (request.kind == Kind::Ranker) {
        PS_TRY(RankerCandidate chosen, chooseRanker(request, split, blas, onEpoch, stop));
        chosen.ranker.id = request.id;
        chosen.ranker.embedderId = request.embedderId;
        chosen.ranker.preprocessing = request.preprocessing;
        metadata.features = chosen.ranker.features;
        metadata.featureMean = chosen.ranker.featureMean;
        metadata.featureScale = chosen.ranker.featureScale;
        metadata.calibration = chosen.ranker.calibration;
        metadata.report = std::move(chosen.report);
        metadata.hyperparameters.set("margin", RankerTrainingOptions{}.margin);
        metadata.hyperparameters.set("anomaly_weight", chosen.details.notHighestWeight);
        metadata.hyperparameters.set("loss_function", "weighted margin ranking");
        model.net = chosen.ranker.net;
        model.ranker = std::move(chosen.ranker);
        active = activeRankerOf(request, split);
    } else {
        PS_TRY(CropCandidate chosen, chooseCropProposer(request, split, blas, onEpoch, stop));
        chosen.proposer.id = request.id;
        chosen.proposer.embedderId = request.embedderId;
        metadata.head = chosen.proposer.head;
        metadata.usesMeasures = chosen.proposer.usesMeasures;
        metadata.featureMean = chosen.proposer.featureMean;
        metadata.featureScale = chosen.proposer.featureScale;
        metadata.report = std::move(chosen.report);
        metadata.hyperparameters.set("loss_function", "SmoothL1 + IoU");
        model.net = chosen.proposer.net;
        model.cropProposer = std::move(chosen.proposer);
        active = activeCropProposerOf(request, split);
    }
    if (active) { // on the same hold-out, so that the two compare
        Score before = active->holdOut;
        before.name = active->id;
        metadata.report.baselines.push_back(std::move(before));
    }
    const Verdict verdict = judge(metadata.report, active);
    metadata.report.isProposed = verdict.isProposed;
    metadata.report.verdict = verdict.sentence;
    return {};
}

} // namespace

Result<Ranker> fitRanker(std::span<const LabelledGroup> training, std::span<const LabelledGroup> validation,
                         const RankerTrainingOptions& options, const Blas& blas, TrainedRanker& details,
                         const EpochCallback& onEpoch, std::stop_token stop)
{
    PS_TRY(details,
           trainRanker(rankerSamples(training, options.features, options.normalizes),
                       rankerSamples(validation, options.features, options.normalizes), options, blas, onEpoch, stop));
    Ranker ranker;
    ranker.preprocessing.normalizesOutput = options.normalizes;
    ranker.features = options.features;
    ranker.net = details.net;
    ranker.featureMean = details.standard.mean;
    ranker.featureScale = details.standard.scale;
    ranker.calibration = fitCalibration(scoreGroups(ranker, validation));
    return ranker;
}

Result<CropProposer> fitCropProposer(std::span<const LabelledGroup> training, std::span<const LabelledGroup> validation,
                                     const CropTrainingOptions& options, const Blas& blas, TrainedCropProposer& details,
                                     const EpochCallback& onEpoch, std::stop_token stop)
{
    PS_TRY(details, trainCropProposer(cropSamples(training, options.preprocessing, options.usesMeasures),
                                      cropSamples(validation, options.preprocessing, options.usesMeasures), options,
                                      blas, onEpoch, stop));
    CropProposer proposer;
    proposer.preprocessing = options.preprocessing;
    proposer.head = options.head;
    proposer.usesMeasures = options.usesMeasures;
    proposer.net = details.net;
    proposer.featureMean = details.standard.mean;
    proposer.featureScale = details.standard.scale;
    return proposer;
}

std::string TrainedModel::checkpoint() const
{
    return writeCheckpoint(metadata.id, net.toTensors(tensorNumbers(metadata.kind)));
}

Result<TrainedModel> trainModel(const TrainingRequest& request, TrainingData data, const EpochCallback& onEpoch,
                                std::stop_token stop)
{
    PS_TRY_VOID(checkEnough(request.kind, data));
    const std::string fingerprint = fingerprintOf(data.groups);
    const TrainingSplit split = splitGroups(std::exchange(data.groups, {}), request.split);
    if (split.training.empty())
        return Error{ErrorCode::Refused, "every group is held out, so there is nothing to learn from", {}, 0};
    const Blas& blas = Blas::ofProcess(request.threads);
    TrainedModel model;
    ModelMetadata& metadata = model.metadata;
    metadata.kind = request.kind;
    metadata.id = request.id;
    metadata.createdAt = request.createdAt;
    metadata.embedderId = request.embedderId;
    metadata.preprocessing = request.preprocessing;
    metadata.split = split.ids();
    metadata.hyperparameters = hyperparameters(request, split, data);
    metadata.blas = blas.name() + ", " + std::to_string(blas.threads()) + " thread(s)";
    metadata.processor = Blas::kernelOfProcessor();
    PS_TRY_VOID(trainKind(request, split, blas, onEpoch, stop, model));
    metadata.shape = model.net.shapeText();
    TrainingReport& report = metadata.report;
    report.modelId = request.id;
    report.trainingGroups = std::ssize(split.training);
    report.excluded = data.excludedList();
    report.dataFingerprint = fingerprint;
    return model;
}

} // namespace ps
