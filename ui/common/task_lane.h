// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace ps {

/// One background thread that does tasks in the order in which they come. The UI thread hands work over and gets the answer
/// as an event; it never waits.
/// Threads: run() and clear() on any; answers arrive on the thread of their context object.
class TaskLane
{
public:
    /// What happens at the end to tasks that wait.
    enum class AtEnd {
        Drop,   ///< look-ups, which nobody will see any more
        Finish, ///< what a person was told is being done
    };

    explicit TaskLane(AtEnd atEnd) : m_atEnd(atEnd), m_thread([this](std::stop_token stop) { serve(std::move(stop)); })
    {
    }
    /// Asks the running task to stop, drops or finishes what waits, and joins.
    ~TaskLane()
    {
        m_thread.request_stop();
        m_wake.notify_all();
    }
    TaskLane(const TaskLane&) = delete;
    TaskLane& operator=(const TaskLane&) = delete;

    /// Does `work(stop token)` on the lane, then `answer(result)` on the thread of `context`, unless the context has gone.
    template <typename Work, typename Answer>
    void run(QObject* context, Work work, Answer answer)
    {
        enqueue([guard = QPointer<QObject>(context), work = std::move(work),
                 answer = std::move(answer)](std::stop_token stop) mutable {
            auto result = std::make_shared<decltype(work(stop))>(work(stop));
            if (!guard)
                return;
            QMetaObject::invokeMethod(
                guard.data(), [result, answer = std::move(answer)]() mutable { answer(std::move(*result)); },
                Qt::QueuedConnection);
        });
    }

    /// Drops what waits.
    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.clear();
    }

private:
    using Task = std::function<void(std::stop_token)>;

    void enqueue(std::function<void(std::stop_token)> task)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_tasks.push_back(std::move(task));
        }
        m_wake.notify_all();
    }

    void serve(std::stop_token stop)
    {
        for (;;) {
            Task task;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [&] { return !m_tasks.empty() || stop.stop_requested(); });
                if (m_tasks.empty() || (stop.stop_requested() && m_atEnd == AtEnd::Drop))
                    return;
                task = std::move(m_tasks.front());
                m_tasks.pop_front();
            }
            task(stop);
        }
    }

    const AtEnd m_atEnd;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_tasks; // guarded by m_mutex
    std::jthread m_thread;    // last: it uses everything above
};

} // namespace ps
