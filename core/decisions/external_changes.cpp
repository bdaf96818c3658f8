// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/external_changes.h"

#include "core/base/log.h"
#include "core/decisions/ledger.h"

namespace ps {

Result<bool> ExternalChanges::note(std::string_view groupId, bool isNewToUs)
{
    const Connection& connection = m_transaction.connection();
    PS_TRY(const auto row, m_transaction.findRow(groupId));
    std::optional<std::int64_t> lastSeq;
    {
        PS_TRY(const auto query, connection.borrow("SELECT seq FROM ps_ledger WHERE group_id=?1 AND "
                                                   "(row_before IS NOT NULL OR row_after IS NOT NULL) "
                                                   "ORDER BY seq DESC LIMIT 1"));
        query->bind(groupId);
        PS_TRY(const bool hasEntry, query->step());
        if (hasEntry)
            lastSeq = query->integer(0);
    }
    if (!lastSeq && !isNewToUs)
        return false;
    std::optional<DecisionRow> before;
    if (lastSeq) {
        PS_TRY(LedgerEntry entry, readLedgerEntry(connection, *lastSeq));
        before = std::move(entry.after);
    } else {
        PS_TRY(before, rowAtBaseline(groupId));
    }
    if (before == row)
        return false;
    PS_TRY_VOID(m_transaction.appendLedger(
        {std::string(ledger_kind::kExternalChange), std::string(groupId), {}, before, row, {}}));
    return true;
}

Result<std::set<std::string>> ExternalChanges::knownGroupIds() const
{
    std::set<std::string> groupIds;
    PS_TRY(Statement entries,
           m_transaction.connection().prepare("SELECT DISTINCT group_id FROM ps_ledger WHERE group_id IS NOT NULL"));
    for (;;) {
        PS_TRY(const bool hasRow, entries.step());
        if (!hasRow)
            return groupIds;
        groupIds.emplace(entries.text(0));
    }
}

Result<std::optional<DecisionRow>> ExternalChanges::rowAtBaseline(std::string_view groupId)
{
    if (!m_hasLooked) {
        m_hasLooked = true;
        if (auto opened = openBaseline(); !opened)
            qCWarning(logStore, "the first snapshot cannot be read: %s", opened.error().describe().c_str());
    }
    return m_baseline ? findRow(*m_baseline, m_baselineTable, groupId) : std::optional<DecisionRow>();
}

Result<void> ExternalChanges::openBaseline()
{
    PS_TRY(const std::string timestamp,
           m_transaction.connection().queryText("SELECT timestamp FROM ps_ledger WHERE seq=1"));
    const auto begin = parseTimestamp(timestamp);
    PS_TRY(const std::vector<Snapshot> snapshots, m_shelf.list());
    const Snapshot* chosen = nullptr;
    for (const Snapshot& snapshot : snapshots) {
        if (begin && snapshot.takenAt <= *begin)
            chosen = &snapshot; // the last one before the ledger began
    }
    if (!chosen)
        return {};
    PS_TRY(Connection baseline, Connection::open(chosen->path, OpenMode::ReadOnlyImmutable));
    PS_TRY(m_baselineTable, readDecisionTable(baseline));
    m_baseline.emplace(std::move(baseline));
    return {};
}

} // namespace ps
