// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// What grouping looks at.
struct GroupingItem {
    double stage = 0;
    std::optional<std::int64_t> timeSeconds;
};

struct GroupingOptions {
    std::size_t minGroupSize = 2;
    std::size_t lookahead = 50;           ///< items that are looked at for the next stage
    std::optional<double> timeGapMinutes; ///< a larger gap ends a group; equal does not
};

/// "Nearest-up" runs: the indexes of each group's members, in order. Items are sorted already; an item in no group is a
/// leftover. Equals find_consecutive_stage_groups of the scripts on every input.
/// Cost: O(n x lookahead). Source: formats/decisions_v3.md 4.3.
std::vector<std::vector<std::size_t>> nearestUpGroups(std::span<const GroupingItem> items,
                                                      const GroupingOptions& options = {});

/// A set of images that is looked at and decided together.
struct ImageGroup {
    std::vector<std::size_t> members; ///< indexes into the input, in stage order
    bool isFrozen = false;            ///< has a decision or was split by hand
};

struct GroupingResult {
    std::vector<ImageGroup> groups;     ///< in the order of their first images
    std::vector<std::size_t> leftovers; ///< images in no group, in order
};

/// Sorts the paths as the scripts do and groups them; see ImageGrouper, which it uses. Frozen groups, given as lists of
/// paths, stay as they are: their members never join another group. `perFolder` keeps every group within one folder.
/// Errors: NoSpace, Io for temporary files, which only very many paths need.
Result<GroupingResult> groupImages(std::span<const std::string> paths,
                                   std::span<const std::vector<std::string>> frozenGroups,
                                   const GroupingOptions& options, bool perFolder);

} // namespace ps
