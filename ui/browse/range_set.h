// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <vector>

namespace ps {

/// Positions [first, end).
struct PositionRange {
    std::int64_t first = 0;
    std::int64_t end = 0;
    std::int64_t size() const { return end - first; }
    bool operator==(const PositionRange&) const = default;
};

/// A set of positions, kept as ranges that neither touch nor overlap: twenty million neighbours are one range.
/// Cost: O(log ranges) for a test; adding and removing also pay for the ranges that they swallow.
class RangeSet
{
public:
    bool contains(std::int64_t position) const;
    std::int64_t count() const { return m_count; }
    bool isEmpty() const { return m_count == 0; }
    std::size_t rangeCount() const { return m_ends.size(); }
    std::int64_t first() const { return m_ends.empty() ? -1 : m_ends.begin()->first; }

    void add(PositionRange range);
    void remove(PositionRange range);
    void toggle(std::int64_t position);
    /// Takes what is in [0, end) and not in the set.
    void invert(std::int64_t end);
    void clear();

    /// In ascending order.
    std::vector<PositionRange> ranges() const;
    bool operator==(const RangeSet&) const = default;

private:
    std::map<std::int64_t, std::int64_t> m_ends; ///< first -> end
    std::int64_t m_count = 0;
};

} // namespace ps
