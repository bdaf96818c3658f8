// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/fraction_box.h"
#include "core/inference/runtimes/edge_energy.h"
#include "core/inference/runtimes/picture_planes.h"

#include <array>

namespace ps {

/// What stands out of a picture: by colour and tone against its surroundings and against the border, where there is detail.
struct Saliency {
    cv::Mat map;                            ///< 32-bit floats within 64 x 64, at least 0; the sum is 1
    std::array<float, 5> acrossQuantiles{}; ///< where 10, 25, 50, 75 and 90 % of it lie to the left, 0 to 1
    std::array<float, 5> downQuantiles{};
    FractionBox subject; ///< most of it: between the outer quantiles, grown a little
};

/// `mid` is the energy of edges at half size.
Saliency findSaliency(const PicturePlanes& planes, const EdgeEnergy& mid);

/// Where and how the saliency lies, for the vector: centre, spreads, quantiles, peak, shares and entropy.
constexpr std::size_t kSaliencyShape = 20;
std::array<float, kSaliencyShape> shapeOf(const Saliency& saliency);

} // namespace ps
