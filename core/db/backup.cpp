// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/backup.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <sqlite3.h>

#include <map>
#include <unistd.h>

namespace ps {

namespace {

constexpr int kPagesPerStep = 4096; // 16 MiB: short enough to cancel, long enough not to matter

Result<void> copyPages(sqlite3* source, sqlite3* target, std::stop_token stop, const BackupProgress& progress)
{
    sqlite3_backup* backup = sqlite3_backup_init(target, "main", source, "main");
    if (!backup)
        return sqliteError(target, sqlite3_errcode(target), "start the backup");
    int code = SQLITE_OK;
    bool isStopped = false;
    do {
        code = sqlite3_backup_step(backup, kPagesPerStep);
        const int total = sqlite3_backup_pagecount(backup);
        if (progress)
            progress(total - sqlite3_backup_remaining(backup), total);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
            sqlite3_sleep(10);
        isStopped = stop.stop_requested();
    } while (!isStopped && (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED));
    const int finish = sqlite3_backup_finish(backup);
    if (isStopped && code != SQLITE_DONE)
        return Error{ErrorCode::Cancelled, "the backup was stopped", {}, 0};
    if (finish != SQLITE_OK)
        return sqliteError(target, finish, "back up");
    return {};
}

Result<std::map<std::string, std::int64_t>> rowCounts(const Connection& connection)
{
    std::vector<std::string> tables;
    PS_TRY(Statement names, connection.prepare("SELECT name FROM sqlite_schema WHERE type='table'"));
    for (;;) {
        PS_TRY(const bool hasRow, names.step());
        if (!hasRow)
            break;
        tables.emplace_back(names.text(0));
    }
    std::map<std::string, std::int64_t> counts;
    for (const std::string& table : tables) {
        PS_TRY(counts[table], connection.queryInteger("SELECT count(*) FROM " + quotedIdentifier(table)));
    }
    return counts;
}

/// Ends the read transaction of a connection.
class ReadTransactionEnd
{
public:
    explicit ReadTransactionEnd(const Connection& connection) : m_connection(connection) {}
    ReadTransactionEnd(const ReadTransactionEnd&) = delete;
    ReadTransactionEnd& operator=(const ReadTransactionEnd&) = delete;
    ~ReadTransactionEnd() { discard(m_connection.execute("COMMIT"), "a read transaction has nothing to lose"); }

private:
    const Connection& m_connection;
};

/// Bytes of a file that SQLite has open; 0 for one that it has not. Asked through its own file object, because closing a
/// descriptor of ours would drop its locks.
Result<std::int64_t> openFileBytes(const Connection& connection, int whichFile)
{
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(connection.handle(), "main", whichFile, &file) != SQLITE_OK || !file || !file->pMethods)
        return 0;
    sqlite3_int64 sizeBytes = 0;
    if (const int code = file->pMethods->xFileSize(file, &sizeBytes); code != SQLITE_OK)
        return sqliteError(connection.handle(), code, "ask for the size of the file").in(connection.path());
    return sizeBytes;
}

Result<bool> endsWithinPage(const Connection& connection)
{
    // A hot journal is rolled back and the log of another process is found only when something is read.
    PS_TRY_VOID(connection.queryInteger("PRAGMA schema_version"));
    PS_TRY(const std::int64_t pageBytes, connection.queryInteger("PRAGMA page_size"));
    PS_TRY(const std::int64_t sizeBytes, openFileBytes(connection, SQLITE_FCNTL_FILE_POINTER));
    if (sizeBytes % pageBytes == 0)
        return false;
    PS_TRY(const std::int64_t logBytes, openFileBytes(connection, SQLITE_FCNTL_JOURNAL_POINTER));
    return logBytes ==
           0; // else a checkpoint may have been interrupted within the page, and the next one writes it again
}

constexpr const char* kEndsWithinPage = "the file ends in the middle of a page";

Result<void> verifyCopy(const Connection& source, const std::string& copyPath)
{
    PS_TRY_VOID(checkWholePages(source)); // the copy is of whole pages and shows nothing
    PS_TRY(const Connection copy, Connection::open(copyPath, OpenMode::ReadOnlyImmutable));
    PS_TRY(const std::vector<std::string> problems, quickCheck(copy));
    if (!problems.empty()) {
        return Error{ErrorCode::Corrupt, "the database is damaged: " + problems.front(), source.path(), 0};
    }
    PS_TRY(const auto expected, rowCounts(source));
    PS_TRY(const auto actual, rowCounts(copy));
    if (expected != actual)
        return Error{ErrorCode::Corrupt, "the copy has other rows than the database", copyPath, 0};
    return {};
}

} // namespace

Result<void> checkWholePages(const Connection& connection)
{
    PS_TRY(const bool isCutShort, endsWithinPage(connection));
    if (isCutShort)
        return Error{ErrorCode::Corrupt, std::string("the database is damaged: ") + kEndsWithinPage, connection.path(),
                     0};
    return {};
}

Result<std::vector<std::string>> quickCheck(const Connection& connection)
{
    std::vector<std::string> problems;
    PS_TRY(const bool isCutShort, endsWithinPage(connection));
    if (isCutShort)
        problems.emplace_back(kEndsWithinPage);
    PS_TRY(Statement check, connection.prepare("PRAGMA quick_check"));
    for (;;) {
        auto hasRow = check.step();
        if (!hasRow && hasRow.error().code == ErrorCode::Corrupt) {
            problems.push_back(hasRow.error().message);
            return problems;
        }
        if (!hasRow)
            return std::move(hasRow).error();
        if (!*hasRow)
            return problems;
        if (check.text(0) != "ok")
            problems.emplace_back(check.text(0));
    }
}

Result<void> backUpDatabase(const Connection& source, const std::string& targetPath, std::stop_token stop,
                            const BackupProgress& progress)
{
    const std::string folderPath(parentPath(targetPath));
    PS_TRY(const UniqueFd folder, openFolder(folderPath));
    const std::string temporary = temporaryName();
    const std::string temporaryPath = joinPath(folderPath, temporary);
    const auto run = [&]() -> Result<void> {
        // One read transaction around copying and counting: scripts that write meanwhile wait, and the counts agree.
        PS_TRY_VOID(source.execute("BEGIN; SELECT count(*) FROM sqlite_schema"));
        const ReadTransactionEnd readEnd(source);
        {
            PS_TRY(const Connection target, Connection::open(temporaryPath, OpenMode::Create));
            PS_TRY_VOID(target.execute("PRAGMA synchronous=FULL"));
            PS_TRY_VOID(copyPages(source.handle(), target.handle(), stop, progress));
            // A copy of a database in WAL mode carries that mode in its header; the copy is to be one whole file.
            PS_TRY_VOID(target.setPragma("journal_mode", "delete"));
        }
        PS_TRY_VOID(verifyCopy(source, temporaryPath));
        PS_TRY_VOID(renameNoReplace(folder.get(), temporary, folder.get(), fileName(targetPath)));
        return syncFolder(folder.get());
    };
    Result<void> outcome = run();
    if (!outcome) {
        for (const char* suffix : {"", "-journal", "-wal", "-shm"})
            discard(removeFile(folder.get(), temporary + suffix), "a leftover temporary file is harmless");
        return outcome.error().in(targetPath);
    }
    return {};
}

} // namespace ps
