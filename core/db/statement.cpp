// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/statement.h"

#include <sqlite3.h>

#include <cerrno>
#include <unistd.h>

namespace ps {

namespace {

/// A quota reports EDQUOT as a plain write error; only errno tells it from a broken disk. A failed fsync is never taken for
/// a full disk: what it lost may already have been believed to be safe.
bool isFullDisk(sqlite3* handle, int resultCode)
{
    const int systemErrno = handle ? sqlite3_system_errno(handle) : 0;
    return resultCode == SQLITE_IOERR_WRITE && (systemErrno == EDQUOT || systemErrno == ENOSPC);
}

/// SQLite's own errno is of its second try, which is to open for reading what it could not make: on a full disk that says
/// ENOENT too.
bool isMissing(sqlite3* handle)
{
    const char* path = handle ? sqlite3_db_filename(handle, "main") : nullptr;
    return path && *path && sqlite3_system_errno(handle) == ENOENT && ::access(path, F_OK) != 0;
}

/// The file may be anyone's: that it lacks a table or column, or that its header names a format that nobody has, is no defect of
/// the program.
bool isAboutTheFile(sqlite3* handle)
{
    const std::string_view message = handle ? sqlite3_errmsg(handle) : "";
    return message.starts_with("no such ") || message == "unsupported file format";
}

ErrorCode classify(sqlite3* handle, int resultCode)
{
    switch (resultCode & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::Locked;
    case SQLITE_FULL: return ErrorCode::NoSpace;
    case SQLITE_IOERR: return isFullDisk(handle, resultCode) ? ErrorCode::NoSpace : ErrorCode::Io;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorCode::Corrupt;
    case SQLITE_READONLY:
    case SQLITE_PERM: return ErrorCode::ReadOnly;
    case SQLITE_CANTOPEN: return isMissing(handle) ? ErrorCode::NotFound : ErrorCode::Io;
    case SQLITE_CONSTRAINT: return ErrorCode::InvalidInput;
    case SQLITE_TOOBIG: return ErrorCode::TooLarge;
    case SQLITE_INTERRUPT: return ErrorCode::Cancelled;
    case SQLITE_ERROR: return isAboutTheFile(handle) ? ErrorCode::Corrupt : ErrorCode::Internal;
    default: return ErrorCode::Internal;
    }
}

} // namespace

Error sqliteError(sqlite3* handle, int resultCode, std::string_view doing)
{
    const int extended = handle ? sqlite3_extended_errcode(handle) : resultCode;
    std::string message = std::string(doing) + ": " + (handle ? sqlite3_errmsg(handle) : sqlite3_errstr(resultCode));
    return {classify(handle, resultCode), std::move(message), {}, extended};
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

void Statement::clear()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
    m_bindError = SQLITE_OK;
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

Result<bool> Statement::step()
{
    if (m_bindError != SQLITE_OK)
        return sqliteError(m_handle, m_bindError, "bind");
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement.get());
        return false;
    }
    Error error = sqliteError(m_handle, code, "step"); // before the reset, which forgets the message
    sqlite3_reset(m_statement.get());
    return error;
}

Result<void> Statement::finish()
{
    for (;;) {
        PS_TRY(const bool hasRow, step());
        if (!hasRow)
            return {};
    }
}

int Statement::columnCount() const
{
    return sqlite3_column_count(m_statement.get());
}

std::string_view Statement::columnName(int column) const
{
    const char* name = sqlite3_column_name(m_statement.get(), column);
    return name ? name : "";
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

bool Statement::isInteger(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_INTEGER;
}

bool Statement::isReal(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_FLOAT;
}

bool Statement::isText(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_TEXT;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string_view Statement::text(int column) const
{
    // As text where it is text: a database in UTF-16 gives the bytes of UTF-16 otherwise.
    const void* bytes = isText(column) ? static_cast<const void*>(sqlite3_column_text(m_statement.get(), column))
                                       : sqlite3_column_blob(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
                 : std::string_view();
}

SqlValue Statement::value(int column) const
{
    switch (sqlite3_column_type(m_statement.get(), column)) {
    case SQLITE_INTEGER: return integer(column);
    case SQLITE_FLOAT: return real(column);
    case SQLITE_TEXT: return std::string(text(column));
    case SQLITE_BLOB: return SqlBlob{std::string(text(column))};
    default: return std::monostate{};
    }
}

std::optional<std::string> Statement::optionalText(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return std::string(text(column));
}

std::optional<std::int64_t> Statement::optionalInteger(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return integer(column);
}

void Statement::bindAt(int index, std::nullptr_t)
{
    m_bindError |= sqlite3_bind_null(m_statement.get(), index);
}

void Statement::bindAt(int index, std::string_view text)
{
    const char* data = text.data() ? text.data() : "";
    m_bindError |= sqlite3_bind_text64(m_statement.get(), index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Statement::bindAt(int index, double number)
{
    m_bindError |= sqlite3_bind_double(m_statement.get(), index, number);
}

void Statement::bindAt(int index, const SqlBlob& blob)
{
    const char* data = blob.bytes.data();
    m_bindError |= sqlite3_bind_blob64(m_statement.get(), index, data, blob.bytes.size(), SQLITE_TRANSIENT);
}

void Statement::bindAt(int index, const SqlValue& value)
{
    std::visit(
        [this, index](const auto& cell) {
            if constexpr (std::is_same_v<std::decay_t<decltype(cell)>, std::monostate>)
                bindAt(index, nullptr);
            else
                bindAt(index, cell);
        },
        value);
}

void Statement::bindInteger(int index, std::int64_t number)
{
    m_bindError |= sqlite3_bind_int64(m_statement.get(), index, number);
}

} // namespace ps
