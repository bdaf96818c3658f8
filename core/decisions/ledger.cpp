// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/ledger.h"

#include "core/base/sha256.h"

#include <map>
#include <unordered_map>

namespace ps {

namespace {

constexpr std::string_view kNoPrevious = "0000000000000000000000000000000000000000000000000000000000000000";

/// The columns of an entry as they are stored; hashed in this order.
struct StoredEntry {
    std::int64_t seq = 0;
    std::string timestamp;
    std::int64_t sessionId = 0;
    std::string kind;
    std::optional<std::string> groupId;
    std::optional<std::string> groupKey;
    std::optional<std::string> rowBefore;
    std::optional<std::string> rowAfter;
    std::optional<std::string> detail;
    std::string previousHash;
    std::string hash;
};

Json textOrNull(const std::optional<std::string>& text)
{
    return text ? Json(*text) : Json();
}

std::string hashOf(const StoredEntry& entry)
{
    const Json canonical = Json::array(
        {entry.seq, entry.timestamp, entry.sessionId, entry.kind, textOrNull(entry.groupId), textOrNull(entry.groupKey),
         textOrNull(entry.rowBefore), textOrNull(entry.rowAfter), textOrNull(entry.detail)});
    return sha256Hex(entry.previousHash + "\n" + dumpJson(canonical));
}

constexpr std::string_view kEntryColumns =
    "l.seq, l.timestamp, l.session_id, l.kind, l.group_id, l.group_key, l.row_before, l.row_after, l.detail, "
    "l.previous_hash, l.hash";

StoredEntry readStored(const Statement& row)
{
    return {row.integer(0),      std::string(row.text(1)), row.integer(2),           std::string(row.text(3)),
            row.optionalText(4), row.optionalText(5),      row.optionalText(6),      row.optionalText(7),
            row.optionalText(8), std::string(row.text(9)), std::string(row.text(10))};
}

Result<std::optional<DecisionRow>> parseRecordedRow(const std::optional<std::string>& text)
{
    if (!text)
        return std::optional<DecisionRow>();
    PS_TRY(const Json json, parseJson(*text));
    PS_TRY(DecisionRow row, rowFromJson(json));
    return std::optional<DecisionRow>(std::move(row));
}

Result<LedgerEntry> toEntry(const StoredEntry& stored, std::string annotator)
{
    LedgerEntry entry;
    entry.seq = stored.seq;
    entry.timestamp = stored.timestamp;
    entry.sessionId = stored.sessionId;
    entry.annotator = std::move(annotator);
    entry.kind = stored.kind;
    entry.groupId = stored.groupId.value_or("");
    entry.groupKey = stored.groupKey.value_or("");
    entry.hash = stored.hash;
    const auto fill = [&]() -> Result<void> {
        PS_TRY(entry.before, parseRecordedRow(stored.rowBefore));
        PS_TRY(entry.after, parseRecordedRow(stored.rowAfter));
        if (stored.detail) {
            PS_TRY(entry.detail, parseJson(*stored.detail));
        }
        return {};
    };
    if (auto filled = fill(); !filled)
        return Error{ErrorCode::Corrupt, "ledger entry " + std::to_string(stored.seq) + " cannot be read",
                     filled.error().message, 0};
    return entry;
}

std::string entryQuery(std::string_view condition)
{
    return "SELECT " + std::string(kEntryColumns) +
           ", s.annotator FROM ps_ledger l LEFT JOIN ps_sessions s USING (session_id) " + std::string(condition);
}

std::optional<std::string> emptyAsNull(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

} // namespace

Result<std::int64_t> appendLedgerEntry(const Connection& connection, UtcTime time, std::int64_t sessionId,
                                       const LedgerDraft& draft)
{
    StoredEntry entry;
    entry.previousHash = kNoPrevious;
    PS_TRY(const auto head, connection.borrow("SELECT seq, hash FROM ps_ledger ORDER BY seq DESC LIMIT 1"));
    PS_TRY(const bool hasHead, head->step());
    entry.seq = hasHead ? head->integer(0) + 1 : 1;
    if (hasHead)
        entry.previousHash = head->text(1);
    entry.timestamp = formatTimestamp(time);
    entry.sessionId = sessionId;
    entry.kind = draft.kind;
    entry.groupId = emptyAsNull(draft.groupId);
    entry.groupKey = emptyAsNull(draft.groupKey);
    if (draft.before)
        entry.rowBefore = rowText(*draft.before);
    if (draft.after)
        entry.rowAfter = rowText(*draft.after);
    if (!draft.detail.isNull())
        entry.detail = dumpJson(draft.detail);
    entry.hash = hashOf(entry);

    PS_TRY(const auto insert, connection.borrow("INSERT INTO ps_ledger VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)"));
    PS_TRY_VOID(insert->run(entry.seq, entry.timestamp, entry.sessionId, entry.kind, entry.groupId, entry.groupKey,
                            entry.rowBefore, entry.rowAfter, entry.detail, entry.previousHash, entry.hash));
    return entry.seq;
}

Result<LedgerEntry> readLedgerEntry(const Connection& connection, std::int64_t seq)
{
    PS_TRY(Statement query, connection.prepare(entryQuery("WHERE l.seq=?1")));
    query.bind(seq);
    PS_TRY(const bool hasRow, query.step());
    if (!hasRow)
        return Error{ErrorCode::NotFound, "there is no ledger entry " + std::to_string(seq), connection.path(), 0};
    return toEntry(readStored(query), std::string(query.text(11)));
}

Result<std::vector<LedgerEntry>> readLedgerEntries(const Connection& connection,
                                                   const std::optional<LedgerSubject>& subject,
                                                   std::optional<std::int64_t> beforeSeq, std::int64_t limit)
{
    const char* const ofSubject = " AND (l.group_id=?3 OR (l.group_id IS NULL AND l.group_key=?4))";
    const std::string condition = std::string("WHERE l.seq < ?1") + (subject ? ofSubject : "") +
                                  " ORDER BY l.seq DESC LIMIT ?2";
    PS_TRY(Statement query, connection.prepare(entryQuery(condition)));
    const std::int64_t below = beforeSeq.value_or(std::numeric_limits<std::int64_t>::max());
    if (subject)
        query.bind(below, limit, subject->groupId, subject->groupKey);
    else
        query.bind(below, limit);
    std::vector<LedgerEntry> entries;
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return entries;
        PS_TRY(LedgerEntry entry, toEntry(readStored(query), std::string(query.text(11))));
        entries.push_back(std::move(entry));
    }
}

Result<RowsDigest> digestRows(const Connection& connection, const DecisionTable& table, std::stop_token stop)
{
    PS_TRY(Statement rows, connection.prepare(selectRows(table) + " ORDER BY group_id"));
    RowsDigest digest;
    Sha256 hash;
    std::string bytes;
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            break;
        bytes.clear();
        for (int column = 0; column < rows.columnCount(); ++column)
            appendCellBytes(bytes, rows.value(column));
        hash.add(bytes);
        ++digest.count;
        if (digest.count % 4096 == 0 && stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while reading the rows", {}, 0};
    }
    digest.sha256 = hash.hex();
    return digest;
}

// ---- verification --------------------------------------------------------------------------------------------------

namespace {

/// The rows that the ledger touched: as they were before its first entry about them, and after its last.
struct TouchedRow {
    std::optional<std::string> firstBefore;
    std::optional<std::string> lastAfter;
};

struct ChainWalk {
    LedgerReport report;
    std::map<std::string, TouchedRow> touched;
    std::optional<RowsDigest> baseline;
};

Result<ChainWalk> walkChain(const Connection& connection, std::stop_token stop)
{
    ChainWalk walk;
    PS_TRY(Statement entries,
           connection.prepare("SELECT " + std::string(kEntryColumns) + " FROM ps_ledger l ORDER BY l.seq"));
    std::string previousHash(kNoPrevious);
    for (;;) {
        PS_TRY(const bool hasRow, entries.step());
        if (!hasRow)
            break;
        const StoredEntry entry = readStored(entries);
        const bool holds = entry.seq == walk.report.entryCount + 1 && entry.previousHash == previousHash &&
                           entry.hash == hashOf(entry);
        if (!holds && !walk.report.firstBadSeq)
            walk.report.firstBadSeq = entry.seq;
        previousHash = entry.hash;
        ++walk.report.entryCount;
        if (entry.kind == ledger_kind::kBaseline && entry.detail) {
            if (const auto detail = parseJson(*entry.detail); detail) // else its hash cannot hold, which is found above
                walk.baseline = RowsDigest{(*detail)["rows"].toInteger(), (*detail)["sha256"].toString()};
        } else if (entry.groupId && (entry.rowBefore || entry.rowAfter)) {
            const auto [touched, isNew] = walk.touched.try_emplace(*entry.groupId);
            if (isNew)
                touched->second.firstBefore = entry.rowBefore;
            touched->second.lastAfter = entry.rowAfter;
        }
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while verifying the ledger", {}, 0};
    }
    walk.report.headHash = previousHash;
    return walk;
}

/// The baseline recomputed: rows that were never touched as they are now, touched rows as they were before.
Result<bool> baselineHolds(const Connection& connection, const DecisionTable& table, const ChainWalk& walk,
                           std::stop_token stop)
{
    std::map<std::string, std::string> earlier; // group id -> bytes of the row at the baseline
    for (const auto& [groupId, touched] : walk.touched) {
        const auto row = parseRecordedRow(touched.firstBefore);
        if (!row)
            return false; // the record was tampered with
        if (*row)
            earlier.emplace(groupId, rowBytes(**row));
    }
    Sha256 hash;
    std::int64_t count = 0;
    const auto add = [&](std::string_view bytes) {
        hash.add(bytes);
        ++count;
    };
    auto nextEarlier = earlier.begin();
    PS_TRY(Statement rows, connection.prepare(selectRows(table) + " ORDER BY group_id"));
    std::string bytes;
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            break;
        const DecisionRow row = readRow(rows, table);
        const std::string groupId = row.groupId();
        for (; nextEarlier != earlier.end() && nextEarlier->first < groupId; ++nextEarlier)
            add(nextEarlier->second);
        if (!walk.touched.contains(groupId))
            add(rowBytes(row));
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while verifying the ledger", {}, 0};
    }
    for (; nextEarlier != earlier.end(); ++nextEarlier)
        add(nextEarlier->second);
    return count == walk.baseline->count && hash.hex() == walk.baseline->sha256;
}

} // namespace

Result<LedgerReport> verifyLedger(const Connection& connection, std::stop_token stop)
{
    PS_TRY(const bool hasLedger, hasTable(connection, "ps_ledger"));
    if (!hasLedger)
        return Error{ErrorCode::NotFound, "the database has no ledger", connection.path(), 0};
    PS_TRY(const DecisionTable table, readDecisionTable(connection));
    PS_TRY(ChainWalk walk, walkChain(connection, stop));
    for (const auto& [groupId, touched] : walk.touched) {
        PS_TRY(const auto row, findRow(connection, table, groupId));
        const std::optional<std::string> now = row ? std::optional(rowText(*row)) : std::nullopt;
        if (now != touched.lastAfter)
            walk.report.changedGroupIds.push_back(groupId);
    }
    if (walk.baseline) {
        PS_TRY(walk.report.baselineHolds, baselineHolds(connection, table, walk, stop));
    }
    return walk.report;
}

} // namespace ps
