// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/decisions/store_transaction.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ps {

/// How the store stands. What a person sees is made from it in ui/.
enum class StoreState {
    Preparing, ///< lock, backup, own tables; jobs wait
    Working,   ///< jobs are written
    ReadOnly,  ///< after a failure of the disk, or when preparing failed: jobs are refused; see StoreStatus::error
    Closed,
};

struct StoreStatus {
    StoreState state = StoreState::Preparing;
    std::optional<Error> error;
    double preparedShare = 0;       ///< 0..1 of the backup while preparing
    std::string journalMode;        ///< "wal" or "delete" once working
    std::vector<std::string> notes; ///< for the status page: why not WAL, who else has the file open ...
    std::optional<UtcTime> lastSnapshot;
    std::size_t queuedJobs = 0;
};

struct StoreOptions {
    std::string projectId;
    std::string databasePath;
    std::string lockPath;
    std::string snapshotFolder;
    std::string annotator;
    std::string program;          ///< "proofsheet 0.1.0"
    const Clock* clock = nullptr; ///< must outlive the store; the system clock when null
    std::string host;             ///< empty: of this machine
    std::string sessionToken;     ///< empty: random

    /// Called on the writer thread after each change of the status. May be empty.
    std::function<void(const StoreStatus&)> onStatus;
    /// Called on the writer thread after a commit with every row that it changed, before the jobs are acknowledged: this is
    /// how the catalogue keeps up. May be empty.
    std::function<void(const std::vector<RowChange>&)> onCommitted;
    /// Called on the writer thread after a commit of a job that changed more rows than it lists: whoever keeps a picture of
    /// them has to look at the database again. May be empty.
    std::function<void()> onUnlistedCommit;
    /// Called on the writer thread when another program has changed the database. May be empty.
    std::function<void()> onForeignChange;
};

/// The only writer of one decision database. Jobs go into a queue; one thread takes all that wait, runs them in one
/// transaction, commits durably and then acknowledges them. A job that fails takes nothing else with it.
///
/// Threads: every public function may be called from any thread. Callbacks and jobs run on the writer thread.
/// Invariant: a job is acknowledged only after the commit that holds it has returned.
class DecisionStore
{
public:
    using Job = std::function<Result<void>(StoreTransaction&)>;
    using Done = std::function<void(Result<void>)>;

    /// Starts working on a database that exists. Returns at once; locking, the verified backup and the own tables are made
    /// on the writer thread, and jobs that come meanwhile wait.
    static std::unique_ptr<DecisionStore> start(StoreOptions options);

    /// Finishes what is queued, checkpoints and closes.
    ~DecisionStore();
    DecisionStore(const DecisionStore&) = delete;
    DecisionStore& operator=(const DecisionStore&) = delete;

    /// Queues a job. `done` is called exactly once, after the durable commit or with the reason why there was none.
    /// Errors in `done`: what the job returned; NoSpace (try again later); ReadOnly when the store has stopped writing.
    void submit(Job job, Done done);

    /// Queues a job and waits for it. Not for the UI thread.
    Result<void> run(Job job);

    /// Waits until the store works or has failed to. Not for the UI thread.
    Result<void> waitUntilReady();

    /// Takes a verified snapshot if the policy wants one before a bulk operation, after everything queued so far.
    Result<void> snapshotBeforeBulk();

    StoreStatus status() const;

private:
    class Writer;

    explicit DecisionStore(std::unique_ptr<Writer> writer);

    std::unique_ptr<Writer> m_writer;
};

/// Queues a job that gives a value, and waits for it. Not for the UI thread.
template <typename T, typename Work>
Result<T> runForValue(DecisionStore& store, Work work)
{
    std::optional<T> value;
    PS_TRY_VOID(store.run([&value, &work](StoreTransaction& transaction) -> Result<void> {
        Result<T> outcome = work(transaction);
        if (!outcome)
            return std::move(outcome).error();
        value = *std::move(outcome);
        return {};
    }));
    return *std::move(value);
}

} // namespace ps
