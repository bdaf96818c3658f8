// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/pixel_view.h"
#include "tests/support/seeded_random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <vector>

namespace ps::test {

/// A made-up scene of discs that can be looked at through any frame: what a photograph of it would be is known exactly.
class Scene
{
public:
    explicit Scene(std::uint64_t seed)
    {
        SeededRandom random(seed);
        constexpr int kDiscs = 90;
        for (int i = 0; i < kDiscs; ++i) {
            Disc disc;
            disc.x = random.fraction() * 3 - 1; // the scene goes on beyond the frame
            disc.y = random.fraction() * 3 - 1;
            disc.radius = 0.02 + random.fraction() * random.fraction() * 0.3;
            for (double& value : disc.colour)
                value = 20 + random.fraction() * 215;
            m_discs.push_back(disc);
        }
    }

    /// A frame of this size whose middle shows the point (x, y) and whose width is `width`, in units of the scene.
    /// `gain` and `offset` change the light; `noise` is added, in levels.
    PixelSheet photograph(ImageSize size, double x, double y, double width, double gain = 1, double offset = 0,
                          int noise = 0, std::uint64_t seed = 1) const
    {
        SeededRandom random(seed);
        PixelSheet sheet{size, {}};
        const double unit = width / size.width;
        for (int row = 0; row < size.height; ++row) {
            const std::vector<Disc> discs = discsNear(y + (row + 0.5 - size.height / 2.0) * unit, unit);
            for (int column = 0; column < size.width; ++column) {
                std::array<double, 3> sum{};
                for (const double inX : {0.25, 0.75}) {
                    for (const double inY : {0.25, 0.75}) {
                        const Colour seen = at(discs, x + (column + inX - size.width / 2.0) * unit,
                                               y + (row + inY - size.height / 2.0) * unit);
                        for (std::size_t i = 0; i < 3; ++i)
                            sum[i] += seen[i] / 4;
                    }
                }
                std::array<int, 3> level{};
                for (std::size_t i = 0; i < 3; ++i) {
                    const int grain = noise > 0 ? random.intBetween(-noise, noise) : 0;
                    level[i] = std::clamp(static_cast<int>(std::lround(sum[i] * gain + offset)) + grain, 0, 255);
                }
                sheet.pixels.push_back(opaquePixel(level[0], level[1], level[2]));
            }
        }
        return sheet;
    }

private:
    using Colour = std::array<double, 3>;
    struct Disc {
        double x = 0;
        double y = 0;
        double radius = 0;
        Colour colour{};
    };

    std::vector<Disc> discsNear(double y, double reach) const
    {
        std::vector<Disc> near;
        std::ranges::copy_if(m_discs, std::back_inserter(near),
                             [&](const Disc& disc) { return std::abs(disc.y - y) < disc.radius + reach; });
        return near;
    }

    static Colour at(const std::vector<Disc>& discs, double x, double y)
    {
        Colour colour{90 + 20 * x, 100 + 15 * y, 110};
        for (const Disc& disc : discs) {
            if ((x - disc.x) * (x - disc.x) + (y - disc.y) * (y - disc.y) < disc.radius * disc.radius)
                colour = disc.colour;
        }
        return colour;
    }

    std::vector<Disc> m_discs;
};

} // namespace ps::test
