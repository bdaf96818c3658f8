// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/decision_store.h"

#include "core/base/log.h"
#include "core/db/transaction.h"
#include "core/decisions/external_changes.h"
#include "core/decisions/viewing.h"
#include "core/decisions/work_site.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace ps {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMaxBatchJobs = 256;
constexpr std::chrono::seconds kIdleBeforeCheckpoint{5};
constexpr std::chrono::minutes kSnapshotInterval{15};
constexpr int kCommitsBetweenCheckpoints = 512;

/// One thing for the writer thread: a job inside a transaction, or a task between transactions.
struct QueueItem {
    DecisionStore::Job job;
    std::function<Result<void>()> task;
    DecisionStore::Done done;
};

Error stoppedError(const std::optional<Error>& cause)
{
    Error error{ErrorCode::ReadOnly, "the project is open for viewing only", {}, 0};
    if (cause) {
        error.message += ": " + cause->message;
        error.context = cause->context;
        error.native = cause->native;
    }
    return error;
}

/// A failure after which nothing may be trusted to reach the disk. A full disk is not one of them: it can be emptied.
bool stopsWriting(const Error& error)
{
    return error.code == ErrorCode::Io || error.code == ErrorCode::Corrupt || error.code == ErrorCode::ReadOnly;
}

} // namespace

/// The queue and the thread behind a store.
class DecisionStore::Writer
{
public:
    explicit Writer(StoreOptions options)
        : m_options(std::move(options)), m_clock(m_options.clock ? *m_options.clock : systemClock()),
          m_thread([this](std::stop_token stop) { runThread(stop); })
    {
    }

    ~Writer()
    {
        {
            // Under the mutex, or the thread could miss it between its look at the queue and its falling asleep.
            const std::lock_guard lock(m_mutex);
            m_thread.request_stop();
        }
        m_wake.notify_all();
    }

    void enqueue(QueueItem item)
    {
        std::optional<Error> refusal;
        {
            const std::lock_guard lock(m_mutex);
            if (m_status.state == StoreState::ReadOnly || m_status.state == StoreState::Closed)
                refusal = stoppedError(m_status.error);
            else
                m_queue.push_back(std::move(item));
        }
        if (refusal)
            item.done(*refusal);
        else
            m_wake.notify_all();
    }

    Result<void> waitUntilReady()
    {
        std::unique_lock lock(m_mutex);
        m_ready.wait(lock, [this] { return m_status.state != StoreState::Preparing; });
        if (m_status.error)
            return *m_status.error;
        return {};
    }

    StoreStatus status() const
    {
        const std::lock_guard lock(m_mutex);
        StoreStatus copy = m_status;
        copy.queuedJobs = m_queue.size();
        return copy;
    }

    /// On the writer thread.
    Result<void> takeSnapshot(SnapshotReason reason)
    {
        m_snapshotThread = {}; // one at a time: waits for the one that may be running
        const UtcTime now = nextTime();
        auto outcome = m_site->snapshotIfDue(reason, now, m_stop, {});
        if (outcome)
            updateStatus([&](StoreStatus& status) { status.lastSnapshot = m_site->lastSnapshot(); });
        return outcome;
    }

private:
    void runThread(std::stop_token stop)
    {
        m_stop = stop;
        auto site = WorkSite::open(m_options, m_clock, stop, [this](std::int64_t done, std::int64_t total) {
            updateStatus([&](StoreStatus& status) {
                status.preparedShare = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
            });
        });
        if (!site) {
            stopWriting(site.error());
            return;
        }
        m_site.emplace(*std::move(site));
        m_knownRows = currentRows();
        updateStatus([this](StoreStatus& status) { describeSite(status, StoreState::Working); });
        m_ready.notify_all();
        serve(stop);
        closeSite();
    }

    void serve(std::stop_token stop)
    {
        m_lastSnapshot = SteadyClock::now();
        while (m_site) {
            std::deque<QueueItem> batch = nextBatch(stop);
            if (batch.empty() && stop.stop_requested())
                return;
            if (batch.empty())
                rest();
            else if (batch.front().task)
                runTask(batch.front());
            else
                runBatch(batch);
        }
    }

    /// The jobs up to the next task, or that task alone. Empty after a time without work, and when stopping.
    std::deque<QueueItem> nextBatch(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, kIdleBeforeCheckpoint, [&] { return !m_queue.empty() || stop.stop_requested(); });
        std::deque<QueueItem> batch;
        while (!m_queue.empty() && batch.size() < kMaxBatchJobs) {
            const bool isTask = static_cast<bool>(m_queue.front().task);
            if (isTask && !batch.empty())
                break;
            batch.push_back(std::move(m_queue.front()));
            m_queue.pop_front();
            if (isTask)
                break;
        }
        return batch;
    }

    /// What a batch of jobs did to rows.
    struct BatchChanges {
        std::vector<RowChange> listed;
        bool hasUnlisted = false;
    };

    void runTask(QueueItem& item) { item.done(item.task()); }

    void runBatch(std::deque<QueueItem>& batch)
    {
        std::vector<Result<void>> outcomes;
        BatchChanges changes;
        Result<void> committed = writeBatch(batch, outcomes, changes);
        if (!committed && stopsWriting(committed.error())) {
            // The item that failed and all that wait are told why; nothing of this batch was acknowledged.
            const Error cause = committed.error();
            m_site.reset();
            stopWriting(cause);
        } else if (committed) {
            m_hasChangedSinceSnapshot = true;
            if (m_options.onCommitted && !changes.listed.empty())
                m_options.onCommitted(changes.listed);
            if (m_options.onUnlistedCommit && changes.hasUnlisted)
                m_options.onUnlistedCommit();
        }
        for (std::size_t i = 0; i < batch.size(); ++i)
            batch[i].done(committed ? std::move(outcomes[i]) : Result<void>(committed.error()));
        if (m_site)
            afterCommit();
    }

    Result<void> writeBatch(std::deque<QueueItem>& batch, std::vector<Result<void>>& outcomes, BatchChanges& changes)
    {
        const Connection& connection = m_site->connection();
        PS_TRY(Transaction transaction, Transaction::beginImmediate(connection));
        PS_TRY_VOID(noticeForeignChanges());
        for (QueueItem& item : batch) {
            PS_TRY(Savepoint savepoint, Savepoint::begin(connection));
            StoreTransaction work(connection, m_site->table(), m_options.projectId, m_site->sessionId(), nextTime(),
                                  m_foreignRows);
            Result<void> outcome = item.job(work);
            const bool isDiskFailure = !outcome && outcome.error().native != 0 && stopsWriting(outcome.error());
            if (isDiskFailure)
                return outcome;
            if (!connection.isInTransaction()) // after a full disk SQLite has rolled everything back already
                return outcome ? Error{ErrorCode::Internal, "the transaction ended early", {}, 0} : outcome;
            if (outcome) {
                PS_TRY_VOID(savepoint.release());
                changes.listed.insert(changes.listed.end(), work.changes().begin(), work.changes().end());
                changes.hasUnlisted = changes.hasUnlisted || work.hasUnlistedChanges();
            }
            outcomes.push_back(std::move(outcome));
        }
        const KnownRows known = currentRows(); // still inside: nobody can add a row between this and the commit
        PS_TRY_VOID(transaction.commit());
        m_knownRows = known;
        return {};
    }

    void afterCommit()
    {
        if (++m_commitsSinceCheckpoint >= kCommitsBetweenCheckpoints)
            checkpoint(false);
        if (!m_hasChangedSinceSnapshot || SteadyClock::now() - m_lastSnapshot < kSnapshotInterval)
            return;
        m_lastSnapshot = SteadyClock::now();
        m_hasChangedSinceSnapshot = false;
        if (m_site->usesWal())
            startSnapshotThread();
        else if (auto taken = takeSnapshot(SnapshotReason::ChangesMade); !taken)
            qCWarning(logStore, "no snapshot: %s", taken.error().describe().c_str());
    }

    /// In WAL mode a reader disturbs nobody, so decisions go on while the copy is made.
    void startSnapshotThread()
    {
        const SnapshotShelf shelf(m_options.snapshotFolder, m_options.projectId);
        const UtcTime now = nextTime();
        m_snapshotThread = std::jthread([this, shelf, now](std::stop_token stop) {
            auto source = Connection::open(m_options.databasePath, OpenMode::ReadOnly);
            auto taken = source ? shelf.take(*source, now, stop, {}) : Result<Snapshot>(source.error());
            if (taken)
                updateStatus([&](StoreStatus& status) { status.lastSnapshot = taken->takenAt; });
            else
                qCWarning(logStore, "no snapshot: %s", taken.error().describe().c_str());
        });
    }

    void checkpoint(bool truncate)
    {
        m_commitsSinceCheckpoint = 0;
        if (auto outcome = m_site->checkpoint(truncate); !outcome)
            qCWarning(logStore, "no checkpoint: %s", outcome.error().describe().c_str());
    }

    /// Five seconds without work.
    void rest()
    {
        if (m_commitsSinceCheckpoint > 0)
            checkpoint(true);
        if (auto adjusted = m_site->adjustJournal(); !adjusted)
            qCWarning(logStore, "journal mode: %s", adjusted.error().describe().c_str());
        updateStatus([this](StoreStatus& status) { describeSite(status, StoreState::Working); });
        const std::int64_t dataVersion = currentRows().dataVersion;
        if (dataVersion != m_knownRows.dataVersion && dataVersion != m_reportedDataVersion)
            reportForeignChange(dataVersion);
    }

    // ---- what other programs do --------------------------------------------------------------------------------

    struct KnownRows {
        std::int64_t dataVersion = 0;
        std::int64_t lastRowId = 0;
    };

    KnownRows currentRows() const
    {
        const Connection& connection = m_site->connection();
        return {connection.dataVersion().value_or(0),
                connection.queryInteger("SELECT max(rowid) FROM ai_decisions").value_or(0)};
    }

    /// Inside the transaction, so that nobody can write any more: rows that others have added since our last commit become
    /// ledger entries. Rows that they changed are found by the reconciliation, or by the fingerprint of a decision.
    Result<void> noticeForeignChanges()
    {
        PS_TRY(const std::int64_t dataVersion, m_site->connection().dataVersion());
        if (dataVersion == m_knownRows.dataVersion)
            return {};
        // What is known changes only with the commit: when this batch fails, the next one has to notice it all again.
        PS_TRY(Statement added, m_site->connection().prepare(selectRows(m_site->table()) + " WHERE rowid > ?1"));
        added.bind(m_knownRows.lastRowId);
        std::vector<DecisionRow> rows;
        for (;;) {
            PS_TRY(const bool hasRow, added.step());
            if (!hasRow)
                break;
            rows.push_back(readRow(added, m_site->table()));
        }
        StoreTransaction work(m_site->connection(), m_site->table(), m_options.projectId, m_site->sessionId(),
                              nextTime(), m_foreignRows);
        ExternalChanges changes(work, SnapshotShelf(m_options.snapshotFolder, m_options.projectId));
        for (const DecisionRow& row : rows) {
            m_foreignRows[row.text("images").value_or("")].insert(row.groupId());
            PS_TRY_VOID(changes.note(row.groupId(), true));
        }
        if (dataVersion != m_reportedDataVersion)
            reportForeignChange(dataVersion);
        return {};
    }

    void reportForeignChange(std::int64_t dataVersion)
    {
        m_reportedDataVersion = dataVersion;
        if (m_options.onForeignChange)
            m_options.onForeignChange();
    }

    // ---- status ------------------------------------------------------------------------------------------------

    template <typename Change>
    void updateStatus(Change change)
    {
        StoreStatus copy;
        {
            const std::lock_guard lock(m_mutex);
            change(m_status);
            copy = m_status;
            copy.queuedJobs = m_queue.size();
        }
        if (m_options.onStatus)
            m_options.onStatus(copy);
    }

    void describeSite(StoreStatus& status, StoreState state)
    {
        status.state = state;
        status.preparedShare = 1;
        status.journalMode = m_site->usesWal() ? "wal" : "delete";
        status.notes = m_site->notes();
        status.lastSnapshot = m_site->lastSnapshot();
    }

    /// Refuses everything from here on and tells all that wait.
    void stopWriting(const Error& cause)
    {
        std::deque<QueueItem> waiting;
        updateStatus([&](StoreStatus& status) {
            status.state = StoreState::ReadOnly;
            status.error = cause;
            waiting.swap(m_queue);
        });
        m_ready.notify_all();
        for (QueueItem& item : waiting)
            item.done(stoppedError(cause));
    }

    void closeSite()
    {
        m_snapshotThread = {};
        if (m_site) {
            auto note = m_site->close(nextTime());
            if (!note)
                qCWarning(logStore, "closing: %s", note.error().describe().c_str());
            m_site.reset();
            updateStatus([&](StoreStatus& status) {
                status.state = StoreState::Closed;
                if (note && !note->empty())
                    status.notes = {*note};
            });
        }
    }

    /// The time of a job: never the same twice and never backwards within a session, whatever the clock does.
    UtcTime nextTime()
    {
        m_lastTime = std::max(m_clock.now(), m_lastTime + std::chrono::microseconds(1));
        return m_lastTime;
    }

    const StoreOptions m_options;
    const Clock& m_clock;

    // Guarded by m_mutex.
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_ready;
    std::deque<QueueItem> m_queue;
    StoreStatus m_status;

    // Of the writer thread.
    std::optional<WorkSite> m_site;
    std::stop_token m_stop;
    KnownRows m_knownRows;
    std::int64_t m_reportedDataVersion = 0;
    ForeignRows m_foreignRows;
    UtcTime m_lastTime;
    int m_commitsSinceCheckpoint = 0;
    bool m_hasChangedSinceSnapshot = false;
    SteadyClock::time_point m_lastSnapshot;
    std::jthread m_snapshotThread;

    std::jthread m_thread; // last: it uses everything above
};

std::unique_ptr<DecisionStore> DecisionStore::start(StoreOptions options)
{
    return std::unique_ptr<DecisionStore>(new DecisionStore(std::make_unique<Writer>(std::move(options))));
}

DecisionStore::DecisionStore(std::unique_ptr<Writer> writer) : m_writer(std::move(writer)) {}
DecisionStore::~DecisionStore() = default;

void DecisionStore::submit(Job job, Done done)
{
    m_writer->enqueue({std::move(job), {}, std::move(done)});
}

namespace {

/// Queues something and blocks until it is done.
template <typename Enqueue>
Result<void> waitFor(Enqueue enqueue)
{
    std::promise<Result<void>> promise;
    std::future<Result<void>> future = promise.get_future();
    enqueue([&promise](Result<void> outcome) { promise.set_value(std::move(outcome)); });
    return future.get();
}

} // namespace

Result<void> DecisionStore::run(Job job)
{
    return waitFor([&](Done done) { submit(std::move(job), std::move(done)); });
}

Result<void> DecisionStore::waitUntilReady()
{
    return m_writer->waitUntilReady();
}

Result<void> DecisionStore::snapshotBeforeBulk()
{
    return waitFor([&](Done done) {
        m_writer->enqueue({{}, [this] { return m_writer->takeSnapshot(SnapshotReason::BeforeBulk); }, std::move(done)});
    });
}

StoreStatus DecisionStore::status() const
{
    return m_writer->status();
}

} // namespace ps
