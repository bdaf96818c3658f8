// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/library/grouping.h"

#include <cmath>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

namespace ps {

/// "Nearest-up" runs over a sorted stream: from each start the earliest item of the smallest higher stage within the
/// lookahead joins, and so on. Equals find_consecutive_stage_groups of the scripts on every input; what they call a group
/// is a run of at least minGroupSize. Source: formats/decisions_v3.md 4.3.
/// Memory: one run and one lookahead. Cost: at most `lookahead` comparisons for each member of a run.
template <typename Payload>
class NearestUpRuns
{
public:
    using TakeRun = std::function<Result<void>(std::vector<Payload>& members)>;
    using TakePassed = std::function<Result<void>(Payload& item)>;

    /// `takeRun` gets each run in order, `takePassed` every item that a run passed over, before that run.
    NearestUpRuns(const GroupingOptions& options, TakeRun takeRun, TakePassed takePassed)
        : m_options(options), m_takeRun(std::move(takeRun)), m_takePassed(std::move(takePassed))
    {
    }

    Result<void> push(const GroupingItem& item, Payload payload)
    {
        m_window.emplace_back(item, std::move(payload));
        return advance(false);
    }

    /// The stream has ended; what comes next is another one.
    Result<void> finish()
    {
        PS_TRY_VOID(advance(true));
        return {};
    }

private:
    using Entry = std::pair<GroupingItem, Payload>;

    Result<void> advance(bool isEnd)
    {
        for (;;) {
            if (m_members.empty()) {
                if (m_window.empty())
                    return {};
                startRun();
                continue;
            }
            bool isDecided = false;
            while (!isDecided && m_scanned < m_window.size()) {
                isDecided = m_scanned >= m_options.lookahead || endsRun(m_window[m_scanned].first);
                if (isDecided)
                    break;
                if (!m_chosen || m_window[m_scanned].first.stage < m_window[*m_chosen].first.stage)
                    m_chosen = m_scanned;
                ++m_scanned;
            }
            if (!isDecided && m_scanned < m_options.lookahead && !isEnd)
                return {}; // the next item may still be the one
            if (m_chosen)
                PS_TRY_VOID(takeChosen());
            else
                PS_TRY_VOID(endRun());
        }
    }

    void startRun()
    {
        m_last = m_window.front().first;
        m_members.push_back(std::move(m_window.front().second));
        m_window.pop_front();
        restartScan();
    }

    Result<void> takeChosen()
    {
        for (std::size_t i = 0; i < *m_chosen; ++i) { // higher stages that came before it are passed over on purpose
            PS_TRY_VOID(m_takePassed(m_window.front().second));
            m_window.pop_front();
        }
        startRun();
        return {};
    }

    Result<void> endRun()
    {
        std::vector<Payload> members = std::exchange(m_members, {});
        restartScan();
        return m_takeRun(members);
    }

    void restartScan()
    {
        m_scanned = 0;
        m_chosen.reset();
    }

    bool endsRun(const GroupingItem& candidate) const
    {
        if (candidate.stage <= m_last.stage)
            return true;
        const auto& before = m_last.timeSeconds;
        const auto& now = candidate.timeSeconds;
        const bool hasGap = m_options.timeGapMinutes && *m_options.timeGapMinutes > 0;
        // In whole microseconds, which is how the scripts' timedelta holds the gap.
        return hasGap && before && now && (*now - *before) * 1'000'000 > std::llround(*m_options.timeGapMinutes * 60e6);
    }

    const GroupingOptions m_options;
    TakeRun m_takeRun;
    TakePassed m_takePassed;
    std::deque<Entry> m_window; ///< behind the last member
    std::vector<Payload> m_members;
    GroupingItem m_last;
    std::size_t m_scanned = 0;
    std::optional<std::size_t> m_chosen;
};

} // namespace ps
