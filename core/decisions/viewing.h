// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

#include <string>

namespace ps {

/// Opens a decision database for reading in the journal mode found, and leaves no -wal, -shm or -journal behind that was not
/// there before. A database in WAL mode that nobody has open is read as it lies; so keep the connection only for one task
/// and open a new one for the next.
/// Threads: any. Errors: Corrupt, NotFound, Io; Locked when a hot journal waits for someone who may write.
Result<Connection> openForViewing(const std::string& path);

} // namespace ps
