// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/work_site.h"

#include "core/base/text.h"
#include "core/db/environment.h"
#include "core/db/transaction.h"
#include "core/decisions/schema.h"

#include <array>
#include <sys/random.h>
#include <unistd.h>

namespace ps {

namespace {

std::string hostName(const StoreOptions& options)
{
    if (!options.host.empty())
        return options.host;
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("unknown");
}

/// Random, because session numbers of two copies of one database would collide.
std::string sessionToken(const StoreOptions& options)
{
    if (!options.sessionToken.empty())
        return options.sessionToken;
    std::array<char, 16> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != std::ssize(bytes))
        return formatTimestamp(systemClock().now()) + "-" + std::to_string(::getpid());
    return hexEncode({bytes.data(), bytes.size()});
}

std::string holderText(const StoreOptions& options)
{
    return options.annotator + " on " + hostName(options) + ", " + options.program;
}

Result<std::int64_t> databaseBytes(const Connection& connection)
{
    PS_TRY(const std::int64_t pages, connection.queryInteger("PRAGMA page_count"));
    PS_TRY(const std::int64_t pageSize, connection.queryInteger("PRAGMA page_size"));
    return pages * pageSize;
}

} // namespace

Result<WorkSite> WorkSite::open(const StoreOptions& options, const Clock& clock, std::stop_token stop,
                                const BackupProgress& progress)
{
    PS_TRY(ProjectLock lock, ProjectLock::acquire(options.lockPath, holderText(options), clock.now()));
    PS_TRY(Connection connection, Connection::open(options.databasePath, OpenMode::ReadWrite));
    PS_TRY_VOID(checkWholePages(connection)); // a snapshot finds it as well, but not every start takes one
    PS_TRY(DecisionTable table, readDecisionTable(connection));
    if (!table.isComplete()) {
        return Error{ErrorCode::Unsupported,
                     "the table ai_decisions lacks the columns " + join(table.missingColumns(), ", "),
                     options.databasePath, 0};
    }
    PS_TRY(const auto version, ownSchemaVersion(connection));
    if (version.value_or(0) > kOwnSchemaVersion)
        return Error{ErrorCode::VersionMismatch, "the database was written by a newer version of this program",
                     options.databasePath, 0};

    WorkSite site(std::move(lock), std::move(connection), std::move(table),
                  SnapshotShelf(options.snapshotFolder, options.projectId));
    site.m_connection.setCancelCheck([stop] { return stop.stop_requested(); });
    PS_TRY(const std::int64_t bytes, databaseBytes(site.m_connection));
    PS_TRY(const bool isDue,
           site.m_shelf.isDue(SnapshotReason::WorkStarts, clock.now(), bytes, version != kOwnSchemaVersion));
    if (isDue) {
        PS_TRY(const Snapshot snapshot, site.m_shelf.take(site.m_connection, clock.now(), stop, progress));
        site.m_lastSnapshot = snapshot.takenAt;
    }
    PS_TRY_VOID(site.m_connection.setPragma("synchronous", "3")); // EXTRA until the journal is chosen
    PS_TRY_VOID(site.makeOwnTables(options, clock.now(), stop));
    site.m_connection.setCancelCheck({});
    PS_TRY_VOID(site.adjustJournal());
    return site;
}

Result<void> WorkSite::makeOwnTables(const StoreOptions& options, UtcTime now, std::stop_token stop)
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(m_connection));
    PS_TRY_VOID(migrateOwnTables(m_connection));
    PS_TRY(Statement insert,
           m_connection.prepare("INSERT INTO ps_sessions (token, annotator, program, host, started_at) "
                                "VALUES (?1,?2,?3,?4,?5)"));
    PS_TRY_VOID(
        insert.run(sessionToken(options), options.annotator, options.program, hostName(options), formatTimestamp(now)));
    m_sessionId = m_connection.lastInsertRowId();
    PS_TRY(const std::int64_t entries, m_connection.queryInteger("SELECT EXISTS (SELECT 1 FROM ps_ledger)"));
    if (entries == 0) {
        PS_TRY(const RowsDigest digest, digestRows(m_connection, m_table, stop));
        const Json detail = Json::object({{"rows", digest.count}, {"sha256", digest.sha256}});
        PS_TRY_VOID(appendLedgerEntry(m_connection, now, m_sessionId,
                                      {std::string(ledger_kind::kBaseline), {}, {}, {}, {}, detail}));
    }
    return transaction.commit();
}

Result<void> WorkSite::snapshotIfDue(SnapshotReason reason, UtcTime now, std::stop_token stop,
                                     const BackupProgress& progress)
{
    PS_TRY(const std::int64_t bytes, databaseBytes(m_connection));
    PS_TRY(const bool isDue, m_shelf.isDue(reason, now, bytes, false));
    if (!isDue)
        return {};
    PS_TRY(const Snapshot snapshot, m_shelf.take(m_connection, now, stop, progress));
    m_lastSnapshot = snapshot.takenAt;
    return {};
}

// ---- the journal ---------------------------------------------------------------------------------------------------

Result<bool> WorkSite::wantsWal()
{
    m_notes.clear();
    PS_TRY(const bool isLocal, isOnLocalFileSystem(m_connection.path()));
    if (!isLocal) {
        m_notes.emplace_back("the file system is a network or unknown one: DELETE + EXTRA instead of WAL");
        return false;
    }
    if (!hasWalResetRace(sqliteVersion()))
        return true;
    const std::vector<int> holders = otherProcessesHolding(m_connection.path());
    if (holders.empty())
        return true;
    m_notes.push_back("process " + std::to_string(holders.front()) +
                      " has the database open, and this SQLite has the WAL-reset race: DELETE + EXTRA instead of WAL");
    return false;
}

Result<void> WorkSite::useWal()
{
    PS_TRY_VOID(m_connection.setPragma("journal_mode", "wal"));
    PS_TRY_VOID(m_connection.setPragma("synchronous", "2")); // FULL
    PS_TRY_VOID(m_connection.setPragma("wal_autocheckpoint", "0"));
    m_usesWal = true;
    return {};
}

Result<void> WorkSite::useDelete()
{
    PS_TRY_VOID(m_connection.setPragma("journal_mode", "delete"));
    PS_TRY_VOID(m_connection.setPragma("synchronous", "3")); // EXTRA
    m_usesWal = false;
    return {};
}

Result<void> WorkSite::adjustJournal()
{
    PS_TRY(const JournalMode mode, m_connection.journalMode());
    PS_TRY(const bool isWalWanted, wantsWal());
    m_usesWal = mode == JournalMode::Wal;
    m_connection.setBusyTimeout(std::chrono::milliseconds(200));
    Result<void> outcome = isWalWanted ? useWal() : useDelete();
    m_connection.setBusyTimeout(std::chrono::seconds(5));
    if (outcome)
        return {};
    const bool isKeptByOthers = outcome.error().code == ErrorCode::Locked || outcome.error().code == ErrorCode::Refused;
    if (!isKeptByOthers)
        return outcome;
    // Somebody reads at this very moment. Both modes are durable with the right setting; the next attempt comes soon.
    m_notes.emplace_back("another process keeps the journal mode from being changed");
    return m_connection.setPragma("synchronous", m_usesWal ? "2" : "3");
}

Result<void> WorkSite::checkpoint(bool truncate)
{
    if (!m_usesWal)
        return {};
    PS_TRY(Statement run,
           m_connection.prepare(truncate ? "PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA wal_checkpoint(PASSIVE)"));
    // Readers are not waited for, because decisions would wait as well: what is left is taken the next time.
    m_connection.setBusyTimeout(std::chrono::milliseconds(0));
    auto outcome = run.finish();
    m_connection.setBusyTimeout(std::chrono::seconds(5));
    return outcome;
}

Result<std::string> WorkSite::close(UtcTime now)
{
    PS_TRY(Statement end, m_connection.prepare("UPDATE ps_sessions SET ended_at=?2 WHERE session_id=?1"));
    PS_TRY_VOID(end.run(m_sessionId, formatTimestamp(now)));
    PS_TRY_VOID(checkpoint(true));
    if (!m_usesWal)
        return std::string();
    m_connection.setBusyTimeout(std::chrono::milliseconds(500));
    const auto outcome = useDelete();
    if (outcome)
        return std::string();
    if (outcome.error().code != ErrorCode::Locked && outcome.error().code != ErrorCode::Refused)
        return outcome.error();
    return std::string(
        "another process holds the database, so it stays in WAL mode; copy it together with its -wal file");
}

} // namespace ps
