// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the map of the embeddings is painted.
#include "ui/models/chart_content.h"
#include "ui/models/map_view.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr qreal kLegendMargin = 12;
constexpr qreal kLegendPadding = 10;
constexpr qreal kScaleWidth = 170;
constexpr qreal kScaleHeight = 10;
constexpr qreal kCardPicture = 180;

/// Few points are drawn larger.
qreal pointSizeFor(std::size_t count, double zoom)
{
    const qreal size = count < 2'000 ? 9 : count < 20'000 ? 7 : count < 80'000 ? 5.5 : 4.5;
    return std::round(2 * std::min<qreal>(11, size * std::clamp(std::pow(zoom, 0.15), 1.0, 2.0))) / 2;
}

void paintPlate(QPainter& painter, const QRectF& rect, const ThemeColors& colors)
{
    QColor plate = colors.panel;
    plate.setAlphaF(0.93F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.line, 1));
    painter.setBrush(plate);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace

void MapView::useLook()
{
    MapPainter::Look look;
    look.pixelsPerUnit = m_scale;
    look.devicePixelRatio = devicePixelRatioF();
    look.coloring = m_coloring;
    look.colors = m_theme.colors();
    look.pointSize = pointSizeFor(m_points->size(), m_scale / fittedScale());
    m_painter.setLook(look);
}

void MapView::paintPoints(QPainter& painter)
{
    useLook();
    // The upper left corner of the view in pixels of the map, which has its origin in the middle. On whole device pixels, so
    // that a moved map is the same picture elsewhere.
    const qreal ratio = devicePixelRatioF();
    const QPointF corner = m_centre * m_scale - QPointF(width() / 2.0, height() / 2.0);
    const QPointF origin(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio);
    constexpr double side = MapPainter::kTileSize;
    const int firstX = static_cast<int>(std::floor(origin.x() / side));
    const int firstY = static_cast<int>(std::floor(origin.y() / side));
    const int lastX = static_cast<int>(std::floor((origin.x() + width()) / side));
    const int lastY = static_cast<int>(std::floor((origin.y() + height()) / side));
    for (int y = firstY; y <= lastY; ++y) {
        for (int x = firstX; x <= lastX; ++x)
            painter.drawImage(QPointF(x * side, y * side) - origin, m_painter.tile({x, y}));
    }
}

void MapView::paintLasso(QPainter& painter) const
{
    if (m_lasso.size() < 2)
        return;
    QPolygonF line;
    for (const QPointF& place : m_lasso)
        line.append(toPixel(place));
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = m_theme.colors().accent;
    fill.setAlphaF(0.12F);
    painter.setPen(QPen(m_theme.colors().accent, 1.5, Qt::DashLine));
    painter.setBrush(fill);
    painter.drawPolygon(line);
}

void MapView::paintHovered(QPainter& painter) const
{
    if (m_hovered < 0)
        return;
    const ThemeColors& colors = m_theme.colors();
    const QPointF at = toPixel(m_points->at(static_cast<std::size_t>(m_hovered)));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.text, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, 8, 8);
    if (m_cardPoint != m_hovered)
        return;
    constexpr qreal kPadding = 8;
    const QSizeF picture = m_cardPicture.isNull() ? QSizeF()
                                                  : m_cardPicture.deviceIndependentSize().scaled(
                                                        kCardPicture, kCardPicture, Qt::KeepAspectRatio);
    const QSizeF words = QFontMetricsF(font()).size(0, m_cardText);
    const QSizeF size(std::max(picture.width(), std::min<qreal>(words.width() + 2, 320)) + 2 * kPadding,
                      picture.height() + (picture.isEmpty() ? 0 : 6) + words.height() + 2 * kPadding - 2);
    QRectF card(at + QPointF(16, -size.height() / 2), size);
    if (card.right() > width() - 6)
        card.moveRight(at.x() - 16);
    card.moveTop(std::clamp<qreal>(card.top(), 6, std::max<qreal>(6, height() - 6 - size.height())));
    paintPlate(painter, card, colors);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QRectF place(card.center().x() - picture.width() / 2, card.top() + kPadding, picture.width(),
                       picture.height());
    if (!picture.isEmpty())
        painter.drawPixmap(place, m_cardPicture, QRectF(m_cardPicture.rect()));
    painter.setPen(colors.text);
    const qreal top = picture.isEmpty() ? card.top() + kPadding - 1 : place.bottom() + 6;
    painter.drawText(QRectF(card.left() + kPadding, top, card.width() - 2 * kPadding, words.height() + 2),
                     Qt::AlignLeft | Qt::AlignTop, m_cardText);
}

void MapView::paintStateLegend(QPainter& painter) const
{
    const ThemeColors& colors = m_theme.colors();
    const QFontMetricsF metrics(font());
    const qreal line = metrics.height() + 4;
    qreal names = 0;
    qreal counts = 0;
    for (const Legend& entry : m_legend) {
        names = std::max(names, metrics.horizontalAdvance(entry.text));
        counts = std::max(counts, metrics.horizontalAdvance(countText(entry.count)));
    }
    const QSizeF size(names + counts + 2 * kLegendPadding + 22 + 16,
                      line * static_cast<qreal>(m_legend.size()) + 2 * kLegendPadding - 4);
    const QRectF plate(QPointF(kLegendMargin, height() - kLegendMargin - size.height()), size);
    paintPlate(painter, plate, colors);
    qreal top = plate.top() + kLegendPadding - 2;
    for (const Legend& entry : m_legend) {
        const QImage stamp = m_painter.stamp(entry.kind, false);
        const QSizeF stampSize = stamp.deviceIndependentSize();
        painter.drawImage(
            QPointF(plate.left() + kLegendPadding + 6 - stampSize.width() / 2, top + line / 2 - stampSize.height() / 2),
            stamp);
        const QRectF words(plate.left() + kLegendPadding + 22, top, plate.width() - 2 * kLegendPadding - 22, line);
        painter.setPen(colors.text);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, entry.text);
        painter.setPen(colors.mutedText);
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, countText(entry.count));
        top += line;
    }
}

void MapView::paintScaleLegend(QPainter& painter) const
{
    const ThemeColors& colors = m_theme.colors();
    const MapMeasure& measure = m_points->measures[static_cast<std::size_t>(m_coloring.measure)];
    const QFontMetricsF metrics(font());
    const QSizeF size(kScaleWidth + 2 * kLegendPadding, 2 * metrics.height() + kScaleHeight + 2 * kLegendPadding + 4);
    const QRectF plate(QPointF(kLegendMargin, height() - kLegendMargin - size.height()), size);
    paintPlate(painter, plate, colors);
    const QRectF inner = plate.adjusted(kLegendPadding, kLegendPadding - 2, -kLegendPadding, -kLegendPadding);
    painter.setPen(colors.text);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop,
                     metrics.elidedText(measure.name, Qt::ElideRight, inner.width()));
    const QRectF scale(inner.left(), inner.top() + metrics.height() + 4, inner.width(), kScaleHeight);
    QLinearGradient gradient(scale.topLeft(), scale.topRight());
    for (const double at : {0.0, 0.5, 1.0})
        gradient.setColorAt(at, mapScaleColor(at, colors));
    painter.setPen(Qt::NoPen);
    painter.setBrush(gradient);
    painter.drawRoundedRect(scale, 3, 3);
    painter.setPen(colors.mutedText);
    const QRectF ends(inner.left(), scale.bottom() + 2, inner.width(), metrics.height());
    const std::array<float, 2> range = m_painter.range();
    painter.drawText(ends, Qt::AlignLeft | Qt::AlignTop, numberText(static_cast<double>(range[0])));
    painter.drawText(ends, Qt::AlignRight | Qt::AlignTop, numberText(static_cast<double>(range[1])));
}

void MapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ThemeColors& colors = m_theme.colors();
    painter.fillRect(rect(), colors.surround);
    if (!m_points || m_points->size() == 0) {
        painter.setPen(colors.mutedText);
        painter.drawText(rect().adjusted(40, 0, -40, 0), Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    paintPoints(painter);
    paintLasso(painter);
    if (m_coloring.measure < 0)
        paintStateLegend(painter);
    else
        paintScaleLegend(painter);
    paintHovered(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(colors.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

} // namespace ps
