// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/worker/job_queue.h"

#include <cstdint>
#include <vector>

namespace ps {

/// The part of a list that a view shows, and where it is going.
struct ScrollWindow {
    std::int64_t first = 0;   ///< the first visible entry
    std::int64_t visible = 0; ///< how many of them are visible
    std::int64_t count = 0;   ///< of the list
    bool isForward = true;    ///< the direction of the last scroll
};

/// An entry whose small picture is worth having.
struct ScrollWish {
    std::int64_t ordinal = 0;
    Priority priority = Priority::Background;
    bool operator==(const ScrollWish&) const = default;
};

/// Which small pictures to get, in this order: those in sight, two screens in the direction of the scroll, one screen
/// behind. Each entry once, all within the list.
std::vector<ScrollWish> scrollAhead(const ScrollWindow& window);

} // namespace ps
