// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/decisions/ledger.h"
#include "core/decisions/outcomes.h"
#include "core/decisions/row.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ps {

/// A row, or what people said beside it, as a committed job left it; what the catalogue and the views are told.
struct RowChange {
    std::string groupId;                             ///< "" when no row is concerned
    std::string groupKey;                            ///< "" when it is not known to the writer
    std::optional<DecisionRow> row;                  ///< nothing when the row is gone, or when no row is concerned
    std::optional<GroupMarks> marks = std::nullopt;  ///< all marks of the group, when they changed
    std::optional<double> confidence = std::nullopt; ///< of a suggestion that was stored for the group, 0 to 1

    bool isAboutRow() const { return !groupId.empty(); }
};

/// What people said about a group, before and after a change.
struct MarksChange {
    GroupMarks before;
    GroupMarks after;
};

/// Rows that other programs added while this one works: the text of `images` -> group ids.
using ForeignRows = std::map<std::string, std::set<std::string>>;

/// What a job of the store works with: the writing connection inside an open transaction, the session, and the rules that
/// every change goes through (row + ledger + step). Valid only during the job, on the writer thread.
class StoreTransaction
{
public:
    StoreTransaction(const Connection& connection, const DecisionTable& table, const std::string& projectId,
                     std::int64_t sessionId, UtcTime now, const ForeignRows& foreignRows)
        : m_connection(connection), m_table(table), m_projectId(projectId), m_foreignRows(foreignRows),
          m_sessionId(sessionId), m_now(now)
    {
    }

    const Connection& connection() const { return m_connection; }
    const DecisionTable& table() const { return m_table; }
    const std::string& projectId() const { return m_projectId; }
    const ForeignRows& foreignRows() const { return m_foreignRows; }
    UtcTime now() const { return m_now; }
    MarkStamp stamp() const { return {m_sessionId, formatTimestamp(m_now)}; }

    Result<std::optional<DecisionRow>> findRow(std::string_view groupId) const;

    /// Stores `after` in place of `before` (nothing = no row) and notes it in the ledger, together with what changed of the
    /// marks. The caller has just read both. Returns the number of the entry.
    Result<std::int64_t> changeRow(std::string_view kind, std::string_view groupKey,
                                   const std::optional<DecisionRow>& before, const std::optional<DecisionRow>& after,
                                   Json detail, const std::optional<MarksChange>& marks = {});

    /// The same for what concerns no row.
    Result<std::int64_t> changeMarks(std::string_view kind, std::string_view groupKey, const MarksChange& marks,
                                     Json detail = {});

    /// Tells the catalogue of a suggestion that was stored for a group. No entry: a suggestion is no change of the data.
    void noteSuggestion(std::string_view groupKey, double confidence);

    /// An entry that changes no row.
    Result<std::int64_t> appendLedger(const LedgerDraft& draft);

    /// Adds one undo step over the entries [firstSeq, lastSeq]; whatever could be redone is dropped. Returns its number.
    Result<std::int64_t> addStep(std::string_view kind, std::string_view groupKey, std::int64_t firstSeq,
                                 std::int64_t lastSeq);

    /// What was changed; nothing once it was more than kMaxListedChanges, so that memory does not grow with a job.
    const std::vector<RowChange>& changes() const { return m_changes; }
    bool hasUnlistedChanges() const { return m_hasUnlistedChanges; }
    static constexpr std::size_t kMaxListedChanges = 20'000;

private:
    void list(RowChange change);
    Result<void> applyMarks(std::string_view groupKey, const std::optional<MarksChange>& marks, Json& detail);
    Result<void> writeRow(const std::optional<DecisionRow>& before, const std::optional<DecisionRow>& after);

    const Connection& m_connection;
    const DecisionTable& m_table;
    const std::string& m_projectId;
    const ForeignRows& m_foreignRows;
    std::int64_t m_sessionId;
    UtcTime m_now;
    std::vector<RowChange> m_changes;
    bool m_hasUnlistedChanges = false;
};

} // namespace ps
