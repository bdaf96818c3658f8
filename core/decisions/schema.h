// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

#include <optional>
#include <string>

namespace ps {

/// The text of ai_training_decisions_v3.sql, which the Python tools expect in data/schema/.
const char* decisionSchemaSql();

/// The newest version of the ps_ tables that this program knows.
constexpr std::int64_t kOwnSchemaVersion = 4;

/// Makes a new decision database: the version 3 table, indexes and views and nothing else.
/// Errors: AlreadyExists when the file is there, whatever it holds.
Result<void> createDecisionDatabase(const std::string& path);

/// The version of the ps_ tables in the file, or nothing when it has none.
Result<std::optional<std::int64_t>> ownSchemaVersion(const Connection& connection);

/// Brings the ps_ tables to this program's version inside the caller's transaction.
/// Errors: VersionMismatch when they are newer.
Result<void> migrateOwnTables(const Connection& connection);

} // namespace ps
