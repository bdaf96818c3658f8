// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A hash of the coarse structure of a picture: its luma averaged to 32 x 32, the lowest 8 x 8 frequencies of the cosine
// transform of that, and one bit for each of them but the mean.
#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/measure.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace ps {

namespace {

constexpr int kSide = 32;
constexpr int kFrequencies = 8;
constexpr double kScale = 1 << 14; // of the whole-number cosines, so that the hash is the same on every machine

using Basis = std::array<std::array<std::int64_t, kSide>, kFrequencies>;
using Coefficients = std::array<std::int64_t, kFrequencies * kFrequencies>;

Basis makeBasis()
{
    Basis basis{};
    for (int u = 0; u < kFrequencies; ++u) {
        for (int x = 0; x < kSide; ++x)
            basis[static_cast<std::size_t>(u)][static_cast<std::size_t>(x)] = std::lround(
                kScale * std::cos(std::numbers::pi * u * (2 * x + 1) / (2.0 * kSide)));
    }
    return basis;
}

/// A wave of a quarter of a grey level is not structure but rounding; without this the hash of a flat picture would be
/// that of its noise.
constexpr std::int64_t kSmallest = (kSide * kSide / 4) * (std::int64_t{1} << 28) / 4;

cv::Mat reduced(const cv::Mat& luma)
{
    if (luma.cols >= kSide && luma.rows >= kSide)
        return areaScaled(luma, {kSide, kSide});
    cv::Mat small;
    cv::resize(luma, small, {kSide, kSide}, 0, 0, cv::INTER_LINEAR_EXACT);
    return small;
}

Coefficients transformed(const cv::Mat& small)
{
    static const Basis kBasis = makeBasis();
    std::array<std::array<std::int64_t, kFrequencies>, kSide> rows{};
    for (std::size_t y = 0; y < kSide; ++y) {
        const std::uint8_t* pixels = small.ptr(static_cast<int>(y));
        for (std::size_t u = 0; u < kFrequencies; ++u) {
            for (std::size_t x = 0; x < kSide; ++x)
                rows[y][u] += kBasis[u][x] * pixels[x];
        }
    }
    Coefficients coefficients{};
    for (std::size_t v = 0; v < kFrequencies; ++v) {
        for (std::size_t u = 0; u < kFrequencies; ++u) {
            std::int64_t sum = 0;
            for (std::size_t y = 0; y < kSide; ++y)
                sum += kBasis[v][y] * rows[y][u];
            coefficients[v * kFrequencies + u] = std::abs(sum) < kSmallest ? 0 : sum;
        }
    }
    return coefficients;
}

} // namespace

std::uint64_t perceptualHash(const cv::Mat& luma)
{
    const Coefficients coefficients = transformed(reduced(luma));
    Coefficients sorted = coefficients;
    const auto middle = sorted.begin() + 1 + (sorted.size() - 1) / 2; // of those behind the mean
    std::nth_element(sorted.begin() + 1, middle, sorted.end());
    std::uint64_t hash = 0;
    for (std::size_t i = 1; i < coefficients.size(); ++i) {
        if (coefficients[i] > *middle)
            hash |= std::uint64_t{1} << i;
    }
    return hash;
}

} // namespace ps
