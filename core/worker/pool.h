// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/worker/job_queue.h"
#include "core/worker/process.h"

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ps {

/// One question to a worker. The descriptors stay the caller's and must be open until the answer is there.
struct WorkerRequest {
    std::string itemKey; ///< what is quarantined when it kills workers; "" is never quarantined
    std::uint16_t operation = 0;
    std::string body;
    std::vector<int> descriptors;
    std::chrono::milliseconds timeLimit{15'000};
};

/// The worker of the pool thread on which a job runs, as that job sees it.
class WorkerClient
{
public:
    virtual ~WorkerClient() = default;

    /// Sends the request and returns the body of the answer. A request whose worker dies is sent once more to a fresh
    /// worker; the second death puts its item in quarantine.
    /// Errors: what the worker reported; Timeout (the worker is killed, and it counts as a death of the item, but the
    /// request is not repeated); WorkerCrashed after the second death and at once for an item in quarantine; Cancelled;
    /// VersionMismatch and Io when no worker can be started.
    virtual Result<std::string> call(const WorkerRequest& request) = 0;

    /// True when the job was cancelled or the pool is closing; for jobs of several requests.
    virtual bool isCancelled() const = 0;
};

/// Work for one pool thread: `run` asks the worker, `done` gets the outcome. `done` is called exactly once, on a pool
/// thread, also for jobs that never ran (Cancelled). Neither may block on another job of the same pool.
struct WorkerJob {
    Priority priority = Priority::Visible;
    std::function<Result<void>(WorkerClient&)> run;
    std::function<void(Result<void>)> done;
};

/// The state of a pool for the status bar.
struct PoolHealth {
    std::size_t workerCount = 0; ///< how many there can be
    std::size_t aliveCount = 0;  ///< processes that run now
    std::size_t busyCount = 0;
    std::array<std::size_t, kPriorityCount> queuedCounts{}; ///< by Priority
    std::uint64_t restartCount = 0;                         ///< workers started in place of dead ones
    std::size_t quarantinedCount = 0;
    std::uint32_t sandboxMask = 0; ///< SandboxPart values, 0 before the first worker said hello
    std::string sandbox;           ///< the same for people
};

/// Threads that own one worker process each and take jobs from one queue. Processes are started with the first job and
/// kept. After a death the next one starts at once, after deaths in a row with growing pauses.
/// Threads: every function may be called from any; the destructor not from a callback.
class WorkerPool
{
public:
    struct Options {
        WorkerProgram program;
        std::size_t workerCount = 2;
        bool startsEagerly = false; ///< start the processes now instead of with the first job
    };

    explicit WorkerPool(Options options);
    /// Kills what runs, cancels what waits, calls every callback and joins.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    JobId submit(WorkerJob job);

    /// The same for a job of a single request. `descriptors` are closed after the answer.
    JobId submit(Priority priority, WorkerRequest request, std::vector<UniqueFd> descriptors,
                 std::function<void(Result<std::string>)> done);

    /// Cancels a job that waits, or tells the worker that it need not finish one that runs. False when the job is
    /// neither. Its callback still comes, with Cancelled or with the result that was already on its way.
    bool cancel(JobId id);
    /// Cancels everything that waits with this priority and returns the number of jobs.
    std::size_t cancelAll(Priority priority);
    /// A job that waits is wanted sooner or later than was said. False when it does not wait any more.
    bool setPriority(JobId id, Priority priority);
    std::size_t workerCount() const { return m_slots.size(); }

    PoolHealth health() const;
    /// Gives every item in quarantine a new chance, for example after limits were raised.
    void clearQuarantine();

private:
    class Slot;
    struct Shared;

    std::unique_ptr<Shared> m_shared;
    std::vector<std::unique_ptr<Slot>> m_slots;
};

} // namespace ps
