// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/area_scale.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace ps {

namespace {

// Weights of one output pixel sum up to 2^15. A weighted sum of bytes is kept with 8 more bits between the two passes.
constexpr std::uint32_t kWeightBits = 15;
constexpr std::uint32_t kMiddleShift = 7;
constexpr std::uint32_t kFinalShift = 23;
/// Beyond this ratio single weights become too coarse.
constexpr int kMaxRatio = 256;

/// Which input pixels an output pixel covers, and how much of each.
struct Coverage {
    int first = 0;
    int count = 0;
    std::size_t weightsAt = 0;
};

struct Axis {
    std::vector<Coverage> outputs;
    std::vector<std::uint16_t> weights;
};

/// Positions are measured in parts of 1 / outputLength of an input pixel, so that everything is a whole number.
Axis makeAxis(int inputLength, int outputLength)
{
    Axis axis;
    axis.outputs.reserve(static_cast<std::size_t>(outputLength));
    const std::int64_t covered = inputLength;
    for (std::int64_t j = 0; j < outputLength; ++j) {
        const std::int64_t begin = j * covered;
        const std::int64_t end = begin + covered;
        Coverage coverage{static_cast<int>(begin / outputLength), 0, axis.weights.size()};
        std::int64_t before = 0; // the weight of everything up to here, so that rounding never loses any
        for (std::int64_t i = coverage.first; i * outputLength < end; ++i, ++coverage.count) {
            const std::int64_t reach = std::min(end, (i + 1) * outputLength) - begin;
            const std::int64_t upToHere = ((reach << kWeightBits) + covered / 2) / covered;
            axis.weights.push_back(static_cast<std::uint16_t>(upToHere - before));
            before = upToHere;
        }
        axis.outputs.push_back(coverage);
    }
    return axis;
}

void addWeighted(std::uint32_t* sums, const std::uint8_t* row, std::uint16_t weight, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        sums[i] += std::uint32_t{weight} * row[i];
}

void roundToMiddle(const std::uint32_t* sums, std::uint16_t* out, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<std::uint16_t>((sums[i] + (1U << (kMiddleShift - 1))) >> kMiddleShift);
}

template <std::size_t kChannels>
void scaleRow(const std::uint16_t* in, const Axis& axis, std::uint8_t* out)
{
    for (const Coverage& coverage : axis.outputs) {
        const std::uint16_t* pixel = in + static_cast<std::size_t>(coverage.first) * kChannels;
        const std::uint16_t* weight = axis.weights.data() + coverage.weightsAt;
        std::uint32_t sums[kChannels] = {};
        for (int i = 0; i < coverage.count; ++i, pixel += kChannels, ++weight) {
            for (std::size_t c = 0; c < kChannels; ++c)
                sums[c] += std::uint32_t{*weight} * pixel[c];
        }
        for (std::size_t c = 0; c < kChannels; ++c)
            *out++ = static_cast<std::uint8_t>((sums[c] + (1U << (kFinalShift - 1))) >> kFinalShift);
    }
}

void scaleRow(int channels, const std::uint16_t* in, const Axis& axis, std::uint8_t* out)
{
    switch (channels) {
    case 1: return scaleRow<1>(in, axis, out);
    case 2: return scaleRow<2>(in, axis, out);
    case 3: return scaleRow<3>(in, axis, out);
    default: return scaleRow<4>(in, axis, out);
    }
}

} // namespace

cv::Mat areaScaled(const cv::Mat& pixels, ImageSize size)
{
    cv::Mat result;
    const bool isWholeRatio = pixels.cols % size.width == 0 && pixels.rows % size.height == 0; // OpenCV's fast path
    const bool isExtreme = pixels.cols / size.width >= kMaxRatio || pixels.rows / size.height >= kMaxRatio;
    if (isWholeRatio || isExtreme) {
        cv::resize(pixels, result, {size.width, size.height}, 0, 0, cv::INTER_AREA);
        return result;
    }
    result.create(size.height, size.width, pixels.type());
    const Axis columns = makeAxis(pixels.cols, size.width);
    const Axis rows = makeAxis(pixels.rows, size.height);
    const auto valueCount = static_cast<std::size_t>(pixels.cols) * static_cast<std::size_t>(pixels.channels());
    std::vector<std::uint32_t> sums(valueCount);
    std::vector<std::uint16_t> middle(valueCount);
    for (int y = 0; y < size.height; ++y) {
        const Coverage& coverage = rows.outputs[static_cast<std::size_t>(y)];
        std::fill(sums.begin(), sums.end(), 0U);
        for (int i = 0; i < coverage.count; ++i)
            addWeighted(sums.data(), pixels.ptr(coverage.first + i),
                        rows.weights[coverage.weightsAt + static_cast<std::size_t>(i)], valueCount);
        roundToMiddle(sums.data(), middle.data(), valueCount);
        scaleRow(pixels.channels(), middle.data(), columns, result.ptr(y));
    }
    return result;
}

} // namespace ps
