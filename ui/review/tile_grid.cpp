// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/tile_grid.h"

#include <algorithm>
#include <cmath>

namespace ps {

PixelBox Tile::region(ImageSize image) const
{
    const int side = kTileSide << level;
    return {column * side, row * side, std::min(image.width, (column + 1) * side),
            std::min(image.height, (row + 1) * side)};
}

QSize Tile::size(ImageSize image) const
{
    const PixelBox box = region(image);
    const auto reduced = [this](int length) { return std::max(1, (length + (1 << level) - 1) >> level); };
    return {reduced(box.width()), reduced(box.height())};
}

int tileLevelFor(double screenPixels)
{
    constexpr int kMaxLevel = 8;
    int level = 0;
    while (level < kMaxLevel && std::ldexp(screenPixels, level + 1) <= 1)
        ++level;
    return level;
}

std::vector<Tile> tilesIn(const QRectF& visible, ImageSize image, int level)
{
    const QRectF inside = visible.intersected(QRectF(0, 0, image.width, image.height));
    std::vector<Tile> tiles;
    if (inside.isEmpty())
        return tiles;
    const double side = std::ldexp(kTileSide, level);
    const auto last = [side](double end) { return static_cast<int>(std::ceil(end / side)) - 1; };
    for (int row = static_cast<int>(inside.top() / side); row <= last(inside.bottom()); ++row) {
        for (int column = static_cast<int>(inside.left() / side); column <= last(inside.right()); ++column)
            tiles.push_back({level, column, row});
    }
    const QPointF middle = inside.center() / side - QPointF(0.5, 0.5);
    std::ranges::stable_sort(tiles, std::ranges::less(), [&](const Tile& tile) {
        return std::hypot(tile.column - middle.x(), tile.row - middle.y());
    });
    return tiles;
}

} // namespace ps
