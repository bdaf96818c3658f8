// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/pixel_view.h"

#include <complex>
#include <cstddef>
#include <vector>

namespace ps {

/// One value for each pixel. Coords: the middle of pixel (x, y) is at (x + 0.5, y + 0.5).
struct Plane {
    Plane() = default;
    Plane(int planeWidth, int planeHeight)
        : width(planeWidth), height(planeHeight),
          values(static_cast<std::size_t>(planeWidth) * static_cast<std::size_t>(planeHeight))
    {
    }

    float& at(int x, int y) { return values[indexOf(x, y)]; }
    float at(int x, int y) const { return values[indexOf(x, y)]; }
    /// The value between the middles of four pixels; the edge goes on beyond itself.
    float sample(float x, float y) const;

    int width = 0;
    int height = 0;
    std::vector<float> values;

private:
    std::size_t indexOf(int x, int y) const
    {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
    }
};

Plane lumaPlane(const PixelView& view);
/// Averages over areas; never enlarged.
Plane shrunk(const Plane& plane, int width, int height);
/// Three box filters in a row, which is nearly a Gaussian.
Plane blurred(const Plane& plane, int radius);
/// What is left without the slow changes of light.
Plane highPassed(const Plane& plane, int radius);

/// Fourier transform in place. Shape: `side` x `side` values, `side` a power of two. The inverse is not scaled.
void transform(std::vector<std::complex<float>>& values, int side, bool isInverse);

} // namespace ps
