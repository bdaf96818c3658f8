// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

#include <functional>
#include <stop_token>
#include <string>

namespace ps {

/// Called with pages copied and pages in all; both grow only.
using BackupProgress = std::function<void(std::int64_t donePages, std::int64_t totalPages)>;

/// Copies a live database to `targetPath` through SQLite's backup API, checks the copy (quick_check and the number of
/// rows of every table) and puts it in place durably under its final name.
/// Threads: any; blocks. Cost: reads the source once and the copy twice.
/// Errors: AlreadyExists, NoSpace, Corrupt when the source does not pass its check, Cancelled. On failure no file is left.
Result<void> backUpDatabase(const Connection& source, const std::string& targetPath, std::stop_token stop,
                            const BackupProgress& progress);

/// PRAGMA quick_check, and whether the file is of whole pages: an empty list means sound; otherwise up to 100 sentences,
/// most of them SQLite's own.
Result<std::vector<std::string>> quickCheck(const Connection& connection);

/// Fine when the file is of whole pages, or a write-ahead log has what may be missing. SQLite takes the missing end of a
/// last page for zeros and none of its own checks sees that. Cost: asks for sizes. Errors: Corrupt when it is cut short.
Result<void> checkWholePages(const Connection& connection);

} // namespace ps
