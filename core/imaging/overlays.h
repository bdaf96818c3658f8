// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/pixel_view.h"

#include <array>

namespace ps {

/// Transparent except where the picture has sharp edges, which get `colour` (0xRRGGBB), the stronger the sharper. The same
/// measure for every picture, so that candidates can be compared. Cost: about 10 ms for each megapixel.
PixelSheet focusPeaking(const PixelView& view, std::uint32_t colour);

/// Transparent except where detail is lost: stripes of `blownColour` where a channel is at its upper end, of
/// `blockedColour` where all are at the lower one. The stripes lean to different sides.
PixelSheet clippingStripes(const PixelView& view, std::uint32_t blownColour, std::uint32_t blockedColour);

/// How often each value occurs.
struct Histogram {
    std::array<std::uint32_t, 256> red{};
    std::array<std::uint32_t, 256> green{};
    std::array<std::uint32_t, 256> blue{};
    std::array<std::uint32_t, 256> luma{};
};
Histogram histogramOf(const PixelView& view);

} // namespace ps
