// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace ps {

/// The ways in which a row of a PNG is predicted from its neighbours. Source: W3C PNG (third edition) 9.
enum class PngFilter : std::uint8_t { None = 0, Sub = 1, Up = 2, Average = 3, Paeth = 4 };

/// Undoes the filter of one row of 8-bit samples. `above` is the finished row before it, zeros for the first; `out` may
/// be `in` but not `above`.
using UndoPngFilter = void (*)(PngFilter filter, const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out,
                               std::size_t byteCount);

/// The fastest way for this number of bytes per pixel (1 to 4) on this processor. Up to kPngRowSlack bytes behind `in`,
/// `above` and `out` are read and written too.
UndoPngFilter fastestPngUndo(int bytesPerPixel);
/// The same in portable code.
UndoPngFilter portablePngUndo(int bytesPerPixel);

constexpr std::size_t kPngRowSlack = 16;

} // namespace ps
