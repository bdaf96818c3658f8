// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/external_sort.h"
#include "core/exchange/split.h"

#include <functional>
#include <span>

namespace ps {

/// A bit for each of `count` numbers: whether it is in the list.
std::vector<bool> makeMembership(std::span<const std::uint32_t> numbers, std::size_t count);

/// The shortest chains between published images of different sides, one for each component and pair of sides, by names; at most
/// 100. `links` holds (kind byte + value -> image), `names` (image in order -> name); `leaks` says whether an image is in a
/// component with more than one side, `rootOf` in which. Memory: that of the images and links of those components.
Result<std::vector<SplitLeak>> findLeaks(ExternalSorter& links, ExternalSorter& names,
                                         const std::function<bool(std::uint32_t)>& leaks,
                                         const std::function<std::optional<ReleaseSide>(std::uint32_t)>& sideOf,
                                         const std::function<std::uint32_t(std::uint32_t)>& rootOf);

/// "a.png (train) -[same bytes]- b.png -[group]- c.png (test)": for messages, on one line.
std::string leakText(const SplitLeak& leak);

} // namespace ps
