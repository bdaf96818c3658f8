// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The mouse on the light table; what it moves is in light_table.cpp.
#include "ui/review/light_table.h"

#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace ps {

int LightTable::paneAt(const QPoint& position) const
{
    for (int i = 0; i < imageCount(); ++i) {
        if (pane(i).place.frame.contains(position))
            return i;
    }
    return -1;
}

int LightTable::chipAt(const QPoint& position) const
{
    for (int i = 0; i < imageCount(); ++i) {
        if (chipRect(i).contains(position))
            return i;
    }
    return -1;
}

bool LightTable::isOnDivider(const QPointF& position) const
{
    if (m_compare.mode() != CompareState::Mode::Swipe || imageCount() < 2)
        return false;
    constexpr double kReach = 12;
    const QRectF seen = seenPart(m_compare.focused());
    return seen.contains(position) &&
           std::abs(position.x() - seen.left() - seen.width() * m_compare.divider()) < kReach;
}

void LightTable::mousePressEvent(QMouseEvent* event)
{
    if (const int chip = chipAt(event->pos()); chip >= 0) {
        setFocusedIndex(chip);
        return;
    }
    m_dragPane = paneAt(event->pos());
    if (m_dragPane < 0)
        return;
    m_drag = isOnDivider(event->position()) ? Drag::Divider : Drag::Pressed;
    setFocusedIndex(m_dragPane);
    m_dragStart = m_dragLast = event->position();
    m_dragView = m_views.view(m_dragPane);
}

void LightTable::mouseMoveEvent(QMouseEvent* event)
{
    pointAt(event->position());
    hoverSuggestion(event->pos());
    if (m_drag == Drag::None || m_dragPane >= imageCount() || event->buttons() == Qt::NoButton) {
        setCursor(isOnDivider(event->position()) ? Qt::SplitHCursor : Qt::ArrowCursor);
        return;
    }
    const QPointF moved = event->position() - m_dragStart;
    constexpr int kClickSlop = 4;
    if (m_drag == Drag::Divider) {
        const QRectF seen = seenPart(m_dragPane);
        m_compare.setDivider((event->position().x() - seen.left()) / seen.width());
        update();
        return;
    }
    if (m_drag == Drag::Pressed) {
        if (moved.manhattanLength() < kClickSlop)
            return;
        m_drag = event->modifiers() & Qt::ShiftModifier ? Drag::Alone : Drag::Together;
        setCursor(Qt::ClosedHandCursor);
    }
    const QRectF picture = pictureRect(m_dragPane);
    if (picture.isEmpty())
        return;
    const auto fraction = [&](QPointF distance) {
        return QPointF(distance.x() / picture.width(), distance.y() / picture.height());
    };
    if (m_drag == Drag::Alone) {
        m_views.moveOffset(m_dragPane, -fraction(event->position() - m_dragLast));
        requestPictures();
    } else {
        PaneView view = m_dragView;
        view.center -= fraction(moved);
        applyView(m_dragPane, view);
    }
    m_dragLast = event->position();
}

/// The mark tells its reasons while the pointer is on it.
void LightTable::hoverSuggestion(const QPoint& position)
{
    const bool isOn = m_suggestionMark.contains(position);
    if (isOn == m_hoversMark)
        return;
    m_hoversMark = isOn;
    update();
}

void LightTable::mouseReleaseEvent(QMouseEvent*)
{
    const int clicked = m_drag == Drag::Pressed ? m_dragPane : -1;
    endDrag();
    if (clicked >= 0)
        Q_EMIT pictureClicked(clicked);
}

void LightTable::endDrag()
{
    if (m_drag != Drag::None)
        unsetCursor();
    m_drag = Drag::None;
    m_dragPane = -1;
}

void LightTable::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int index = paneAt(event->pos());
    if (index < 0)
        return;
    const PaneGeometry place = geometry(index);
    if (m_views.view(index).zoom != 1)
        zoomToFit();
    else
        applyView(index, place.zoomedAround(m_views.view(index), place.actualZoom(), event->position()));
}

void LightTable::wheelEvent(QWheelEvent* event)
{
    const int index = paneAt(event->position().toPoint());
    if (index < 0)
        return;
    const double factor = std::pow(1.2, event->angleDelta().y() / 120.0);
    const PaneView view = m_views.view(index);
    applyView(index, geometry(index).zoomedAround(view, view.zoom * factor, event->position()));
    pointAt(event->position());
    event->accept();
}

void LightTable::pointAt(const QPointF& position)
{
    const int index = paneAt(position.toPoint());
    const bool hadPoint = m_pointedAt.has_value();
    m_pointedAt.reset();
    if (index >= 0 && pane(index).picture.hasPicture()) {
        const QPointF at = geometry(index).fractionAt(m_views.view(index), position);
        if (QRectF(0, 0, 1, 1).contains(at) && pane(index).place.canvas.contains(position.toPoint()))
            m_pointedAt = at - m_views.offset(index);
    }
    if (!hadPoint && !m_pointedAt)
        return;
    for (const Pane& one : m_panes) // only the captions tell
        update(QRect(one.place.canvas.left(), one.place.canvas.bottom() + 1, one.place.canvas.width(),
                     kPaneCaptionHeight));
    if (m_pointedAt)
        Q_EMIT pointed(*m_pointedAt);
}

void LightTable::leaveEvent(QEvent*)
{
    pointAt({-1, -1});
    hoverSuggestion({-1, -1});
}

void LightTable::focusOutEvent(QFocusEvent* event)
{
    setBlinking(false); // the key is released elsewhere
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::MenuBarFocusReason)
        setReasonsVisible(false); // a menu may be about to say so itself
    QWidget::focusOutEvent(event);
}

} // namespace ps
