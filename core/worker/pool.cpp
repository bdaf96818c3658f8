// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/pool.h"

#include "core/worker/slot.h"

#include <algorithm>

namespace ps {

WorkerPool::WorkerPool(Options options) : m_shared(std::make_unique<Shared>())
{
    m_shared->options = std::move(options);
    m_slots.reserve(m_shared->options.workerCount);
    for (std::size_t i = 0; i < std::max<std::size_t>(m_shared->options.workerCount, 1); ++i)
        m_slots.push_back(std::make_unique<Slot>(*m_shared));
}

WorkerPool::~WorkerPool()
{
    m_shared->queue.close();
    for (const auto& slot : m_slots) // all of them first, so that they end side by side
        slot->requestStop();
    m_slots.clear();
}

JobId WorkerPool::submit(WorkerJob job)
{
    const Priority priority = job.priority;
    return m_shared->queue.push(priority, std::move(job));
}

JobId WorkerPool::submit(Priority priority, WorkerRequest request, std::vector<UniqueFd> descriptors,
                         std::function<void(Result<std::string>)> done)
{
    struct State {
        WorkerRequest request;
        std::vector<UniqueFd> descriptors;
        std::string answer;
    };
    auto state = std::make_shared<State>(State{std::move(request), std::move(descriptors), {}});
    for (const UniqueFd& fd : state->descriptors)
        state->request.descriptors.push_back(fd.get());

    WorkerJob job;
    job.priority = priority;
    job.run = [state](WorkerClient& client) -> Result<void> {
        PS_TRY(state->answer, client.call(state->request));
        return {};
    };
    job.done = [state, done = std::move(done)](Result<void> outcome) {
        if (outcome)
            done(std::move(state->answer));
        else
            done(std::move(outcome).error());
    };
    return submit(std::move(job));
}

bool WorkerPool::cancel(JobId id)
{
    return m_shared->queue.cancel(id) ||
           std::any_of(m_slots.begin(), m_slots.end(), [id](const auto& slot) { return slot->cancelRunning(id); });
}

std::size_t WorkerPool::cancelAll(Priority priority)
{
    return m_shared->queue.cancelAll(priority);
}

bool WorkerPool::setPriority(JobId id, Priority priority)
{
    return m_shared->queue.setPriority(id, priority);
}

PoolHealth WorkerPool::health() const
{
    PoolHealth health;
    health.workerCount = m_slots.size();
    for (const auto& slot : m_slots) {
        health.aliveCount += std::size_t{slot->isAlive()};
        health.busyCount += std::size_t{slot->isBusy()};
    }
    health.queuedCounts = m_shared->queue.waitingCounts();
    health.restartCount = m_shared->restartCount;
    health.quarantinedCount = m_shared->quarantine.count();
    const std::lock_guard lock(m_shared->mutex);
    health.sandboxMask = m_shared->sandboxMask;
    health.sandbox = m_shared->sandbox;
    return health;
}

void WorkerPool::clearQuarantine()
{
    m_shared->quarantine.clear();
}

} // namespace ps
