// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/map_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr qsizetype kMostTiles = 400;
constexpr double kFaint = 0.13;
constexpr qreal kLeastEdged = 6; ///< smaller points would be nothing but edge

QColor mix(const QColor& a, const QColor& b, double share)
{
    const auto between = [share](int from, int to) { return qRound(from + (to - from) * share); };
    return {between(a.red(), b.red()), between(a.green(), b.green()), between(a.blue(), b.blue())};
}

/// a + b * (1 - alpha of a), all premultiplied.
QRgb over(QRgb top, QRgb below)
{
    const std::uint32_t rest = 255U - static_cast<std::uint32_t>(qAlpha(top));
    std::uint32_t even = (below & 0xff00ffU) * rest;
    even = ((even + ((even >> 8U) & 0xff00ffU) + 0x800080U) >> 8U) & 0xff00ffU;
    std::uint32_t odd = ((below >> 8U) & 0xff00ffU) * rest;
    odd = (odd + ((odd >> 8U) & 0xff00ffU) + 0x800080U) & 0xff00ff00U;
    return top + (even | odd);
}

} // namespace

QColor mapScaleColor(double share, const ThemeColors& colors)
{
    const QColor little = colors.isDark ? QColor(0x3f, 0x68, 0xd8) : QColor(0x8c, 0xb4, 0xff);
    const QColor middle = colors.isDark ? QColor(0xa2, 0x95, 0x9a) : QColor(0x9a, 0x84, 0x86);
    const QColor much = colors.isDark ? QColor(0xff, 0xcf, 0x6b) : QColor(0x8a, 0x4f, 0x00);
    const double at = std::clamp(share, 0.0, 1.0);
    return at < 0.5 ? mix(little, middle, at * 2) : mix(middle, much, at * 2 - 1);
}

QColor mapStateColor(GroupState state, const ThemeColors& colors)
{
    switch (state) {
    case GroupState::Approved:
    case GroupState::CropAccepted:
    case GroupState::Tie: return colors.accent;
    case GroupState::Cropped:
    case GroupState::CropLater: return colors.attention;
    case GroupState::Undecided: return mix(colors.surround, colors.mutedText, 0.55);
    case GroupState::Rejected:
    case GroupState::CannotJudge:
    case GroupState::Skipped: return colors.text;
    }
    return colors.mutedText;
}

void MapPainter::setPoints(const MapPoints* points, const MapIndex* index)
{
    m_points = points;
    m_index = index;
    m_marked.clear();
    m_tiles.clear();
    m_look = {};
}

void MapPainter::setLook(const Look& look)
{
    const bool isSame = look.pixelsPerUnit == m_look.pixelsPerUnit &&
                        look.devicePixelRatio == m_look.devicePixelRatio && look.coloring == m_look.coloring &&
                        look.pointSize == m_look.pointSize && look.colors.isDark == m_look.colors.isDark;
    if (isSame && !m_stamps.empty())
        return;
    const bool needsStamps = m_stamps.empty() || look.devicePixelRatio != m_look.devicePixelRatio ||
                             !(look.coloring == m_look.coloring) || look.pointSize != m_look.pointSize ||
                             look.colors.isDark != m_look.colors.isDark;
    m_look = look;
    m_tiles.clear();
    if (!m_points || !needsStamps)
        return;
    m_range = {0, 1};
    if (look.coloring.measure >= 0) {
        bool isFirst = true;
        for (const float value : m_points->measures[static_cast<std::size_t>(look.coloring.measure)].values) {
            if (!std::isfinite(value))
                continue;
            m_range = isFirst ? std::array{value, value}
                              : std::array{std::min(m_range[0], value), std::max(m_range[1], value)};
            isFirst = false;
        }
    }
    makeStamps();
}

void MapPainter::setMarked(const std::vector<std::uint32_t>& marked)
{
    m_marked.clear();
    m_tiles.clear();
    if (marked.empty() || !m_points)
        return;
    m_marked.assign(m_points->size(), false);
    for (const std::uint32_t point : marked)
        m_marked[point] = true;
}

// ---- stamps --------------------------------------------------------------------------------------------------------

void MapPainter::makeStamps()
{
    m_stamps.clear();
    const std::size_t kinds = m_look.coloring.measure < 0 ? kGroupStateCount : kScaleSteps + 1;
    for (std::size_t kind = 0; kind < kinds; ++kind)
        m_stamps.push_back(paintStamp(kind));
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        QImage faint(m_stamps[kind].size(), QImage::Format_ARGB32_Premultiplied);
        faint.fill(Qt::transparent);
        QPainter painter(&faint);
        painter.setOpacity(kFaint);
        painter.drawImage(QRect(QPoint(0, 0), faint.size()), m_stamps[kind]);
        painter.end();
        m_stamps.push_back(std::move(faint));
    }
}

QImage MapPainter::paintStamp(std::size_t kind) const
{
    const auto side = static_cast<int>(std::ceil((m_look.pointSize + 2) * m_look.devicePixelRatio)) | 1;
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(m_look.devicePixelRatio, m_look.devicePixelRatio);
    const qreal middle = side / m_look.devicePixelRatio / 2;
    const qreal radius = m_look.pointSize / 2;
    const QRectF box(middle - radius, middle - radius, 2 * radius, 2 * radius);
    const ThemeColors& colors = m_look.colors;
    QColor edge = colors.surround;
    edge.setAlphaF(0.55F);
    painter.setPen(m_look.pointSize < kLeastEdged ? QPen(Qt::NoPen)
                                                  : QPen(edge, 0.7)); // keeps points apart that lie on each other
    if (m_look.coloring.measure >= 0) {
        const bool isKnown = kind < kScaleSteps;
        const double share = static_cast<double>(kind) / (kScaleSteps - 1);
        painter.setBrush(isKnown ? mapScaleColor(share, colors) : QColor(Qt::transparent));
        if (!isKnown)
            painter.setPen(QPen(mix(colors.surround, colors.mutedText, 0.6), 1));
        painter.drawEllipse(box);
        return image;
    }
    const auto state = static_cast<GroupState>(kind);
    painter.setBrush(mapStateColor(state, colors));
    if (state == GroupState::Undecided || state == GroupState::CropLater || state == GroupState::CropAccepted ||
        state == GroupState::Tie) { // open shapes, as badges have them
        painter.setPen(QPen(mapStateColor(state, colors), std::max<qreal>(1.2, m_look.pointSize / 5)));
        painter.setBrush(colors.surround);
    }
    switch (state) {
    case GroupState::Cropped:
    case GroupState::CropLater:
    case GroupState::CropAccepted: painter.drawRect(box.adjusted(0.4, 0.4, -0.4, -0.4)); break;
    case GroupState::Rejected:
    case GroupState::CannotJudge:
        painter.drawPolygon(QPolygonF{{middle, box.top() - 0.5},
                                      {box.right() + 0.5, middle},
                                      {middle, box.bottom() + 0.5},
                                      {box.left() - 0.5, middle}});
        break;
    case GroupState::Skipped:
        painter.drawPolygon(QPolygonF{box.topLeft(), {box.right(), middle}, box.bottomLeft()});
        break;
    default: painter.drawEllipse(box);
    }
    return image;
}

QImage MapPainter::stamp(std::size_t kind, bool isFaint) const
{
    const std::size_t kinds = m_stamps.size() / 2;
    if (kind >= kinds)
        return {};
    QImage image = m_stamps[isFaint ? kinds + kind : kind];
    image.setDevicePixelRatio(m_look.devicePixelRatio);
    return image;
}

std::size_t MapPainter::kindOf(std::uint32_t point) const
{
    if (m_look.coloring.measure < 0)
        return static_cast<std::size_t>(m_points->states[point]);
    const float value = m_points->measures[static_cast<std::size_t>(m_look.coloring.measure)].values[point];
    if (!std::isfinite(value))
        return kScaleSteps;
    const float span = m_range[1] - m_range[0];
    const float share = span > 0 ? (value - m_range[0]) / span : 0.5F;
    return static_cast<std::size_t>(std::lround(std::clamp(share, 0.0F, 1.0F) * (kScaleSteps - 1)));
}

// ---- tiles ---------------------------------------------------------------------------------------------------------

void MapPainter::stampOnto(QImage& image, const QImage& stamp, int x, int y)
{
    const int left = std::max(0, -x);
    const int right = std::min(stamp.width(), image.width() - x);
    const int top = std::max(0, -y);
    const int bottom = std::min(stamp.height(), image.height() - y);
    for (int line = top; line < bottom; ++line) {
        const auto* from = reinterpret_cast<const QRgb*>(stamp.constScanLine(line));
        auto* to = reinterpret_cast<QRgb*>(image.scanLine(y + line)) + x;
        for (int i = left; i < right; ++i) {
            if (const QRgb pixel = from[i]; qAlpha(pixel) != 0)
                to[i] = over(pixel, to[i]);
        }
    }
}

void MapPainter::paintTile(QImage& image, const QPoint& tile) const
{
    const double scale = m_look.pixelsPerUnit;
    const QImage& first = m_stamps.front();
    const double reach = first.width() / m_look.devicePixelRatio / 2 + 1; // of points beside the tile
    const QRectF pixels(tile.x() * kTileSize - reach, tile.y() * kTileSize - reach, kTileSize + 2 * reach,
                        kTileSize + 2 * reach);
    const QRectF area(pixels.left() / scale, pixels.top() / scale, pixels.width() / scale, pixels.height() / scale);
    const std::size_t kinds = m_stamps.size() / 2;
    const int half = first.width() / 2;
    image.detach();
    const auto paint = [&](std::uint32_t point, bool isFaint) {
        const QPointF at = m_points->at(point) * scale;
        const int x = qRound((at.x() - tile.x() * kTileSize) * m_look.devicePixelRatio) - half;
        const int y = qRound((at.y() - tile.y() * kTileSize) * m_look.devicePixelRatio) - half;
        stampOnto(image, m_stamps[kindOf(point) + (isFaint ? kinds : 0)], x, y);
    };
    const bool hasMarks = !m_marked.empty();
    m_index->forEachIn(area, [&](std::uint32_t point) {
        if (!hasMarks || !m_marked[point])
            paint(point, hasMarks);
    });
    if (hasMarks) { // on top of the others
        m_index->forEachIn(area, [&](std::uint32_t point) {
            if (m_marked[point])
                paint(point, false);
        });
    }
}

const QImage& MapPainter::tile(const QPoint& tile)
{
    const auto found = m_tiles.constFind(tile);
    if (found != m_tiles.constEnd())
        return *found;
    if (m_tiles.size() >= kMostTiles)
        m_tiles.clear();
    const int side = qRound(kTileSize * m_look.devicePixelRatio);
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    if (m_points && m_index && !m_stamps.empty())
        paintTile(image, tile);
    image.setDevicePixelRatio(m_look.devicePixelRatio);
    ++m_painted;
    return *m_tiles.insert(tile, std::move(image));
}

} // namespace ps
