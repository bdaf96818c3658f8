// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/measure.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace ps {

namespace {

constexpr int kBlock = 8;
constexpr int kDarkest = 2;
constexpr int kBrightest = 253;
constexpr int kClippedMean = 4;                 ///< clipping takes the noise away near black and white
constexpr double kMaskGain = 6;                 ///< root of the sum of squares of the noise mask
constexpr double kLaplacianNoiseGain = 20;      ///< sum of squares of the Laplacian mask
constexpr double kSigmaPerMedian = 1 / 0.67449; ///< of the absolute values of a normal distribution
constexpr double kCalmBias = 0.94;              ///< calm blocks are those in which the noise happens to be small, too
constexpr std::size_t kMaskValues = 255 * 8 + 1;

double share(std::int64_t count, std::int64_t total)
{
    return static_cast<double>(count) / static_cast<double>(total);
}

void measureTones(const cv::Mat& luma, ImageMeasures& measures)
{
    std::array<std::int64_t, 256> counts{};
    for (int y = 0; y < luma.rows; ++y) {
        const std::uint8_t* row = luma.ptr(y);
        for (int x = 0; x < luma.cols; ++x)
            ++counts[row[x]];
    }
    const std::int64_t total = std::int64_t{luma.rows} * luma.cols;
    std::int64_t sum = 0;
    std::int64_t squares = 0;
    std::int64_t dark = 0;
    std::int64_t bright = 0;
    for (int value = 0; value < 256; ++value) {
        const std::int64_t count = counts[static_cast<std::size_t>(value)];
        sum += count * value;
        squares += count * value * value;
        dark += value <= kDarkest ? count : 0;
        bright += value >= kBrightest ? count : 0;
    }
    const double mean = share(sum, total);
    measures.exposure = mean / 255;
    measures.contrast = std::sqrt(std::max(0.0, share(squares, total) - mean * mean)) / 255;
    measures.darkShare = share(dark, total);
    measures.brightShare = share(bright, total);
}

/// The mean square of the Laplacian 0 1 0 / 1 -4 1 / 0 1 0, whose own mean is zero but for the borders.
double laplacianPower(const cv::Mat& luma)
{
    std::int64_t squares = 0;
    for (int y = 1; y + 1 < luma.rows; ++y) {
        const std::uint8_t* above = luma.ptr(y - 1);
        const std::uint8_t* row = luma.ptr(y);
        const std::uint8_t* below = luma.ptr(y + 1);
        std::int64_t rowSquares = 0;
        for (int x = 1; x + 1 < luma.cols; ++x) {
            const int value = above[x] + below[x] + row[x - 1] + row[x + 1] - 4 * row[x];
            rowSquares += value * value;
        }
        squares += rowSquares;
    }
    return share(squares, std::int64_t{luma.rows - 2} * (luma.cols - 2));
}

/// One 8 x 8 block inside the picture: how much goes on in it.
struct Block {
    int x = 0;
    int y = 0;
    int activity = 0; ///< sum of the absolute differences to the right and below
};

Block examine(const cv::Mat& luma, int x, int y, bool& isClipped)
{
    Block block{x, y, 0};
    int sum = 0;
    for (int j = y; j < y + kBlock; ++j) {
        const std::uint8_t* row = luma.ptr(j);
        const std::uint8_t* below = luma.ptr(j + 1);
        for (int i = x; i < x + kBlock; ++i) {
            sum += row[i];
            block.activity += std::abs(row[i + 1] - row[i]) + std::abs(below[i] - row[i]);
        }
    }
    const int mean = sum / (kBlock * kBlock);
    isClipped = mean < kClippedMean || mean > 255 - kClippedMean;
    return block;
}

/// The calmest quarter of the blocks.
std::vector<Block> calmBlocks(const cv::Mat& luma)
{
    std::vector<Block> blocks;
    for (int y = 1; y + kBlock < luma.rows; y += kBlock) {
        for (int x = 1; x + kBlock < luma.cols; x += kBlock) {
            bool isClipped = false;
            const Block block = examine(luma, x, y, isClipped);
            if (!isClipped)
                blocks.push_back(block);
        }
    }
    const auto quarter = blocks.begin() + static_cast<std::ptrdiff_t>((blocks.size() + 3) / 4);
    if (quarter != blocks.end())
        std::nth_element(blocks.begin(), quarter, blocks.end(),
                         [](const Block& a, const Block& b) { return a.activity < b.activity; });
    blocks.erase(quarter, blocks.end());
    return blocks;
}

/// The median of whole numbers that stand for intervals of width 1 around them.
double medianOf(const std::array<std::int32_t, kMaskValues>& counts, std::int64_t total)
{
    const double half = static_cast<double>(total) / 2;
    double before = 0;
    for (std::size_t value = 0; value < counts.size(); ++value) {
        const double count = counts[value];
        if (before + count >= half && count > 0) {
            const double low = value == 0 ? 0 : static_cast<double>(value) - 0.5;
            const double width = value == 0 ? 0.5 : 1;
            return low + width * (half - before) / count;
        }
        before += count;
    }
    return 0;
}

/// The mask 1 -2 1 / -2 4 -2 / 1 -2 1 sees neither slopes nor straight edges, so what it gives in calm places is noise.
/// Source of the mask: J. Immerkaer, Fast Noise Variance Estimation (1996).
double noiseOf(const cv::Mat& luma)
{
    std::array<std::int32_t, kMaskValues> counts{};
    std::int64_t total = 0;
    for (const Block& block : calmBlocks(luma)) {
        for (int y = block.y; y < block.y + kBlock; ++y) {
            const std::uint8_t* above = luma.ptr(y - 1);
            const std::uint8_t* row = luma.ptr(y);
            const std::uint8_t* below = luma.ptr(y + 1);
            for (int x = block.x; x < block.x + kBlock; ++x) {
                const int value = above[x - 1] + above[x + 1] + below[x - 1] + below[x + 1] -
                                  2 * (above[x] + below[x] + row[x - 1] + row[x + 1]) + 4 * row[x];
                ++counts[static_cast<std::size_t>(std::abs(value))];
            }
        }
        total += kBlock * kBlock;
    }
    // A median of zero cannot be told from one just below the first step: more than half of the values are exactly 0.
    const bool isQuiet = total == 0 || counts[0] * 2 > total;
    return isQuiet ? 0 : medianOf(counts, total) * kSigmaPerMedian / (kMaskGain * kCalmBias);
}

} // namespace

cv::Mat lumaOf(const cv::Mat& picture)
{
    if (picture.channels() == 1)
        return picture;
    cv::Mat luma;
    cv::cvtColor(picture, luma, picture.channels() == 4 ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
    if (picture.channels() == 4) {
        cv::Mat paper;
        cv::extractChannel(picture, paper, 3);
        cv::subtract(cv::Scalar(255), paper, paper);
        cv::add(luma, paper, luma);
    }
    return luma;
}

double measureNoise(const cv::Mat& luma)
{
    return luma.cols < 3 || luma.rows < 3 ? 0 : noiseOf(luma);
}

ImageMeasures measureLuma(const cv::Mat& luma)
{
    ImageMeasures measures;
    measures.perceptualHash = perceptualHash(luma);
    measureTones(luma, measures);
    if (luma.cols < 3 || luma.rows < 3)
        return measures;
    measures.noise = measureNoise(luma);
    const double noisePower = kLaplacianNoiseGain * measures.noise * measures.noise;
    measures.sharpness = std::sqrt(std::max(0.0, laplacianPower(luma) - noisePower));
    return measures;
}

} // namespace ps
