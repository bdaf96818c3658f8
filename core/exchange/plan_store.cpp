// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/plan_store.h"

#include "core/base/sha256.h"

#include <array>
#include <chrono>

namespace ps {

namespace {

constexpr std::string_view kVersion = "2";

constexpr const char* kTables = R"(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE items (
    position INTEGER PRIMARY KEY,
    rank INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    project TEXT NOT NULL,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    raw TEXT NOT NULL,
    group_id TEXT NOT NULL,
    images TEXT NOT NULL,
    before_text TEXT NOT NULL,
    after_text TEXT NOT NULL,
    notes TEXT NOT NULL,
    is_placeholder INTEGER NOT NULL
);
CREATE UNIQUE INDEX items_by_rank ON items(outcome, rank);
CREATE INDEX items_by_project ON items(project, position);
CREATE TABLE classes (kind TEXT PRIMARY KEY, first INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE counts (
    project TEXT NOT NULL, outcome INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (project, outcome)
) WITHOUT ROWID;
CREATE TABLE names (
    project TEXT NOT NULL, name TEXT NOT NULL, group_id TEXT NOT NULL, PRIMARY KEY (project, name, group_id)
) WITHOUT ROWID;
CREATE TABLE targets (
    project TEXT NOT NULL,
    group_id TEXT NOT NULL,
    row_before TEXT,
    row_after TEXT,
    is_selection_only INTEGER NOT NULL,
    chain TEXT NOT NULL,
    PRIMARY KEY (project, group_id)
) WITHOUT ROWID;
CREATE TABLE numbers (text TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE imported (project TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (project, sha256)) WITHOUT ROWID;
CREATE TABLE files (
    project TEXT NOT NULL, name TEXT NOT NULL, root TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (project, name, root, path)
) WITHOUT ROWID;
CREATE TABLE images (
    position INTEGER PRIMARY KEY,
    project TEXT NOT NULL,
    group_id TEXT NOT NULL,
    path TEXT NOT NULL,
    target TEXT NOT NULL,
    is_copy INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    facts TEXT NOT NULL,
    is_bound INTEGER NOT NULL DEFAULT 0,
    decided_as TEXT NOT NULL DEFAULT '',
    group_key TEXT NOT NULL DEFAULT '',
    slot INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX images_by_group ON images(project, group_id, position);
CREATE INDEX images_by_target ON images(project, target);
)";

std::optional<std::string> textOf(const std::optional<DecisionRow>& row)
{
    return row ? std::optional(rowText(*row)) : std::nullopt;
}

Result<std::optional<DecisionRow>> rowOf(const std::optional<std::string>& text)
{
    if (!text)
        return std::optional<DecisionRow>();
    PS_TRY(const Json json, parseJson(*text));
    PS_TRY(DecisionRow row, rowFromJson(json));
    return std::optional(std::move(row));
}

std::string textsJson(const std::vector<std::string>& texts)
{
    Json list{Json::Array()};
    for (const std::string& text : texts)
        list.append(text);
    return dumpJson(list);
}

std::vector<std::string> textsOf(std::string_view json)
{
    std::vector<std::string> texts;
    if (const auto list = parseJson(json)) {
        for (const Json& item : list->items())
            texts.push_back(item.toString());
    }
    return texts;
}

constexpr std::string_view kItemColumns = "file, line, raw, outcome, project, group_id, images, before_text, "
                                          "after_text, notes, kind, is_placeholder";

PlannedItem readItem(const Statement& row)
{
    PlannedItem planned;
    ImportPlan::Item& item = planned.item;
    item.origin = {std::string(row.text(0)), row.integer(1), std::string(row.text(2))};
    item.outcome = static_cast<ImportOutcome>(row.integer(3));
    item.projectId = row.text(4);
    item.groupId = row.text(5);
    item.images = textsOf(row.text(6));
    item.before = row.text(7);
    item.after = row.text(8);
    item.notes = textsOf(row.text(9));
    planned.kind = row.text(10);
    planned.isPlaceholder = row.integer(11) != 0;
    return planned;
}

Result<PlanTarget> readTarget(const Statement& row)
{
    PlanTarget target;
    target.projectId = row.text(0);
    target.groupId = row.text(1);
    PS_TRY(target.before, rowOf(row.optionalText(2)));
    PS_TRY(target.after, rowOf(row.optionalText(3)));
    target.isSelectionOnly = row.integer(4) != 0;
    PS_TRY(target.chain, parseJson(row.text(5)));
    return target;
}

constexpr std::string_view kTargetColumns = "project, group_id, row_before, row_after, is_selection_only, chain";

} // namespace

Result<PlanStore> PlanStore::openFile(const std::string& path)
{
    PS_TRY(Connection connection, Connection::open(path, OpenMode::Create));
    connection.setBusyTimeout(std::chrono::milliseconds(0));
    // The file is worth nothing after a power cut, and enough after a kill.
    PS_TRY_VOID(connection.execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; "
                                   "BEGIN IMMEDIATE"));
    PS_TRY(const bool hasTables, hasTable(connection, "meta"));
    if (!hasTables) {
        PS_TRY_VOID(connection.execute(kTables));
    }
    PlanStore store(std::move(connection));
    if (!hasTables) {
        PS_TRY_VOID(store.setMeta("version", kVersion));
    }
    PS_TRY_VOID(store.readCounters());
    return store;
}

Result<PlanStore> PlanStore::open(const std::string& folder, const std::string& key)
{
    PS_TRY(const UniqueFd made, makeFolders(folder));
    const std::string path = joinPath(folder, key + ".db");
    const auto isUsable = [](const Result<PlanStore>& store) {
        return store && store->meta("version").value_or("") == kVersion && store->meta("state").value_or("?").empty();
    };
    {
        auto store = openFile(path);
        if (isUsable(store) || (!store && store.error().code == ErrorCode::Locked))
            return store;
    }
    for (const std::string_view suffix : {"", "-wal", "-shm", "-journal"})
        PS_TRY_VOID(removeFile(made.get(), key + ".db" + std::string(suffix)));
    return openFile(path);
}

void PlanStore::remove()
{
    const std::string file = path();
    const auto folder = openFolder(std::string(parentPath(file)));
    if (!folder)
        return;
    for (const std::string_view suffix : {"", "-wal", "-shm"})
        discard(removeFile(folder->get(), std::string(fileName(file)) + std::string(suffix)),
                "a file of the cache that stays is thrown away by the next import of the same source");
}

Result<void> PlanStore::readCounters()
{
    PS_TRY(m_itemCount, m_connection.queryInteger("SELECT coalesce(max(position), 0) FROM items"));
    PS_TRY(Statement counts, m_connection.prepare("SELECT outcome, sum(count) FROM counts GROUP BY outcome"));
    for (;;) {
        PS_TRY(const bool hasRow, counts.step());
        if (!hasRow)
            return {};
        m_outcomeCounts.at(static_cast<std::size_t>(counts.integer(0))) = counts.integer(1);
    }
}

Result<void> PlanStore::setMeta(std::string_view key, std::string_view value) const
{
    PS_TRY(const auto put, m_connection.borrow("INSERT OR REPLACE INTO meta VALUES (?1, ?2)"));
    return put->run(key, value);
}

Result<std::string> PlanStore::meta(std::string_view key) const
{
    PS_TRY(const auto query, m_connection.borrow("SELECT value FROM meta WHERE key=?1"));
    query->bind(key);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? std::string(query->text(0)) : std::string();
}

Result<Json> PlanStore::position() const
{
    PS_TRY(const std::string text, meta("position"));
    return text.empty() ? Result<Json>(Json()) : parseJson(text);
}

Result<void> PlanStore::commitBatch(const Json& position)
{
    PS_TRY_VOID(setMeta("position", dumpJson(position)));
    return m_connection.execute("COMMIT; BEGIN IMMEDIATE");
}

Result<void> PlanStore::finish()
{
    PS_TRY_VOID(setMeta("state", "read"));
    return m_connection.execute("COMMIT; BEGIN IMMEDIATE");
}

Result<void> PlanStore::addItem(const PlannedItem& planned)
{
    const ImportPlan::Item& item = planned.item;
    const auto outcome = static_cast<std::size_t>(item.outcome);
    ++m_itemCount;
    ++m_outcomeCounts.at(outcome);
    PS_TRY(const auto insert,
           m_connection.borrow("INSERT INTO items VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)"));
    PS_TRY_VOID(insert->run(m_itemCount, m_outcomeCounts.at(outcome) - 1, outcome, item.projectId, planned.kind,
                            item.origin.file, item.origin.line, item.origin.raw, item.groupId, textsJson(item.images),
                            item.before, item.after, textsJson(item.notes), planned.isPlaceholder));
    PS_TRY(const auto count, m_connection.borrow("INSERT INTO counts VALUES (?1,?2,1) "
                                                 "ON CONFLICT DO UPDATE SET count=count+1"));
    PS_TRY_VOID(count->run(item.projectId, outcome));
    PS_TRY(const auto kind, m_connection.borrow("INSERT INTO classes VALUES (?1,?2,1) "
                                                "ON CONFLICT DO UPDATE SET count=count+1"));
    return kind->run(planned.kind, m_itemCount);
}

Result<std::vector<ImportPlan::Item>> PlanStore::items(std::optional<ImportOutcome> outcome, std::int64_t first,
                                                       std::int64_t count) const
{
    const std::string columns = "SELECT " + std::string(kItemColumns) + " FROM items WHERE ";
    PS_TRY(const auto query,
           m_connection.borrow(columns + (outcome ? "outcome=?3 AND rank >= ?1 AND rank < ?1 + ?2 ORDER BY rank"
                                                  : "position > ?1 AND position <= ?1 + ?2 ORDER BY position")));
    if (outcome)
        query->bind(first, count, static_cast<int>(*outcome));
    else
        query->bind(first, count);
    std::vector<ImportPlan::Item> items;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return items;
        items.push_back(readItem(*query).item);
    }
}

Result<void> PlanStore::forEachItem(const std::string& projectId,
                                    const std::function<Result<void>(const PlannedItem&)>& take) const
{
    PS_TRY(Statement query, m_connection.prepare("SELECT " + std::string(kItemColumns) +
                                                 " FROM items WHERE project=?1 ORDER BY position"));
    query.bind(projectId);
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return {};
        PS_TRY_VOID(take(readItem(query)));
    }
}

Result<void> PlanStore::forEachRefused(const std::function<Result<void>(const PlannedItem&)>& take) const
{
    // In the order of the table: sorting them would need room for all.
    PS_TRY(Statement query, m_connection.prepare("SELECT " + std::string(kItemColumns) +
                                                 " FROM items WHERE +outcome IN (?1, ?2) ORDER BY position"));
    query.bind(static_cast<int>(ImportOutcome::Quarantined), static_cast<int>(ImportOutcome::Conflict));
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return {};
        PS_TRY_VOID(take(readItem(query)));
    }
}

Result<ImportPlan::Counts> PlanStore::counts() const
{
    PS_TRY(const auto query, m_connection.borrow("SELECT project, outcome, count FROM counts"));
    query->bind();
    ImportPlan::Counts counts;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return counts;
        counts[std::string(query->text(0))].at(static_cast<std::size_t>(query->integer(1))) = query->integer(2);
    }
}

Result<std::vector<std::pair<std::string, std::int64_t>>> PlanStore::classes() const
{
    PS_TRY(const auto query, m_connection.borrow("SELECT kind, count FROM classes ORDER BY first"));
    query->bind();
    std::vector<std::pair<std::string, std::int64_t>> classes;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return classes;
        classes.emplace_back(std::string(query->text(0)), query->integer(1));
    }
}

Result<std::vector<std::string>> PlanStore::groupsWithName(const std::string& projectId, const std::string& name) const
{
    PS_TRY(const auto query, m_connection.borrow("SELECT group_id FROM names WHERE project=?1 AND name=?2"));
    query->bind(projectId, name);
    std::vector<std::string> groups;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return groups;
        groups.emplace_back(query->text(0));
    }
}

Result<void> PlanStore::addName(const std::string& projectId, const std::string& name, const std::string& groupId) const
{
    PS_TRY(const auto insert, m_connection.borrow("INSERT OR IGNORE INTO names VALUES (?1,?2,?3)"));
    return insert->run(projectId, name, groupId);
}

Result<std::optional<PlanTarget>> PlanStore::findTarget(const std::string& projectId, const std::string& groupId) const
{
    PS_TRY(const auto query, m_connection.borrow("SELECT " + std::string(kTargetColumns) +
                                                 " FROM targets WHERE project=?1 AND group_id=?2"));
    query->bind(projectId, groupId);
    PS_TRY(const bool hasRow, query->step());
    if (!hasRow)
        return std::optional<PlanTarget>();
    PS_TRY(PlanTarget target, readTarget(*query));
    return std::optional(std::move(target));
}

Result<void> PlanStore::putTarget(const PlanTarget& target) const
{
    PS_TRY(const auto put, m_connection.borrow("INSERT OR REPLACE INTO targets VALUES (?1,?2,?3,?4,?5,?6)"));
    return put->run(target.projectId, target.groupId, textOf(target.before), textOf(target.after),
                    target.isSelectionOnly, dumpJson(target.chain));
}

Result<void> PlanStore::forEachChange(const std::string& projectId,
                                      const std::function<Result<void>(const PlanTarget&)>& take) const
{
    PS_TRY(Statement query, m_connection.prepare("SELECT " + std::string(kTargetColumns) +
                                                 " FROM targets WHERE project=?1 AND row_after IS NOT NULL"));
    query.bind(projectId);
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return {};
        PS_TRY(const PlanTarget target, readTarget(query));
        PS_TRY_VOID(take(target));
    }
}

Result<std::int64_t> PlanStore::nextNumber(const std::string& text) const
{
    PS_TRY(const auto next, m_connection.borrow("INSERT INTO numbers VALUES (?1, 1) "
                                                "ON CONFLICT DO UPDATE SET next=next+1 RETURNING next"));
    next->bind(text);
    PS_TRY([[maybe_unused]] const bool hasRow, next->step());
    const std::int64_t number = next->integer(0);
    PS_TRY_VOID(next->finish());
    return number;
}

Result<bool> PlanStore::wasImported(const std::string& projectId, std::string_view raw) const
{
    PS_TRY(const auto query, m_connection.borrow("SELECT 1 FROM imported WHERE project=?1 AND sha256=?2"));
    query->bind(projectId, sha256Hex(raw));
    return query->step();
}

Result<void> PlanStore::noteImported(const std::string& projectId, std::string_view raw) const
{
    PS_TRY(const auto insert, m_connection.borrow("INSERT OR IGNORE INTO imported VALUES (?1,?2)"));
    return insert->run(projectId, sha256Hex(raw));
}

} // namespace ps
