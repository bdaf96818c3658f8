// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/backup.h"

#include <optional>
#include <string>
#include <vector>

namespace ps {

/// One verified copy of a decision database.
struct Snapshot {
    std::string path;
    UtcTime takenAt;
    std::int64_t sizeBytes = 0;
};

/// Why a snapshot is asked for.
enum class SnapshotReason {
    WorkStarts,  ///< nothing may be written before there is one
    ChangesMade, ///< every 15 minutes of change
    BeforeBulk,  ///< finalize, repair, purge
};

/// The snapshots of one project: data/backups/{id}/{id}_{UTC stamp}.db. The first one, which shows the database as
/// Proofsheet met it, is never removed; of the others the newest eight and the last one of each of the 14 latest days stay.
class SnapshotShelf
{
public:
    SnapshotShelf(std::string folderPath, std::string projectId);

    /// Newest last. A missing folder is an empty shelf.
    Result<std::vector<Snapshot>> list() const;

    /// True when the policy wants one now: at work start unless one is younger than 15 minutes and `isUnchangedSince` says
    /// that nobody else wrote meanwhile; above 1 GB only one a day.
    Result<bool> isDue(SnapshotReason reason, UtcTime now, std::int64_t databaseBytes, bool isFirstTime) const;

    /// Takes one and removes what the policy no longer keeps, and what a crash left half done. One at a time, by the holder of
    /// the project lock. Errors: NoSpace, Corrupt, Cancelled ...
    Result<Snapshot> take(const Connection& source, UtcTime now, std::stop_token stop,
                          const BackupProgress& progress) const;

    const std::string& folderPath() const { return m_folderPath; }

private:
    Result<void> removeSuperseded() const;

    std::string m_folderPath;
    std::string m_projectId;
};

} // namespace ps
