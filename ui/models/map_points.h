// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/group_entry.h"

#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ps {

/// A number that is known for the points, for colouring them.
struct MapMeasure {
    QString name;
    std::vector<float> values; ///< one for each point; not a number where it is not known
};

/// The points of an embedding map: images with their place and what is known of them. All vectors have one length.
struct MapPoints {
    std::vector<float> x; ///< the map lies within -1 to 1
    std::vector<float> y;
    std::vector<std::uint32_t> ordinals; ///< of the group of each
    std::vector<std::uint16_t> slots;    ///< of the image within its group
    std::vector<GroupState> states;
    std::vector<std::string> names; ///< of the file
    std::vector<MapMeasure> measures;
    std::uint64_t contentVersion = 0; ///< of the project for which the ordinals hold
    std::int64_t missing = 0;         ///< images without an embedding, which are not on the map

    std::size_t size() const { return x.size(); }
    QPointF at(std::size_t point) const { return {x[point], y[point]}; }
};

/// Finds points by place: a grid of squares, each with the list of its points.
class MapIndex
{
public:
    MapIndex() = default;
    /// Keeps a reference. Cost: two passes over the points.
    explicit MapIndex(const MapPoints& points);

    /// Calls `take` for each point inside `area`, square by square.
    void forEachIn(const QRectF& area, const std::function<void(std::uint32_t point)>& take) const;
    /// The nearest point within `radius`, or -1.
    std::int64_t nearest(const QPointF& place, double radius) const;
    /// Every point inside the polygon (even-odd), ascending.
    std::vector<std::uint32_t> inside(const QPolygonF& polygon) const;

private:
    int column(double x) const;
    int row(double y) const;

    const MapPoints* m_points = nullptr;
    int m_side = 0;                      ///< squares in one direction
    std::vector<std::uint32_t> m_starts; ///< of each square in m_order, and one behind the last
    std::vector<std::uint32_t> m_order;
};

} // namespace ps
