// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/detector.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace ps {

namespace {

constexpr std::int64_t kMostPositions = 200'000;
constexpr std::int64_t kMostClasses = 10'000;
constexpr std::size_t kMostCompared = 30'000; ///< as Ultralytics does
constexpr float kRounding = 0.01F;            ///< how far a probability may lie outside 0 to 1: half precision rounds

Error error(ErrorCode code, std::string message)
{
    return {code, std::move(message), {}, 0};
}

/// Box in pixels of the input, as the model gave it.
struct Candidate {
    double x1 = 0;
    double y1 = 0;
    double x2 = 0;
    double y2 = 0;
    int classIndex = 0;
    float confidence = 0;
};

/// The numbers of one image, whichever way round they lie.
class Predictions
{
public:
    static Result<Predictions> open(const Tensor& output, std::size_t classCount);

    std::size_t positions() const { return m_positions; }
    std::size_t classes() const { return m_channels - 4; }
    float at(std::size_t channel, std::size_t position) const
    {
        return m_isTransposed ? m_values[position * m_channels + channel] : m_values[channel * m_positions + position];
    }
    std::span<const float> all() const { return {m_values, m_channels * m_positions}; }

private:
    const float* m_values = nullptr;
    std::size_t m_channels = 0;
    std::size_t m_positions = 0;
    bool m_isTransposed = false;
};

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "[";
    for (const std::int64_t size : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    return text + "]";
}

Result<Predictions> Predictions::open(const Tensor& output, std::size_t classCount)
{
    const auto& shape = output.shape;
    const auto isBad = [](std::int64_t size) { return size < 1 || size > kMostPositions; };
    if (shape.size() != 3 || shape[0] != 1)
        return error(ErrorCode::Corrupt, "the output " + shapeText(shape) + " is none of a YOLOv8 detector");
    if (std::max(shape[1], shape[2]) > kMostPositions)
        return error(ErrorCode::TooLarge, "the detector gives " + shapeText(shape) + "; " +
                                              std::to_string(kMostPositions) + " boxes are the most");
    if (std::any_of(shape.begin(), shape.end(), isBad))
        return error(ErrorCode::Corrupt, "the output " + shapeText(shape) + " is none of a YOLOv8 detector");
    const auto wanted = static_cast<std::int64_t>(classCount) + 4;
    Predictions predictions;
    predictions.m_isTransposed = classCount != 0 ? shape[1] != wanted && shape[2] == wanted : shape[1] > shape[2];
    const auto channels = predictions.m_isTransposed ? shape[2] : shape[1];
    if (channels < 5 || channels > kMostClasses + 4)
        return error(ErrorCode::Corrupt, "the output " + shapeText(shape) + " is none of a YOLOv8 detector");
    if (classCount != 0 && channels != wanted)
        return error(ErrorCode::InvalidInput, "the model has " + std::to_string(channels - 4) + " classes, and " +
                                                  std::to_string(classCount) + " are named");
    predictions.m_channels = static_cast<std::size_t>(channels);
    predictions.m_positions = static_cast<std::size_t>(predictions.m_isTransposed ? shape[1] : shape[2]);
    if (output.values.size() != predictions.m_channels * predictions.m_positions)
        return error(ErrorCode::Corrupt,
                     "the output has " + std::to_string(output.values.size()) + " numbers for " + shapeText(shape));
    predictions.m_values = output.values.data();
    return predictions;
}

Result<void> checkNumbers(const Predictions& predictions)
{
    const auto numbers = predictions.all();
    if (!std::all_of(numbers.begin(), numbers.end(), [](float value) { return std::isfinite(value); }))
        return error(ErrorCode::Corrupt, "the detector gave numbers that are not finite");
    for (std::size_t c = 0; c < predictions.classes(); ++c) {
        for (std::size_t p = 0; p < predictions.positions(); ++p) {
            const float score = predictions.at(4 + c, p);
            if (score < -kRounding || score > 1 + kRounding)
                return error(ErrorCode::Corrupt, "the detector gave " + std::to_string(score) +
                                                     " as a probability; its scores need a sigmoid");
        }
    }
    return {};
}

std::pair<int, float> bestClass(const Predictions& predictions, std::size_t position)
{
    std::size_t best = 0;
    for (std::size_t c = 1; c < predictions.classes(); ++c) {
        if (predictions.at(4 + c, position) > predictions.at(4 + best, position))
            best = c;
    }
    return {static_cast<int>(best), std::clamp(predictions.at(4 + best, position), 0.0F, 1.0F)};
}

/// What is at or above the bar, the most confident first.
std::vector<Candidate> confidentCandidates(const Predictions& predictions, float minConfidence)
{
    std::vector<Candidate> found;
    for (std::size_t p = 0; p < predictions.positions(); ++p) {
        const auto [classIndex, confidence] = bestClass(predictions, p);
        if (confidence < minConfidence || confidence <= 0)
            continue;
        const double x = predictions.at(0, p);
        const double y = predictions.at(1, p);
        const double halfWidth = predictions.at(2, p) / 2.0;
        const double halfHeight = predictions.at(3, p) / 2.0;
        found.push_back({x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, classIndex, confidence});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Candidate& a, const Candidate& b) { return a.confidence > b.confidence; });
    return found;
}

double area(const Candidate& box)
{
    return (box.x2 - box.x1) * (box.y2 - box.y1);
}

/// Intersection over union.
double overlap(const Candidate& a, const Candidate& b)
{
    const double width = std::min(a.x2, b.x2) - std::max(a.x1, b.x1);
    const double height = std::min(a.y2, b.y2) - std::max(a.y1, b.y1);
    if (width <= 0 || height <= 0)
        return 0;
    const double shared = width * height;
    return shared / (area(a) + area(b) - shared);
}

bool isCovered(const Candidate& box, const std::vector<Candidate>& kept, double maxOverlap)
{
    return std::any_of(kept.begin(), kept.end(), [&](const Candidate& better) {
        return better.classIndex == box.classIndex && overlap(better, box) > maxOverlap;
    });
}

/// What no detector that is in order says, but a broken or a hostile one may.
Result<void> checkBoxes(const std::vector<Candidate>& candidates, const TensorPlacement& placement)
{
    constexpr double kFarther = 4; // sides of the picture
    const double limit = kFarther * std::max(placement.resized.width, placement.resized.height);
    for (const Candidate& box : candidates) {
        if (box.x2 <= box.x1 || box.y2 <= box.y1)
            return error(ErrorCode::Corrupt, "the detector is sure of a box without a size");
        if (std::max({std::abs(box.x1), std::abs(box.y1), std::abs(box.x2), std::abs(box.y2)}) > limit)
            return error(ErrorCode::Corrupt, "the detector is sure of a box far outside the picture");
    }
    return {};
}

bool reachesBeyond(const Candidate& box, const TensorPlacement& placement)
{
    return box.x1 < placement.left || box.y1 < placement.top || box.x2 > placement.left + placement.resized.width ||
           box.y2 > placement.top + placement.resized.height;
}

} // namespace

Result<DecodedDetections> decodeYolo(const Tensor& output, const TensorPlacement& placement, std::size_t classCount,
                                     const InferenceService::DetectionOptions& options)
{
    PS_TRY(const Predictions predictions, Predictions::open(output, classCount));
    PS_TRY_VOID(checkNumbers(predictions));

    DecodedDetections result;
    result.candidateCount = predictions.positions();
    std::vector<Candidate> candidates = confidentCandidates(predictions, options.minConfidence);
    result.confidentCount = candidates.size();
    PS_TRY_VOID(checkBoxes(candidates, placement));
    if (candidates.size() > kMostCompared) {
        result.droppedCount += candidates.size() - kMostCompared;
        candidates.resize(kMostCompared);
    }
    std::vector<Candidate> kept;
    const auto mostBoxes = static_cast<std::size_t>(std::max(options.maxBoxes, 0));
    for (const Candidate& candidate : candidates) {
        const FractionBox box = placement.toImage(candidate.x1, candidate.y1, candidate.x2, candidate.y2);
        if (!box.isValid()) {
            ++result.droppedCount;
            continue;
        }
        if (isCovered(candidate, kept, options.maxOverlap))
            continue;
        if (kept.size() == mostBoxes) {
            ++result.droppedCount;
            continue;
        }
        kept.push_back(candidate);
        result.boxes.push_back({box, candidate.classIndex, candidate.confidence});
        result.clampedCount += reachesBeyond(candidate, placement) ? 1U : 0U;
    }
    return result;
}

} // namespace ps
