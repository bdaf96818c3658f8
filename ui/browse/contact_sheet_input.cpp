// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What hands do to the contact sheet.
#include "ui/browse/contact_sheet.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace ps {

namespace {

constexpr int kZoomStep = 24;
constexpr int kNotch = 120; ///< what one notch of a wheel says

} // namespace

std::int64_t ContactSheet::positionAt(const QPoint& place) const
{
    if (place.y() < headerOnTop())
        return -1; // under the header that stays at the top
    return m_layout.positionAt(place.x(), m_top + place.y());
}

std::optional<std::size_t> ContactSheet::headerAt(const QPoint& place) const
{
    if (m_layout.sectionCount() == 0)
        return std::nullopt;
    const std::size_t section = m_layout.sectionAt(m_top + place.y());
    const std::int64_t below = m_top + place.y() - m_layout.headerTop(section);
    if (below < headerOnTop())
        return section;
    return place.y() < headerOnTop() ? std::optional(m_layout.sectionAt(m_top)) : std::nullopt;
}

void ContactSheet::selectSection(std::size_t section, Qt::KeyboardModifiers modifiers)
{
    RangeSet selected = modifiers & Qt::ControlModifier ? m_selection.selected() : RangeSet();
    selected.add(m_layout.sectionRange(section));
    m_selection.moveCurrent(m_layout.sectionRange(section).first);
    m_selection.select(std::move(selected));
}

void ContactSheet::setHovered(std::int64_t position)
{
    const std::int64_t before = std::exchange(m_hovered, position);
    for (const std::int64_t changed : {before, position}) {
        if (before != position && changed >= 0)
            viewport()->update(cellRect(changed));
    }
}

// ---- mouse ---------------------------------------------------------------------------------------------------------

void ContactSheet::mousePressEvent(QMouseEvent* event)
{
    const std::int64_t position = positionAt(event->pos());
    if (event->button() == Qt::RightButton) {
        if (position >= 0 && !m_selection.isSelected(position))
            m_selection.selectOnly(position);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto section = headerAt(event->pos()))
        return selectSection(*section, event->modifiers());
    const bool isAdding = event->modifiers() & Qt::ControlModifier;
    m_press = Press{
        event->pos(), m_top + event->pos().y(), position, false, false, isAdding ? m_selection.selected() : RangeSet(),
        event->pos()};
    if (position < 0) {
        if (!isAdding && !(event->modifiers() & Qt::ShiftModifier))
            m_selection.selectNone();
        return;
    }
    if (event->modifiers() & Qt::ShiftModifier) {
        isAdding ? m_selection.extendKeeping(position) : m_selection.extendTo(position);
    } else if (isAdding) {
        m_selection.toggle(position);
    } else if (m_selection.isSelected(position)) {
        m_press->isOnSelection = true; // it may be the beginning of a drag
        m_selection.moveCurrent(position);
    } else {
        m_selection.selectOnly(position);
    }
    if (m_selection.isSelected(position))
        Q_EMIT dragPossible();
}

void ContactSheet::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_press || !(event->buttons() & Qt::LeftButton)) {
        setHovered(positionAt(event->pos()));
        return;
    }
    const bool hasMoved = (event->pos() - m_press->start).manhattanLength() >= QApplication::startDragDistance();
    if (m_press->isBand || (m_press->position < 0 && hasMoved)) {
        m_press->isBand = true;
        pullBand(event->pos());
    } else if (hasMoved && m_selection.isSelected(m_press->position)) {
        m_press.reset();
        Q_EMIT dragWanted();
    }
}

void ContactSheet::mouseReleaseEvent(QMouseEvent* event)
{
    m_pulling.stop();
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    const Press press = *std::exchange(m_press, std::nullopt);
    if (press.isOnSelection && !press.isBand)
        m_selection.selectOnly(press.position);
    viewport()->update();
}

void ContactSheet::mouseDoubleClickEvent(QMouseEvent* event)
{
    const std::int64_t position = positionAt(event->pos());
    m_press.reset();
    if (event->button() == Qt::LeftButton && position >= 0 && event->modifiers() == Qt::NoModifier)
        Q_EMIT activated(position);
}

void ContactSheet::contextMenuEvent(QContextMenuEvent* event)
{
    const std::int64_t current = m_selection.current();
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard && current >= 0;
    Q_EMIT menuWanted(isByKey ? viewport()->mapToGlobal(cellRect(current).center()) : event->globalPos());
}

void ContactSheet::wheelEvent(QWheelEvent* event)
{
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        m_wheelRest += event->angleDelta().y();
        const int notches = m_wheelRest / kNotch;
        m_wheelRest -= notches * kNotch;
        setCellSize(m_cellSize + notches * kZoomStep);
        return;
    }
    // A touchpad says pixels; a notch of a wheel is half a screen at most, and a line of cells at least where it fits.
    if (!event->pixelDelta().isNull())
        return setTop(m_top - event->pixelDelta().y());
    const std::int64_t line = std::min<std::int64_t>(m_layout.rowHeight(), viewport()->height() / 2);
    setTop(m_top - event->angleDelta().y() * std::max<std::int64_t>(line, 1) / kNotch);
}

// ---- rubber band ---------------------------------------------------------------------------------------------------

QRect ContactSheet::bandRect() const
{
    const int startY = static_cast<int>(std::clamp<std::int64_t>(m_press->startY - m_top, -1'000'000, 1'000'000));
    return QRect(QPoint(m_press->start.x(), startY), m_press->now).normalized();
}

void ContactSheet::pullBand(const QPoint& place)
{
    m_press->now = place;
    const int left = std::min(m_press->start.x(), place.x());
    const int right = std::max(m_press->start.x(), place.x());
    const std::int64_t endY = m_top + place.y();
    RangeSet selected = m_layout.positionsIn(
        SheetLayout::Area{left, right + 1, std::min(m_press->startY, endY), std::max(m_press->startY, endY) + 1});
    for (const PositionRange& range : m_press->before.ranges())
        selected.add(range);
    m_selection.select(std::move(selected));
    const bool isOutside = place.y() < 0 || place.y() >= viewport()->height();
    if (isOutside && !m_pulling.isActive())
        m_pulling.start();
    else if (!isOutside)
        m_pulling.stop();
}

void ContactSheet::scrollWhilePulling()
{
    if (!m_press)
        return m_pulling.stop();
    // The further outside, the faster; half a line for each tick at most.
    const int y = m_press->now.y();
    const int beyond = y < 0 ? y : y - viewport()->height() + 1;
    const int most = std::max(1, static_cast<int>(m_layout.rowHeight() / 2));
    setTop(m_top + std::clamp(beyond / 2, -most, most));
    pullBand(m_press->now);
}

// ---- keys ----------------------------------------------------------------------------------------------------------

std::optional<std::int64_t> ContactSheet::targetOf(int key) const
{
    const std::int64_t current = std::max<std::int64_t>(0, m_selection.current());
    const std::int64_t page = std::max<std::int64_t>(1, viewport()->height() / m_layout.rowHeight());
    switch (key) {
    case Qt::Key_Left: return current - 1;
    case Qt::Key_Right: return current + 1;
    case Qt::Key_Up: return m_layout.moved(current, -1);
    case Qt::Key_Down: return m_layout.moved(current, 1);
    case Qt::Key_PageUp: return m_layout.moved(current, -page);
    case Qt::Key_PageDown: return m_layout.moved(current, page);
    case Qt::Key_Home: return 0;
    case Qt::Key_End: return m_layout.count() - 1;
    default: return std::nullopt;
    }
}

void ContactSheet::move(std::int64_t target, Qt::KeyboardModifiers modifiers)
{
    if (m_layout.count() == 0)
        return;
    const bool isKeeping = modifiers & Qt::ControlModifier;
    if (modifiers & Qt::ShiftModifier)
        isKeeping ? m_selection.extendKeeping(target) : m_selection.extendTo(target);
    else if (isKeeping)
        m_selection.moveCurrent(target);
    else
        m_selection.selectOnly(target);
    ensureVisible(m_selection.current());
}

bool ContactSheet::isSelectionKey(const QKeyEvent* event)
{
    if (event->matches(QKeySequence::SelectAll))
        m_selection.selectAll();
    else if (event->matches(QKeySequence::Deselect) || event->key() == Qt::Key_Escape)
        m_selection.selectNone();
    else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier)
        m_selection.toggle(m_selection.current());
    else
        return false;
    return true;
}

void ContactSheet::keyPressEvent(QKeyEvent* event)
{
    if (m_press && m_press->isBand) {
        event->accept(); // the hand is at the mouse
        return;
    }
    if (isSelectionKey(event))
        return;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (const auto target = targetOf(event->key())) {
        move(*target, modifiers);
        return;
    }
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && modifiers == Qt::NoModifier) {
        if (m_selection.current() >= 0)
            Q_EMIT activated(m_selection.current());
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void ContactSheet::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    announce();
}

void ContactSheet::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace ps
