// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/catalogue.h"
#include "core/library/group_query.h"

#include <deque>
#include <span>
#include <stop_token>

namespace ps {

/// A stretch of a list that shares a value of what it is sorted by.
struct GroupSection {
    std::int64_t first = 0; ///< position in the list
    /// Project: a word of GroupKind; State: a word of GroupState; Decided: "2026-01-31"; Stage and Images: the number;
    /// Name: the first letter; Sharpness: "measured"; Uncertain: "0" to "90", per cent from which on; Disagreeing: "pick" or
    /// "crop"; Representative: "ranked"; Duplicates: the number of the set; Similar: "similar". "" for groups without a value.
    std::string label;

    bool operator==(const GroupSection&) const = default;
};

/// The positions of one list: 0 .. count() - 1, each a group by its ordinal. It does not change; what the catalogue
/// becomes later is another snapshot. Four bytes for each position, none for everything in project order.
/// Threads: any, it is only read.
class GroupSnapshot
{
public:
    /// Nothing.
    GroupSnapshot() = default;
    /// The ordinals 0 .. count - 1, or the same from the end.
    static GroupSnapshot everything(std::int64_t count, bool isDescending);
    static GroupSnapshot of(std::deque<std::uint32_t> ordinals);

    std::int64_t count() const { return m_isEverything ? m_count : std::ssize(m_ordinals); }
    /// `position` is one of the list.
    std::int64_t ordinalAt(std::int64_t position) const;
    /// Cost: one look-up in project order, otherwise a walk (20 ms for 20 million).
    std::optional<std::int64_t> positionOf(std::int64_t ordinal) const;

    /// In order; empty only for an empty list.
    const std::vector<GroupSection>& sections() const { return m_sections; }
    void setSections(std::vector<GroupSection> sections) { m_sections = std::move(sections); }

private:
    bool m_isEverything = false;
    bool m_isDescending = false; ///< of everything
    bool m_isAscending = false;  ///< of m_ordinals
    std::int64_t m_count = 0;
    std::deque<std::uint32_t> m_ordinals; // grows without ever being copied
    std::vector<GroupSection> m_sections;
};

/// What of a list is among these ordinals, in the order of the list, with its sections. `ordinals` is ascending.
/// Cost: one walk over the list with a search in the ordinals for each position.
GroupSnapshot among(const GroupSnapshot& list, std::span<const std::uint32_t> ordinals);

/// Works out a list. Rows without a group take part, behind the groups.
/// Threads: that of the catalogue; blocks. Cost: nothing for everything in project order, else one walk over the index of
/// the condition, or over all groups when none fits it.
/// Errors: InvalidInput for the text; Cancelled.
Result<GroupSnapshot> selectGroups(const Catalogue& catalogue, const GroupQuery& query, std::stop_token stop);

} // namespace ps
