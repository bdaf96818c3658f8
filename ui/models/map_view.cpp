// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The map as it is moved, zoomed and pointed at; what is painted is in map_view_paint.cpp.
#include "ui/models/map_view.h"

#include "ui/common/error_text.h"
#include "ui/common/state_badge.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ps {

namespace {

constexpr double kReach = 9;          ///< pixels around a point in which the pointer is on it
constexpr double kMargin = 28;        ///< pixels around the fitted map
constexpr double kLargestZoom = 4000; ///< times the fitted scale
constexpr double kWheelStep = 1.0016; ///< of an eighth of a degree
constexpr double kKeyZoom = 1.35;
constexpr double kLeastMove = 2; ///< pixels between the corners of the lasso

} // namespace

MapView::MapView(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Map of the embeddings"));
    setCursor(Qt::OpenHandCursor);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void MapView::setPoints(std::shared_ptr<const MapPoints> points)
{
    m_points = std::move(points);
    m_index = m_points ? MapIndex(*m_points) : MapIndex();
    m_painter.setPoints(m_points.get(), &m_index);
    m_coloring = {};
    m_bounds = QRectF(-1, -1, 2, 2);
    if (m_points && m_points->size() > 0) {
        const auto [left, right] = std::ranges::minmax(m_points->x);
        const auto [top, bottom] = std::ranges::minmax(m_points->y);
        m_bounds = QRectF(QPointF(left, top), QPointF(right, bottom));
    }
    m_hovered = m_cardPoint = -1;
    countLegend();
    fit();
    setMarked({});
    setAccessibleDescription(
        m_points ? tr("%Ln image(s), alike ones beside each other", nullptr, static_cast<int>(m_points->size()))
                 : m_message);
    Q_EMIT hoveredChanged(-1);
}

void MapView::setMessage(const QString& text)
{
    m_message = text;
    update();
}

void MapView::setColoring(MapColoring coloring)
{
    if (m_points && coloring.measure < static_cast<int>(m_points->measures.size()))
        m_coloring = coloring;
    update();
}

void MapView::countLegend()
{
    std::array<std::int64_t, kGroupStateCount> counts{};
    if (m_points) {
        for (const GroupState state : m_points->states)
            ++counts[static_cast<std::size_t>(state)];
    }
    m_legend.clear();
    for (std::size_t state = 0; state < kGroupStateCount; ++state) {
        if (counts[state] > 0)
            m_legend.push_back({stateText(static_cast<GroupState>(state)), state, counts[state]});
    }
}

// ---- place ---------------------------------------------------------------------------------------------------------

double MapView::fittedScale() const
{
    constexpr double kLeastExtent = 0.01; // a single point is not enlarged without end
    const double across = std::max(m_bounds.width(), kLeastExtent);
    const double down = std::max(m_bounds.height(), kLeastExtent);
    return std::max(10.0, std::min((width() - 2 * kMargin) / across, (height() - 2 * kMargin) / down));
}

void MapView::fit()
{
    m_isFitted = true;
    m_centre = m_bounds.center();
    m_scale = fittedScale();
    update();
}

QPointF MapView::toPixel(const QPointF& place) const
{
    return (place - m_centre) * m_scale + QPointF(width() / 2.0, height() / 2.0);
}

QPointF MapView::fromPixel(const QPointF& pixel) const
{
    return (pixel - QPointF(width() / 2.0, height() / 2.0)) / m_scale + m_centre;
}

void MapView::zoomAt(const QPointF& pixel, double factor)
{
    const QPointF place = fromPixel(pixel);
    const double fitted = fittedScale();
    m_scale = std::clamp(m_scale * factor, fitted / 2, fitted * kLargestZoom);
    m_centre += place - fromPixel(pixel); // what is under the pointer stays there
    m_isFitted = false;
    update();
}

void MapView::resizeEvent(QResizeEvent*)
{
    if (m_isFitted)
        fit();
}

// ---- pointer -------------------------------------------------------------------------------------------------------

void MapView::setHovered(std::int64_t point)
{
    if (std::exchange(m_hovered, point) == point)
        return;
    Q_EMIT hoveredChanged(point);
    update();
}

void MapView::setHoverCard(std::int64_t point, const QString& text, const QPixmap& picture)
{
    m_cardPoint = point;
    m_cardText = text;
    m_cardPicture = picture;
    update();
}

void MapView::setLasso(bool isOn)
{
    if (std::exchange(m_isLasso, isOn) == isOn)
        return;
    setCursor(isOn ? Qt::CrossCursor : Qt::OpenHandCursor);
    Q_EMIT lassoChanged(isOn);
}

void MapView::setMarked(std::vector<std::uint32_t> marked)
{
    if (m_marked.empty() && marked.empty())
        return;
    m_marked = std::move(marked);
    m_painter.setMarked(m_marked);
    Q_EMIT markedChanged();
    update();
}

void MapView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && (m_isLasso || event->modifiers() & Qt::ShiftModifier)) {
        m_lasso = QPolygonF{fromPixel(event->position())};
        setHovered(-1);
    } else if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton) {
        m_grabbed = event->position();
        setCursor(Qt::ClosedHandCursor);
    }
}

void MapView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_lasso.isEmpty()) {
        const QPointF away = event->position() - toPixel(m_lasso.last());
        if (away.manhattanLength() >= kLeastMove)
            m_lasso.append(fromPixel(event->position()));
        update();
    } else if (m_grabbed) {
        m_centre -= (event->position() - *m_grabbed) / m_scale;
        m_grabbed = event->position();
        m_isFitted = false;
        update();
    } else if (m_points) {
        setHovered(m_index.nearest(fromPixel(event->position()), kReach / m_scale));
    }
}

void MapView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_lasso.isEmpty()) {
        m_lasso.append(fromPixel(event->position()));
        finishLasso();
    }
    m_grabbed.reset();
    setCursor(m_isLasso ? Qt::CrossCursor : Qt::OpenHandCursor);
}

void MapView::finishLasso()
{
    const QPolygonF lasso = std::exchange(m_lasso, {});
    setMarked(m_index.inside(lasso));
    update();
}

void MapView::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_lasso.clear();
    const std::int64_t point = m_points ? m_index.nearest(fromPixel(event->position()), kReach / m_scale) : -1;
    if (point >= 0)
        Q_EMIT opened(point);
}

void MapView::wheelEvent(QWheelEvent* event)
{
    const QPoint turned = event->angleDelta();
    zoomAt(event->position(), std::pow(kWheelStep, turned.y() != 0 ? turned.y() : turned.x()));
    event->accept();
}

void MapView::leaveEvent(QEvent*)
{
    setHovered(-1);
}

// ---- keys ----------------------------------------------------------------------------------------------------------

void MapView::moveToNeighbour(const QPointF& direction)
{
    if (!m_points || m_points->size() == 0)
        return;
    const QPointF from = m_hovered >= 0 ? m_points->at(static_cast<std::size_t>(m_hovered)) : m_centre;
    std::int64_t best = -1;
    double least = 0;
    const QRectF seen(fromPixel({0, 0}), fromPixel(QPointF(width(), height())));
    m_index.forEachIn(seen, [&](std::uint32_t point) {
        const QPointF away = m_points->at(point) - from;
        const double ahead = QPointF::dotProduct(away, direction);
        const double aside = std::abs(away.x() * direction.y() - away.y() * direction.x());
        if (ahead <= 0 || aside > ahead) // within 45 degrees
            return;
        const double cost = ahead + 2 * aside;
        if (best < 0 || cost < least) {
            best = point;
            least = cost;
        }
    });
    if (best >= 0)
        setHovered(best);
}

void MapView::keyPressEvent(QKeyEvent* event)
{
    const QPointF middle(width() / 2.0, height() / 2.0);
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomAt(middle, kKeyZoom); break;
    case Qt::Key_Minus: zoomAt(middle, 1 / kKeyZoom); break;
    case Qt::Key_0: fit(); break;
    case Qt::Key_L: setLasso(!m_isLasso); break;
    case Qt::Key_Left: moveToNeighbour({-1, 0}); break;
    case Qt::Key_Right: moveToNeighbour({1, 0}); break;
    case Qt::Key_Up: moveToNeighbour({0, -1}); break;
    case Qt::Key_Down: moveToNeighbour({0, 1}); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_hovered >= 0)
            Q_EMIT opened(m_hovered);
        break;
    case Qt::Key_Escape:
        if (!m_lasso.isEmpty() || !m_marked.empty()) {
            m_lasso.clear();
            setMarked({});
            update();
            break;
        }
        [[fallthrough]];
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace ps
