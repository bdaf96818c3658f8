// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/registration.h"

#include <cstdint>
#include <vector>

namespace ps {

/// How much two pictures differ, place by place.
struct DifferenceMap {
    ImageSize size;                   ///< of the reference
    std::vector<std::uint8_t> levels; ///< largest difference of red, green and blue, 0..255
    std::vector<std::uint8_t> isSeen; ///< 1 where the other picture covers the reference
    double mean = 0;                  ///< of the levels that are seen
    int percentile95 = 0;             ///< 95 of 100 levels that are seen are not larger
};

/// The difference of the reference and of what the other picture shows at the same place of the content.
/// Cost: about 10 ms for each megapixel of the reference. Threads: any.
DifferenceMap differenceOf(const PixelView& reference, const PixelView& other, const Registration& registration);

/// The colour of a difference of `level` x `gain`: from near black over blue and amber to near white, each brighter than
/// the one before. Opaque.
std::uint32_t heatColour(double amplifiedLevel);

/// The map as a picture; what the other picture does not cover is hatched.
PixelSheet heatPicture(const DifferenceMap& map, double gain);

} // namespace ps
