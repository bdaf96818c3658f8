// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/suggester.h"

#include "core/base/sha256.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace ps {

namespace {

constexpr double kLargestUsefulCrop = 0.95; ///< share of the picture; the reviewer of the scripts shows no larger one
constexpr std::size_t kMostReasons = 3;

/// How two values of a measure are compared, and what difference a person just sees.
struct Noticeable {
    bool isRatio = false; ///< the difference of logarithms
    double step = 1;      ///< one unit of the difference
    double floor = 0;     ///< added to both values of a ratio: below it there is nothing to see
};

/// Values measured on pictures within 512 x 512 pixels; the steps are about what shows when two of them are blinked.
Noticeable noticeable(QualityMeasure measure)
{
    switch (measure) {
    case QualityMeasure::SubjectSharpness:
    case QualityMeasure::Sharpness: return {true, 0.15, 0.001};
    case QualityMeasure::Noise: return {true, 0.25, 0.5};
    case QualityMeasure::Resolution: return {true, 0.2, 0.01};
    case QualityMeasure::Colourfulness: return {true, 0.2, 2};
    case QualityMeasure::Blockiness: return {true, 0.25, 0.05};
    case QualityMeasure::Banding: return {false, 0.05, 0};
    case QualityMeasure::Clipping: return {false, 0.02, 0};
    case QualityMeasure::ExposureOffset: return {false, 0.05, 0};
    case QualityMeasure::Contrast: return {false, 0.03, 0};
    case QualityMeasure::Upscaling: return {false, 0.1, 0};
    }
    return {};
}

/// How many noticeable steps the pick is better, below 0 when it is worse.
double advantage(QualityMeasure measure, float picked, float other)
{
    if (!std::isfinite(picked) || !std::isfinite(other))
        return 0;
    const Noticeable scale = noticeable(measure);
    const auto place = [&](float value) {
        return scale.isRatio ? std::log(std::max(0.0, double{value}) + scale.floor) : double{value};
    };
    const double steps = (place(picked) - place(other)) / scale.step;
    return isMoreBetter(measure) ? steps : -steps;
}

std::optional<FractionBox> regionOf(QualityMeasure measure, const Embedding& picked, const Embedding& other)
{
    switch (measure) {
    case QualityMeasure::SubjectSharpness: return picked.measures.subject;
    case QualityMeasure::Banding:
    case QualityMeasure::Blockiness:
        return picked.measures[measure] > other.measures[measure] ? picked.measures.worst : other.measures.worst;
    default: return std::nullopt;
    }
}

const Embedding* embeddingAt(const CandidateGroup& group, int index)
{
    if (index < 0 || index >= std::ssize(group.candidates))
        return nullptr;
    const auto& embedding = group.candidates[static_cast<std::size_t>(index)].embedding;
    return embedding ? &*embedding : nullptr;
}

/// The best of the scores without the pick.
std::optional<int> secondBest(const std::vector<std::optional<float>>& scores, int picked)
{
    std::optional<int> best;
    for (int i = 0; i < std::ssize(scores); ++i) {
        const auto& score = scores[static_cast<std::size_t>(i)];
        if (i != picked && score && (!best || *score > *scores[static_cast<std::size_t>(*best)]))
            best = i;
    }
    return best;
}

template <typename Number>
void appendNumber(std::string& out, Number value)
{
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

std::optional<float> parseFloat(std::string_view text)
{
    float value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<FractionBox> parseBox(std::string_view text)
{
    if (!startsWith(text, "[") || !endsWith(text, "]"))
        return std::nullopt;
    const auto parts = split(text.substr(1, text.size() - 2), ',');
    std::array<double, 4> values{};
    if (parts.size() != values.size())
        return std::nullopt;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto value = parseDouble(parts[i]);
        if (!value)
            return std::nullopt;
        values[i] = *value;
    }
    const FractionBox box{values[0], values[1], values[2], values[3]};
    return box.isValid() ? std::optional(box) : std::nullopt;
}

std::optional<QualityMeasure> parseMeasure(std::string_view name)
{
    for (std::size_t i = 0; i < kQualityMeasureCount; ++i) {
        if (qualityMeasureName(static_cast<QualityMeasure>(i)) == name)
            return static_cast<QualityMeasure>(i);
    }
    return std::nullopt;
}

/// Over the contents that were looked at, a missing one as an empty line.
std::string inputsHash(const CandidateGroup& group)
{
    std::string text;
    for (const Candidate& candidate : group.candidates)
        text += (candidate.embedding ? candidate.embedding->sha256 : std::string()) + "\n";
    return sha256Hex(text);
}

double areaOf(const Crop& crop)
{
    return (crop.x2 - crop.x1) * (crop.y2 - crop.y1);
}

} // namespace

std::string toText(const Reason& reason)
{
    std::string text = std::string(qualityMeasureName(reason.measure)) + (reason.speaksFor ? " + " : " - ");
    appendNumber(text, reason.pickedValue);
    text += ' ';
    appendNumber(text, reason.otherValue);
    text += ' ';
    appendNumber(text, reason.otherIndex);
    if (!reason.region)
        return text;
    const FractionBox& box = *reason.region;
    text += " [";
    for (const double value : {box.x1, box.y1, box.x2, box.y2}) {
        appendNumber(text, value);
        text += ',';
    }
    text.back() = ']';
    return text;
}

std::optional<Reason> reasonFromText(std::string_view text)
{
    const auto parts = split(text, ' ');
    if (parts.size() < 5 || parts.size() > 6 || (parts[1] != "+" && parts[1] != "-"))
        return std::nullopt;
    const auto measure = parseMeasure(parts[0]);
    const auto picked = parseFloat(parts[2]);
    const auto other = parseFloat(parts[3]);
    const auto otherIndex = parseInteger(parts[4]);
    if (!measure || !picked || !other || !otherIndex || *otherIndex < 0 || *otherIndex > 8)
        return std::nullopt;
    Reason reason{*measure, static_cast<int>(*otherIndex), *picked, *other, parts[1] == "+", std::nullopt};
    if (parts.size() == 6) {
        reason.region = parseBox(parts[5]);
        if (!reason.region)
            return std::nullopt;
    }
    return reason;
}

std::vector<Reason> reasonsFor(const CandidateGroup& group, int picked, int other)
{
    const Embedding* own = embeddingAt(group, picked);
    const Embedding* others = embeddingAt(group, other);
    if (!own || !others || picked == other)
        return {};
    std::vector<std::pair<double, Reason>> found;
    for (std::size_t i = 0; i < kQualityMeasureCount; ++i) {
        const auto measure = static_cast<QualityMeasure>(i);
        const double steps = advantage(measure, own->measures[measure], others->measures[measure]);
        if (std::abs(steps) >= 1)
            found.emplace_back(steps, Reason{measure, other, own->measures[measure], others->measures[measure],
                                             steps > 0, regionOf(measure, *own, *others)});
    }
    std::ranges::stable_sort(found, std::greater(), [](const auto& item) { return std::abs(item.first); });
    std::vector<Reason> reasons;
    for (std::size_t i = 0; i < found.size() && i < kMostReasons; ++i)
        reasons.push_back(found[i].second);
    return reasons;
}

Suggester::Suggester(std::optional<Ranker> ranker, std::optional<CropProposer> cropProposer, std::string modelSha256)
    : m_ranker(std::move(ranker)), m_cropProposer(std::move(cropProposer)), m_modelSha256(std::move(modelSha256))
{
    m_modelId = m_ranker ? m_ranker->id : std::string();
    if (m_cropProposer)
        m_modelId += (m_modelId.empty() ? "" : "+") + m_cropProposer->id;
}

std::optional<Crop> Suggester::cropOf(const Embedding* image) const
{
    if (!m_cropProposer || !image)
        return std::nullopt;
    const Crop crop = m_cropProposer->propose(*image, std::nullopt);
    if (!isValid(crop) || areaOf(crop) >= kLargestUsefulCrop)
        return std::nullopt;
    return crop;
}

std::optional<RankedSuggestion> Suggester::suggest(const CandidateGroup& group) const
{
    RankedSuggestion ranked;
    ranked.suggestion.modelId = m_modelId;
    ranked.suggestion.modelSha256 = m_modelSha256;
    ranked.suggestion.inputsSha256 = inputsHash(group);
    ranked.scores.resize(group.candidates.size());
    if (group.candidates.size() == 1) {
        ranked.suggestion.crop = cropOf(embeddingAt(group, 0));
        return ranked.suggestion.crop ? std::optional(std::move(ranked)) : std::nullopt;
    }
    if (!m_ranker || group.candidates.empty())
        return std::nullopt;
    ranked.scores = m_ranker->scores(group);
    const auto scored = std::ranges::count_if(ranked.scores, [](const auto& score) { return score.has_value(); });
    const auto pick = pickOf(ranked.scores, m_ranker->calibration);
    if (!pick || scored < 2)
        return std::nullopt;
    const double share = static_cast<double>(scored) / static_cast<double>(group.candidates.size());
    ranked.suggestion.scores.assign(ranked.scores.begin(), ranked.scores.end());
    ranked.suggestion.imageIndex = pick->index;
    ranked.suggestion.confidence = pick->confidence * share;
    ranked.suggestion.crop = cropOf(embeddingAt(group, pick->index));
    if (const auto second = secondBest(ranked.scores, pick->index)) {
        for (const Reason& reason : reasonsFor(group, pick->index, *second))
            ranked.suggestion.reasons.push_back(toText(reason));
    }
    return ranked;
}

} // namespace ps
