// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace ps {

/// What can be said about a picture without a person looking at it. Everything but the file's hash is measured on one
/// normal form: upright, sRGB, transparency on white, luma (BT.601), reduced to lie within 512 x 512 pixels and never
/// enlarged. So the values of pictures of one motif can be compared whatever their sizes, and do not depend on the
/// size of the thumbnail that was wanted.
struct ImageMeasures {
    /// 64 lower-case hex digits over the bytes of the file, "" when it was not asked for.
    std::string sha256;

    /// 64-bit DCT hash: pictures that look alike differ in few bits, whatever their size, format and compression. Bit
    /// 8 * v + u says whether the coefficient (u, v) of a 32 x 32 DCT is above the median of all 63; bit 0 is always 0,
    /// and a picture without structure has the hash 0.
    std::uint64_t perceptualHash = 0;

    /// Root mean square of the Laplacian in grey levels, without the part that noise explains. 0 (flat) to about 300;
    /// more is sharper. Only pictures of one motif compare.
    double sharpness = 0;

    /// Standard deviation of the noise in grey levels (of 255), from the calmest quarter of the picture. 0 to about 50.
    double noise = 0;

    /// Mean luma, 0 (black) to 1 (white).
    double exposure = 0;

    /// Shares of the pixels that are as good as black (luma of at most 2) and white (at least 253), 0 to 1.
    double darkShare = 0;
    double brightShare = 0;

    /// Standard deviation of luma, 0 (flat) to 0.5 (half black, half white).
    double contrast = 0;

    bool operator==(const ImageMeasures&) const = default;
};

} // namespace ps
