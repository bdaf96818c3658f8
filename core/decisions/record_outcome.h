// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/request.h"
#include "core/decisions/store_transaction.h"

#include <span>

namespace ps {

/// What is to be said about a group instead of a winner; nothing takes back what was said.
struct OutcomeRequest {
    std::string groupKey;
    std::vector<GroupMember> members; ///< 1 to 4, in stage order
    std::string directory;            ///< as in DecisionRequest
    std::optional<Outcome> outcome;   ///< not AllBad, which is the outcome of a reject
    std::vector<int> tied;            ///< with Outcome::Tie: at least two members, counted from 0; empty = all

    std::optional<std::string> groupId;             ///< of the row that the caller knows
    std::optional<std::string> expectedFingerprint; ///< as in DecisionRequest
};

/// What was stored.
struct MarkReceipt {
    std::string groupKey;
    GroupMarks marks;
    std::int64_t ledgerSeq = 0;
    std::int64_t step = 0;
};

/// Stores an outcome: marks, ledger entry, undo step and frozen group, in the job's transaction; no row is written. A tie, or
/// that nobody can judge, takes the row of a decided group away in the same step. `earlierSeq` as in applyDecision().
/// Errors: InvalidInput; Refused to skip a decided group or to clear the outcome of one, and when there is nothing to clear;
/// Conflict when the row is not as the person saw it.
Result<MarkReceipt> applyOutcome(StoreTransaction& transaction, const OutcomeRequest& request,
                                 std::optional<std::int64_t> earlierSeq = {});

/// Flags a group for review, or takes the flag away. One undo step; the decision stays.
Result<MarkReceipt> applyFlag(StoreTransaction& transaction, std::string_view groupKey,
                              std::span<const GroupMember> members, bool isFlagged);

/// Puts a note on a group; "" takes it away. One undo step; the decision stays.
/// Errors: InvalidInput for more than kMaxNoteBytes, and for text that is not UTF-8 or holds control characters other than
/// line ends and tabs.
Result<MarkReceipt> applyNote(StoreTransaction& transaction, std::string_view groupKey,
                              std::span<const GroupMember> members, std::string_view note);

constexpr std::size_t kMaxNoteBytes = 4096;

} // namespace ps
