// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

#include <array>
#include <vector>

namespace ps {

/// How strongly the Laplacian 0 1 0 / 1 -4 1 / 0 1 0 answers to a plane of 8 bits.
struct EdgeEnergy {
    static constexpr int kSide = 16;
    cv::Mat cells; ///< mean square in kSide x kSide equal cells, 32-bit floats
    double meanSquare = 0;
    double skewness = 0; ///< of the answers; halos of sharpening push it away from 0
    double kurtosis = 0;
    std::array<double, 3> percentiles{}; ///< of the absolute value: 50, 90 and 99 %
};
enum class EdgeShape { Skip, Measure };
/// Planes of at least 16 pixels on a side. Skewness, kurtosis and percentiles only when they are wanted, from every fourth row.
EdgeEnergy edgeEnergy(const cv::Mat& luma, EdgeShape shape);

/// Mean square of the difference 1 -4 6 -4 1 over that of 1 -2 1, along rows and columns, where the second is strong: small
/// when the top of the spectrum is empty. 0 for a flat plane. From every third row.
double topOfSpectrum(const cv::Mat& luma);

constexpr std::size_t kOrientations = 8;
/// Sums of gradient strength by orientation (0 to 180 degrees) in side x side cells: row by row, kOrientations for each.
/// Divided by their total; all 0 for a flat plane. From every second row.
std::vector<float> orientedGradients(const cv::Mat& luma, int side);

} // namespace ps
