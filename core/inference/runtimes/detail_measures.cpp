// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/detail_measures.h"

#include "core/inference/runtimes/processor_clones.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace ps {

namespace {

constexpr int kGrid = 8;   ///< of JPEG
constexpr int kBlock = 16; ///< in which steps are counted
constexpr int kCalm = 1;   ///< levels
constexpr int kLeastStep = 3;
constexpr int kMostStep = 40;
constexpr int kLargestJump = 16; ///< an edge of the motif must not count for more than a block
constexpr int kSmoothPixels = kBlock * kBlock / 2 * 6 / 10; ///< of every second row
constexpr int kSteppedPixels = 3;
constexpr double kLeastSmooth = 0.02; ///< a few smooth blocks say little
constexpr int kRegions = 4;
constexpr int kLevelRows = 3; ///< every third is enough for shares

/// Mean jumps by their place in the grid: that of the strongest place above the others.
double aboveOthers(const std::array<double, kGrid>& jumps)
{
    const double most = *std::ranges::max_element(jumps);
    const double sum = std::accumulate(jumps.begin(), jumps.end(), 0.0);
    return most - (sum - most) / (kGrid - 1);
}

/// Adds to each column how far the difference between b and c is above that of its neighbours, in half levels.
PS_CLONES void addJumps(const std::uint8_t* a, const std::uint8_t* b, const std::uint8_t* c, const std::uint8_t* d,
                        int count, std::int32_t* __restrict sums)
{
    for (int i = 0; i < count; ++i) {
        const int jump = 2 * std::abs(c[i] - b[i]) - std::abs(b[i] - a[i]) - std::abs(d[i] - c[i]);
        sums[i] += std::min(std::max(jump, 0), 2 * kLargestJump);
    }
}

double blocksAcross(const cv::Mat& luma)
{
    std::vector<std::int32_t> columns(static_cast<std::size_t>(luma.cols));
    for (int y = 0; y < luma.rows; y += 2) {
        const std::uint8_t* row = luma.ptr(y);
        addJumps(row, row + 1, row + 2, row + 3, luma.cols - 3, columns.data() + 2);
    }
    std::array<double, kGrid> sums{};
    std::array<double, kGrid> counts{};
    for (int x = 2; x + 1 < luma.cols; ++x) {
        sums[static_cast<std::size_t>(x % kGrid)] += columns[static_cast<std::size_t>(x)];
        counts[static_cast<std::size_t>(x % kGrid)] += 2.0 * ((luma.rows + 1) / 2);
    }
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] /= std::max(1.0, counts[i]);
    return aboveOthers(sums);
}

double blocksDown(const cv::Mat& luma)
{
    std::array<double, kGrid> sums{};
    std::array<double, kGrid> counts{};
    std::array<std::vector<std::int32_t>, kGrid> columns;
    columns.fill(std::vector<std::int32_t>(static_cast<std::size_t>(luma.cols)));
    for (int y = 2; y + 1 < luma.rows; ++y) {
        const auto place = static_cast<std::size_t>(y % kGrid);
        addJumps(luma.ptr(y - 2), luma.ptr(y - 1), luma.ptr(y), luma.ptr(y + 1), luma.cols, columns[place].data());
        counts[place] += 2.0 * luma.cols;
    }
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] = std::accumulate(columns[i].begin(), columns[i].end(), 0.0);
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] /= std::max(1.0, counts[i]);
    return aboveOthers(sums);
}

/// Calm pixels and steps in each block.
struct StepMap {
    int across = 0; ///< blocks
    int down = 0;
    std::vector<bool> isSmooth;
    std::vector<bool> isStepped;
    std::int64_t stepPixels = 0;
};

/// A row of pixels with the three above it and the two below.
using SixRows = std::array<const std::uint8_t*, 6>;

/// Adds one row to the counts of its columns. Differences of bytes as whole numbers of 0 and 1, for the vectoriser.
PS_CLONES void countSteps(const SixRows& rows, int width, std::uint8_t* __restrict calm, std::uint8_t* __restrict steps)
{
    const auto isCalm = [](int difference) { return static_cast<int>(std::abs(difference) <= kCalm); };
    const auto isStep = [](int difference) {
        return static_cast<int>(std::abs(difference) >= kLeastStep) &
               static_cast<int>(std::abs(difference) <= kMostStep);
    };
    const std::uint8_t* __restrict up3 = rows[0];
    const std::uint8_t* __restrict up2 = rows[1];
    const std::uint8_t* __restrict up1 = rows[2];
    const std::uint8_t* __restrict row = rows[3];
    const std::uint8_t* __restrict below = rows[4];
    const std::uint8_t* __restrict below2 = rows[5];
    for (int x = 3; x < width - 2; ++x) {
        const int left = row[x] - row[x - 1];
        const int up = row[x] - up1[x];
        const int isAcross = isStep(left) & isCalm(row[x - 1] - row[x - 2]) & isCalm(row[x - 1] - row[x - 3]) &
                             isCalm(row[x + 1] - row[x]) & isCalm(row[x + 2] - row[x]);
        const int isDown = isStep(up) & isCalm(up1[x] - up2[x]) & isCalm(up1[x] - up3[x]) & isCalm(below[x] - row[x]) &
                           isCalm(below2[x] - row[x]);
        calm[x] = static_cast<std::uint8_t>(calm[x] + (isCalm(left) & isCalm(up)));
        steps[x] = static_cast<std::uint8_t>(steps[x] + (isAcross | isDown));
    }
}

StepMap findSteps(const cv::Mat& luma)
{
    StepMap map;
    map.across = luma.cols / kBlock;
    map.down = luma.rows / kBlock;
    std::vector<std::uint8_t> calm(static_cast<std::size_t>(luma.cols));
    std::vector<std::uint8_t> steps(static_cast<std::size_t>(luma.cols));
    for (int by = 0; by < map.down; ++by) {
        std::ranges::fill(calm, std::uint8_t{0});
        std::ranges::fill(steps, std::uint8_t{0});
        for (int y = std::max(3, by * kBlock + 1); y < std::min(luma.rows - 2, (by + 1) * kBlock); y += 2)
            countSteps(
                {luma.ptr(y - 3), luma.ptr(y - 2), luma.ptr(y - 1), luma.ptr(y), luma.ptr(y + 1), luma.ptr(y + 2)},
                luma.cols, calm.data(), steps.data());
        for (int bx = 0; bx < map.across; ++bx) {
            const int calmCount = std::accumulate(calm.begin() + bx * kBlock, calm.begin() + (bx + 1) * kBlock, 0);
            const int stepCount = std::accumulate(steps.begin() + bx * kBlock, steps.begin() + (bx + 1) * kBlock, 0);
            map.isSmooth.push_back(calmCount >= kSmoothPixels);
            map.isStepped.push_back(calmCount >= kSmoothPixels && stepCount >= kSteppedPixels);
            map.stepPixels += stepCount;
        }
    }
    return map;
}

/// The sixteenth of the plane with the largest share of stepped blocks, if that is worth a word.
std::optional<FractionBox> worstRegion(const StepMap& map)
{
    double worstShare = 0.15;
    std::optional<FractionBox> worst;
    for (int ry = 0; ry < kRegions; ++ry) {
        for (int rx = 0; rx < kRegions; ++rx) {
            int count = 0;
            int stepped = 0;
            for (int by = ry * map.down / kRegions; by < (ry + 1) * map.down / kRegions; ++by) {
                for (int bx = rx * map.across / kRegions; bx < (rx + 1) * map.across / kRegions; ++bx) {
                    ++count;
                    stepped += map.isStepped[static_cast<std::size_t>(by * map.across + bx)] ? 1 : 0;
                }
            }
            const double share = count > 0 ? static_cast<double>(stepped) / count : 0;
            if (share > worstShare) {
                worstShare = share;
                constexpr double kPart = 1.0 / kRegions;
                worst = FractionBox{rx * kPart, ry * kPart, (rx + 1) * kPart, (ry + 1) * kPart};
            }
        }
    }
    return worst;
}

void measureLevels(const cv::Mat& luma, DetailMeasures& measures)
{
    std::array<std::array<std::uint32_t, 256>, 2> levels{}; // two, so that equal neighbours do not wait for each other
    std::array<std::uint32_t, 256> differences{};
    for (int y = 0; y < luma.rows; y += kLevelRows) {
        const std::uint8_t* row = luma.ptr(y);
        for (int x = 1; x < luma.cols; ++x) {
            ++levels[static_cast<std::size_t>(x & 1)][row[x]];
            ++differences[static_cast<std::size_t>(std::abs(row[x] - row[x - 1]))];
        }
    }
    const double total = static_cast<double>((luma.rows + kLevelRows - 1) / kLevelRows) * (luma.cols - 1);
    constexpr std::array<int, 8> kLast = {0, 1, 2, 4, 8, 16, 32, 255};
    std::size_t bin = 0;
    for (int value = 0; value < 256; ++value) {
        bin += value > kLast[bin] ? 1U : 0U;
        measures.differences[bin] += differences[static_cast<std::size_t>(value)] / total;
    }
    double before = 0;
    int inside = 0;
    int empty = 0;
    for (std::size_t value = 0; value < 256; ++value) {
        const double count = levels[0][value] + levels[1][value];
        const bool isInside = before > 0.01 * total && before < 0.99 * total;
        inside += isInside ? 1 : 0;
        empty += isInside && count <= total * 1e-5 ? 1 : 0;
        before += count;
    }
    measures.emptyLevels = inside > 0 ? static_cast<double>(empty) / inside : 0;
}

} // namespace

DetailMeasures measureDetail(const cv::Mat& luma)
{
    DetailMeasures measures;
    measures.blocksAcross = blocksAcross(luma);
    measures.blocksDown = blocksDown(luma);
    const StepMap map = findSteps(luma);
    const auto blocks = static_cast<double>(std::max<std::size_t>(1, map.isSmooth.size()));
    const auto smooth = static_cast<double>(std::ranges::count(map.isSmooth, true));
    const auto stepped = static_cast<double>(std::ranges::count(map.isStepped, true));
    measures.smoothShare = smooth / blocks;
    measures.banding = stepped / (smooth + kLeastSmooth * blocks);
    measures.stepShare = 2 * static_cast<double>(map.stepPixels) / static_cast<double>(luma.total());
    measures.worst = worstRegion(map);
    measureLevels(luma, measures);
    return measures;
}

} // namespace ps
