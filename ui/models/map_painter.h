// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/models/map_points.h"

#include <QHash>
#include <QImage>
#include <QPoint>

#include <array>

namespace ps {

/// By what points are coloured: their state, or one of the measures.
struct MapColoring {
    int measure = -1; ///< index of MapPoints::measures; -1 = the state
    bool operator==(const MapColoring&) const = default;
};

/// A colour between the two ends of the scale: blue for little, amber for much. Its lightness changes in one direction.
QColor mapScaleColor(double share, const ThemeColors& colors);
/// The colour of a state on the map; its shape is that of its badge.
QColor mapStateColor(GroupState state, const ThemeColors& colors);

/// Paints the points into square images ("tiles") at one scale and keeps them, so that moving the map only copies images.
/// Points are stamped from small pictures made once, which is some twenty times faster than painting circles.
class MapPainter
{
public:
    static constexpr int kTileSize = 256; ///< device-independent pixels

    /// Everything that a picture of a point depends on; another look drops the tiles.
    struct Look {
        double pixelsPerUnit = 0;
        qreal devicePixelRatio = 1;
        MapColoring coloring;
        ThemeColors colors;
        qreal pointSize = 6;
    };

    void setPoints(const MapPoints* points, const MapIndex* index);
    void setLook(const Look& look);
    /// Points that are marked stay as they are, all others become faint; an empty list marks none.
    void setMarked(const std::vector<std::uint32_t>& marked);
    void clear() { m_tiles.clear(); }

    /// The tile whose upper left corner is at tile * kTileSize in map pixels, (0, 0) of the map being in the middle.
    const QImage& tile(const QPoint& tile);
    /// Tiles that were painted since the last clear(); for tests: moving must not paint what is there.
    int paintedTiles() const { return m_painted; }
    /// The picture of a point, for the legend.
    QImage stamp(std::size_t kind, bool isFaint) const;
    /// Which stamp a point has.
    std::size_t kindOf(std::uint32_t point) const;
    /// The least and the greatest known value of the measure that colours.
    std::array<float, 2> range() const { return m_range; }
    static constexpr std::size_t kScaleSteps = 48;

private:
    void makeStamps();
    QImage paintStamp(std::size_t kind) const;
    void paintTile(QImage& image, const QPoint& tile) const;
    static void stampOnto(QImage& image, const QImage& stamp, int x, int y);

    const MapPoints* m_points = nullptr;
    const MapIndex* m_index = nullptr;
    Look m_look;
    std::array<float, 2> m_range{0, 1};
    std::vector<QImage> m_stamps; ///< the states or the steps of the scale and "not known"; then the same faint
    std::vector<bool> m_marked;   ///< one for each point, or empty
    QHash<QPoint, QImage> m_tiles;
    int m_painted = 0;
};

} // namespace ps
