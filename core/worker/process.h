// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/worker/channel.h"
#include "core/worker/messages.h"

#include <memory>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <vector>

namespace ps {

/// The descriptor number at which a worker finds its connection.
constexpr int kWorkerSocketFd = 3;

/// Which program to run as a worker and how.
struct WorkerProgram {
    std::string path;
    std::vector<std::string> environment; ///< "NAME=value", added to the small environment that every worker gets
    std::chrono::milliseconds helloTimeout{5000};
};

/// One running worker process that has said Hello. Its descriptors are 0 and 1 on /dev/null, 2 a pipe into our log and
/// 3 the connection; its environment holds nothing of the user's. Threads: one, except kill(). The kernel kills the
/// worker when the *thread* that started it ends (PR_SET_PDEATHSIG), so that thread must live as long as this object.
class WorkerProcess
{
public:
    /// Starts the program and exchanges Hellos. Blocks for the time the program needs to start, at most helloTimeout.
    /// Errors: VersionMismatch; Io for everything else that keeps a worker from starting, with the reason; isGone() is
    /// true for one that died on the way.
    static Result<std::unique_ptr<WorkerProcess>> start(const WorkerProgram& program);

    /// Says goodbye, waits a moment, then kills; never leaves a zombie.
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    Channel& channel() { return m_channel; }
    const HelloMessage& hello() const { return m_hello; }
    pid_t pid() const { return m_pid; }

    /// Ends the process at once; the thread that waits for an answer sees the connection close. Threads: any.
    void kill();

    /// Waits for the end of a process that is dying, killing it after `grace`, and says how it ended, for example
    /// "killed by signal 11 (SEGV)".
    std::string reap(std::chrono::milliseconds grace);

    /// Puts what the worker wrote to its standard error into our log, line by line. Never blocks.
    void drainLog();

private:
    WorkerProcess(pid_t pid, Channel channel, UniqueFd log)
        : m_pid(pid), m_channel(std::move(channel)), m_log(std::move(log))
    {
    }

    Result<void> exchangeHello(std::chrono::milliseconds timeout);
    bool reapWithin(std::chrono::milliseconds grace);
    Error startError(const Error& cause);

    const pid_t m_pid;
    Channel m_channel;
    UniqueFd m_log;
    std::string m_logLine; ///< the unfinished last line
    HelloMessage m_hello;

    std::mutex m_mutex; ///< guards the next two
    bool m_isReaped = false;
    int m_waitStatus = 0;
};

} // namespace ps
