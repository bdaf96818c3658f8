// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace ps {

/// Where somebody is in a list, and where the next keys lead.
struct ReadAheadPosition {
    std::int64_t current = 0;
    std::int64_t count = 0;            ///< of the list
    bool isForward = true;             ///< the direction of the last move
    std::vector<std::int64_t> targets; ///< where a decision leads to, and the ones after it, the nearest first
};

/// Which groups are worth having at hand, and in which order. A value: the same position gives the same plan.
class ReadAheadPlan
{
public:
    /// What the pictures of a group take. Units: bytes.
    using CostOf = std::function<std::int64_t(std::int64_t ordinal)>;

    /// The current group, where a decision leads to, its neighbours in the direction of the last move and one behind; then
    /// further ones on both sides while `budgetBytes` lasts. The current group and the likeliest next one are always in it.
    static ReadAheadPlan make(const ReadAheadPosition& position, std::int64_t budgetBytes, const CostOf& costOf);

    /// Positions in the list, the likeliest first, each once; the current one is the first. Empty for an empty list.
    const std::vector<std::int64_t>& groups() const { return m_groups; }
    bool contains(std::int64_t ordinal) const;

    bool operator==(const ReadAheadPlan&) const = default;

    // Further than this nobody gets before the plan is made anew.
    static constexpr std::int64_t kMostAhead = 12;
    static constexpr std::int64_t kMostBehind = 4;
    static constexpr std::size_t kMostTargets = 4;

private:
    std::vector<std::int64_t> m_groups;
};

} // namespace ps
