// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/store_transaction.h"

#include <optional>
#include <string>
#include <vector>

namespace ps {

/// One thing that a person did, as undo and redo see it.
struct UndoStep {
    std::int64_t step = 0;
    std::string kind;     ///< a ledger kind
    std::string groupKey; ///< "" for what concerns many groups
    std::int64_t firstSeq = 0;
    std::int64_t lastSeq = 0;
};

/// The step that undo takes back next, or redo makes again next; nothing when there is none.
Result<std::optional<UndoStep>> nextUndoStep(const Connection& connection);
Result<std::optional<UndoStep>> nextRedoStep(const Connection& connection);

/// Puts every row of the step back as it was before it (undo), or as it was after it (redo), as new ledger entries, and marks
/// the step. Files are the caller's business.
/// Errors: Conflict, with one "column: expected, found" for each difference, when a row is not as the ledger left it; then
/// nothing is changed.
Result<void> undoRows(StoreTransaction& transaction, const UndoStep& step);
Result<void> redoRows(StoreTransaction& transaction, const UndoStep& step);

/// One column in which two versions of a row differ, in Python's repr.
struct ColumnDifference {
    std::string column;
    std::string expected;
    std::string found;
};
std::vector<ColumnDifference> rowDifferences(const std::optional<DecisionRow>& expected,
                                             const std::optional<DecisionRow>& found);

} // namespace ps
