// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/snapshots.h"
#include "core/decisions/store_transaction.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace ps {

/// Writes what other programs did to rows into the ledger, within one job.
class ExternalChanges
{
public:
    ExternalChanges(StoreTransaction& transaction, SnapshotShelf shelf)
        : m_transaction(transaction), m_shelf(std::move(shelf))
    {
    }

    /// Notes the row when it is not as its last entry left it. For a row that no entry is about, `isNewToUs` says whether
    /// it differs from what was known; what it was before is then looked up in the snapshot that the ledger began with, so
    /// that the baseline can still be recomputed. True when it was noted.
    Result<bool> note(std::string_view groupId, bool isNewToUs);

    /// The ids of all rows that an entry of the ledger is about.
    Result<std::set<std::string>> knownGroupIds() const;

private:
    /// The row as it was when the ledger began; nothing when it was not there, or when that snapshot is gone.
    Result<std::optional<DecisionRow>> rowAtBaseline(std::string_view groupId);
    Result<void> openBaseline();

    StoreTransaction& m_transaction;
    SnapshotShelf m_shelf;
    bool m_hasLooked = false;
    std::optional<Connection> m_baseline;
    DecisionTable m_baselineTable;
};

} // namespace ps
