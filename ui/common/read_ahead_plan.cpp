// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/read_ahead_plan.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::int64_t kNearAhead = 3; ///< neighbours that come before anything further away

/// Everything that may be in the plan, the likeliest first; with repetitions and positions outside of the list.
std::vector<std::int64_t> byLikelihood(const ReadAheadPosition& position)
{
    const std::int64_t step = position.isForward ? 1 : -1;
    const auto targetCount = std::min(position.targets.size(), ReadAheadPlan::kMostTargets);
    std::vector<std::int64_t> order{position.current};
    for (std::int64_t distance = 1; distance <= kNearAhead; ++distance) {
        if (const auto i = static_cast<std::size_t>(distance - 1); i < targetCount)
            order.push_back(position.targets[i]);
        order.push_back(position.current + distance * step);
        if (distance == 1)
            order.push_back(position.current - step);
    }
    for (std::size_t i = kNearAhead; i < targetCount; ++i)
        order.push_back(position.targets[i]);
    for (std::int64_t distance = kNearAhead + 1; distance <= ReadAheadPlan::kMostAhead; ++distance) {
        order.push_back(position.current + distance * step);
        const std::int64_t behind = distance - kNearAhead + 1;
        if (behind <= ReadAheadPlan::kMostBehind)
            order.push_back(position.current - behind * step);
    }
    return order;
}

} // namespace

ReadAheadPlan ReadAheadPlan::make(const ReadAheadPosition& position, std::int64_t budgetBytes, const CostOf& costOf)
{
    ReadAheadPlan plan;
    std::int64_t bytes = 0;
    for (const std::int64_t ordinal : byLikelihood(position)) {
        if (ordinal < 0 || ordinal >= position.count || plan.contains(ordinal))
            continue;
        bytes += costOf(ordinal);
        constexpr std::size_t kAlways = 2;
        if (bytes > budgetBytes && plan.m_groups.size() >= kAlways)
            break; // a smaller one further away would only take the place of likelier ones later
        plan.m_groups.push_back(ordinal);
    }
    return plan;
}

bool ReadAheadPlan::contains(std::int64_t ordinal) const
{
    return std::ranges::find(m_groups, ordinal) != m_groups.end();
}

} // namespace ps
