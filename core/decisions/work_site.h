// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/decision_store.h"
#include "core/decisions/project_lock.h"
#include "core/decisions/snapshots.h"

#include <stop_token>

namespace ps {

/// Everything that is held while a project is worked on: the lock, the only writing connection, its journal settings and
/// the session. Used by the writer thread alone.
class WorkSite
{
public:
    /// In this order: lock, open, check the table, verified snapshot, own tables and session, journal mode. Nothing is
    /// written before the snapshot is there.
    /// Errors: Locked, Corrupt, Unsupported (columns missing), VersionMismatch (newer), NoSpace, Cancelled.
    static Result<WorkSite> open(const StoreOptions& options, const Clock& clock, std::stop_token stop,
                                 const BackupProgress& progress);

    const Connection& connection() const { return m_connection; }
    const DecisionTable& table() const { return m_table; }
    std::int64_t sessionId() const { return m_sessionId; }
    bool usesWal() const { return m_usesWal; }
    const std::vector<std::string>& notes() const { return m_notes; }
    std::optional<UtcTime> lastSnapshot() const { return m_lastSnapshot; }

    /// Takes a snapshot when the policy wants one for `reason`.
    Result<void> snapshotIfDue(SnapshotReason reason, UtcTime now, std::stop_token stop,
                               const BackupProgress& progress);

    /// Chooses WAL + FULL, or DELETE + EXTRA on a network file system and while another process has the file open under a
    /// SQLite with the WAL-reset race. Called again now and then, because other processes come and go.
    Result<void> adjustJournal();

    /// Brings the content of the -wal file into the database, when there is one.
    Result<void> checkpoint(bool truncate);

    /// Ends the session and goes back to DELETE, so that the .db alone is a whole copy. While another process holds the
    /// file it stays in WAL, which is said in the returned note ("" otherwise).
    Result<std::string> close(UtcTime now);

private:
    WorkSite(ProjectLock lock, Connection connection, DecisionTable table, SnapshotShelf shelf)
        : m_lock(std::move(lock)), m_connection(std::move(connection)), m_table(std::move(table)),
          m_shelf(std::move(shelf))
    {
    }

    Result<void> makeOwnTables(const StoreOptions& options, UtcTime now, std::stop_token stop);
    Result<bool> wantsWal();
    Result<void> useWal();
    Result<void> useDelete();

    ProjectLock m_lock;
    Connection m_connection;
    DecisionTable m_table;
    SnapshotShelf m_shelf;
    std::int64_t m_sessionId = 0;
    bool m_usesWal = false;
    std::vector<std::string> m_notes;
    std::optional<UtcTime> m_lastSnapshot;
};

} // namespace ps
