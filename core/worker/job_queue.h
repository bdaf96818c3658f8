// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace ps {

/// What is done first: what a person is looking at, what comes next, everything else.
enum class Priority { Visible, Ahead, Background };
constexpr std::size_t kPriorityCount = 3;

using JobId = std::uint64_t;

/// A queue of jobs by priority, then by age, from which several threads take. Cancelled jobs are handed out too, marked
/// and first, so that whoever submitted them gets an answer. Threads: any.
template <typename Job>
class JobQueue
{
public:
    struct Entry {
        JobId id = 0;
        Job job;
        bool isCancelled = false;
    };

    /// After close() the job is cancelled at once.
    JobId push(Priority priority, Job job)
    {
        const std::lock_guard lock(m_mutex);
        const JobId id = ++m_lastId;
        if (m_isClosed)
            m_cancelled.push_back({id, std::move(job), true});
        else
            waiting(priority).emplace(id, std::move(job));
        m_changed.notify_one();
        return id;
    }

    /// The next job; waits for one. Nothing when `stop` was requested or the queue is closed, and nothing is left.
    std::optional<Entry> pop(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, stop, [&] { return m_isClosed || !isEmpty(); });
        if (!m_cancelled.empty()) {
            Entry entry = std::move(m_cancelled.front());
            m_cancelled.pop_front();
            return entry;
        }
        for (auto& jobs : m_waiting) {
            if (jobs.empty())
                continue;
            auto node = jobs.extract(jobs.begin());
            return Entry{node.key(), std::move(node.mapped()), false};
        }
        return std::nullopt;
    }

    /// True when the job was still waiting.
    bool cancel(JobId id)
    {
        const std::lock_guard lock(m_mutex);
        for (auto& jobs : m_waiting) {
            if (auto node = jobs.extract(id)) {
                m_cancelled.push_back({id, std::move(node.mapped()), true});
                m_changed.notify_one();
                return true;
            }
        }
        return false;
    }

    /// Moves a job that waits to where it would stand had it come with this priority. False when it does not wait.
    bool setPriority(JobId id, Priority priority)
    {
        const std::lock_guard lock(m_mutex);
        for (auto& jobs : m_waiting) {
            if (auto node = jobs.extract(id)) {
                waiting(priority).insert(std::move(node));
                return true;
            }
        }
        return false;
    }

    /// Cancels what waits with this priority and returns how many jobs that were.
    std::size_t cancelAll(Priority priority)
    {
        const std::lock_guard lock(m_mutex);
        const std::size_t count = waiting(priority).size();
        cancelWaiting(waiting(priority));
        m_changed.notify_all();
        return count;
    }

    /// Cancels everything that waits and lets the threads run out.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_isClosed = true;
        for (auto& jobs : m_waiting)
            cancelWaiting(jobs);
        m_changed.notify_all();
    }

    bool isClosed() const
    {
        const std::lock_guard lock(m_mutex);
        return m_isClosed;
    }

    std::array<std::size_t, kPriorityCount> waitingCounts() const
    {
        const std::lock_guard lock(m_mutex);
        return {m_waiting[0].size(), m_waiting[1].size(), m_waiting[2].size()};
    }

private:
    using Jobs = std::map<JobId, Job>; // ids grow, so the order is that of submission

    Jobs& waiting(Priority priority) { return m_waiting[static_cast<std::size_t>(priority)]; }
    bool isEmpty() const
    {
        return m_cancelled.empty() && m_waiting[0].empty() && m_waiting[1].empty() && m_waiting[2].empty();
    }
    void cancelWaiting(Jobs& jobs)
    {
        for (auto& [id, job] : jobs)
            m_cancelled.push_back({id, std::move(job), true});
        jobs.clear();
    }

    mutable std::mutex m_mutex; ///< guards everything below
    std::condition_variable_any m_changed;
    std::array<Jobs, kPriorityCount> m_waiting;
    std::deque<Entry> m_cancelled;
    JobId m_lastId = 0;
    bool m_isClosed = false;
};

} // namespace ps
