// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/pane_view.h"

#include <QHash>
#include <QString>

#include <deque>
#include <vector>

namespace ps {

/// What every pane looks at: one view for those that are locked together, each with an offset of its own, and views of
/// their own for the others. Remembers the place of groups that somebody moved in.
class ViewSync
{
public:
    /// Goes to another group. Coming back to one restores its place; otherwise the view stays, or becomes the whole
    /// picture, see setKeepsZoom().
    void enter(const QString& groupKey, int paneCount);

    int count() const { return static_cast<int>(m_panes.size()); }
    PaneView view(int pane) const;
    const PaneView& shared() const { return m_shared; }
    /// The pane, and all that are locked to it, look there.
    void apply(int pane, const PaneView& view);
    /// Everything shows the whole picture again, each at its offset.
    void reset();

    /// Moves one pane beside the others; it keeps that distance from now on. Units: fractions of the picture.
    void moveOffset(int pane, QPointF distance);
    void resetOffsets();
    QPointF offset(int pane) const { return at(pane).offset; }

    bool isLocked() const { return m_isLocked; }
    void setLocked(bool locked, int focusedPane);
    bool isPaneLocked(int pane) const { return m_isLocked && at(pane).isLocked; }
    void setPaneLocked(int pane, bool locked);

    bool keepsZoom() const { return m_keepsZoom; }
    void setKeepsZoom(bool keeps) { m_keepsZoom = keeps; }

private:
    struct Pane {
        PaneView own; ///< while it is not locked
        QPointF offset;
        bool isLocked = true;
    };
    struct Place {
        PaneView shared;
        std::vector<Pane> panes;
    };
    static constexpr std::size_t kRememberedGroups = 512;

    const Pane& at(int pane) const { return m_panes[static_cast<std::size_t>(pane)]; }
    Pane& at(int pane) { return m_panes[static_cast<std::size_t>(pane)]; }
    void remember();

    QString m_group;
    PaneView m_shared;
    std::vector<Pane> m_panes;
    bool m_isLocked = true;
    bool m_keepsZoom = true;
    bool m_wasMoved = false; ///< somebody chose this place; it did not come from another group
    QHash<QString, Place> m_places;
    std::deque<QString> m_placesByAge; ///< the oldest first
};

} // namespace ps
