// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/map_points.h"

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr double kPointsOfSquare = 12; ///< on average
constexpr int kMostSquares = 512;      ///< in one direction

} // namespace

MapIndex::MapIndex(const MapPoints& points)
    : m_points(&points),
      m_side(std::clamp(static_cast<int>(std::sqrt(static_cast<double>(points.size()) / kPointsOfSquare)), 1,
                        kMostSquares))
{
    const auto squares = static_cast<std::size_t>(m_side) * static_cast<std::size_t>(m_side);
    m_starts.assign(squares + 1, 0);
    const auto squareOf = [&](std::size_t point) {
        return static_cast<std::size_t>(row(points.y[point])) * static_cast<std::size_t>(m_side) +
               static_cast<std::size_t>(column(points.x[point]));
    };
    for (std::size_t point = 0; point < points.size(); ++point)
        ++m_starts[squareOf(point) + 1];
    for (std::size_t square = 0; square < squares; ++square)
        m_starts[square + 1] += m_starts[square];
    m_order.resize(points.size());
    std::vector<std::uint32_t> next(m_starts.begin(), m_starts.end() - 1);
    for (std::size_t point = 0; point < points.size(); ++point)
        m_order[next[squareOf(point)]++] = static_cast<std::uint32_t>(point);
}

int MapIndex::column(double x) const
{
    return std::clamp(static_cast<int>(std::floor((x + 1) / 2 * m_side)), 0, m_side - 1);
}

int MapIndex::row(double y) const
{
    return std::clamp(static_cast<int>(std::floor((y + 1) / 2 * m_side)), 0, m_side - 1);
}

void MapIndex::forEachIn(const QRectF& area, const std::function<void(std::uint32_t)>& take) const
{
    if (!m_points || m_order.empty())
        return;
    const int lastColumn = column(area.right());
    const int lastRow = row(area.bottom());
    for (int y = row(area.top()); y <= lastRow; ++y) {
        const std::size_t line = static_cast<std::size_t>(y) * static_cast<std::size_t>(m_side);
        const std::uint32_t begin = m_starts[line + static_cast<std::size_t>(column(area.left()))];
        const std::uint32_t end = m_starts[line + static_cast<std::size_t>(lastColumn) + 1];
        for (std::uint32_t i = begin; i < end; ++i) {
            const std::uint32_t point = m_order[i];
            if (area.contains(m_points->at(point)))
                take(point);
        }
    }
}

std::int64_t MapIndex::nearest(const QPointF& place, double radius) const
{
    std::int64_t best = -1;
    double least = radius * radius;
    forEachIn(QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius), [&](std::uint32_t point) {
        const QPointF away = m_points->at(point) - place;
        const double distance = QPointF::dotProduct(away, away);
        if (distance <= least) {
            least = distance;
            best = point;
        }
    });
    return best;
}

std::vector<std::uint32_t> MapIndex::inside(const QPolygonF& polygon) const
{
    std::vector<std::uint32_t> found;
    if (polygon.size() < 3)
        return found;
    forEachIn(polygon.boundingRect(), [&](std::uint32_t point) {
        if (polygon.containsPoint(m_points->at(point), Qt::OddEvenFill))
            found.push_back(point);
    });
    std::ranges::sort(found);
    return found;
}

} // namespace ps
