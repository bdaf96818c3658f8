// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/statement.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace ps {

/// A prepared statement that its connection keeps; it is ready for its next user when this goes out of scope.
class BorrowedStatement
{
public:
    explicit BorrowedStatement(Statement* statement) : m_statement(statement) {}
    BorrowedStatement(BorrowedStatement&& other) noexcept : m_statement(std::exchange(other.m_statement, nullptr)) {}
    BorrowedStatement& operator=(BorrowedStatement&&) = delete;
    ~BorrowedStatement()
    {
        if (m_statement)
            m_statement->reset();
    }

    Statement* operator->() const { return m_statement; }
    Statement& operator*() const { return *m_statement; }

private:
    Statement* m_statement;
};

enum class OpenMode {
    ReadOnly,          ///< never writes to the database; may use the -wal and -shm of a database in WAL mode
    ReadOnlyImmutable, ///< takes no lock and makes no file; only while nobody writes
    ReadWrite,         ///< the file must exist
    Create,            ///< makes the file; AlreadyExists is the caller's check
};

enum class JournalMode { Delete, Wal, Other };

/// One SQLite connection, used by one thread at a time. Every file is treated as if a stranger had made it: no trusted
/// schema, no writing of the schema as data, limits on lengths.
class Connection
{
public:
    /// Opens `path`. The file is read at once, so that something that is not a database fails here.
    /// Errors: NotFound, Corrupt (not a database, or a damaged header), Locked, ReadOnly, Io.
    static Result<Connection> open(const std::string& path, OpenMode mode);

    /// Compiles one statement. Errors: Corrupt for a table or column that the file does not have; Internal for wrong SQL.
    Result<Statement> prepare(std::string_view sql) const;
    /// The same, compiled once and kept by the connection. One user at a time for each text.
    Result<BorrowedStatement> borrow(std::string_view sql) const;

    /// Runs one or several statements without values.
    Result<void> execute(const char* sql) const;
    /// The first column of the first row as an integer; NotFound without a row. The statement is kept as by borrow(), so
    /// values do not belong into the text.
    Result<std::int64_t> queryInteger(std::string_view sql) const;
    Result<std::string> queryText(std::string_view sql) const;

    /// Sets a pragma and reads it back. Errors: Refused when SQLite kept another value.
    Result<void> setPragma(std::string_view name, std::string_view value) const;
    Result<JournalMode> journalMode() const;
    /// Changes whenever another connection has changed the database.
    Result<std::int64_t> dataVersion() const;

    std::int64_t changeCount() const;
    std::int64_t lastInsertRowId() const;
    bool isInTransaction() const;
    /// Makes the running statement of this connection fail with Cancelled. Threads: any.
    void interrupt() const;
    /// Calls `shouldStop` about every 10,000 virtual-machine steps; true cancels the running statement.
    void setCancelCheck(std::function<bool()> shouldStop);
    void setBusyTimeout(std::chrono::milliseconds timeout) const;

    sqlite3* handle() const { return m_handle.get(); }
    const std::string& path() const { return m_path; }

private:
    struct Closer {
        void operator()(sqlite3* handle) const;
    };

    Connection(sqlite3* handle, std::string path) : m_handle(handle), m_path(std::move(path)) {}

    std::unique_ptr<sqlite3, Closer> m_handle;
    std::string m_path;
    std::unique_ptr<std::function<bool()>> m_cancelCheck;
    mutable std::unordered_map<std::string, std::unique_ptr<Statement>> m_kept; // goes before the handle
};

/// True when the table or view exists in the main schema.
Result<bool> hasTable(const Connection& connection, std::string_view name);

/// "a ""quoted"" name" for a column or table whose name comes from the database itself.
std::string quotedIdentifier(std::string_view name);

/// The version of the linked SQLite as a number, for example 3040001.
int sqliteVersion();
/// True for the versions whose WAL-reset race can corrupt a database that several processes write (3.7.0 up to, without,
/// the repaired 3.44.6, 3.50.7 and 3.51.3). Source: sqlite.org/wal.html#walresetbug.
bool hasWalResetRace(int version);

} // namespace ps
