// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/model_files.h"

#include <algorithm>
#include <cmath>

namespace ps {

double Calibration::apply(double softmaxOfBest) const
{
    if (std::isnan(softmaxOfBest))
        return 0;
    const double x = std::clamp(softmaxOfBest, 0.0, 1.0);
    if (steps.empty())
        return x;
    const auto above = std::ranges::find_if(steps, [x](const auto& step) { return step[0] >= x; });
    if (above == steps.begin())
        return std::clamp(steps.front()[1], 0.0, 1.0);
    if (above == steps.end())
        return std::clamp(steps.back()[1], 0.0, 1.0);
    const auto& [x0, y0] = *std::prev(above);
    const auto& [x1, y1] = *above;
    const double share = x1 > x0 ? (x - x0) / (x1 - x0) : 1;
    return std::clamp(std::lerp(y0, y1, share), 0.0, 1.0);
}

std::optional<Pick> pickOf(std::span<const std::optional<float>> scores, const Calibration& calibration)
{
    std::optional<std::size_t> best;
    std::size_t count = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!scores[i] || !std::isfinite(*scores[i]))
            continue;
        ++count;
        if (!best || *scores[i] > *scores[*best])
            best = i;
    }
    if (!best)
        return {};
    if (count == 1)
        return Pick{static_cast<int>(*best), 1};
    const double temperature = calibration.temperature > 0 ? calibration.temperature : 1;
    double sum = 0;
    for (const auto& score : scores) {
        if (score && std::isfinite(*score))
            sum += std::exp((static_cast<double>(*score) - *scores[*best]) / temperature);
    }
    return Pick{static_cast<int>(*best), calibration.apply(1 / sum)};
}

void standardize(std::span<float> inputs, std::span<const float> mean, std::span<const float> scale)
{
    const auto features = inputs.last(mean.size());
    for (std::size_t i = 0; i < features.size(); ++i) {
        const float value = (features[i] - mean[i]) / scale[i];
        features[i] = std::isfinite(value) ? std::clamp(value, -kLargestFeature, kLargestFeature) : 0.0F;
    }
}

// ---- names ---------------------------------------------------------------------------------------------------------

std::string_view rankerFeaturesName(RankerFeatures features)
{
    return features == RankerFeatures::Embedding ? "embedding" : "context";
}

std::optional<RankerFeatures> parseRankerFeatures(std::string_view name)
{
    for (const RankerFeatures features : {RankerFeatures::Embedding, RankerFeatures::Context}) {
        if (name == rankerFeaturesName(features))
            return features;
    }
    return {};
}

std::string_view cropHeadName(CropHead head)
{
    return head == CropHead::Corners ? "corners" : "centre-size";
}

std::optional<CropHead> parseCropHead(std::string_view name)
{
    for (const CropHead head : {CropHead::Corners, CropHead::CentreSize}) {
        if (name == cropHeadName(head))
            return head;
    }
    return {};
}

// ---- inputs of the ranker ------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t kFeaturesOfMeasure = 4;
constexpr std::size_t kFeaturesOfStage = 4;
constexpr std::size_t kContextFeatureCount = kQualityMeasureCount * kFeaturesOfMeasure + kFeaturesOfStage;

bool isUsable(const std::optional<Embedding>& embedding, std::size_t size)
{
    return embedding && embedding->values.size() == size &&
           std::ranges::all_of(embedding->values, [](float value) { return std::isfinite(value); });
}

std::vector<float> valuesOf(const Embedding& embedding, bool normalizes)
{
    std::vector<float> values = embedding.values;
    if (!normalizes)
        return values;
    double square = 0;
    for (const float value : values)
        square += static_cast<double>(value) * value;
    if (square > 0) {
        const auto factor = static_cast<float>(1 / std::sqrt(square));
        for (float& value : values)
            value *= factor;
    }
    return values;
}

/// Measures are spread over decades; on a logarithm a difference is a ratio. More is better in the result.
float orientedMeasure(const Embedding& embedding, std::size_t index)
{
    const auto measure = static_cast<QualityMeasure>(index);
    const float value = embedding.measures[measure];
    const float logarithm = std::isfinite(value) ? std::log(std::max(value, 0.0F) + 0.01F) : 0.0F;
    return isMoreBetter(measure) ? logarithm : -logarithm;
}

/// What of a group its candidates are compared with.
struct GroupFacts {
    std::vector<std::size_t> members; ///< with an embedding
    std::vector<std::vector<float>> values;
    std::vector<std::array<float, kQualityMeasureCount>> measures;
    std::vector<float> meanValues;
    std::array<float, kQualityMeasureCount> meanMeasures{};
    std::array<float, kQualityMeasureCount> bestMeasures{};
    double highestStage = 0;
};

GroupFacts factsOf(const CandidateGroup& group, const std::vector<std::size_t>& members, bool normalizes)
{
    GroupFacts facts;
    facts.members = members;
    facts.bestMeasures.fill(-INFINITY);
    const auto share = 1.0F / static_cast<float>(members.size());
    for (const std::size_t member : members) {
        const Candidate& candidate = group.candidates[member];
        facts.values.push_back(valuesOf(*candidate.embedding, normalizes));
        facts.meanValues.resize(facts.values.back().size());
        for (std::size_t i = 0; i < facts.meanValues.size(); ++i)
            facts.meanValues[i] += facts.values.back()[i] * share;
        auto& measures = facts.measures.emplace_back();
        for (std::size_t k = 0; k < kQualityMeasureCount; ++k) {
            measures[k] = orientedMeasure(*candidate.embedding, k);
            facts.meanMeasures[k] += measures[k] * share;
            facts.bestMeasures[k] = std::max(facts.bestMeasures[k], measures[k]);
        }
        facts.highestStage = std::max(facts.highestStage, candidate.stage);
    }
    return facts;
}

/// The share of the others that are worse, equal ones by half: 0.5 for one alone.
template <typename Value, typename List>
float rankAmong(Value value, const List& all)
{
    float below = 0;
    for (const Value other : all)
        below += other < value ? 1.0F : other == value ? 0.5F : 0.0F;
    const auto others = static_cast<float>(all.size()) - 1;
    return others > 0 ? (below - 0.5F) / others : 0.5F;
}

void appendContext(const CandidateGroup& group, const GroupFacts& facts, std::size_t position,
                   std::vector<float>& inputs)
{
    for (std::size_t i = 0; i < facts.meanValues.size(); ++i)
        inputs.push_back(facts.values[position][i] - facts.meanValues[i]);
    std::vector<float> all(facts.members.size());
    for (std::size_t k = 0; k < kQualityMeasureCount; ++k) {
        std::ranges::transform(facts.measures, all.begin(), [k](const auto& measures) { return measures[k]; });
        const float own = facts.measures[position][k];
        inputs.insert(inputs.end(),
                      {own, own - facts.meanMeasures[k], own - facts.bestMeasures[k], rankAmong(own, all)});
    }
    std::vector<double> stages;
    for (const std::size_t member : facts.members)
        stages.push_back(group.candidates[member].stage);
    const double stage = stages[position];
    inputs.insert(inputs.end(), {rankAmong(stage, stages), stage >= facts.highestStage ? 1.0F : 0.0F,
                                 static_cast<float>(stage - facts.highestStage), static_cast<float>(stages.size())});
}

} // namespace

std::size_t rankerInputCount(RankerFeatures features, std::size_t embeddingSize)
{
    return features == RankerFeatures::Embedding ? embeddingSize : 2 * embeddingSize + kContextFeatureCount;
}

std::vector<std::optional<std::vector<float>>> rankerInputs(const CandidateGroup& group, RankerFeatures features,
                                                            bool normalizes)
{
    std::vector<std::optional<std::vector<float>>> inputs(group.candidates.size());
    const auto first = std::ranges::find_if(group.candidates,
                                            [](const Candidate& candidate) { return candidate.embedding.has_value(); });
    if (first == group.candidates.end() || first->embedding->values.empty())
        return inputs;
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < group.candidates.size(); ++i) {
        if (isUsable(group.candidates[i].embedding, first->embedding->values.size()))
            members.push_back(i);
    }
    if (members.empty())
        return inputs;
    const GroupFacts facts = factsOf(group, members, normalizes);
    for (std::size_t position = 0; position < members.size(); ++position) {
        std::vector<float> own = facts.values[position];
        if (features == RankerFeatures::Context)
            appendContext(group, facts, position, own);
        inputs[members[position]] = std::move(own);
    }
    return inputs;
}

std::vector<std::optional<float>> Ranker::scores(const CandidateGroup& group) const
{
    std::vector<std::optional<float>> scores(group.candidates.size());
    auto inputs = rankerInputs(group, features, preprocessing.normalizesOutput);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (!inputs[i] || inputs[i]->size() != net.inputs() || net.outputs() != 1 || featureMean.size() > net.inputs())
            continue;
        standardize(*inputs[i], featureMean, featureScale);
        const float score = net.forward(*inputs[i]).front();
        if (std::isfinite(score))
            scores[i] = score;
    }
    return scores;
}

// ---- the crop proposer ---------------------------------------------------------------------------------------------

namespace {

double sigmoid(double value)
{
    return 1 / (1 + std::exp(-value));
}

/// [low, high) of at least the smallest side within 0 to 1, whatever comes in.
void makeValid(double& low, double& high)
{
    if (high < low)
        std::swap(low, high);
    low = std::clamp(low, 0.0, 1.0);
    high = std::clamp(high, 0.0, 1.0);
    if (high - low >= kSmallestCropSide)
        return;
    const double centre = (low + high) / 2;
    low = std::clamp(centre - kSmallestCropSide / 2, 0.0, 1 - kSmallestCropSide);
    high = std::min(1.0, low + kSmallestCropSide);
}

} // namespace

Crop cropFromOutputs(CropHead head, std::span<const float> outputs)
{
    if (outputs.size() != 4 || !std::ranges::all_of(outputs, [](float value) { return std::isfinite(value); }))
        return {};
    Crop crop;
    if (head == CropHead::Corners) {
        crop = {sigmoid(outputs[0]), sigmoid(outputs[1]), sigmoid(outputs[2]), sigmoid(outputs[3])};
        makeValid(crop.x1, crop.x2);
        makeValid(crop.y1, crop.y2);
        return crop;
    }
    const double width = std::lerp(kSmallestCropSide, 1.0, sigmoid(outputs[2]));
    const double height = std::lerp(kSmallestCropSide, 1.0, sigmoid(outputs[3]));
    crop.x1 = sigmoid(outputs[0]) * (1 - width);
    crop.y1 = sigmoid(outputs[1]) * (1 - height);
    crop.x2 = std::min(1.0, crop.x1 + width);
    crop.y2 = std::min(1.0, crop.y1 + height);
    return crop;
}

Crop lockAspect(const Crop& crop, double aspect, ImageSize size)
{
    if (!isValid(crop) || size.isEmpty() || !(aspect > 0) || !std::isfinite(aspect))
        return crop;
    const double ratio = aspect * size.height / size.width; // width over height in fractions
    const double area = (crop.x2 - crop.x1) * (crop.y2 - crop.y1);
    double width = std::sqrt(area * ratio);
    double height = width / ratio;
    const double shrink = std::min({1.0, 1 / width, 1 / height});
    width = std::min(1.0, width * shrink);
    height = std::min(1.0, height * shrink);
    Crop locked;
    locked.x1 = std::clamp((crop.x1 + crop.x2 - width) / 2, 0.0, 1 - width);
    locked.y1 = std::clamp((crop.y1 + crop.y2 - height) / 2, 0.0, 1 - height);
    locked.x2 = std::min(1.0, locked.x1 + width);
    locked.y2 = std::min(1.0, locked.y1 + height);
    return isValid(locked) ? locked : crop;
}

std::vector<float> cropInputs(const Embedding& image, const Preprocessing& preprocessing, bool usesMeasures)
{
    std::vector<float> inputs = valuesOf(image, preprocessing.normalizesOutput);
    inputs.push_back(static_cast<float>(image.size.width / preprocessing.sizeDivisor));
    inputs.push_back(static_cast<float>(image.size.height / preprocessing.sizeDivisor));
    if (!usesMeasures)
        return inputs;
    const FractionBox box = image.measures.subject.value_or(FractionBox{});
    const double aspect = image.size.isEmpty() ? 0
                                               : std::log(static_cast<double>(image.size.width) / image.size.height);
    for (const double value :
         {image.measures.subject ? 1.0 : 0.0, (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, box.x2 - box.x1,
          box.y2 - box.y1, box.x1, box.y1, box.x2, box.y2, aspect, std::abs(aspect)})
        inputs.push_back(static_cast<float>(value));
    return inputs;
}

Crop CropProposer::propose(const Embedding& image, std::optional<double> lockedAspect) const
{
    auto inputs = cropInputs(image, preprocessing, usesMeasures);
    if (inputs.size() != net.inputs() || featureMean.size() > inputs.size() || net.outputs() != 4)
        return {};
    standardize(inputs, featureMean, featureScale);
    const Crop crop = cropFromOutputs(head, net.forward(inputs));
    return lockedAspect ? lockAspect(crop, *lockedAspect, image.size) : crop;
}

} // namespace ps
