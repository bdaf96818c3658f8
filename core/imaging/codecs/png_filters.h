// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace ps {

/// The ways in which a row of a PNG is predicted from its neighbours. Source: W3C PNG (third edition) 9.
enum class PngFilter : std::uint8_t { None = 0, Sub = 1, Up = 2, Average = 3, Paeth = 4 };

/// Two rows that follow each other.
struct PngRowPair {
    const std::uint8_t* firstIn;
    std::uint8_t* firstOut;
    const std::uint8_t* secondIn;
    std::uint8_t* secondOut;
};

/// How filters of 8-bit samples are undone. Up to kPngRowSlack bytes behind every row are read and written too.
struct PngUndo {
    /// One row. `above` is the finished row before it, zeros for the first; `out` overlaps neither.
    void (*row)(PngFilter filter, const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out,
                std::size_t byteCount);
    /// Two rows with the Paeth filter in nearly the time of one; null where there is no such way.
    void (*paethPair)(const PngRowPair& rows, const std::uint8_t* above, std::size_t byteCount);
};

/// The fastest way for this number of bytes per pixel (1 to 4) on this processor.
PngUndo fastestPngUndo(int bytesPerPixel);
/// The same in portable code.
PngUndo portablePngUndo(int bytesPerPixel);

constexpr std::size_t kPngRowSlack = 16;

} // namespace ps
