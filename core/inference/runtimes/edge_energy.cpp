// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/edge_energy.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace ps {

namespace {

constexpr int kMostAnswer = 255; ///< stronger ones count as this one in percentiles
constexpr std::size_t kLanes = 16;
constexpr double kFourthGain = 70; ///< sums of squares of the masks
constexpr double kSecondGain = 6;
constexpr double kLeastPower = 0.05;
constexpr int kPieceColumns = 128; ///< 2 x 2040 squared x 128 fits 31 bits

int cellBegin(int cell, int cells, int length)
{
    return static_cast<int>(std::int64_t{cell} * length / cells);
}

/// Answers of the Laplacian along one row; borders give 0.
void laplacianRow(const cv::Mat& luma, int y, std::int16_t* out)
{
    const std::uint8_t* above = luma.ptr(y - 1);
    const std::uint8_t* row = luma.ptr(y);
    const std::uint8_t* below = luma.ptr(y + 1);
    for (int x = 1; x + 1 < luma.cols; ++x)
        out[x] = static_cast<std::int16_t>(above[x] + below[x] + row[x - 1] + row[x + 1] - 4 * row[x]);
}

/// Counts, powers and cells of the answers.
class EnergySums
{
public:
    explicit EnergySums(cv::Size size)
        : m_size(size), m_columns(static_cast<std::size_t>(size.width)),
          m_cells(EdgeEnergy::kSide, EdgeEnergy::kSide, CV_32F)
    {
    }

    void addRow(const std::int16_t* answers)
    {
        for (int x = 0; x < m_size.width; ++x)
            m_columns[static_cast<std::size_t>(x)] += answers[x] * answers[x];
        // Powers of whole vectors at a time: the order of a sum of floats must not be the compiler's choice.
        std::array<float, kLanes> squares{};
        std::array<float, kLanes> cubes{};
        std::array<float, kLanes> fourths{};
        const int whole = m_size.width / static_cast<int>(kLanes) * static_cast<int>(kLanes);
        for (int x = 0; x < whole; x += static_cast<int>(kLanes)) {
            for (std::size_t lane = 0; lane < kLanes; ++lane) {
                const float value = answers[static_cast<std::size_t>(x) + lane];
                squares[lane] += value * value;
                cubes[lane] += value * value * value;
                fourths[lane] += value * value * value * value;
            }
        }
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            m_squares += squares[lane];
            m_cubes += cubes[lane];
            m_fourths += fourths[lane];
        }
        for (int x = 0; x < m_size.width; ++x)
            ++m_counts[static_cast<std::size_t>(std::min(std::abs(static_cast<int>(answers[x])), kMostAnswer))];
    }

    void finishCells(int cellRow, int rowCount)
    {
        for (int cell = 0; cell < EdgeEnergy::kSide; ++cell) {
            const int begin = cellBegin(cell, EdgeEnergy::kSide, m_size.width);
            const int end = cellBegin(cell + 1, EdgeEnergy::kSide, m_size.width);
            const double sum = std::accumulate(m_columns.begin() + begin, m_columns.begin() + end, 0.0);
            m_cells.at<float>(cellRow, cell) = static_cast<float>(sum / (static_cast<double>(end - begin) * rowCount));
        }
        std::ranges::fill(m_columns, 0);
    }

    EdgeEnergy result() const
    {
        EdgeEnergy energy;
        energy.cells = m_cells;
        const double total = static_cast<double>(m_size.width) * m_size.height;
        energy.meanSquare = m_squares / total;
        if (energy.meanSquare > 0) {
            energy.skewness = m_cubes / total / std::pow(energy.meanSquare, 1.5);
            energy.kurtosis = m_fourths / total / (energy.meanSquare * energy.meanSquare);
        }
        constexpr std::array<double, 3> kShares = {0.5, 0.9, 0.99};
        for (std::size_t i = 0; i < kShares.size(); ++i)
            energy.percentiles[i] = percentile(kShares[i] * total);
        return energy;
    }

private:
    double percentile(double rank) const
    {
        double before = 0;
        for (std::size_t value = 0; value < m_counts.size(); ++value) {
            const double count = m_counts[value];
            if (before + count >= rank)
                return static_cast<double>(value) + (count > 0 ? (rank - before) / count : 0);
            before += count;
        }
        return kMostAnswer;
    }

    cv::Size m_size;
    std::vector<std::int32_t> m_columns; ///< squares of the present row of cells
    cv::Mat m_cells;
    std::array<std::uint32_t, kMostAnswer + 1> m_counts{};
    double m_squares = 0;
    double m_cubes = 0;
    double m_fourths = 0;
};

} // namespace

EdgeEnergy edgeEnergy(const cv::Mat& luma)
{
    EnergySums sums(luma.size());
    std::vector<std::int16_t> answers(static_cast<std::size_t>(luma.cols));
    for (int cell = 0; cell < EdgeEnergy::kSide; ++cell) {
        const int begin = cellBegin(cell, EdgeEnergy::kSide, luma.rows);
        const int end = cellBegin(cell + 1, EdgeEnergy::kSide, luma.rows);
        for (int y = std::max(1, begin); y < std::min(luma.rows - 1, end); ++y) {
            laplacianRow(luma, y, answers.data());
            sums.addRow(answers.data());
        }
        sums.finishCells(cell, end - begin);
    }
    return sums.result();
}

double topOfSpectrum(const cv::Mat& luma, double noise)
{
    std::int64_t fourth = 0;
    std::int64_t second = 0;
    for (int y = 2; y + 2 < luma.rows; ++y) {
        const std::uint8_t* row = luma.ptr(y);
        const std::uint8_t* up1 = luma.ptr(y - 1);
        const std::uint8_t* up2 = luma.ptr(y - 2);
        const std::uint8_t* down1 = luma.ptr(y + 1);
        const std::uint8_t* down2 = luma.ptr(y + 2);
        for (int begin = 2; begin + 2 < luma.cols; begin += kPieceColumns) {
            const int end = std::min(begin + kPieceColumns, luma.cols - 2);
            std::int32_t fourthPart = 0;
            std::int32_t secondPart = 0;
            for (int x = begin; x < end; ++x) {
                const int across = row[x - 2] - 4 * row[x - 1] + 6 * row[x] - 4 * row[x + 1] + row[x + 2];
                const int down = up2[x] - 4 * up1[x] + 6 * row[x] - 4 * down1[x] + down2[x];
                const int across2 = row[x - 1] - 2 * row[x] + row[x + 1];
                const int down2nd = up1[x] - 2 * row[x] + down1[x];
                fourthPart += across * across + down * down;
                secondPart += across2 * across2 + down2nd * down2nd;
            }
            fourth += fourthPart;
            second += secondPart;
        }
    }
    // What noise and the rounding to whole levels add is known: it is the same at every frequency.
    const double values = 2.0 * (luma.rows - 4) * (luma.cols - 4);
    const double variance = noise * noise + 1.0 / 12;
    const double fourthPower = static_cast<double>(fourth) / values - kFourthGain * variance;
    const double secondPower = static_cast<double>(second) / values - kSecondGain * variance;
    return secondPower > kLeastPower ? std::max(0.0, fourthPower) / secondPower : 0;
}

std::vector<float> orientedGradients(const cv::Mat& luma, int side)
{
    const auto cellCount = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    std::vector<std::int64_t> sums(cellCount * kOrientations);
    for (int y = 1; y + 1 < luma.rows; ++y) {
        const std::uint8_t* above = luma.ptr(y - 1);
        const std::uint8_t* row = luma.ptr(y);
        const std::uint8_t* below = luma.ptr(y + 1);
        const int cellRow = static_cast<int>(std::int64_t{y} * side / luma.rows);
        for (int cell = 0; cell < side; ++cell) {
            std::array<std::int32_t, kOrientations> bins{};
            const int end = std::min(cellBegin(cell + 1, side, luma.cols), luma.cols - 1);
            for (int x = std::max(1, cellBegin(cell, side, luma.cols)); x < end; ++x) {
                const int gx = row[x + 1] - row[x - 1];
                const int gy = below[x] - above[x];
                const int a = std::abs(gx);
                const int b = std::abs(gy);
                // Steps of 22.5 degrees: tangents 0.414, 1 and 2.414.
                const int steep = (b * 1000 > a * 414 ? 1 : 0) + (b > a ? 1 : 0) + (b * 1000 > a * 2414 ? 1 : 0);
                const int bin = (gx ^ gy) < 0 ? 7 - steep : steep;
                bins[static_cast<std::size_t>(bin)] += std::max(a, b) + std::min(a, b) / 2;
            }
            std::int64_t* target = sums.data() + (static_cast<std::size_t>(cellRow) * static_cast<std::size_t>(side) +
                                                  static_cast<std::size_t>(cell)) *
                                                     kOrientations;
            for (std::size_t bin = 0; bin < kOrientations; ++bin)
                target[bin] += bins[bin];
        }
    }
    const double total = std::accumulate(sums.begin(), sums.end(), 0.0);
    std::vector<float> shares(sums.size());
    for (std::size_t i = 0; i < sums.size() && total > 0; ++i)
        shares[i] = static_cast<float>(static_cast<double>(sums[i]) / total);
    return shares;
}

} // namespace ps
