// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/range_set.h"

#include <algorithm>

namespace ps {

bool RangeSet::contains(std::int64_t position) const
{
    const auto behind = m_ends.upper_bound(position);
    return behind != m_ends.begin() && std::prev(behind)->second > position;
}

void RangeSet::add(PositionRange range)
{
    if (range.size() <= 0)
        return;
    // The first range that ends at or behind the new one's beginning; touching ranges become one.
    auto at = m_ends.upper_bound(range.first);
    if (at != m_ends.begin() && std::prev(at)->second >= range.first)
        --at;
    while (at != m_ends.end() && at->first <= range.end) {
        range.first = std::min(range.first, at->first);
        range.end = std::max(range.end, at->second);
        m_count -= at->second - at->first;
        at = m_ends.erase(at);
    }
    m_ends.emplace_hint(at, range.first, range.end);
    m_count += range.size();
}

void RangeSet::remove(PositionRange range)
{
    if (range.size() <= 0)
        return;
    auto at = m_ends.upper_bound(range.first);
    if (at != m_ends.begin() && std::prev(at)->second > range.first)
        --at;
    while (at != m_ends.end() && at->first < range.end) {
        const PositionRange old{at->first, at->second};
        m_count -= old.size();
        at = m_ends.erase(at);
        if (old.first < range.first) {
            m_ends.emplace_hint(at, old.first, range.first);
            m_count += range.first - old.first;
        }
        if (old.end > range.end) {
            m_ends.emplace_hint(at, range.end, old.end);
            m_count += old.end - range.end;
        }
    }
}

void RangeSet::toggle(std::int64_t position)
{
    const PositionRange one{position, position + 1};
    if (contains(position))
        remove(one);
    else
        add(one);
}

void RangeSet::invert(std::int64_t end)
{
    RangeSet inverse;
    std::int64_t gap = 0;
    for (const auto& [first, last] : m_ends) {
        inverse.add({gap, std::min(first, end)});
        gap = last;
    }
    inverse.add({gap, end});
    *this = std::move(inverse);
}

void RangeSet::clear()
{
    m_ends.clear();
    m_count = 0;
}

std::vector<PositionRange> RangeSet::ranges() const
{
    std::vector<PositionRange> list;
    list.reserve(m_ends.size());
    for (const auto& [first, end] : m_ends)
        list.push_back({first, end});
    return list;
}

} // namespace ps
