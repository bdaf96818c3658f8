// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/scroll_ahead.h"

#include <algorithm>

namespace ps {

std::vector<ScrollWish> scrollAhead(const ScrollWindow& window)
{
    constexpr std::int64_t kScreensAhead = 2;
    std::vector<ScrollWish> wishes;
    const auto add = [&](std::int64_t ordinal, Priority priority) {
        if (ordinal >= 0 && ordinal < window.count)
            wishes.push_back({ordinal, priority});
    };
    const std::int64_t end = window.first + window.visible;
    for (std::int64_t ordinal = window.first; ordinal < end; ++ordinal)
        add(ordinal, Priority::Ahead); // behind the large pictures that somebody looks at
    const std::int64_t ahead = kScreensAhead * window.visible;
    const std::int64_t below = window.isForward ? ahead : window.visible;
    const std::int64_t above = window.isForward ? window.visible : ahead;
    const auto addBelow = [&] {
        for (std::int64_t i = 0; i < below; ++i)
            add(end + i, Priority::Background);
    };
    const auto addAbove = [&] {
        for (std::int64_t i = 1; i <= above; ++i)
            add(window.first - i, Priority::Background);
    };
    if (window.isForward)
        addBelow();
    addAbove();
    if (!window.isForward)
        addBelow();
    return wishes;
}

} // namespace ps
