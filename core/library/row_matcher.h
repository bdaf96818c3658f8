// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/external_sort.h"
#include "core/library/catalogue_writing.h"

#include <stop_token>
#include <vector>

namespace ps {

/// Finds the group of each row, for any number of both in bounded memory. First every group in the order of the project,
/// then every row in the order of the table, then match(); then rows of groups come back by group, and the others by id.
/// A row belongs to the group that it was decided for, else to the one of the same file names, among several of those by
/// folder. The first row of a group decides it.
class RowMatcher
{
public:
    /// `folder` holds temporary files. `hasLinks` is false when no row says for which group it was decided.
    RowMatcher(std::string folder, std::int64_t groupCount, bool hasLinks);

    Result<void> addGroup(std::int64_t ordinal, const std::vector<std::string_view>& names, std::string_view directory,
                          std::string_view key);
    /// `linkedKey` is the key of the group that it was decided for, or "".
    Result<void> addRow(const RowSummary& row, const Result<std::vector<std::string>>& names,
                        std::string_view linkedKey);

    /// Errors: Cancelled; NoSpace, Io.
    Result<void> match(std::stop_token stop);

    /// The row of the group, or nothing. Groups are asked for in order, each once.
    Result<std::optional<RowSummary>> takeRowOf(std::int64_t ordinal);

    /// Walks the rows without a group by id, after the last group was asked for.
    Result<void>
    forEachUnmatched(const std::function<Result<void>(const RowSummary& row, std::string_view reason)>& take);

private:
    struct Candidate {
        std::int64_t ordinal = 0;
        std::string directory;
    };
    Result<void> joinByKey(std::stop_token stop);
    Result<void> joinByNames(std::stop_token stop);
    Result<void> addMatch(std::int64_t ordinal, std::uint64_t sequence, std::string_view row);
    Result<void> addUnmatched(std::string_view row, std::string_view reason);

    void remember(std::string_view hash);
    bool mayBeKnown(std::string_view hash) const;

    bool m_hasLinks;
    std::uint64_t m_sequence = 0;
    std::vector<std::uint64_t> m_filter; ///< which names groups have, with a few too many: most strange rows end here
    ExternalSorter m_byKey;              ///< group key -> group, then rows decided for it
    ExternalSorter m_byNames;            ///< hash of the names -> groups, then rows
    ExternalSorter m_matches;            ///< ordinal -> rows
    ExternalSorter m_unmatched;          ///< group id -> row
    std::optional<ExternalSorter::Cursor> m_nextMatch;
    bool m_hasMatch = false;
};

} // namespace ps
