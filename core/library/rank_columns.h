// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/catalogue.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ps {

// What others work out about a project as a whole and keep in its catalogue: the order of the representative ones, sets of
// pictures that look alike, and what is similar to a group. A refresh carries it over; nothing depends on it.

/// SQL on `groups g`: the place of a group in the last search for similar ones, or NULL.
constexpr std::string_view kSimilarRankSql =
    "(SELECT s.rank FROM similar s WHERE s.group_key = g.key AND s.anchor = (SELECT value FROM meta WHERE key = "
    "'similar_anchor'))";

/// SQL on `groups g`: true where there is such a place; by the index of the keys.
constexpr std::string_view kHasSimilarRankSql =
    "g.key <> '' AND g.key IN (SELECT group_key FROM similar WHERE anchor = (SELECT value FROM meta WHERE key = "
    "'similar_anchor'))";

/// Numbers the groups from 1 in this order; all others lose their number. One transaction.
Result<void> storeRepresentatives(const Connection& catalogue, std::span<const std::string> groupKeys);

/// Numbers sets from 1; all other groups belong to none. A group in several sets stays in the first. One transaction.
Result<void> storeDuplicateSets(const Connection& catalogue, std::span<const std::vector<std::string>> groupKeys);

struct SimilarGroup {
    std::string groupKey;
    double cosine = 0;
};
/// Keeps what is similar to a group, most similar first, for "similar:KEY"; the last 50 searches are kept. One transaction.
Result<void> storeSimilar(const Connection& catalogue, std::string_view anchorKey,
                          std::span<const SimilarGroup> groups);
/// Whether "similar:KEY" has an answer; if so, it becomes the last search.
Result<bool> useSimilar(const Connection& catalogue, std::string_view anchorKey);

/// For a catalogue that was just filled anew: all of it, by group key.
Result<void> carryRanks(const Connection& previous, const Connection& next);

} // namespace ps
