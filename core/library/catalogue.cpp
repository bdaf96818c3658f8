// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/catalogue.h"

#include "core/base/files_link.h"
#include "core/base/log.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/library/catalogue_schema.h"
#include "core/library/catalogue_writing.h"
#include "core/library/image_measures_table.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <unistd.h>

namespace ps {

namespace {

Result<void> prepareSchema(const Connection& connection)
{
    PS_TRY_VOID(registerCatalogueFunctions(connection));
    PS_TRY(const bool hasMeta, hasTable(connection, "meta"));
    if (hasMeta) {
        PS_TRY(const std::string version, connection.queryText("SELECT value FROM meta WHERE key='version'"));
        if (version == kCatalogueVersion)
            return {};
        return Error{ErrorCode::VersionMismatch, "the catalogue is of another version", connection.path(), 0};
    }
    PS_TRY(Transaction transaction, Transaction::beginImmediate(connection));
    PS_TRY_VOID(createCatalogueTables(connection));
    return transaction.commit();
}

/// A cache: consistent after a crash, but its last changes may be lost.
Result<void> makeShareable(const Connection& connection)
{
    PS_TRY_VOID(connection.setPragma("journal_mode", "wal"));
    return connection.setPragma("synchronous", "1");
}

Result<Connection> openFile(const std::string& path)
{
    PS_TRY(Connection connection, Connection::open(path, OpenMode::Create));
    PS_TRY_VOID(makeShareable(connection));
    PS_TRY_VOID(prepareSchema(connection));
    return connection;
}

void removeFiles(const std::string& path)
{
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        ::unlink((path + suffix).c_str());
}

/// Where the catalogue at `path` really is: publish() leaves a link there.
std::string realFile(const std::string& path)
{
    std::error_code error;
    const std::filesystem::path target = std::filesystem::read_symlink(path, error);
    return error ? path : joinPath(parentPath(path), target.filename().string());
}

void removeDatabaseFiles(const std::string& path)
{
    if (const std::string real = realFile(path); real != path)
        removeFiles(real);
    removeFiles(path);
}

constexpr std::string_view kNextInfix = ".next-";
constexpr auto kForgottenAfter = std::chrono::hours(24);

std::string nextName(const std::string& path)
{
    std::random_device random;
    std::string digits;
    appendHex(digits, random(), 8);
    appendHex(digits, random(), 8);
    return path + std::string(kNextInfix) + digits;
}

/// What a program that died while it made a catalogue left behind. A younger one may still be in the making.
void removeForgotten(const std::string& path)
{
    namespace fs = std::filesystem;
    const std::string prefix = std::string(fileName(path)) + std::string(kNextInfix);
    const std::string current(fileName(realFile(path)));
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(std::string(parentPath(path)), error)) {
        const std::string name = entry.path().filename().string();
        if (!startsWith(name, prefix) || startsWith(name, current))
            continue;
        const auto changed = entry.last_write_time(error);
        if (!error && changed < fs::file_time_type::clock::now() - kForgottenAfter)
            fs::remove(entry.path(), error);
    }
}

} // namespace

// ---- opening -------------------------------------------------------------------------------------------------------

std::string Catalogue::defaultPath(const std::string& databasePath)
{
    const char* cacheHome = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    return pathIn(cacheHome && *cacheHome == '/' ? cacheHome : joinPath(home ? home : "/tmp", ".cache"), databasePath);
}

std::string Catalogue::pathIn(const std::string& cacheHome, const std::string& databasePath)
{
    return cacheHome + "/proofsheet/catalogues/" + sha256Hex(databasePath).substr(0, 24) + ".db";
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

Result<Catalogue> Catalogue::makeNext(const std::string& path)
{
    if (path.empty())
        return openInMemory();
    PS_TRY_VOID(makeFolders(std::string(parentPath(path))));
    PS_TRY(Connection connection, Connection::open(nextName(path), OpenMode::Create));
    // Nobody sees it before it is whole; the commit alone is durable.
    PS_TRY_VOID(connection.setPragma("journal_mode", "memory"));
    PS_TRY_VOID(connection.execute("PRAGMA cache_size=-32000"));
    if (auto prepared = prepareSchema(connection); !prepared)
        return std::move(prepared).error();
    return Catalogue(std::move(connection));
}

Result<void> Catalogue::publish(const std::string& path) const
{
    if (path.empty())
        return {};
    PS_TRY_VOID(m_connection.execute("PRAGMA cache_size=-2000"));
    PS_TRY_VOID(makeShareable(m_connection));
    const std::string before = realFile(path);
    PS_TRY_VOID(replaceByLink(path, std::string(fileName(m_connection.path()))));
    if (before == path) { // it was the file itself: its companions have lost it
        for (const char* suffix : {"-wal", "-shm", "-journal"})
            ::unlink((path + suffix).c_str());
    } else if (before != m_connection.path()) {
        removeFiles(before);
    }
    removeForgotten(path);
    return {};
}

void Catalogue::discardFile() const
{
    removeFiles(m_connection.path());
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

Result<void> Catalogue::fill(std::span<const CatalogueItem> items, std::span<const SkippedEntry> skipped) const
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(m_connection));
    PS_TRY_VOID(emptyCatalogue(m_connection));
    PS_TRY(CatalogueWriter writer, CatalogueWriter::make(m_connection));
    for (const CatalogueItem& item : items)
        PS_TRY_VOID(writer.add(item));
    for (const SkippedEntry& entry : skipped)
        PS_TRY_VOID(writer.addSkipped(entry));
    PS_TRY_VOID(restoreCoverMeasures(m_connection));
    PS_TRY_VOID(finishCatalogue(m_connection));
    PS_TRY_VOID(setMeta("built", "1"));
    return transaction.commit();
}

Result<void> Catalogue::applyRows(std::span<const RowChange> changes, std::string_view annotator) const
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(m_connection));
    for (const RowChange& change : changes)
        PS_TRY_VOID(applyRow(change, annotator));
    for (const RowChange& change : changes) { // what a decision says goes before what is said beside it
        PS_TRY_VOID(applyMarks(change));
        if (change.confidence)
            PS_TRY_VOID(setConfidence(change.groupKey, *change.confidence));
    }
    return transaction.commit();
}

Result<void> Catalogue::applyMarks(const RowChange& change) const
{
    return change.marks && !change.groupKey.empty() ? setGroupMarks(change.groupKey, *change.marks) : Result<void>();
}

Result<void> Catalogue::applyRow(const RowChange& change, std::string_view annotator) const
{
    if (!change.isAboutRow())
        return {};
    // A change that comes without a key is about a row that is matched already, or about none.
    std::string key = change.groupKey;
    if (key.empty()) {
        PS_TRY(const auto entry, findByGroupId(change.groupId));
        key = entry ? entry->key : std::string();
    }
    if (key.empty())
        return applyUnmatchedRow(change, annotator);
    PS_TRY_VOID(removeUnmatchedRow(change.groupId)); // it has found its group
    PS_TRY(const auto update,
           m_connection.borrow("UPDATE groups SET state=?2, group_id=?3, cover_slot=min(?4, max(image_count-1, 0)), "
                               "fingerprint=?5, decided_at=?6, annotator=?7, selection_match=?8, crop_match=?9, "
                               "confidence=coalesce(?10, confidence), agreement=?11 WHERE key=?1"));
    const RowFacts facts = change.row ? rowFacts(*change.row) : RowFacts{};
    PS_TRY_VOID(update->run(key, static_cast<int>(facts.state),
                            change.row ? std::string_view(change.groupId) : std::string_view(), facts.coverSlot,
                            facts.fingerprint, facts.decidedAtUs,
                            change.row && !annotator.empty() ? std::optional(std::string(annotator)) : std::nullopt,
                            facts.selectionMatch, facts.cropMatch, facts.confidence, facts.agreement));
    PS_TRY(const auto cover, // which may be another one now
           m_connection.borrow("UPDATE groups SET stage=coalesce((SELECT i.stage FROM images i WHERE "
                               "i.ordinal=groups.ordinal AND i.slot=groups.cover_slot), stage), " +
                               std::string(kCoverMeasuresSql) + " WHERE key=?1"));
    return cover->run(key);
}

Result<void> Catalogue::applyUnmatchedRow(const RowChange& change, std::string_view annotator) const
{
    PS_TRY_VOID(removeUnmatchedRow(change.groupId));
    if (!change.row)
        return {};
    CatalogueItem item = unmatchedItem(rowSummary(*change.row, change.row->imageNames()), "no image matches");
    item.entry.groupId = change.groupId;
    item.entry.annotator = annotator;
    PS_TRY(item.entry.ordinal, m_connection.queryInteger("SELECT coalesce(max(ordinal), -1) + 1 FROM groups"));
    PS_TRY(CatalogueWriter writer, CatalogueWriter::make(m_connection));
    return writer.add(item);
}

Result<void> Catalogue::removeUnmatchedRow(std::string_view groupId) const
{
    // The sign keeps SQLite from walking through every unmatched row instead of looking up this one.
    PS_TRY(const auto query, m_connection.borrow("SELECT ordinal FROM groups WHERE group_id=?1 AND group_id <> '' "
                                                 "AND +kind=3"));
    query->bind(groupId);
    PS_TRY(const bool isThere, query->step());
    if (!isThere)
        return {};
    const std::int64_t ordinal = query->integer(0);
    query->reset();
    PS_TRY(const auto remove, m_connection.borrow("DELETE FROM groups WHERE ordinal=?1"));
    PS_TRY_VOID(remove->run(ordinal));
    // Positions have no holes: the last one comes here until the next refresh puts all in order.
    PS_TRY(const auto move, m_connection.borrow("UPDATE groups SET ordinal=?1 WHERE ordinal=(SELECT max(ordinal) FROM "
                                                "groups) AND ordinal > ?1"));
    return move->run(ordinal);
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
    return putImageSize(m_connection, path, identity, size, problem);
}

Result<void> Catalogue::setConfidence(std::string_view groupKey, double confidence) const
{
    PS_TRY(const auto update, m_connection.borrow("UPDATE groups SET confidence=?2 WHERE key=?1 AND key <> ''"));
    return update->run(groupKey, confidence);
}

Result<void> Catalogue::setGroupMarks(std::string_view groupKey, const GroupMarks& marks) const
{
    GroupEntry entry;
    setMarks(entry, marks);
    const auto unlessEmpty = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    PS_TRY(const auto update,
           m_connection.borrow("UPDATE groups SET outcome=?2, flag=?3, note=?4, "
                               "state=CASE WHEN group_id='' THEN ?5 ELSE state END WHERE key=?1 AND key <> ''"));
    return update->run(groupKey, unlessEmpty(entry.outcome), unlessEmpty(entry.flag), unlessEmpty(entry.note),
                       static_cast<int>(entry.state));
}

} // namespace ps
