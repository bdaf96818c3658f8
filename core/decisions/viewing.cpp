// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/viewing.h"

#include <sqlite3.h>

#include <array>
#include <sys/stat.h>

namespace ps {

namespace {

bool fileExists(const std::string& path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0;
}

/// The read version in the header: 2 means WAL. Read through SQLite's own file object, because closing a descriptor of ours
/// would drop the locks that SQLite holds on the file elsewhere in this process.
Result<bool> isWalFile(const Connection& connection)
{
    sqlite3_file* file = nullptr;
    int code = sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    std::array<unsigned char, 2> versions{};
    if (code == SQLITE_OK)
        code = file->pMethods->xRead(file, versions.data(), static_cast<int>(versions.size()), 18);
    if (code == SQLITE_IOERR_SHORT_READ)
        return false; // an empty file is an empty database
    if (code != SQLITE_OK)
        return sqliteError(connection.handle(), code, "read the header").in(connection.path());
    return versions[1] == 2;
}

} // namespace

Result<Connection> openForViewing(const std::string& path)
{
    if (fileExists(path + "-wal"))
        return Connection::open(path, OpenMode::ReadOnly);
    {
        PS_TRY(Connection lying, Connection::open(path, OpenMode::ReadOnlyImmutable));
        PS_TRY(const bool isWal, isWalFile(lying));
        if (isWal)
            return lying;
    }
    auto connection = Connection::open(path, OpenMode::ReadOnly);
    if (!connection && fileExists(path + "-journal")) {
        return Error{ErrorCode::Locked, "another program was interrupted while writing; start working to recover", path,
                     connection.error().native};
    }
    return connection;
}

} // namespace ps
