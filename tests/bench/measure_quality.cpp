// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/model_evaluation.h"
#include "core/suggest/training_run.h"
#include "tests/bench/observation.h"
#include "tests/bench/quality_photographs.h"

#include <algorithm>

namespace ps::bench {

namespace {

constexpr std::size_t kValidationEvery = 7; // of the other photographs choose the epoch

/// The groups of one photograph, and those of the others in two parts.
struct Fold {
    std::vector<LabelledGroup> training;
    std::vector<LabelledGroup> validation;
    std::vector<LabelledGroup> leftOut;
};

Fold foldOf(const std::vector<KnownGroup>& groups, std::size_t photograph)
{
    Fold fold;
    for (const KnownGroup& known : groups) {
        const bool isValidation = (known.photograph + photograph) % kValidationEvery == 0;
        auto& part = known.photograph == photograph ? fold.leftOut : isValidation ? fold.validation : fold.training;
        part.push_back(known.labelled);
    }
    return fold;
}

std::size_t photographCount(const std::vector<KnownGroup>& groups)
{
    return groups.empty() ? 0 : groups.back().photograph + 1;
}

Figure percentage(std::string name, double share)
{
    return {std::move(name), "%", share * 100, {}, {}};
}

void addScore(const Score& score, const std::string& name, Observation& seen)
{
    seen.figures.push_back(percentage(name, score.value));
    seen.facts.set(
        name,
        Json::object({{"of", score.count}, {"lower", score.interval[0] * 100}, {"upper", score.interval[1] * 100}}));
}

void addBaselines(const TrainingReport& report, const std::string& prefix, Observation& seen)
{
    for (const Score& baseline : report.baselines) {
        std::string name = prefix + baseline.name;
        std::ranges::replace(name, ' ', '_');
        seen.baselines.push_back(percentage(name, baseline.value));
    }
}

/// Right picks of photographs that were left out, each by a ranker of its own.
Result<Score> picksLeftOut(const std::vector<KnownGroup>& groups, RankerFeatures features)
{
    RankerTrainingOptions options;
    options.features = features;
    options.adam.weightDecay = features == RankerFeatures::Context ? TrainingRequest{}.weightDecay : 0;
    double correct = 0;
    for (std::size_t photograph = 0; photograph < photographCount(groups); ++photograph) {
        const Fold fold = foldOf(groups, photograph);
        TrainedRanker details;
        PS_TRY(const Ranker ranker,
               fitRanker(fold.training, fold.validation, options, Blas::ofProcess(), details, {}, {}));
        const Score score = evaluateRanker(ranker, fold.leftOut).model;
        correct += score.value * static_cast<double>(score.count);
    }
    return shareScore("pick", correct, std::ssize(groups));
}

/// The mean IoU of crops of photographs that were left out.
Result<Score> cropsLeftOut(const std::vector<KnownGroup>& groups, CropHead head)
{
    CropTrainingOptions options;
    options.head = head;
    options.usesMeasures = head == CropHead::CentreSize;
    options.adam.weightDecay = options.usesMeasures ? TrainingRequest{}.weightDecay : 0;
    std::vector<double> overlaps;
    for (std::size_t photograph = 0; photograph < photographCount(groups); ++photograph) {
        const Fold fold = foldOf(groups, photograph);
        TrainedCropProposer details;
        PS_TRY(const CropProposer proposer,
               fitCropProposer(fold.training, fold.validation, options, Blas::ofProcess(), details, {}, {}));
        const auto some = overlapsOf(proposer, fold.leftOut);
        overlaps.insert(overlaps.end(), some.begin(), some.end());
    }
    return meanScore("crop", overlaps);
}

Result<void> addCrops(const Settings& settings, Placing placing, const std::string& prefix, Observation& seen)
{
    PS_TRY(const auto groups, croppedViews(settings, placing));
    for (const CropHead head : {CropHead::CentreSize, CropHead::Corners}) {
        PS_TRY(const Score score, cropsLeftOut(groups, head));
        addScore(score, prefix + (head == CropHead::Corners ? "compatible" : "centre_size"), seen);
    }
    std::vector<LabelledGroup> all;
    for (const KnownGroup& known : groups)
        all.push_back(known.labelled);
    addBaselines(evaluateCropProposer(CropProposer{}, all, meanCropOf(all)), prefix, seen);
    return {};
}

} // namespace

Result<Observation> measurePickQuality(const Settings& settings)
{
    Observation seen;
    PS_TRY(const auto groups, degradedGroups(settings));
    PS_TRY(const Score context, picksLeftOut(groups, RankerFeatures::Context));
    addScore(context, "context", seen);
    PS_TRY(const Score compatible, picksLeftOut(groups, RankerFeatures::Embedding));
    addScore(compatible, "compatible", seen);
    std::vector<LabelledGroup> all;
    for (const KnownGroup& known : groups)
        all.push_back(known.labelled);
    addBaselines(evaluateRanker(Ranker{}, all), "", seen);
    seen.facts.set("photographs", photographCount(groups));
    seen.facts.set("groups", groups.size());
    seen.facts.set("blas", Blas::ofProcess().name());
    seen.memory = memoryUse();
    return seen;
}

Result<Observation> measureCropQuality(const Settings& settings)
{
    Observation seen;
    PS_TRY_VOID(addCrops(settings, Placing::ByFormat, "", seen));
    PS_TRY_VOID(addCrops(settings, Placing::AtRandom, "anywhere_", seen));
    seen.facts.set("blas", Blas::ofProcess().name());
    seen.memory = memoryUse();
    return seen;
}

} // namespace ps::bench
