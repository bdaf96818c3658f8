// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/view_sync.h"

namespace ps {

void ViewSync::enter(const QString& groupKey, int paneCount)
{
    if (groupKey == m_group && paneCount == count())
        return;
    remember();
    m_group = groupKey;
    m_wasMoved = false;
    const auto known = m_places.constFind(groupKey);
    if (known != m_places.constEnd() && std::ssize(known->panes) == paneCount) {
        m_shared = known->shared;
        m_panes = known->panes;
        m_wasMoved = true;
        return;
    }
    if (!m_keepsZoom || m_shared.zoom < 1) // less than 1 was the actual size of other pictures
        m_shared = {};
    m_panes.assign(static_cast<std::size_t>(paneCount), {m_shared, {}, true});
}

void ViewSync::remember()
{
    if (!m_wasMoved || m_group.isEmpty())
        return;
    if (!m_places.contains(m_group)) {
        m_placesByAge.push_back(m_group);
        if (m_placesByAge.size() > kRememberedGroups) {
            m_places.remove(m_placesByAge.front());
            m_placesByAge.pop_front();
        }
    }
    m_places.insert(m_group, {m_shared, m_panes});
}

PaneView ViewSync::view(int pane) const
{
    if (!isPaneLocked(pane))
        return at(pane).own;
    return {m_shared.zoom, m_shared.center + at(pane).offset};
}

void ViewSync::apply(int pane, const PaneView& view)
{
    m_wasMoved = true;
    at(pane).own = view;
    if (!isPaneLocked(pane))
        return;
    m_shared = {view.zoom, view.center - at(pane).offset};
    for (Pane& one : m_panes) {
        if (one.isLocked)
            one.own = {m_shared.zoom, m_shared.center + one.offset};
    }
}

void ViewSync::reset()
{
    m_wasMoved = true;
    m_shared = {};
    for (Pane& one : m_panes)
        one.own = {1, m_shared.center + one.offset};
}

void ViewSync::moveOffset(int pane, QPointF distance)
{
    m_wasMoved = true;
    at(pane).offset += distance;
    at(pane).own.center += distance;
}

void ViewSync::resetOffsets()
{
    for (Pane& one : m_panes) {
        one.own.center -= one.offset;
        one.offset = {};
    }
}

void ViewSync::setLocked(bool locked, int focusedPane)
{
    if (m_isLocked == locked)
        return;
    for (int i = 0; i < count(); ++i)
        at(i).own = view(i);
    m_isLocked = locked;
    if (locked && focusedPane < count())
        apply(focusedPane, at(focusedPane).own); // the others come to where somebody looks
}

void ViewSync::setPaneLocked(int pane, bool locked)
{
    at(pane).own = view(pane);
    at(pane).isLocked = locked;
}

} // namespace ps
