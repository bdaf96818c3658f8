// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"

#include "core/base/text.h"

#include <sqlite3.h>

#include <cerrno>
#include <unistd.h>

namespace ps {

namespace {

constexpr int kMaxCellBytes = 64 * 1024 * 1024;
constexpr int kMaxSqlBytes = 1'000'000;
constexpr int kCancelCheckSteps = 10'000;

/// A URI so that "immutable" can be asked for; every other character of the path is taken literally.
std::string databaseUri(const std::string& path, bool immutable)
{
    // An absolute path stands behind an empty authority, so that a path with two leading slashes names none.
    std::string uri = path.starts_with('/') ? "file://" : "file:";
    for (const char c : path) {
        if (c == '?' || c == '#' || c == '%') {
            uri += '%' + hexEncode({&c, 1});
        } else {
            uri.push_back(c);
        }
    }
    return immutable ? uri + "?immutable=1" : uri;
}

int openFlags(OpenMode mode)
{
    switch (mode) {
    case OpenMode::ReadOnly:
    case OpenMode::ReadOnlyImmutable: return SQLITE_OPEN_READONLY;
    case OpenMode::ReadWrite: return SQLITE_OPEN_READWRITE;
    case OpenMode::Create: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    }
    return SQLITE_OPEN_READONLY;
}

int configure(sqlite3* handle)
{
    int code = sqlite3_extended_result_codes(handle, 1);
    const auto disable = [&](int option, int value) {
        int now = -1;
        if (code == SQLITE_OK)
            code = sqlite3_db_config(handle, option, value, &now);
    };
    disable(SQLITE_DBCONFIG_DEFENSIVE, 1);
    disable(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    disable(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kMaxCellBytes);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, kMaxSqlBytes);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1);
    return code;
}

/// The failure of an open. What was to be made cannot be missing, but its folder can.
Error openError(sqlite3* handle, int code, OpenMode mode, const std::string& path)
{
    Error error = sqliteError(handle, code, "open");
    if ((code & 0xFF) == SQLITE_CANTOPEN && ::access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
        const std::size_t slash = path.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
        const bool couldBeMade = mode == OpenMode::Create && ::access(folder.c_str(), F_OK) == 0;
        error.code = couldBeMade ? ErrorCode::Io : ErrorCode::NotFound;
    }
    return error.in(path);
}

} // namespace

void Connection::Closer::operator()(sqlite3* handle) const
{
    sqlite3_close_v2(handle);
}

Result<Connection> Connection::open(const std::string& path, OpenMode mode)
{
    sqlite3* handle = nullptr;
    const std::string uri = databaseUri(path, mode == OpenMode::ReadOnlyImmutable);
    const int flags = openFlags(mode) | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(uri.c_str(), &handle, flags, nullptr);
    Connection connection(handle, path); // owns the handle from here on, also when the open failed
    if (code == SQLITE_OK)
        code = configure(handle);
    if (code != SQLITE_OK)
        return openError(handle, code, mode, path);
    connection.setBusyTimeout(std::chrono::seconds(5));
    // Pages are checked cell by cell, because the file may be anyone's; the first read shows whether it is a database.
    for (const char* sql : {"PRAGMA cell_size_check=ON", "PRAGMA mmap_size=0", "SELECT count(*) FROM sqlite_schema"}) {
        if (auto outcome = connection.execute(sql); !outcome)
            return openError(handle, outcome.error().native, mode, path);
    }
    return connection;
}

namespace {

Result<Statement> compile(sqlite3* handle, std::string_view sql, unsigned flags)
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()), flags, &statement, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(handle, code, "prepare");
    return Statement(handle, statement);
}

} // namespace

Result<Statement> Connection::prepare(std::string_view sql) const
{
    return compile(m_handle.get(), sql, 0);
}

Result<BorrowedStatement> Connection::borrow(std::string_view sql) const
{
    std::unique_ptr<Statement>& kept = m_kept[std::string(sql)];
    if (!kept) {
        PS_TRY(Statement statement, compile(m_handle.get(), sql, SQLITE_PREPARE_PERSISTENT));
        kept = std::make_unique<Statement>(std::move(statement));
    }
    return BorrowedStatement(kept.get());
}

Result<void> Connection::execute(const char* sql) const
{
    const int code = sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(m_handle.get(), code, "execute");
    return {};
}

Result<std::int64_t> Connection::queryInteger(std::string_view sql) const
{
    PS_TRY(const auto statement, borrow(sql));
    PS_TRY(const bool hasRow, statement->step());
    if (!hasRow)
        return Error{ErrorCode::NotFound, "the query gave no row", {}, 0};
    return statement->integer(0);
}

Result<std::string> Connection::queryText(std::string_view sql) const
{
    PS_TRY(Statement statement, prepare(sql));
    PS_TRY(const bool hasRow, statement.step());
    if (!hasRow)
        return Error{ErrorCode::NotFound, "the query gave no row", {}, 0};
    return std::string(statement.text(0));
}

Result<void> Connection::setPragma(std::string_view name, std::string_view value) const
{
    const std::string pragma = "PRAGMA " + std::string(name);
    PS_TRY_VOID(execute((pragma + "=" + std::string(value)).c_str()));
    PS_TRY(const std::string now, queryText(pragma));
    if (now != value) {
        return Error{ErrorCode::Refused, pragma + " is " + now + " and not " + std::string(value), m_path, 0};
    }
    return {};
}

Result<JournalMode> Connection::journalMode() const
{
    PS_TRY(const std::string mode, queryText("PRAGMA journal_mode"));
    return mode == "wal" ? JournalMode::Wal : mode == "delete" ? JournalMode::Delete : JournalMode::Other;
}

Result<std::int64_t> Connection::dataVersion() const
{
    return queryInteger("PRAGMA data_version");
}

std::int64_t Connection::changeCount() const
{
    return sqlite3_changes64(m_handle.get());
}

std::int64_t Connection::lastInsertRowId() const
{
    return sqlite3_last_insert_rowid(m_handle.get());
}

bool Connection::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle.get()) == 0;
}

void Connection::interrupt() const
{
    sqlite3_interrupt(m_handle.get());
}

void Connection::setCancelCheck(std::function<bool()> shouldStop)
{
    if (!shouldStop) {
        sqlite3_progress_handler(m_handle.get(), 0, nullptr, nullptr);
        m_cancelCheck.reset();
        return;
    }
    m_cancelCheck = std::make_unique<std::function<bool()>>(std::move(shouldStop));
    sqlite3_progress_handler(
        m_handle.get(), kCancelCheckSteps,
        [](void* check) { return (*static_cast<std::function<bool()>*>(check))() ? 1 : 0; }, m_cancelCheck.get());
}

void Connection::setBusyTimeout(std::chrono::milliseconds timeout) const
{
    sqlite3_busy_timeout(m_handle.get(), static_cast<int>(timeout.count()));
}

Result<bool> hasTable(const Connection& connection, std::string_view name)
{
    PS_TRY(const auto statement,
           connection.borrow("SELECT 1 FROM sqlite_schema WHERE type IN ('table','view') AND name=?1"));
    statement->bind(name);
    return statement->step();
}

std::string quotedIdentifier(std::string_view name)
{
    std::string quoted = "\"";
    for (const char c : name) {
        quoted.push_back(c);
        if (c == '"')
            quoted.push_back('"');
    }
    quoted.push_back('"');
    return quoted;
}

int sqliteVersion()
{
    return sqlite3_libversion_number();
}

bool hasWalResetRace(int version)
{
    if (version < 3'007'000 || version >= 3'051'003)
        return false;
    const bool isRepaired344 = version >= 3'044'006 && version < 3'045'000;
    const bool isRepaired350 = version >= 3'050'007 && version < 3'051'000;
    return !isRepaired344 && !isRepaired350;
}

} // namespace ps
