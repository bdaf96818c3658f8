// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/seeded_random.h"

#include <string>
#include <string_view>
#include <vector>

namespace ps::bench {

/// The folder of a group beneath the images, "batch_0001" and so on: 500 groups in each.
std::string sampleFolder(std::int64_t group);

/// The bare names of the images of group number `group`, in stage order, as a generation pipeline writes them: every stage has
/// its own time, and a later group has later times. The same for the same number.
std::vector<std::string> sampleNames(std::int64_t group);

/// The same with an image of each of the four stages, ending in `suffix`.
std::vector<std::string> sampleNamesOfAllStages(std::int64_t group, std::string_view suffix);

/// `count` paths of all stages, also of names without a time or with a stage that nobody knows, in the order in which a
/// folder of ext4 gives them: none.
std::vector<std::string> shuffledSamplePaths(std::int64_t count);

/// Puts a list into an order of chance that is the same in every run.
template <typename T>
void shuffle(std::vector<T>& items, std::uint64_t seed)
{
    test::SeededRandom random(seed);
    for (std::size_t i = items.size(); i > 1; --i)
        std::swap(items[i - 1], items[random.below(i)]);
}

} // namespace ps::bench
