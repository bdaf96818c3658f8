// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/picture_tensor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace ps {

namespace {

constexpr int kPrecisionBits = 32 - 8 - 2; ///< of Pillow, so that roundings agree
constexpr int kChannels = 3;

double cubic(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1)
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    if (x < 2)
        return (((x - 5) * x + 8) * x - 4) * a;
    return 0;
}

double triangle(double x)
{
    return std::max(0.0, 1 - std::abs(x));
}

double box(double x)
{
    return x > -0.5 && x <= 0.5 ? 1 : 0;
}

struct FilterRule {
    double (*weight)(double);
    double support;
};

FilterRule ruleOf(Preprocessing::Filter filter)
{
    switch (filter) {
    case Preprocessing::Filter::Bicubic: return {cubic, 2};
    case Preprocessing::Filter::Bilinear: return {triangle, 1};
    case Preprocessing::Filter::Area: break;
    }
    return {box, 0.5};
}

/// Which input pixels make one output pixel.
struct Taps {
    int first = 0;
    std::vector<std::int32_t> weights; ///< fixed point
};

std::vector<Taps> tapsFor(int from, int to, Preprocessing::Filter filter)
{
    const FilterRule rule = ruleOf(filter);
    const double scale = static_cast<double>(from) / to;
    const double filterScale = std::max(scale, 1.0);
    const double support = rule.support * filterScale;
    std::vector<Taps> all(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) {
        Taps& taps = all[static_cast<std::size_t>(i)];
        const double centre = (i + 0.5) * scale;
        taps.first = std::max(0, static_cast<int>(centre - support + 0.5));
        const int end = std::min(from, static_cast<int>(centre + support + 0.5));
        std::vector<double> weights;
        double sum = 0;
        for (int x = taps.first; x < end; ++x) {
            weights.push_back(rule.weight((x - centre + 0.5) / filterScale));
            sum += weights.back();
        }
        for (const double weight : weights) {
            const double fixed = (sum != 0 ? weight / sum : weight) * (1 << kPrecisionBits);
            taps.weights.push_back(static_cast<std::int32_t>(fixed < 0 ? fixed - 0.5 : fixed + 0.5));
        }
    }
    return all;
}

std::uint8_t toByte(std::int32_t sum)
{
    return static_cast<std::uint8_t>(std::clamp(sum >> kPrecisionBits, 0, 255));
}

cv::Mat resampledAcross(const cv::Mat& picture, int width, Preprocessing::Filter filter)
{
    const std::vector<Taps> taps = tapsFor(picture.cols, width, filter);
    cv::Mat out(picture.rows, width, CV_8UC3);
    for (int y = 0; y < picture.rows; ++y) {
        const std::uint8_t* in = picture.ptr(y);
        std::uint8_t* target = out.ptr(y);
        for (const Taps& tap : taps) {
            std::array<std::int32_t, kChannels> sums;
            sums.fill(1 << (kPrecisionBits - 1));
            const std::uint8_t* pixel = in + tap.first * kChannels;
            for (const std::int32_t weight : tap.weights) {
                for (std::size_t c = 0; c < kChannels; ++c)
                    sums[c] += *pixel++ * weight;
            }
            for (const std::int32_t sum : sums)
                *target++ = toByte(sum);
        }
    }
    return out;
}

cv::Mat resampledDown(const cv::Mat& picture, int height, Preprocessing::Filter filter)
{
    const std::vector<Taps> taps = tapsFor(picture.rows, height, filter);
    const auto valueCount = static_cast<std::size_t>(picture.cols) * kChannels;
    cv::Mat out(height, picture.cols, CV_8UC3);
    std::vector<std::int32_t> sums(valueCount);
    for (int y = 0; y < height; ++y) {
        const Taps& tap = taps[static_cast<std::size_t>(y)];
        std::fill(sums.begin(), sums.end(), 1 << (kPrecisionBits - 1));
        for (std::size_t t = 0; t < tap.weights.size(); ++t) {
            const std::uint8_t* in = picture.ptr(tap.first + static_cast<int>(t));
            const std::int32_t weight = tap.weights[t];
            for (std::size_t i = 0; i < valueCount; ++i)
                sums[i] += in[i] * weight;
        }
        std::transform(sums.begin(), sums.end(), out.ptr(y), toByte);
    }
    return out;
}

int rounded(double value)
{
    return static_cast<int>(std::lround(value));
}

} // namespace

ImageSize resizedSize(const Preprocessing& preprocessing, ImageSize image)
{
    const auto scaledTo = [&](double ratio) {
        return ImageSize{std::max(1, rounded(image.width * ratio)), std::max(1, rounded(image.height * ratio))};
    };
    switch (preprocessing.resize) {
    case Preprocessing::Resize::Stretch: return {preprocessing.width, preprocessing.height};
    case Preprocessing::Resize::Letterbox:
        return scaledTo(std::min(static_cast<double>(preprocessing.width) / image.width,
                                 static_cast<double>(preprocessing.height) / image.height));
    case Preprocessing::Resize::ShortestEdge: break;
    }
    // torchvision truncates the longer side.
    const auto longer = [to = std::int64_t{preprocessing.resizeTo}](std::int64_t longSide, std::int64_t shortSide) {
        return static_cast<int>(
            std::clamp<std::int64_t>(to * longSide / shortSide, 1, std::numeric_limits<int>::max()));
    };
    if (image.width <= image.height)
        return {preprocessing.resizeTo, longer(image.height, image.width)};
    return {longer(image.width, image.height), preprocessing.resizeTo};
}

TensorPlacement placementOf(const Preprocessing& preprocessing, ImageSize image)
{
    TensorPlacement placement;
    placement.resized = resizedSize(preprocessing, image);
    const double freeX = preprocessing.width - placement.resized.width;
    const double freeY = preprocessing.height - placement.resized.height;
    if (preprocessing.resize == Preprocessing::Resize::Letterbox) { // rounds as Ultralytics does
        placement.left = rounded(freeX / 2 - 0.1);
        placement.top = rounded(freeY / 2 - 0.1);
    } else if (preprocessing.crop == Preprocessing::Crop::Centre) { // Python rounds halves to even
        placement.left = static_cast<int>(-std::nearbyint(-freeX / 2));
        placement.top = static_cast<int>(-std::nearbyint(-freeY / 2));
    }
    return placement;
}

FractionBox TensorPlacement::toImage(double x1, double y1, double x2, double y2) const
{
    const auto across = [this](double x) { return std::clamp((x - left) / resized.width, 0.0, 1.0); };
    const auto down = [this](double y) { return std::clamp((y - top) / resized.height, 0.0, 1.0); };
    return {across(x1), down(y1), across(x2), down(y2)};
}

cv::Mat resampled(const cv::Mat& picture, ImageSize size, Preprocessing::Filter filter)
{
    const cv::Mat across = picture.cols == size.width ? picture : resampledAcross(picture, size.width, filter);
    return across.rows == size.height ? across : resampledDown(across, size.height, filter);
}

void fillTensor(const Preprocessing& preprocessing, const cv::Mat& picture, ImageSize image, std::span<float> out)
{
    const TensorPlacement placement = placementOf(preprocessing, image);
    const cv::Mat resized = resampled(picture, placement.resized, preprocessing.filter);
    const auto planeSize = static_cast<std::size_t>(preprocessing.width) *
                           static_cast<std::size_t>(preprocessing.height);
    for (std::size_t c = 0; c < kChannels; ++c) {
        const std::size_t source = preprocessing.order == Preprocessing::ChannelOrder::Rgb ? 2 - c : c;
        std::array<float, 256> table;
        for (std::size_t v = 0; v < table.size(); ++v)
            table[v] = static_cast<float>((static_cast<double>(v) * preprocessing.scale - preprocessing.mean[c]) /
                                          preprocessing.deviation[c]);
        float* plane = out.data() + c * planeSize;
        std::fill(plane, plane + planeSize, table[static_cast<std::size_t>(preprocessing.padding)]);
        const int firstX = std::max(0, placement.left);
        const int endX = std::min(preprocessing.width, placement.left + resized.cols);
        const int firstY = std::max(0, placement.top);
        const int endY = std::min(preprocessing.height, placement.top + resized.rows);
        for (int y = firstY; y < endY; ++y) {
            const std::uint8_t* row = resized.ptr(y - placement.top);
            float* line = plane + static_cast<std::size_t>(y) * static_cast<std::size_t>(preprocessing.width);
            for (int x = firstX; x < endX; ++x)
                line[x] = table[row[static_cast<std::size_t>(x - placement.left) * kChannels + source]];
        }
    }
}

} // namespace ps
