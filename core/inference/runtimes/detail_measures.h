// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/fraction_box.h"

#include <opencv2/core.hpp>

#include <array>
#include <optional>

namespace ps {

/// Traces of processing in a plane of luma, best at the resolution of the file.
struct DetailMeasures {
    double blocksAcross = 0; ///< mean jump at columns of the 8-pixel grid above that at other columns, in levels
    double blocksDown = 0;
    double banding = 0;     ///< share of the smooth areas that are stepped, 0 to 1
    double smoothShare = 0; ///< of the plane
    double stepShare = 0;   ///< pixels at which a calm area jumps
    double emptyLevels = 0; ///< share of the levels between the 1st and the 99th percentile that nobody has
    /// Shares of the differences between neighbours: 0, 1, 2, up to 4, 8, 16, 32 and more.
    std::array<double, 8> differences{};
    std::optional<FractionBox> worst; ///< where most steps are, of the plane
};

/// Planes of at least 32 pixels on a side.
DetailMeasures measureDetail(const cv::Mat& luma);

} // namespace ps
