// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/schema.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <array>

namespace ps {

extern const char* const kDecisionSchemaSql;
extern const char* const kOwnTables0001Sql;
extern const char* const kOwnTables0002Sql;
extern const char* const kOwnTables0003Sql;
extern const char* const kOwnTables0004Sql;

namespace {

/// Each text brings the tables from one version to the next.
const std::array<const char*, kOwnSchemaVersion> kMigrations{kOwnTables0001Sql, kOwnTables0002Sql, kOwnTables0003Sql,
                                                             kOwnTables0004Sql};

} // namespace

const char* decisionSchemaSql()
{
    return kDecisionSchemaSql;
}

Result<void> createDecisionDatabase(const std::string& path)
{
    PS_TRY(const UniqueFd folder, openFolder(std::string(parentPath(path))));
    const auto existing = identifyBeneath(folder.get(), fileName(path));
    if (existing || existing.error().code != ErrorCode::NotFound)
        return Error{ErrorCode::AlreadyExists, "the database exists already", path, 0};
    // Made under a temporary name: a crash never leaves a database without its tables.
    const std::string temporary = temporaryName();
    {
        PS_TRY(const Connection connection, Connection::open(joinPath(parentPath(path), temporary), OpenMode::Create));
        PS_TRY_VOID(connection.execute("PRAGMA synchronous=EXTRA"));
        PS_TRY_VOID(connection.execute(decisionSchemaSql()));
    }
    if (auto renamed = renameNoReplace(folder.get(), temporary, folder.get(), fileName(path)); !renamed) {
        discard(removeFile(folder.get(), temporary), "a leftover temporary file is harmless");
        return renamed.error().in(path);
    }
    return syncFolder(folder.get());
}

Result<std::optional<std::int64_t>> ownSchemaVersion(const Connection& connection)
{
    PS_TRY(const bool hasMeta, hasTable(connection, "ps_meta"));
    if (!hasMeta)
        return std::optional<std::int64_t>();
    PS_TRY(const std::string text, connection.queryText("SELECT value FROM ps_meta WHERE key='schema_version'"));
    const auto version = parseInteger(text);
    if (!version)
        return Error{ErrorCode::Corrupt, "the schema version is not a number", text, 0};
    return version;
}

Result<void> migrateOwnTables(const Connection& connection)
{
    PS_TRY(const auto version, ownSchemaVersion(connection));
    if (version.value_or(0) > kOwnSchemaVersion) {
        return Error{ErrorCode::VersionMismatch,
                     "the database was written by a newer version (tables " + std::to_string(*version) + ", known " +
                         std::to_string(kOwnSchemaVersion) + ")",
                     connection.path(), 0};
    }
    if (version == kOwnSchemaVersion)
        return {};
    for (std::int64_t next = version.value_or(0); next < kOwnSchemaVersion; ++next)
        PS_TRY_VOID(connection.execute(kMigrations.at(static_cast<std::size_t>(next))));
    PS_TRY(Statement note, connection.prepare("INSERT OR REPLACE INTO ps_meta VALUES ('schema_version', ?1)"));
    return note.run(std::to_string(kOwnSchemaVersion));
}

} // namespace ps
