// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/catalogue.h"

#include "core/base/log.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/db/transaction.h"

#include <cstdlib>
#include <limits>
#include <unistd.h>

namespace ps {

namespace {

constexpr const char* kVersion = "2";

constexpr const char* kSchema = R"(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE groups (
    ordinal INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind INTEGER NOT NULL,
    directory TEXT NOT NULL,
    image_count INTEGER NOT NULL,
    state INTEGER NOT NULL,
    is_finalized INTEGER NOT NULL,
    group_id TEXT NOT NULL,
    cover_slot INTEGER NOT NULL
);
CREATE INDEX groups_by_state ON groups(state, ordinal);
CREATE INDEX groups_by_group_id ON groups(group_id) WHERE group_id <> '';
CREATE INDEX groups_finalized ON groups(is_finalized) WHERE is_finalized = 1;
CREATE INDEX groups_by_kind ON groups(kind);
CREATE TABLE images (
    ordinal INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    path BLOB NOT NULL,
    current_path BLOB NOT NULL,
    stage REAL NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    is_missing INTEGER NOT NULL,
    PRIMARY KEY (ordinal, slot)
) WITHOUT ROWID;
CREATE TABLE measures (
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    problem TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE rows (
    group_id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    group_key TEXT NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX rows_unmatched ON rows(group_id) WHERE group_key = '';
CREATE TABLE skipped (path BLOB NOT NULL, reason INTEGER NOT NULL);
)";

Result<void> prepareSchema(const Connection& connection)
{
    PS_TRY(const bool hasMeta, hasTable(connection, "meta"));
    if (hasMeta) {
        PS_TRY(const std::string version, connection.queryText("SELECT value FROM meta WHERE key='version'"));
        if (version == kVersion)
            return {};
        return Error{ErrorCode::VersionMismatch, "the catalogue is of another version", connection.path(), 0};
    }
    PS_TRY(Transaction transaction, Transaction::beginImmediate(connection));
    PS_TRY_VOID(connection.execute(kSchema));
    PS_TRY(Statement insert, connection.prepare("INSERT INTO meta VALUES ('version', ?1)"));
    PS_TRY_VOID(insert.run(kVersion));
    return transaction.commit();
}

Result<Connection> openFile(const std::string& path)
{
    PS_TRY(Connection connection, Connection::open(path, OpenMode::Create));
    // A cache: consistent after a crash, but its last changes may be lost.
    PS_TRY_VOID(connection.setPragma("journal_mode", "wal"));
    PS_TRY_VOID(connection.setPragma("synchronous", "1"));
    PS_TRY_VOID(prepareSchema(connection));
    return connection;
}

void removeDatabaseFiles(const std::string& path)
{
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        ::unlink((path + suffix).c_str());
}

GroupEntry readEntry(const Statement& row)
{
    GroupEntry entry;
    entry.ordinal = row.integer(0);
    entry.key = row.text(1);
    entry.kind = static_cast<GroupKind>(row.integer(2));
    entry.directory = row.text(3);
    entry.imageCount = static_cast<int>(row.integer(4));
    entry.state = static_cast<GroupState>(row.integer(5));
    entry.isFinalized = row.integer(6) != 0;
    entry.groupId = row.text(7);
    entry.coverSlot = static_cast<int>(row.integer(8));
    return entry;
}

constexpr std::string_view kEntryColumns =
    "SELECT g.ordinal, g.key, g.kind, g.directory, g.image_count, g.state, g.is_finalized, g.group_id, g.cover_slot "
    "FROM groups g ";

/// The image columns of a query, from `first` on.
GroupImage readImage(const Statement& row, int first)
{
    GroupImage image;
    image.path = row.text(first);
    image.currentPath = row.text(first + 1);
    image.stage = row.real(first + 2);
    image.identity = {static_cast<std::uint64_t>(row.integer(first + 5)),
                      static_cast<std::uint64_t>(row.integer(first + 6)), row.integer(first + 3),
                      row.integer(first + 4)};
    image.isMissing = row.integer(first + 7) != 0;
    return image;
}

constexpr std::string_view kImageColumns =
    "i.path, i.current_path, i.stage, i.size, i.modified_ns, i.device, i.inode, i.is_missing";

Result<std::optional<GroupEntry>> findEntry(const Connection& connection, std::string_view condition,
                                            std::string_view value)
{
    PS_TRY(const auto query, connection.borrow(std::string(kEntryColumns) + std::string(condition)));
    query->bind(value);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? std::optional(readEntry(*query)) : std::optional<GroupEntry>();
}

Result<std::optional<std::int64_t>> findOrdinal(BorrowedStatement query)
{
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? query->optionalInteger(0) : std::optional<std::int64_t>();
}

} // namespace

// ---- opening -------------------------------------------------------------------------------------------------------

std::string Catalogue::defaultPath(const std::string& databasePath)
{
    const char* cacheHome = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    std::string base = cacheHome && *cacheHome == '/' ? cacheHome : joinPath(home ? home : "/tmp", ".cache");
    return base + "/proofsheet/catalogues/" + sha256Hex(databasePath).substr(0, 24) + ".db";
}

Result<Catalogue> Catalogue::open(const std::string& path)
{
    PS_TRY_VOID(makeFolders(std::string(parentPath(path))));
    auto connection = openFile(path);
    if (!connection && connection.error().code != ErrorCode::NoSpace && connection.error().code != ErrorCode::Locked) {
        qCWarning(logLibrary, "the catalogue is made anew: %s", connection.error().describe().c_str());
        removeDatabaseFiles(path);
        connection = openFile(path);
    }
    if (!connection)
        return std::move(connection).error();
    return Catalogue(*std::move(connection));
}

Result<Catalogue> Catalogue::openAnew(const std::string& path)
{
    removeDatabaseFiles(path);
    return open(path);
}

Result<Catalogue> Catalogue::openInMemory()
{
    PS_TRY(Connection connection, Connection::open(":memory:", OpenMode::Create));
    PS_TRY_VOID(prepareSchema(connection));
    return Catalogue(std::move(connection));
}

Result<bool> Catalogue::isBuilt() const
{
    PS_TRY(const std::string built, meta("built"));
    return built == "1";
}

Result<std::string> Catalogue::meta(std::string_view key) const
{
    PS_TRY(const auto query, m_connection.borrow("SELECT value FROM meta WHERE key=?1"));
    query->bind(key);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? std::string(query->text(0)) : std::string();
}

Result<void> Catalogue::setMeta(std::string_view key, std::string_view value) const
{
    PS_TRY(const auto upsert, m_connection.borrow("INSERT OR REPLACE INTO meta VALUES (?1, ?2)"));
    return upsert->run(key, value);
}

// ---- writing -------------------------------------------------------------------------------------------------------

namespace {

Result<void> insertGroups(const Connection& connection, const CatalogueContent& content)
{
    PS_TRY(const auto group, connection.borrow("INSERT INTO groups VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)"));
    PS_TRY(const auto image, connection.borrow("INSERT INTO images VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)"));
    for (const auto& [entry, images] : content.groups) {
        PS_TRY_VOID(group->run(entry.ordinal, entry.key, static_cast<int>(entry.kind), entry.directory,
                               entry.imageCount, static_cast<int>(entry.state), entry.isFinalized, entry.groupId,
                               entry.coverSlot));
        std::int64_t slot = 0;
        for (const GroupImage& member : images) {
            PS_TRY_VOID(image->run(entry.ordinal, slot++, SqlBlob{member.path}, SqlBlob{member.currentPath},
                                   member.stage, member.identity.sizeBytes, member.identity.modifiedNs,
                                   static_cast<std::int64_t>(member.identity.device),
                                   static_cast<std::int64_t>(member.identity.inode), member.isMissing));
        }
    }
    return {};
}

Result<void> insertRows(const Connection& connection, const CatalogueContent& content)
{
    PS_TRY(const auto row, connection.borrow("INSERT OR REPLACE INTO rows VALUES (?1,?2,?3,?4)"));
    // In any other order each row lands on another page of the tree, and each page is written many times over.
    for (const CatalogueContent::Row* entry : content.rowsById())
        PS_TRY_VOID(row->run(entry->groupId, entry->fingerprint, entry->groupKey, entry->reason));
    PS_TRY(const auto skip, connection.borrow("INSERT INTO skipped VALUES (?1,?2)"));
    for (const SkippedEntry& entry : content.skipped)
        PS_TRY_VOID(skip->run(SqlBlob{entry.path}, static_cast<int>(entry.reason)));
    return {};
}

} // namespace

Result<void> Catalogue::replaceContent(const CatalogueContent& content) const
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(m_connection));
    PS_TRY_VOID(m_connection.execute("DELETE FROM groups; DELETE FROM images; DELETE FROM rows; DELETE FROM skipped"));
    PS_TRY_VOID(insertGroups(m_connection, content));
    PS_TRY_VOID(insertRows(m_connection, content));
    PS_TRY_VOID(m_connection.execute("DELETE FROM measures WHERE path NOT IN (SELECT path FROM images)"));
    PS_TRY_VOID(setMeta("built", "1"));
    return transaction.commit();
}

Result<void> Catalogue::applyRow(std::string_view groupKey, std::string_view groupId,
                                 const std::optional<DecisionRow>& row) const
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(m_connection));
    // A change that comes without a key is about a row that is matched already, or about none.
    std::string key(groupKey);
    if (key.empty()) {
        PS_TRY(const auto entry, findByGroupId(groupId));
        key = entry ? entry->key : std::string();
    }
    PS_TRY(const auto group,
           m_connection.borrow("UPDATE groups SET state=?2, group_id=?3, cover_slot=?4 WHERE key=?1"));
    PS_TRY_VOID(
        group->run(key, static_cast<int>(stateOfRow(row)), row ? groupId : std::string_view(), coverSlotOf(row)));
    if (row) {
        PS_TRY(const auto upsert, m_connection.borrow("INSERT OR REPLACE INTO rows VALUES (?1,?2,?3,?4)"));
        PS_TRY_VOID(upsert->run(groupId, rowFingerprint(*row), key, key.empty() ? "no image matches" : ""));
    } else {
        PS_TRY(const auto remove, m_connection.borrow("DELETE FROM rows WHERE group_id=?1"));
        PS_TRY_VOID(remove->run(groupId));
    }
    return transaction.commit();
}

Result<void> Catalogue::applyPlaces(std::string_view groupKey,
                                    const std::vector<std::pair<std::string, std::string>>& places,
                                    bool isFinalized) const
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(m_connection));
    PS_TRY(const auto group, m_connection.borrow("UPDATE groups SET is_finalized=?2 WHERE key=?1"));
    PS_TRY_VOID(group->run(groupKey, isFinalized));
    PS_TRY(
        const auto image,
        m_connection.borrow("UPDATE images SET current_path=?3 WHERE path=?2 AND ordinal=(SELECT ordinal FROM groups "
                            "WHERE key=?1)"));
    for (const auto& [path, currentPath] : places)
        PS_TRY_VOID(image->run(groupKey, SqlBlob{path}, SqlBlob{currentPath}));
    return transaction.commit();
}

Result<void> Catalogue::setMeasure(const std::string& path, const FileIdentity& identity, ImageSize size,
                                   std::string_view problem) const
{
    PS_TRY(const auto upsert, m_connection.borrow("INSERT OR REPLACE INTO measures VALUES (?1,?2,?3,?4,?5,?6)"));
    return upsert->run(SqlBlob{path}, identity.sizeBytes, identity.modifiedNs, size.width, size.height, problem);
}

// ---- reading -------------------------------------------------------------------------------------------------------

Result<GroupCounts> Catalogue::counts() const
{
    GroupCounts counts;
    PS_TRY(Statement states, m_connection.prepare("SELECT state, count(*) FROM groups GROUP BY state"));
    for (;;) {
        PS_TRY(const bool hasRow, states.step());
        if (!hasRow)
            break;
        const auto state = static_cast<std::size_t>(states.integer(0));
        if (state < kGroupStateCount)
            counts.byState[state] = states.integer(1);
    }
    const std::string single = std::to_string(static_cast<int>(GroupKind::Single));
    PS_TRY(counts.singles, m_connection.queryInteger("SELECT count(*) FROM groups WHERE kind=" + single));
    PS_TRY(counts.groups, m_connection.queryInteger("SELECT count(*) FROM groups WHERE kind<>" + single));
    PS_TRY(counts.finalized, m_connection.queryInteger("SELECT count(*) FROM groups WHERE is_finalized=1"));
    return counts;
}

Result<std::vector<GroupEntry>> Catalogue::page(std::int64_t first, std::int64_t count) const
{
    PS_TRY(const auto query,
           m_connection.borrow("SELECT g.ordinal, g.key, g.kind, g.directory, g.image_count, g.state, g.is_finalized, "
                               "g.group_id, g.cover_slot, " +
                               std::string(kImageColumns) +
                               " FROM groups g LEFT JOIN images i ON i.ordinal=g.ordinal AND i.slot=g.cover_slot "
                               "WHERE g.ordinal >= ?1 ORDER BY g.ordinal LIMIT ?2"));
    query->bind(first, count);
    std::vector<GroupEntry> entries;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return entries;
        GroupEntry entry = readEntry(*query);
        entry.cover = readImage(*query, 9);
        entries.push_back(std::move(entry));
    }
}

Result<std::optional<GroupEntry>> Catalogue::findByKey(std::string_view key) const
{
    return findEntry(m_connection, "WHERE g.key=?1", key);
}

Result<std::optional<GroupEntry>> Catalogue::findByGroupId(std::string_view groupId) const
{
    return findEntry(m_connection, "WHERE g.group_id=?1 AND g.group_id <> ''", groupId);
}

Result<std::optional<std::int64_t>> Catalogue::nextInState(GroupState state, std::int64_t afterOrdinal) const
{
    // The one behind, or else the first of all.
    PS_TRY(auto query,
           m_connection.borrow("SELECT coalesce((SELECT min(ordinal) FROM groups WHERE state=?1 AND ordinal>?2),"
                               "(SELECT min(ordinal) FROM groups WHERE state=?1))"));
    query->bind(static_cast<int>(state), afterOrdinal);
    return findOrdinal(std::move(query));
}

Result<std::optional<std::int64_t>> Catalogue::previousInState(GroupState state, std::int64_t beforeOrdinal) const
{
    PS_TRY(auto query,
           m_connection.borrow("SELECT coalesce((SELECT max(ordinal) FROM groups WHERE state=?1 AND ordinal<?2),"
                               "(SELECT max(ordinal) FROM groups WHERE state=?1))"));
    query->bind(static_cast<int>(state), beforeOrdinal);
    return findOrdinal(std::move(query));
}

Result<std::optional<std::int64_t>> Catalogue::nextOpenCrop(std::int64_t from, bool isForward) const
{
    std::optional<std::int64_t> best;
    // Distance in the direction of travel; what lies behind counts as beyond the end.
    const auto distance = [&](std::int64_t ordinal) {
        const std::int64_t steps = isForward ? ordinal - from : from - ordinal;
        return steps > 0 ? steps : steps + std::numeric_limits<std::int32_t>::max();
    };
    for (const GroupState state : {GroupState::CropLater, GroupState::CropAccepted}) {
        PS_TRY(const auto found, isForward ? nextInState(state, from) : previousInState(state, from));
        if (found && (!best || distance(*found) < distance(*best)))
            best = found;
    }
    return best;
}

Result<std::optional<std::int64_t>> Catalogue::find(std::string_view text, std::int64_t fromOrdinal) const
{
    const std::string condition =
        "(g.key=?1 OR g.group_id=?1 OR EXISTS (SELECT 1 FROM images i WHERE i.ordinal=g.ordinal "
        "AND instr(lower(CAST(i.path AS TEXT)), lower(?1))))";
    PS_TRY(auto query,
           m_connection.borrow("SELECT coalesce((SELECT g.ordinal FROM groups g WHERE g.ordinal>=?2 AND " + condition +
                               " ORDER BY g.ordinal LIMIT 1), (SELECT g.ordinal FROM groups g WHERE " + condition +
                               " ORDER BY g.ordinal LIMIT 1))"));
    query->bind(text, fromOrdinal);
    return findOrdinal(std::move(query));
}

Result<std::vector<GroupImage>> Catalogue::images(std::int64_t ordinal) const
{
    PS_TRY(const auto query,
           m_connection.borrow("SELECT " + std::string(kImageColumns) +
                               ", coalesce(m.width, 0), coalesce(m.height, 0), coalesce(m.problem, '') FROM images i "
                               "LEFT JOIN measures m ON m.path=i.path AND m.size=i.size "
                               "AND m.modified_ns=i.modified_ns WHERE i.ordinal=?1 ORDER BY i.slot"));
    query->bind(ordinal);
    std::vector<GroupImage> images;
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return images;
        GroupImage image = readImage(*query, 0);
        image.size = {static_cast<int>(query->integer(8)), static_cast<int>(query->integer(9))};
        image.problem = query->text(10);
        images.push_back(std::move(image));
    }
}

Result<std::string> Catalogue::fingerprint(std::string_view groupId) const
{
    PS_TRY(const auto query, m_connection.borrow("SELECT fingerprint FROM rows WHERE group_id=?1"));
    query->bind(groupId);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? std::string(query->text(0)) : std::string();
}

Result<std::vector<std::pair<std::string, std::string>>> Catalogue::fingerprints() const
{
    PS_TRY(Statement query, m_connection.prepare("SELECT group_id, fingerprint FROM rows ORDER BY group_id"));
    std::vector<std::pair<std::string, std::string>> all;
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return all;
        all.emplace_back(query.text(0), query.text(1));
    }
}

Result<std::vector<UnmatchedRow>> Catalogue::unmatchedRows(std::int64_t limit) const
{
    PS_TRY(Statement query,
           m_connection.prepare("SELECT group_id, reason FROM rows WHERE group_key='' ORDER BY group_id LIMIT ?1"));
    query.bind(limit);
    std::vector<UnmatchedRow> rows;
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return rows;
        rows.push_back({std::string(query.text(0)), std::string(query.text(1))});
    }
}

Result<std::int64_t> Catalogue::unmatchedRowCount() const
{
    return m_connection.queryInteger("SELECT count(*) FROM rows WHERE group_key=''");
}

Result<std::vector<SkippedEntry>> Catalogue::skippedEntries() const
{
    PS_TRY(Statement query, m_connection.prepare("SELECT path, reason FROM skipped ORDER BY path"));
    std::vector<SkippedEntry> entries;
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            return entries;
        entries.push_back({std::string(query.text(0)), static_cast<SkippedEntry::Reason>(query.integer(1))});
    }
}

} // namespace ps
