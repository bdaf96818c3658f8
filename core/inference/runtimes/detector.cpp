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
    static Result<Predictions> open(const Tensor& output, std::size_t imageIndex, std::size_t classCount);

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

Result<Predictions> Predictions::open(const Tensor& output, std::size_t imageIndex, std::size_t classCount)
{
    const auto& shape = output.shape;
    const auto isBad = [](std::int64_t size) { return size < 1 || size > kMostPositions; };
    if (shape.size() != 3)
        return error(ErrorCode::Corrupt, "the output " + shapeText(shape) + " is none of a YOLOv8 detector");
    if (std::max(shape[1], shape[2]) > kMostPositions)
        return error(ErrorCode::TooLarge, "the detector gives " + shapeText(shape) + "; " +
                                              std::to_string(kMostPositions) + " boxes are the most");
    if (std::any_of(shape.begin(), shape.end(), isBad))
        return error(ErrorCode::Corrupt, "the output " + shapeText(shape) + " is none of a YOLOv8 detector");
    if (imageIndex >= static_cast<std::size_t>(shape[0]))
        return error(ErrorCode::InvalidInput, "the output holds " + std::to_string(shape[0]) + " images");

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
    const std::size_t perImage = predictions.m_channels * predictions.m_positions;
    if (output.values.size() != perImage * static_cast<std::size_t>(shape[0]))
        return error(ErrorCode::Corrupt,
                     "the output has " + std::to_string(output.values.size()) + " numbers for " + shapeText(shape));
    predictions.m_values = output.values.data() + imageIndex * perImage;
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

/// In fractions of the image; what lies outside is cut off.
FractionBox toFractions(const Candidate& box, const InputPlacement& placement, bool& isClamped)
{
    const double width = placement.scaleX * placement.image.width;
    const double height = placement.scaleY * placement.image.height;
    const FractionBox raw{(box.x1 - placement.left) / width, (box.y1 - placement.top) / height,
                          (box.x2 - placement.left) / width, (box.y2 - placement.top) / height};
    const auto inside = [](double value) { return std::clamp(value, 0.0, 1.0); };
    const FractionBox clamped{inside(raw.x1), inside(raw.y1), inside(raw.x2), inside(raw.y2)};
    isClamped = clamped != raw;
    return clamped;
}

} // namespace

InputPlacement letterboxPlacement(ImageSize image, int inputWidth, int inputHeight)
{
    const double scale = std::min(static_cast<double>(inputWidth) / image.width,
                                  static_cast<double>(inputHeight) / image.height);
    const auto margin = [](int inputSide, double fitted) {
        return std::round((inputSide - std::round(fitted)) / 2 - 0.1);
    };
    InputPlacement placement;
    placement.image = image;
    placement.scaleX = scale;
    placement.scaleY = scale;
    placement.left = margin(inputWidth, image.width * scale);
    placement.top = margin(inputHeight, image.height * scale);
    return placement;
}

Result<DecodedDetections> decodeYolo(const Tensor& output, std::size_t imageIndex, const InputPlacement& placement,
                                     std::size_t classCount, const InferenceService::DetectionOptions& options)
{
    PS_TRY(const Predictions predictions, Predictions::open(output, imageIndex, classCount));
    PS_TRY_VOID(checkNumbers(predictions));

    DecodedDetections result;
    result.candidateCount = predictions.positions();
    std::vector<Candidate> candidates = confidentCandidates(predictions, options.minConfidence);
    result.confidentCount = candidates.size();
    if (candidates.size() > kMostCompared) {
        result.droppedCount += candidates.size() - kMostCompared;
        candidates.resize(kMostCompared);
    }
    std::vector<Candidate> kept;
    const auto mostBoxes = static_cast<std::size_t>(std::max(options.maxBoxes, 0));
    for (const Candidate& candidate : candidates) {
        bool isClamped = false;
        const FractionBox box = toFractions(candidate, placement, isClamped);
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
        result.clampedCount += isClamped ? 1 : 0;
    }
    return result;
}

} // namespace ps
