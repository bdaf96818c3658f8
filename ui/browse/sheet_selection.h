// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/range_set.h"

#include <QObject>

namespace ps {

/// Which cells of a contact sheet are selected, which one is current, and where a Shift click starts from; shared by the grid
/// and the table. The current cell exists as long as there are cells, and need not be selected.
/// Thread: UI.
class SheetSelection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    std::int64_t count() const { return m_count; }     ///< of all cells
    std::int64_t current() const { return m_current; } ///< -1 while there are none
    std::int64_t anchor() const { return m_anchor; }
    const RangeSet& selected() const { return m_selected; }
    bool isSelected(std::int64_t position) const { return m_selected.contains(position); }

    /// Other cells than before: nothing is selected and the current cell is the one that is given, or the nearest.
    void reset(std::int64_t count, std::int64_t current);

    void selectOnly(std::int64_t position);    ///< click, arrow
    void extendTo(std::int64_t position);      ///< Shift: from the anchor to here, and nothing else
    void extendKeeping(std::int64_t position); ///< Ctrl+Shift: the same, and what was selected
    void toggle(std::int64_t position);        ///< Ctrl+click, Ctrl+Space
    void moveCurrent(std::int64_t position);   ///< Ctrl+arrow: selects nothing
    void select(RangeSet ranges);              ///< rubber band, and what was kept over a change of the filter
    void selectAll();
    void selectNone();
    void invert();

Q_SIGNALS:
    void changed();
    void currentChanged(std::int64_t position);

private:
    void setCurrent(std::int64_t position);
    std::int64_t clamped(std::int64_t position) const;

    std::int64_t m_count = 0;
    std::int64_t m_current = -1;
    std::int64_t m_anchor = -1;
    RangeSet m_selected;
};

} // namespace ps
