// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/thumbnail_cache.h"

#include "core/base/cache_folder.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/imaging/image_protocol.h"
#include "core/imaging/survey_protocol.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::int64_t kVersion = 1;              ///< user_version of the file
constexpr std::int64_t kApplication = 0x50535448; ///< "PSTH"
constexpr std::int64_t kEvictionStep = 64;
constexpr std::size_t kMaxPendingUses = 4096;
constexpr std::int64_t kFreePagesKept = 1024; ///< 16 MiB

// The pictures lie in a table of their own, so that noting a use never rewrites one. The id of a thumbnail is twice that of
// its content, and one more for the large class. An id is never given twice, so that a reader that was overtaken between
// two look-ups finds nothing rather than the picture of another file.
constexpr const char* kSchema = R"(
CREATE TABLE contents (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 BLOB UNIQUE);
CREATE TABLE files (
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    content INTEGER NOT NULL,
    PRIMARY KEY (inode, modified_ns, size, device)
) WITHOUT ROWID;
CREATE INDEX files_by_content ON files(content);
CREATE TABLE thumbnails (id INTEGER PRIMARY KEY, info BLOB NOT NULL, picture BLOB NOT NULL);
CREATE TABLE uses (id INTEGER PRIMARY KEY, hour INTEGER NOT NULL);
CREATE INDEX uses_by_hour ON uses(hour);
)";

std::int64_t hourNow()
{
    return std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::int64_t thumbnailId(std::int64_t content, ThumbnailClass size)
{
    return 2 * content + (size == ThumbnailClass::Large ? 1 : 0);
}

std::string shaBytes(const std::string& hex)
{
    return hexDecode(hex).value_or(std::string());
}

Result<void> prepareFile(const Connection& connection)
{
    PS_TRY(const std::int64_t version, connection.queryInteger("PRAGMA user_version"));
    PS_TRY(const std::int64_t application, connection.queryInteger("PRAGMA application_id"));
    PS_TRY(const bool hasUses, hasTable(connection, "uses"));
    if (hasUses && version == kVersion && application == kApplication)
        return connection.setPragma("synchronous", "1");
    PS_TRY(const std::int64_t tableCount, connection.queryInteger("SELECT count(*) FROM sqlite_schema"));
    if (tableCount != 0)
        return Error{ErrorCode::VersionMismatch, "the thumbnail cache is of another version", connection.path(), 0};
    // Both must be set before the first page is written.
    PS_TRY_VOID(connection.setPragma("page_size", "16384"));
    PS_TRY_VOID(connection.execute("PRAGMA auto_vacuum=INCREMENTAL"));
    PS_TRY_VOID(connection.setPragma("journal_mode", "wal"));
    PS_TRY_VOID(connection.setPragma("synchronous", "1"));
    PS_TRY(Transaction transaction, Transaction::beginImmediate(connection));
    PS_TRY(const bool isMade, hasTable(connection, "uses")); // by another program, a moment ago
    if (!isMade) {
        PS_TRY_VOID(connection.execute(kSchema));
        PS_TRY_VOID(connection.execute(("PRAGMA user_version=" + std::to_string(kVersion)).c_str()));
        PS_TRY_VOID(connection.execute(("PRAGMA application_id=" + std::to_string(kApplication)).c_str()));
    }
    return transaction.commit();
}

Result<Connection> openFile(const std::string& path)
{
    PS_TRY(Connection connection, Connection::open(path, OpenMode::Create));
    PS_TRY_VOID(prepareFile(connection));
    return connection;
}

std::uint64_t inodeOf(const std::string& path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

/// Only one program at a time may throw the file away.
class RebuildLock
{
public:
    explicit RebuildLock(const std::string& path)
        : m_file(::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600))
    {
        if (m_file.isOpen())
            ::flock(m_file.get(), LOCK_EX);
    }

private:
    UniqueFd m_file;
};

/// Makes the file anew, unless somebody has done so since the one with this inode was opened.
Result<Connection> replaceFile(const std::string& path, std::uint64_t damagedInode)
{
    const RebuildLock lock(path);
    if (inodeOf(path) != damagedInode) {
        if (auto connection = openFile(path))
            return connection;
    }
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        ::unlink((path + suffix).c_str());
    return openFile(path);
}

bool isDamage(const Error& error)
{
    return error.code == ErrorCode::Corrupt || error.code == ErrorCode::VersionMismatch ||
           error.code == ErrorCode::NotFound;
}

} // namespace

std::string ThumbnailCache::defaultPath()
{
    return userCacheFolder() + "/proofsheet/thumbnails.db";
}

Result<ThumbnailCache> ThumbnailCache::open(Options options)
{
    if (options.path.empty())
        options.path = defaultPath();
    if (!options.hour)
        options.hour = hourNow;
    PS_TRY_VOID(makeFolders(std::string(parentPath(options.path))));
    const std::uint64_t inode = inodeOf(options.path);
    auto connection = openFile(options.path);
    if (!connection && isDamage(connection.error())) {
        qCWarning(logStore, "the thumbnail cache is made anew: %s", connection.error().describe().c_str());
        connection = replaceFile(options.path, inode);
    }
    if (!connection)
        return std::move(connection).error();
    const std::uint64_t openInode = inodeOf(options.path);
    return ThumbnailCache(std::move(options), *std::move(connection), openInode);
}

ThumbnailCache::ThumbnailCache(Options options, Connection connection, std::uint64_t inode)
    : m_options(std::move(options)), m_connection(std::move(connection)), m_inode(inode)
{
}

Result<void> ThumbnailCache::makeAnew()
{
    m_usedSince.clear();
    m_connection.reset(); // the last connection of this program, unless another thread has its own
    PS_TRY(m_connection, replaceFile(m_options.path, m_inode));
    m_inode = inodeOf(m_options.path);
    return {};
}

template <typename Work>
auto ThumbnailCache::healed(Work&& work) -> decltype(work())
{
    if (!m_connection || inodeOf(m_options.path) != m_inode) // somebody removed or replaced the file
        PS_TRY_VOID(makeAnew());
    auto outcome = work();
    if (outcome || !isDamage(outcome.error()))
        return outcome;
    qCWarning(logStore, "the thumbnail cache is damaged: %s", outcome.error().describe().c_str());
    PS_TRY_VOID(makeAnew());
    return work();
}

// ---- reading -------------------------------------------------------------------------------------------------------

Result<std::optional<std::int64_t>> ThumbnailCache::contentOf(const ContentIdentity& identity)
{
    PS_TRY(
        const auto byFile,
        m_connection->borrow("SELECT content FROM files WHERE inode=?1 AND modified_ns=?2 AND size=?3 AND device=?4"));
    const FileIdentity& file = identity.file;
    byFile->bind(static_cast<std::int64_t>(file.inode), file.modifiedNs, file.sizeBytes,
                 static_cast<std::int64_t>(file.device));
    PS_TRY(const bool isKnown, byFile->step());
    if (isKnown)
        return byFile->optionalInteger(0);
    if (identity.sha256.empty())
        return std::optional<std::int64_t>();
    PS_TRY(const auto byHash, m_connection->borrow("SELECT id FROM contents WHERE sha256=?1"));
    byHash->bind(SqlBlob{shaBytes(identity.sha256)});
    PS_TRY(const bool isKnownContent, byHash->step());
    return isKnownContent ? byHash->optionalInteger(0) : std::optional<std::int64_t>();
}

Result<std::optional<EncodedThumbnail>> ThumbnailCache::lookUp(const ContentIdentity& identity, ThumbnailClass size)
{
    std::optional<EncodedThumbnail> found;
    PS_TRY(const auto content, contentOf(identity));
    if (!content)
        return found;
    const std::int64_t wanted = thumbnailId(*content, size);
    PS_TRY(
        const auto query,
        m_connection->borrow("SELECT t.id, t.info, t.picture, u.hour FROM thumbnails t LEFT JOIN uses u ON u.id=t.id "
                             "WHERE t.id BETWEEN ?1 AND ?2 ORDER BY t.id LIMIT 1"));
    query->bind(wanted, thumbnailId(*content, ThumbnailClass::Large));
    PS_TRY(const bool hasRow, query->step());
    if (!hasRow)
        return found;
    auto info = decodeImageInfo(query->text(1));
    if (!info) // written by a build with other facts: as good as none
        return found;
    info->identity = identity.file;
    found = EncodedThumbnail{std::string(query->text(2)), *std::move(info)};
    if (query->integer(3) != m_options.hour() && m_usedSince.size() < kMaxPendingUses)
        m_usedSince.push_back(query->integer(0));
    return found;
}

std::optional<EncodedThumbnail> ThumbnailCache::find(const ContentIdentity& identity, ThumbnailClass size)
{
    auto found = healed([&] { return lookUp(identity, size); });
    if (!found) {
        qCWarning(logStore, "the thumbnail cache cannot be read: %s", found.error().describe().c_str());
        return std::nullopt;
    }
    return *std::move(found);
}

Result<std::int64_t> ThumbnailCache::usedBytes()
{
    PS_TRY(const std::int64_t pages, m_connection->queryInteger("PRAGMA page_count"));
    PS_TRY(const std::int64_t freePages, m_connection->queryInteger("PRAGMA freelist_count"));
    PS_TRY(const std::int64_t pageBytes, m_connection->queryInteger("PRAGMA page_size"));
    return (pages - freePages) * pageBytes;
}

Result<ThumbnailCache::Figures> ThumbnailCache::figures()
{
    return healed([&]() -> Result<Figures> {
        Figures figures;
        PS_TRY(figures.thumbnailCount, m_connection->queryInteger("SELECT count(*) FROM uses"));
        PS_TRY(figures.fileBytes, usedBytes());
        return figures;
    });
}

// ---- writing -------------------------------------------------------------------------------------------------------

/// The content of this file, noted under its state; the content that has this hash, if there is one already.
Result<std::int64_t> ThumbnailCache::contentFor(const ContentIdentity& identity)
{
    PS_TRY(auto content, contentOf(identity));
    if (!content) {
        PS_TRY(const auto insert, m_connection->borrow("INSERT INTO contents(sha256) VALUES (?1)"));
        if (identity.sha256.empty())
            PS_TRY_VOID(insert->run(nullptr));
        else
            PS_TRY_VOID(insert->run(SqlBlob{shaBytes(identity.sha256)}));
        content = m_connection->lastInsertRowId();
    } else if (!identity.sha256.empty()) {
        PS_TRY(const auto learn,
               m_connection->borrow("UPDATE OR IGNORE contents SET sha256=?2 WHERE id=?1 AND sha256 IS NULL"));
        PS_TRY_VOID(learn->run(*content, SqlBlob{shaBytes(identity.sha256)}));
    }
    PS_TRY(const auto file, m_connection->borrow("INSERT OR REPLACE INTO files(inode, modified_ns, size, device, "
                                                 "content) VALUES (?1,?2,?3,?4,?5)"));
    PS_TRY_VOID(file->run(static_cast<std::int64_t>(identity.file.inode), identity.file.modifiedNs,
                          identity.file.sizeBytes, static_cast<std::int64_t>(identity.file.device), *content));
    return *content;
}

Result<void> ThumbnailCache::put(const Entry& entry)
{
    PS_TRY(const std::int64_t content, contentFor(entry.identity));
    const std::int64_t id = thumbnailId(content, entry.size);
    PS_TRY(const auto picture, m_connection->borrow("INSERT OR REPLACE INTO thumbnails VALUES (?1,?2,?3)"));
    PS_TRY_VOID(picture->run(id, SqlBlob{encode(entry.thumbnail.info)}, SqlBlob{entry.thumbnail.bytes}));
    PS_TRY(const auto use, m_connection->borrow("INSERT OR REPLACE INTO uses VALUES (?1,?2)"));
    return use->run(id, m_options.hour());
}

Result<void> ThumbnailCache::writeUses()
{
    PS_TRY(const auto use, m_connection->borrow("UPDATE uses SET hour=?2 WHERE id=?1"));
    const std::int64_t hour = m_options.hour();
    for (const std::int64_t id : m_usedSince)
        PS_TRY_VOID(use->run(id, hour));
    return {};
}

Result<void> ThumbnailCache::evictOldest(std::int64_t count)
{
    PS_TRY(const auto oldest, m_connection->borrow("SELECT id FROM uses ORDER BY hour, id LIMIT ?1"));
    oldest->bind(count);
    std::vector<std::int64_t> ids;
    for (;;) {
        PS_TRY(const bool hasRow, oldest->step());
        if (!hasRow)
            break;
        ids.push_back(oldest->integer(0));
    }
    PS_TRY(const auto picture, m_connection->borrow("DELETE FROM thumbnails WHERE id=?1"));
    PS_TRY(const auto use, m_connection->borrow("DELETE FROM uses WHERE id=?1"));
    PS_TRY(const auto files, m_connection->borrow("DELETE FROM files WHERE content=?1 AND NOT EXISTS "
                                                  "(SELECT 1 FROM uses WHERE id IN (2*?1, 2*?1+1))"));
    PS_TRY(const auto contents, m_connection->borrow("DELETE FROM contents WHERE id=?1 AND NOT EXISTS "
                                                     "(SELECT 1 FROM uses WHERE id IN (2*?1, 2*?1+1))"));
    for (const std::int64_t id : ids) {
        PS_TRY_VOID(picture->run(id));
        PS_TRY_VOID(use->run(id));
        PS_TRY_VOID(files->run(id / 2));
        PS_TRY_VOID(contents->run(id / 2));
    }
    return {};
}

Result<void> ThumbnailCache::evict()
{
    for (;;) {
        PS_TRY(const std::int64_t used, usedBytes());
        if (used <= m_options.budgetBytes)
            return {};
        PS_TRY(const std::int64_t count,
               m_connection->queryInteger("SELECT count(*) FROM (SELECT 1 FROM uses LIMIT 2)"));
        if (count == 0)
            return {};
        PS_TRY_VOID(evictOldest(kEvictionStep));
    }
}

/// After the budget was lowered: what is free returns to the file system step by step. In the ordinary run the next
/// thumbnails fill it.
Result<void> ThumbnailCache::giveBackPages()
{
    PS_TRY(const std::int64_t freePages, m_connection->queryInteger("PRAGMA freelist_count"));
    if (freePages < kFreePagesKept)
        return {};
    return m_connection->execute("PRAGMA incremental_vacuum(512)");
}

Result<void> ThumbnailCache::putAll(std::span<const Entry> entries)
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(*m_connection));
    for (const Entry& entry : entries)
        PS_TRY_VOID(put(entry));
    PS_TRY_VOID(writeUses());
    PS_TRY_VOID(evict());
    PS_TRY_VOID(giveBackPages());
    PS_TRY_VOID(transaction.commit());
    m_usedSince.clear();
    return {};
}

Result<void> ThumbnailCache::store(std::span<const Entry> entries)
{
    return healed([&] { return putAll(entries); });
}

Result<void> ThumbnailCache::flushUses()
{
    return m_usedSince.empty() ? Result<void>() : store({});
}

Result<void> ThumbnailCache::clear()
{
    return healed([&]() -> Result<void> {
        PS_TRY(Transaction transaction, Transaction::beginImmediate(*m_connection));
        for (const char* table : {"thumbnails", "uses", "files", "contents"})
            PS_TRY_VOID(m_connection->execute((std::string("DELETE FROM ") + table).c_str()));
        PS_TRY_VOID(transaction.commit());
        m_usedSince.clear();
        return m_connection->execute("PRAGMA incremental_vacuum");
    });
}

Result<void> ThumbnailCache::remove(const ContentIdentity& identity)
{
    return healed([&]() -> Result<void> {
        PS_TRY(Transaction transaction, Transaction::beginImmediate(*m_connection));
        PS_TRY(const auto content, contentOf(identity));
        if (!content)
            return {};
        for (const char* sql :
             {"DELETE FROM thumbnails WHERE id IN (2*?1, 2*?1+1)", "DELETE FROM uses WHERE id IN (2*?1, 2*?1+1)",
              "DELETE FROM files WHERE content=?1", "DELETE FROM contents WHERE id=?1"}) {
            PS_TRY(const auto statement, m_connection->borrow(sql));
            PS_TRY_VOID(statement->run(*content));
        }
        return transaction.commit();
    });
}

} // namespace ps
