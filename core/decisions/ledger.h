// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/db/connection.h"
#include "core/decisions/row.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// The kinds of ledger entries.
namespace ledger_kind {
constexpr std::string_view kBaseline = "baseline"; ///< the first entry: count and hash of all rows found
constexpr std::string_view kDecide = "decide";
constexpr std::string_view kDecideMany = "decide many";   ///< of steps: the decisions of many groups at once
constexpr std::string_view kConfirmCrop = "confirm crop"; ///< coordinates for a row that was to be cropped later
constexpr std::string_view kOutcome = "outcome"; ///< of a group without a winner; takes the row of a decided one away
constexpr std::string_view kFlag = "flag";
constexpr std::string_view kNote = "note";
constexpr std::string_view kSplit = "split";
constexpr std::string_view kFinalize = "finalize";
constexpr std::string_view kTakeBack = "take back"; ///< moves of one group undone before its decision changes
constexpr std::string_view kRestore = "restore";    ///< staged files put back
constexpr std::string_view kPurge = "purge";
constexpr std::string_view kRepair = "repair";
constexpr std::string_view kImport = "import"; ///< rows, boxes and labels that came from outside
constexpr std::string_view kUndo = "undo";
constexpr std::string_view kRedo = "redo";
constexpr std::string_view kExternalChange = "external change"; ///< another program changed the row
} // namespace ledger_kind

/// What an entry says; the store adds number, time, session and hashes.
struct LedgerDraft {
    std::string kind;
    std::string groupId;  ///< "" when the entry is about no single row
    std::string groupKey; ///< "" likewise
    std::optional<DecisionRow> before;
    std::optional<DecisionRow> after;
    Json detail;
};

/// One entry as stored.
struct LedgerEntry {
    std::int64_t seq = 0;
    std::string timestamp;
    std::int64_t sessionId = 0;
    std::string annotator;
    std::string kind;
    std::string groupId;
    std::string groupKey;
    std::optional<DecisionRow> before;
    std::optional<DecisionRow> after;
    Json detail;
    std::string hash;
};

/// Appends inside the transaction of the connection. Returns the new number.
Result<std::int64_t> appendLedgerEntry(const Connection& connection, UtcTime time, std::int64_t sessionId,
                                       const LedgerDraft& draft);

/// One entry by its number. Errors: NotFound; Corrupt when a recorded row cannot be read.
Result<LedgerEntry> readLedgerEntry(const Connection& connection, std::int64_t seq);

/// Whose entries are wanted: those about the row, and those about the group that concern no row.
struct LedgerSubject {
    std::string groupId;  ///< "" for a group without a row
    std::string groupKey; ///< "" when it is not known
};

/// The newest entries first, at most `limit`, below `beforeSeq` when it is given, of one group when it is given.
Result<std::vector<LedgerEntry>> readLedgerEntries(const Connection& connection,
                                                   const std::optional<LedgerSubject>& subject,
                                                   std::optional<std::int64_t> beforeSeq, std::int64_t limit);

/// Number and SHA-256 of all rows in key order, as the baseline holds them.
struct RowsDigest {
    std::int64_t count = 0;
    std::string sha256;
};
/// Cost: reads every row in key order. Errors: Cancelled.
Result<RowsDigest> digestRows(const Connection& connection, const DecisionTable& table, std::stop_token stop);

/// What `ledger verify` found.
struct LedgerReport {
    std::int64_t entryCount = 0;
    std::string headHash;
    std::optional<std::int64_t> firstBadSeq;  ///< first entry whose hash, link or number does not hold
    std::vector<std::string> changedGroupIds; ///< rows that are not as their last entry left them
    std::optional<bool> baselineHolds;        ///< untouched rows still give the baseline hash; nothing without one
    bool isSound() const { return !firstBadSeq && changedGroupIds.empty() && baselineHolds.value_or(true); }
};

/// Follows the chain from the first entry to the last, compares every touched row with what its last entry left, and
/// recomputes the baseline over the untouched ones. Cost: reads the ledger and the table once each.
Result<LedgerReport> verifyLedger(const Connection& connection, std::stop_token stop);

} // namespace ps
