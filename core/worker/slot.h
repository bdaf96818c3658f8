// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/worker/pool.h"
#include "core/worker/quarantine.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace ps {

/// What the threads of one pool share.
struct WorkerPool::Shared {
    Options options;
    JobQueue<WorkerJob> queue;
    Quarantine quarantine;
    std::atomic<std::uint64_t> restartCount = 0;

    mutable std::mutex mutex; ///< guards the next two
    std::uint32_t sandboxMask = 0;
    std::string sandbox;
};

/// One thread of a pool and its worker process.
class WorkerPool::Slot final : public WorkerClient
{
public:
    explicit Slot(Shared& shared);
    ~Slot() override;

    Result<std::string> call(const WorkerRequest& request) override;
    bool isCancelled() const override;

    /// Threads: any.
    bool cancelRunning(JobId id);
    void requestStop();
    bool isAlive() const;
    bool isBusy() const;

private:
    /// What became of one attempt: an answer (or an error that the worker reported), or the death of the worker.
    struct Attempt {
        std::optional<Result<std::string>> answer;
        bool isTimeout = false;
        std::string death;
    };

    void work(std::stop_token stop);
    void runJob(JobQueue<WorkerJob>::Entry entry);
    Result<void> ensureProcess();
    Result<std::unique_ptr<WorkerProcess>> startProcess();
    Result<void> pauseAfterDeaths();
    Attempt attempt(const WorkerRequest& request);
    Result<void> sendRequest(const WorkerRequest& request, Deadline deadline);
    Result<std::string> awaitAnswer(Deadline deadline, bool& isWorkerSane);
    Attempt died(const Error& cause, std::chrono::milliseconds timeLimit);
    void dropProcess();

    Shared& m_shared;
    std::stop_token m_stop;
    std::uint64_t m_requestId = 0;
    int m_deathsInARow = 0;
    bool m_hadProcess = false;

    std::mutex m_sendMutex;     ///< held while a frame is sent; taken before m_mutex, or only tried
    mutable std::mutex m_mutex; ///< guards the next four, which the slot's own thread may read without it
    std::condition_variable_any m_pause;
    std::unique_ptr<WorkerProcess> m_process;
    std::optional<JobId> m_runningJob;
    bool m_isCancelled = false;
    bool m_isAwaiting = false; ///< a request is on its way or with the worker

    std::jthread m_thread; ///< last member: it uses all the others
};

} // namespace ps
