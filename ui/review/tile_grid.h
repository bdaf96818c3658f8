// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <QHashFunctions>
#include <QRectF>
#include <QSize>

#include <vector>

namespace ps {

/// One square of a picture that is too large to be held as a whole, at a power of two of reduction.
struct Tile {
    int level = 0; ///< one pixel of the tile stands for 2^level x 2^level of the image
    int column = 0;
    int row = 0;
    bool operator==(const Tile&) const = default;

    /// The pixels of the image that it shows.
    PixelBox region(ImageSize image) const;
    /// Its size in pixels of its own.
    QSize size(ImageSize image) const;
};

inline std::size_t qHash(const Tile& tile, std::size_t seed = 0)
{
    return qHashMulti(seed, tile.level, tile.column, tile.row);
}

constexpr int kTileSide = 512;

/// The level whose pixels are just small enough when one pixel of the image takes `screenPixels` of the screen.
int tileLevelFor(double screenPixels);

/// The tiles of a level that show something of `visible`, which is in pixels of the image; from the middle outwards.
std::vector<Tile> tilesIn(const QRectF& visible, ImageSize image, int level);

} // namespace ps
