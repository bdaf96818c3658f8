// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/sheet_selection.h"

#include <algorithm>
#include <utility>

namespace ps {

std::int64_t SheetSelection::clamped(std::int64_t position) const
{
    return m_count == 0 ? -1 : std::clamp<std::int64_t>(position, 0, m_count - 1);
}

void SheetSelection::setCurrent(std::int64_t position)
{
    if (std::exchange(m_current, position) != position)
        Q_EMIT currentChanged(position);
}

void SheetSelection::reset(std::int64_t count, std::int64_t current)
{
    m_count = count;
    m_selected.clear();
    m_anchor = clamped(current);
    setCurrent(m_anchor);
    Q_EMIT changed();
}

void SheetSelection::selectOnly(std::int64_t position)
{
    m_anchor = clamped(position);
    m_selected.clear();
    m_selected.add({m_anchor, m_anchor < 0 ? m_anchor : m_anchor + 1});
    setCurrent(m_anchor);
    Q_EMIT changed();
}

void SheetSelection::extendTo(std::int64_t position)
{
    m_selected.clear();
    extendKeeping(position);
}

void SheetSelection::extendKeeping(std::int64_t position)
{
    const std::int64_t end = clamped(position);
    if (end < 0)
        return;
    m_anchor = clamped(m_anchor);
    m_selected.add({std::min(m_anchor, end), std::max(m_anchor, end) + 1});
    setCurrent(end);
    Q_EMIT changed();
}

void SheetSelection::toggle(std::int64_t position)
{
    m_anchor = clamped(position);
    if (m_anchor < 0)
        return;
    m_selected.toggle(m_anchor);
    setCurrent(m_anchor);
    Q_EMIT changed();
}

void SheetSelection::moveCurrent(std::int64_t position)
{
    setCurrent(clamped(position));
    Q_EMIT changed();
}

void SheetSelection::select(RangeSet ranges)
{
    ranges.remove({m_count, std::max(m_count, std::int64_t{1} << 62)});
    m_selected = std::move(ranges);
    Q_EMIT changed();
}

void SheetSelection::selectAll()
{
    m_selected.add({0, m_count});
    Q_EMIT changed();
}

void SheetSelection::selectNone()
{
    m_selected.clear();
    m_anchor = m_current;
    Q_EMIT changed();
}

void SheetSelection::invert()
{
    m_selected.invert(m_count);
    Q_EMIT changed();
}

} // namespace ps
