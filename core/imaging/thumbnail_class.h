// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <cstdint>

namespace ps {

/// The sizes in which thumbnails are kept. Values go over the wire and into the thumbnail cache.
enum class ThumbnailClass : std::uint8_t {
    Small = 1, ///< within 256 x 256 pixels
    Large = 2, ///< within 512 x 512 pixels
};

/// The longest side of a thumbnail of this class.
constexpr int sideOf(ThumbnailClass size)
{
    return size == ThumbnailClass::Small ? 256 : 512;
}

/// The box within which its pictures lie.
constexpr ImageSize boxOf(ThumbnailClass size)
{
    return {sideOf(size), sideOf(size)};
}

/// The smaller class that fills this box without being enlarged, or the larger one when none does.
constexpr ThumbnailClass classFor(ImageSize box)
{
    return box.width <= 256 && box.height <= 256 ? ThumbnailClass::Small : ThumbnailClass::Large;
}

} // namespace ps
