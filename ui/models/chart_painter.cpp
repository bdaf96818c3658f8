// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/chart_painter.h"

#include <QFontMetricsF>
#include <QPaintDevice>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr qreal kMargin = 14;
constexpr qreal kGap = 6;
constexpr qreal kLegendSwatch = 18;
constexpr qreal kLegendGap = 16;
constexpr qreal kThickestBar = 44;
constexpr qreal kWidestNames = 0.42; ///< share of the chart that names on the y axis may take

QFont titleFont(QFont font)
{
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.05);
    return font;
}

QFont smallFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.88);
    return font;
}

/// A length in whole device pixels, at least one.
qreal devicePixels(const QPainter& painter, qreal length)
{
    const qreal scale = painter.device()->devicePixelRatioF();
    return std::max<qreal>(1, std::round(length * scale)) / scale;
}

qreal snapped(const QPainter& painter, qreal value)
{
    const qreal scale = painter.device()->devicePixelRatioF();
    return std::round(value * scale) / scale;
}

QRectF snapped(const QPainter& painter, const QRectF& rect)
{
    return {QPointF(snapped(painter, rect.left()), snapped(painter, rect.top())),
            QPointF(snapped(painter, rect.right()), snapped(painter, rect.bottom()))};
}

void hairline(QPainter& painter, bool isUpright, qreal at, qreal from, qreal to, const QColor& color)
{
    const qreal width = devicePixels(painter, 1);
    const qreal place = snapped(painter, at - width / 2);
    painter.fillRect(isUpright ? QRectF(place, from, width, to - from) : QRectF(from, place, to - from, width), color);
}

/// A colour between the field of the chart and `strong`.
QColor blend(const QColor& weak, const QColor& strong, double share)
{
    const auto mix = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return {mix(weak.red(), strong.red()), mix(weak.green(), strong.green()), mix(weak.blue(), strong.blue())};
}

qreal widestTick(const ChartAxis& axis, const QFontMetricsF& metrics)
{
    qreal width = 0;
    for (const ChartTick& tick : axis.ticks)
        width = std::max(width, metrics.horizontalAdvance(tick.text));
    return width;
}

bool hasLegend(const ChartContent& content)
{
    return std::ranges::any_of(content.lines, [](const ChartLine& line) { return !line.name.isEmpty(); });
}

} // namespace

QColor chartColor(ChartTone tone, const ThemeColors& colors)
{
    switch (tone) {
    case ChartTone::Main: return colors.accent;
    case ChartTone::Other: return colors.attention;
    case ChartTone::Quiet: return blend(colors.field, colors.mutedText, 0.55);
    }
    return colors.accent;
}

// ---- layout --------------------------------------------------------------------------------------------------------

QPointF ChartGeometry::toPixel(const QPointF& value) const
{
    const auto share = [](double at, const ChartAxis& axis) { return (at - axis.min) / (axis.max - axis.min); };
    return {plot.left() + share(value.x(), x) * plot.width(), plot.bottom() - share(value.y(), y) * plot.height()};
}

QRectF ChartGeometry::toPixels(const QRectF& area) const
{
    return QRectF(toPixel(area.topLeft()), toPixel(area.bottomRight())).normalized();
}

ChartGeometry layoutChart(const ChartContent& content, const QRectF& rect, const QFont& font)
{
    ChartGeometry geometry;
    geometry.x = content.x;
    geometry.y = content.y;
    const QFontMetricsF title(titleFont(font));
    const QFontMetricsF small(smallFont(font));
    const QRectF inner = rect.adjusted(kMargin, kMargin - 2, -kMargin, -kMargin + 2);
    geometry.title = QRectF(inner.left(), inner.top(), inner.width(), title.height());
    qreal top = geometry.title.bottom();
    if (!content.subtitle.isEmpty()) {
        geometry.subtitle = QRectF(inner.left(), top + 1, inner.width(), small.height());
        top = geometry.subtitle.bottom();
    }
    if (content.isEmpty()) {
        geometry.plot = QRectF(inner.left(), top + kGap, inner.width(), inner.bottom() - top - kGap);
        return geometry;
    }
    top += kGap + 2;
    if (hasLegend(content)) {
        geometry.legend = QRectF(inner.left(), top, inner.width(), small.height());
        top = geometry.legend.bottom() + kGap;
    }
    const qreal names = std::min(widestTick(content.y, small), inner.width() * kWidestNames);
    const qreal yLabel = content.y.label.isEmpty() ? 0 : small.height() + 2;
    const qreal xLabel = content.x.label.isEmpty() ? 0 : small.height() + 2;
    const qreal lastTick = content.x.ticks.empty() ? 0 : small.horizontalAdvance(content.x.ticks.back().text) / 2;
    const qreal left = inner.left() + yLabel + names + kGap;
    // Half of the last number stands to the right of the plot, half of the topmost one above it.
    const qreal right = inner.right() - std::max<qreal>(2, lastTick - kMargin / 2);
    const qreal bottom = inner.bottom() - small.height() - 3 - xLabel;
    top += small.height() / 3;
    geometry.plot = QRectF(left, top, std::max<qreal>(10, right - left), std::max<qreal>(10, bottom - top));
    return geometry;
}

int chartItemAt(const ChartContent& content, const ChartGeometry& geometry, const QPointF& place)
{
    constexpr qreal kReach = 8; ///< pixels outside the plot that still count
    int nearest = -1;
    qreal distance = 0;
    for (std::size_t i = 0; i < content.items.size(); ++i) {
        const ChartItem& item = content.items[i];
        if (!item.area.isNull()) {
            if (geometry.toPixels(item.area).contains(place))
                return static_cast<int>(i);
            continue;
        }
        const qreal away = std::abs(geometry.toPixel(item.at).x() - place.x());
        if (nearest < 0 || away < distance) {
            nearest = static_cast<int>(i);
            distance = away;
        }
    }
    return geometry.plot.adjusted(-kReach, -kReach, kReach, kReach).contains(place) ? nearest : -1;
}

// ---- painting ------------------------------------------------------------------------------------------------------

namespace {

/// One chart being painted.
class Drawing
{
public:
    Drawing(QPainter& painter, const ChartContent& content, const ChartGeometry& geometry, const ThemeColors& colors,
            int hovered)
        : m_painter(painter), m_content(content), m_geometry(geometry), m_colors(colors), m_hovered(hovered),
          m_font(painter.font()), m_small(smallFont(painter.font())), m_metrics(m_small)
    {
    }

    void paint()
    {
        paintTitles();
        if (m_content.isEmpty()) {
            paintEmpty();
            return;
        }
        m_painter.setFont(m_small);
        paintLegend();
        paintCells();
        paintGrid();
        paintBars();
        paintMarkers();
        paintLines();
        paintAxes();
        paintHovered();
    }

private:
    void text(const QRectF& rect, int flags, const QString& words, const QColor& color)
    {
        m_painter.setPen(color);
        m_painter.drawText(rect, flags | Qt::TextSingleLine,
                           QFontMetricsF(m_painter.font()).elidedText(words, Qt::ElideRight, rect.width() + 1));
    }

    void paintTitles()
    {
        m_painter.setFont(titleFont(m_font));
        text(m_geometry.title, Qt::AlignLeft | Qt::AlignVCenter, m_content.title, m_colors.text);
        m_painter.setFont(m_small);
        text(m_geometry.subtitle, Qt::AlignLeft | Qt::AlignVCenter, m_content.subtitle, m_colors.mutedText);
    }

    void paintEmpty()
    {
        m_painter.setFont(m_font);
        m_painter.setPen(m_colors.mutedText);
        m_painter.drawText(m_geometry.plot.adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap,
                           m_content.emptyText);
    }

    void paintLegend()
    {
        qreal left = m_geometry.legend.left();
        const qreal middle = m_geometry.legend.center().y();
        for (const ChartLine& line : m_content.lines) {
            if (line.name.isEmpty())
                continue;
            setPen(line);
            m_painter.drawLine(QPointF(left, middle), QPointF(left + kLegendSwatch, middle));
            if (line.hasDots)
                paintDot(QPointF(left + kLegendSwatch / 2, middle), line.tone, 3);
            left += kLegendSwatch + kGap;
            const qreal width = m_metrics.horizontalAdvance(line.name);
            text(QRectF(left, m_geometry.legend.top(), width, m_geometry.legend.height()), Qt::AlignVCenter, line.name,
                 m_colors.text);
            left += width + kLegendGap;
        }
    }

    void setPen(const ChartLine& line)
    {
        QPen pen(chartColor(line.tone, m_colors), 2, line.isDashed ? Qt::CustomDashLine : Qt::SolidLine, Qt::RoundCap,
                 Qt::RoundJoin);
        if (line.isDashed)
            pen.setDashPattern({2, 2.5});
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
    }

    void paintGrid()
    {
        const QColor color = blend(m_colors.field, m_colors.line, 0.75);
        const QRectF& plot = m_geometry.plot;
        if (m_content.x.hasGrid) {
            for (const ChartTick& tick : m_content.x.ticks)
                hairline(m_painter, true, m_geometry.toPixel({tick.at, m_geometry.y.min}).x(), plot.top(),
                         plot.bottom(), color);
        }
        if (m_content.y.hasGrid) {
            for (const ChartTick& tick : m_content.y.ticks)
                hairline(m_painter, false, m_geometry.toPixel({m_geometry.x.min, tick.at}).y(), plot.left(),
                         plot.right(), color);
        }
    }

    void paintAxes()
    {
        const QRectF& plot = m_geometry.plot;
        hairline(m_painter, false, plot.bottom(), plot.left(), plot.right(), m_colors.line);
        if (m_content.barsLieDown)
            hairline(m_painter, true, plot.left(), plot.top(), plot.bottom(), m_colors.line);
        const qreal height = m_metrics.height();
        qreal occupied = -1e9; ///< where the last number of the x axis ends
        for (const ChartTick& tick : m_content.x.ticks) {
            const qreal at = m_geometry.toPixel({tick.at, m_geometry.y.min}).x();
            const qreal half = m_metrics.horizontalAdvance(tick.text) / 2 + 1;
            if (at - half < occupied)
                continue; // no room for it
            occupied = at + half + 4;
            text(QRectF(at - half, plot.bottom() + 3, 2 * half, height), Qt::AlignCenter, tick.text,
                 m_colors.mutedText);
        }
        const QColor names = m_content.barsLieDown ? m_colors.text : m_colors.mutedText;
        const qreal left = m_geometry.title.left() + (m_content.y.label.isEmpty() ? 0 : height + 2);
        for (const ChartTick& tick : m_content.y.ticks) {
            const qreal at = m_geometry.toPixel({m_geometry.x.min, tick.at}).y();
            text(QRectF(left, at - height / 2, plot.left() - kGap - left, height), Qt::AlignRight | Qt::AlignVCenter,
                 tick.text, names);
        }
        paintAxisLabels();
    }

    void paintAxisLabels()
    {
        const QRectF& plot = m_geometry.plot;
        const qreal height = m_metrics.height();
        if (!m_content.x.label.isEmpty())
            text(QRectF(plot.left(), plot.bottom() + 3 + height + 1, plot.width(), height), Qt::AlignCenter,
                 m_content.x.label, m_colors.mutedText);
        if (m_content.y.label.isEmpty())
            return;
        m_painter.save();
        m_painter.translate(m_geometry.title.left(), plot.bottom());
        m_painter.rotate(-90);
        text(QRectF(0, 0, plot.height(), height), Qt::AlignCenter, m_content.y.label, m_colors.mutedText);
        m_painter.restore();
    }

    void paintCells()
    {
        for (const ChartCell& cell : m_content.cells) {
            const qreal gap = devicePixels(m_painter, 1);
            const QRectF rect = snapped(m_painter, m_geometry.toPixels(cell.area)).adjusted(gap, gap, -gap, -gap);
            const QColor fill = blend(blend(m_colors.field, m_colors.line, 0.35), m_colors.accent, cell.share);
            m_painter.fillRect(rect, fill);
            if (m_metrics.horizontalAdvance(cell.text) > rect.width() - 2 || m_metrics.height() > rect.height())
                continue; // the numbers are there under the pointer
            const bool isBright = qGray(fill.rgb()) > 128;
            text(rect, Qt::AlignCenter, cell.text, isBright ? QColor(0x10, 0x12, 0x16) : QColor(0xf4, 0xf5, 0xf7));
        }
    }

    void paintBars()
    {
        for (const ChartBar& bar : m_content.bars) {
            const QRectF rect = snapped(m_painter, slender(m_geometry.toPixels(bar.area)));
            m_painter.setRenderHint(QPainter::Antialiasing);
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(chartColor(bar.tone, m_colors));
            const qreal radius = std::min<qreal>(3, std::min(rect.width(), rect.height()) / 3);
            m_painter.drawRoundedRect(rect, radius, radius);
            m_painter.setRenderHint(QPainter::Antialiasing, false);
            paintBarEnd(bar, rect);
        }
    }

    /// Two bars in a large plot are no blocks.
    QRectF slender(QRectF rect) const
    {
        if (m_content.barsLieDown && rect.height() > kThickestBar)
            rect.adjust(0, (rect.height() - kThickestBar) / 2, 0, (kThickestBar - rect.height()) / 2);
        else if (!m_content.barsLieDown && rect.width() > kThickestBar)
            rect.adjust((rect.width() - kThickestBar) / 2, 0, (kThickestBar - rect.width()) / 2, 0);
        return rect;
    }

    void paintBarEnd(const ChartBar& bar, const QRectF& rect)
    {
        const bool liesDown = m_content.barsLieDown;
        qreal end = liesDown ? rect.right() : rect.top();
        if (bar.interval) {
            const auto pixel = [&](double at) {
                return liesDown ? m_geometry.toPixel({at, 0}).x() : m_geometry.toPixel({0, at}).y();
            };
            const qreal low = pixel((*bar.interval)[0]);
            const qreal high = pixel((*bar.interval)[1]);
            const qreal across = liesDown ? rect.center().y() : rect.center().x();
            const qreal cap = 4;
            hairline(m_painter, !liesDown, across, std::min(low, high), std::max(low, high), m_colors.text);
            for (const qreal at : {low, high})
                hairline(m_painter, liesDown, at, across - cap, across + cap, m_colors.text);
            end = liesDown ? std::max(end, high) : std::min(end, high);
        }
        if (bar.text.isEmpty())
            return;
        const qreal width = m_metrics.horizontalAdvance(bar.text) + 2;
        const qreal height = m_metrics.height();
        const QRectF place = liesDown ? QRectF(end + 5, rect.center().y() - height / 2, width, height)
                                      : QRectF(rect.center().x() - width / 2, end - height - 1, width, height);
        text(place, Qt::AlignCenter, bar.text, liesDown ? m_colors.text : m_colors.mutedText);
    }

    void paintMarkers()
    {
        const QRectF& plot = m_geometry.plot;
        for (const ChartMarker& marker : m_content.markers) {
            const QPointF at = m_geometry.toPixel({marker.at, marker.at});
            m_painter.setPen(QPen(m_colors.mutedText, devicePixels(m_painter, 1), Qt::DotLine));
            const qreal width = m_metrics.horizontalAdvance(marker.text) + 2;
            const qreal height = m_metrics.height();
            if (!marker.isUpright) {
                m_painter.drawLine(QPointF(plot.left(), snapped(m_painter, at.y())),
                                   QPointF(plot.right(), snapped(m_painter, at.y())));
                text(QRectF(plot.right() - width, at.y() - height, width, height), Qt::AlignRight, marker.text,
                     m_colors.mutedText);
                continue;
            }
            m_painter.drawLine(QPointF(snapped(m_painter, at.x()), plot.top()),
                               QPointF(snapped(m_painter, at.x()), plot.bottom()));
            const bool isRight = at.x() + 4 + width <= plot.right();
            text(QRectF(isRight ? at.x() + 4 : at.x() - 4 - width, plot.top(), width, height), Qt::AlignLeft,
                 marker.text, m_colors.mutedText);
        }
    }

    void paintDot(const QPointF& at, ChartTone tone, qreal radius)
    {
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(m_colors.field, 1.5));
        m_painter.setBrush(chartColor(tone, m_colors));
        if (tone == ChartTone::Other) // another shape, too
            m_painter.drawRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius));
        else
            m_painter.drawEllipse(at, radius + 0.5, radius + 0.5);
    }

    void paintLines()
    {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setClipRect(m_geometry.plot.adjusted(-4, -4, 4, 4));
        for (const ChartLine& line : m_content.lines) {
            QPolygonF polygon;
            for (const QPointF& point : line.points)
                polygon.append(m_geometry.toPixel(point));
            setPen(line);
            m_painter.drawPolyline(polygon);
            const bool isAlone = line.points.size() == 1; // of which no line can be drawn
            if (line.hasDots || isAlone) {
                for (const QPointF& point : polygon)
                    paintDot(point, line.tone, 3.5);
            }
        }
        m_painter.restore();
    }

    void paintHovered()
    {
        if (m_hovered < 0 || m_hovered >= static_cast<int>(m_content.items.size()))
            return;
        const ChartItem& item = m_content.items[static_cast<std::size_t>(m_hovered)];
        const QPointF at = m_geometry.toPixel(item.at);
        m_painter.save();
        if (item.area.isNull()) {
            hairline(m_painter, true, at.x(), m_geometry.plot.top(), m_geometry.plot.bottom(), m_colors.mutedText);
            for (const ChartLine& line : m_content.lines) {
                for (const QPointF& point : line.points) {
                    if (!line.name.isEmpty() && point.x() == item.at.x())
                        paintDot(m_geometry.toPixel(point), line.tone, 4);
                }
            }
        } else {
            m_painter.setRenderHint(QPainter::Antialiasing);
            m_painter.setPen(QPen(m_colors.text, 1.5));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRoundedRect(m_geometry.toPixels(item.area).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        }
        paintBubble(item.text, at);
        m_painter.restore();
    }

    void paintBubble(const QString& words, const QPointF& at)
    {
        constexpr qreal kPadding = 7;
        constexpr qreal kAway = 12;
        const QSizeF size = m_metrics.size(0, words) + QSizeF(2 * kPadding + 2, 2 * kPadding - 2);
        const QRectF all(m_geometry.title.left(), m_geometry.title.top(), m_geometry.title.width(),
                         m_geometry.plot.bottom() - m_geometry.title.top());
        QRectF bubble(QPointF(at.x() + kAway, at.y() - size.height() - kAway / 2), size);
        if (bubble.right() > all.right())
            bubble.moveRight(at.x() - kAway);
        bubble.moveLeft(std::max(bubble.left(), all.left()));
        bubble.moveTop(std::clamp(bubble.top(), all.top(), std::max(all.top(), all.bottom() - size.height())));
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(m_colors.line, 1));
        m_painter.setBrush(m_colors.panel);
        m_painter.drawRoundedRect(bubble, 6, 6);
        m_painter.setPen(m_colors.text);
        m_painter.drawText(bubble.adjusted(kPadding, kPadding - 1, 0, 0), Qt::AlignLeft | Qt::AlignTop, words);
    }

    QPainter& m_painter;
    const ChartContent& m_content;
    const ChartGeometry& m_geometry;
    const ThemeColors& m_colors;
    int m_hovered;
    QFont m_font;
    QFont m_small;
    QFontMetricsF m_metrics;
};

} // namespace

void paintChart(QPainter& painter, const ChartContent& content, const ChartGeometry& geometry,
                const ThemeColors& colors, int hovered)
{
    painter.save();
    Drawing(painter, content, geometry, colors, hovered).paint();
    painter.restore();
}

} // namespace ps
