// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/edge_energy.h"

#include "core/inference/runtimes/processor_clones.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace ps {

namespace {

constexpr int kMostAnswer = 255; ///< stronger ones count as this one in percentiles
constexpr std::size_t kLanes = 16;
constexpr int kShapeRows = 4;      ///< every fourth is enough for the shape of a distribution
constexpr int kStrong = 4;         ///< second differences in levels; weaker ones are rounding
constexpr int kPieceColumns = 128; ///< 2 x 2040 squared x 128 fits 31 bits

int cellBegin(int cell, int cells, int length)
{
    return static_cast<int>(std::int64_t{cell} * length / cells);
}

/// Answers of the Laplacian along one row; its borders are left alone. Their squares are added to those of their columns, and their sum is given.
PS_CLONES std::int64_t addLaplacianRow(const std::uint8_t* __restrict above, const std::uint8_t* __restrict row,
                                       const std::uint8_t* __restrict below, int width,
                                       std::int16_t* __restrict answers, std::int32_t* __restrict columns)
{
    std::int64_t squares = 0;
    for (int begin = 1; begin < width - 1; begin += kPieceColumns) {
        const int end = std::min(begin + kPieceColumns, width - 1);
        std::int32_t piece = 0;
        for (int x = begin; x < end; ++x) {
            const int answer = above[x] + below[x] + row[x - 1] + row[x + 1] - 4 * row[x];
            answers[x] = static_cast<std::int16_t>(answer);
            columns[x] += answer * answer;
            piece += answer * answer;
        }
        squares += piece;
    }
    return squares;
}

/// Sums of powers in fixed lanes: the order of a sum of floats must not be the compiler's choice.
struct PowerLanes {
    std::array<float, kLanes> squares{};
    std::array<float, kLanes> cubes{};
    std::array<float, kLanes> fourths{};
};

PS_CLONES void addPowers(const std::int16_t* answers, int width, PowerLanes& lanes)
{
    constexpr int kStep = static_cast<int>(kLanes);
    for (int x = 0; x + kStep <= width; x += kStep) {
        for (int lane = 0; lane < kStep; ++lane) {
            const float value = answers[x + lane];
            const float square = value * value;
            lanes.squares[static_cast<std::size_t>(lane)] += square;
            lanes.cubes[static_cast<std::size_t>(lane)] += square * value;
            lanes.fourths[static_cast<std::size_t>(lane)] += square * square;
        }
    }
}

/// Counts, powers and cells of the answers.
class EnergySums
{
public:
    explicit EnergySums(cv::Size size)
        : m_size(size), m_answers(static_cast<std::size_t>(size.width)),
          m_columns(static_cast<std::size_t>(size.width)), m_cells(EdgeEnergy::kSide, EdgeEnergy::kSide, CV_32F)
    {
    }

    void addRow(const cv::Mat& luma, int y)
    {
        m_squares += static_cast<double>(addLaplacianRow(luma.ptr(y - 1), luma.ptr(y), luma.ptr(y + 1), luma.cols,
                                                         m_answers.data(), m_columns.data()));
    }

    /// The shape of the distribution of the row that was added last.
    void addShape()
    {
        PowerLanes lanes;
        addPowers(m_answers.data(), m_size.width, lanes);
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            m_rowSquares += lanes.squares[lane];
            m_cubes += lanes.cubes[lane];
            m_fourths += lanes.fourths[lane];
        }
        for (const std::int16_t answer : m_answers)
            ++m_counts[static_cast<std::size_t>(std::min(std::abs(static_cast<int>(answer)), kMostAnswer))];
        m_counted += static_cast<double>(m_answers.size());
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
        if (m_rowSquares > 0) {
            const double power = m_rowSquares / m_counted;
            energy.skewness = m_cubes / m_counted / std::pow(power, 1.5);
            energy.kurtosis = m_fourths / m_counted / (power * power);
        }
        constexpr std::array<double, 3> kShares = {0.5, 0.9, 0.99};
        for (std::size_t i = 0; i < kShares.size(); ++i)
            energy.percentiles[i] = percentile(kShares[i] * m_counted);
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
    std::vector<std::int16_t> m_answers;
    std::vector<std::int32_t> m_columns; ///< squares of the present row of cells
    cv::Mat m_cells;
    std::array<std::uint32_t, kMostAnswer + 1> m_counts{};
    double m_counted = 0;
    double m_squares = 0;
    double m_rowSquares = 0; ///< of the rows whose shape was taken
    double m_cubes = 0;
    double m_fourths = 0;
};

struct SpectrumSums {
    std::int64_t fourth = 0;
    std::int64_t second = 0;
};

PS_CLONES void addSpectrumRow(const std::array<const std::uint8_t*, 5>& rows, int width, SpectrumSums& sums)
{
    const std::uint8_t* up2 = rows[0];
    const std::uint8_t* up1 = rows[1];
    const std::uint8_t* row = rows[2];
    const std::uint8_t* down1 = rows[3];
    const std::uint8_t* down2 = rows[4];
    for (int begin = 2; begin + 2 < width; begin += kPieceColumns) {
        const int end = std::min(begin + kPieceColumns, width - 2);
        std::int32_t fourth = 0;
        std::int32_t second = 0;
        for (int x = begin; x < end; ++x) {
            const int across = row[x - 1] - 2 * row[x] + row[x + 1];
            const int down = up1[x] - 2 * row[x] + down1[x];
            const int isAcross = std::abs(across) >= kStrong ? 1 : 0;
            const int isDown = std::abs(down) >= kStrong ? 1 : 0;
            const int across4 = isAcross * (row[x - 2] + row[x + 2] - 2 * row[x] - 4 * across);
            const int down4 = isDown * (up2[x] + down2[x] - 2 * row[x] - 4 * down);
            second += isAcross * across * across + isDown * down * down;
            fourth += across4 * across4 + down4 * down4;
        }
        sums.fourth += fourth;
        sums.second += second;
    }
}

} // namespace

EdgeEnergy edgeEnergy(const cv::Mat& luma, EdgeShape shape)
{
    EnergySums sums(luma.size());
    for (int cell = 0; cell < EdgeEnergy::kSide; ++cell) {
        const int begin = cellBegin(cell, EdgeEnergy::kSide, luma.rows);
        const int end = cellBegin(cell + 1, EdgeEnergy::kSide, luma.rows);
        for (int y = std::max(1, begin); y < std::min(luma.rows - 1, end); ++y) {
            sums.addRow(luma, y);
            if (shape == EdgeShape::Measure && y % kShapeRows == 0)
                sums.addShape();
        }
        sums.finishCells(cell, end - begin);
    }
    return sums.result();
}

double topOfSpectrum(const cv::Mat& luma)
{
    SpectrumSums sums;
    for (int y = 2; y + 2 < luma.rows; y += 3)
        addSpectrumRow({luma.ptr(y - 2), luma.ptr(y - 1), luma.ptr(y), luma.ptr(y + 1), luma.ptr(y + 2)}, luma.cols,
                       sums);
    return sums.second > 0 ? static_cast<double>(sums.fourth) / static_cast<double>(sums.second) : 0;
}

std::vector<float> orientedGradients(const cv::Mat& luma, int side)
{
    const auto cellCount = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    std::vector<std::int64_t> sums(cellCount * kOrientations);
    for (int y = 1; y + 1 < luma.rows; y += 2) {
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
