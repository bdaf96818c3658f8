// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/store_transaction.h"

#include "core/decisions/crop_record.h"

namespace ps {

Result<std::optional<DecisionRow>> StoreTransaction::findRow(std::string_view groupId) const
{
    return ps::findRow(m_connection, m_table, groupId);
}

namespace {

Result<void> insertRow(const Connection& connection, const DecisionRow& row)
{
    std::string columns;
    std::string places;
    for (std::size_t i = 0; i < row.cells().size(); ++i) {
        columns += (i > 0 ? "," : "") + quotedIdentifier(row.cells()[i].first);
        places += (i > 0 ? ",?" : "?") + std::to_string(i + 1);
    }
    PS_TRY(const auto insert, connection.borrow("INSERT INTO ai_decisions (" + columns + ") VALUES (" + places + ")"));
    insert->bind();
    for (std::size_t i = 0; i < row.cells().size(); ++i)
        insert->bindAt(static_cast<int>(i + 1), row.cells()[i].second);
    return insert->finish();
}

/// Updates only the columns that differ, so that what we do not know stays as it is.
Result<void> updateRow(const Connection& connection, const DecisionRow& before, const DecisionRow& after)
{
    std::string sets;
    std::vector<const SqlValue*> values;
    for (const auto& [column, value] : after.cells()) {
        if (before.value(column) == value)
            continue;
        values.push_back(&value);
        sets += (sets.empty() ? "" : ",") + quotedIdentifier(column) + "=?" + std::to_string(values.size());
    }
    if (values.empty())
        return {};
    PS_TRY(const auto update, connection.borrow("UPDATE ai_decisions SET " + sets + " WHERE group_id=?" +
                                                std::to_string(values.size() + 1)));
    update->bind();
    for (std::size_t i = 0; i < values.size(); ++i)
        update->bindAt(static_cast<int>(i + 1), *values[i]);
    update->bindAt(static_cast<int>(values.size() + 1), before.groupId());
    PS_TRY_VOID(update->finish());
    if (connection.changeCount() != 1)
        return Error{ErrorCode::Conflict, "the row is gone", before.groupId(), 0};
    return {};
}

} // namespace

Result<void> StoreTransaction::writeRow(const std::optional<DecisionRow>& before,
                                        const std::optional<DecisionRow>& after)
{
    if (before && after)
        return updateRow(m_connection, *before, *after);
    if (after)
        return insertRow(m_connection, *after);
    if (!before)
        return {};
    PS_TRY(const auto remove, m_connection.borrow("DELETE FROM ai_decisions WHERE group_id=?1"));
    return remove->run(before->groupId());
}

void StoreTransaction::list(RowChange change)
{
    if (m_changes.size() == kMaxListedChanges) {
        m_changes = {};
        m_hasUnlistedChanges = true;
    }
    if (!m_hasUnlistedChanges)
        m_changes.push_back(std::move(change));
}

Result<void> StoreTransaction::applyMarks(std::string_view groupKey, const std::optional<MarksChange>& marks,
                                          Json& detail)
{
    if (!marks || marks->before == marks->after)
        return {};
    PS_TRY_VOID(writeMarks(m_connection, groupKey, marks->before, marks->after));
    detail.set("marks", Json::object({{"before", marksJson(marks->before)}, {"after", marksJson(marks->after)}}));
    return {};
}

Result<std::int64_t> StoreTransaction::changeRow(std::string_view kind, std::string_view groupKey,
                                                 const std::optional<DecisionRow>& before,
                                                 const std::optional<DecisionRow>& after, Json detail,
                                                 const std::optional<MarksChange>& marks)
{
    PS_TRY_VOID(writeRow(before, after));
    PS_TRY_VOID(applyMarks(groupKey, marks, detail));
    const std::string groupId = after ? after->groupId() : before ? before->groupId() : std::string();
    PS_TRY_VOID(updateCropRecord(m_connection, groupId, after));
    list({groupId, std::string(groupKey), after, marks ? std::optional(marks->after) : std::nullopt});
    return appendLedger({std::string(kind), groupId, std::string(groupKey), before, after, std::move(detail)});
}

Result<std::int64_t> StoreTransaction::changeMarks(std::string_view kind, std::string_view groupKey,
                                                   const MarksChange& marks, Json detail)
{
    PS_TRY_VOID(applyMarks(groupKey, marks, detail));
    list({{}, std::string(groupKey), {}, marks.after});
    return appendLedger({std::string(kind), {}, std::string(groupKey), {}, {}, std::move(detail)});
}

void StoreTransaction::noteSuggestion(std::string_view groupKey, double confidence)
{
    RowChange change;
    change.groupKey = groupKey;
    change.confidence = confidence;
    list(std::move(change));
}

Result<std::int64_t> StoreTransaction::appendLedger(const LedgerDraft& draft)
{
    return appendLedgerEntry(m_connection, m_now, m_sessionId, draft);
}

Result<std::int64_t> StoreTransaction::addStep(std::string_view kind, std::string_view groupKey, std::int64_t firstSeq,
                                               std::int64_t lastSeq)
{
    PS_TRY(const auto drop, m_connection.borrow("UPDATE ps_steps SET state='dropped' WHERE state='undone'"));
    PS_TRY_VOID(drop->run());
    PS_TRY(const auto insert, m_connection.borrow("INSERT INTO ps_steps (kind, group_key, first_seq, last_seq, state) "
                                                  "VALUES (?1,?2,?3,?4,'done')"));
    PS_TRY_VOID(insert->run(kind, groupKey, firstSeq, lastSeq));
    return m_connection.lastInsertRowId();
}

} // namespace ps
