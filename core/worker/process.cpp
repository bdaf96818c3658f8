// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/process.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/worker/exit_code.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace ps {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxLogLineBytes = 512;
constexpr std::size_t kMaxLogBytesPerDrain = 64 * 1024;
constexpr auto kGoodbyeGrace = 1000ms;
constexpr int kFirstSafeFd = 10; // above the numbers that the child's own descriptors get

/// What of our own environment a worker may see: where libraries are, and how sanitizers report.
constexpr const char* kInheritedNames[] = {"LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS",
                                           "TSAN_OPTIONS"};

std::vector<std::string> workerEnvironment(const WorkerProgram& program)
{
    // OMP_WAIT_POLICY: idle OpenMP threads that spin make everything else on a busy machine several times slower.
    // OPENCV_OPENCL_RUNTIME: the sandbox has no drivers, so they are not even searched for.
    std::vector<std::string> variables = {"LC_ALL=C.UTF-8", "OMP_WAIT_POLICY=passive",
                                          "OPENCV_OPENCL_RUNTIME=disabled"};
    for (const char* name : kInheritedNames) {
        if (const char* value = std::getenv(name))
            variables.push_back(std::string(name) + '=' + value);
    }
    variables.insert(variables.end(), program.environment.begin(), program.environment.end());
    return variables;
}

/// Pairs init and destroy of the two structures that posix_spawn wants.
class SpawnSettings
{
public:
    SpawnSettings()
    {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawnattr_init(&m_attributes);
    }
    ~SpawnSettings()
    {
        ::posix_spawnattr_destroy(&m_attributes);
        ::posix_spawn_file_actions_destroy(&m_actions);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;

    void arrange(int socketFd, int logFd)
    {
        ::posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&m_actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_adddup2(&m_actions, logFd, STDERR_FILENO);
        ::posix_spawn_file_actions_adddup2(&m_actions, socketFd, kWorkerSocketFd);
        ::posix_spawn_file_actions_addclosefrom_np(&m_actions, kWorkerSocketFd + 1);

        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&m_attributes, &none);
        ::posix_spawnattr_setsigdefault(&m_attributes, &all);
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }

    Result<pid_t> spawn(const WorkerProgram& program)
    {
        std::vector<std::string> variables = workerEnvironment(program);
        std::vector<char*> environment;
        for (std::string& variable : variables)
            environment.push_back(variable.data());
        environment.push_back(nullptr);
        std::string path = program.path;
        char* const arguments[] = {path.data(), nullptr};

        pid_t pid = -1;
        const int code = ::posix_spawn(&pid, path.c_str(), &m_actions, &m_attributes, arguments, environment.data());
        if (code != 0)
            return errnoError("cannot run the worker program", program.path, code);
        return pid;
    }

private:
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
};

/// Makes sure that the descriptor's number is not one that the child assigns anew.
Result<UniqueFd> movedUp(UniqueFd fd)
{
    if (fd.get() >= kFirstSafeFd)
        return fd;
    UniqueFd moved(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kFirstSafeFd));
    if (!moved.isOpen())
        return errnoError("cannot duplicate a descriptor", {}, errno);
    return moved;
}

/// Both ends never block: a worker that writes faster than we read loses lines instead of time.
Result<SocketPair> makeLogPipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return errnoError("cannot make a pipe", {}, errno);
    return SocketPair{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

std::string describeStatus(int status)
{
    if (WIFSIGNALED(status)) {
        const int number = WTERMSIG(status);
        const char* name = ::sigabbrev_np(number);
        return "killed by signal " + std::to_string(number) + " (" + (name ? name : "unknown") + ")";
    }
    const int code = WEXITSTATUS(status);
    return std::string(workerExitText(code)) + " (exit code " + std::to_string(code) + ")";
}

} // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const WorkerProgram& program)
{
    const auto asStartError = [&](Error cause) {
        return Error{ErrorCode::Io, "the worker could not be started: " + cause.message, program.path, cause.native};
    };
    auto socket = makeSocketPair();
    if (!socket)
        return asStartError(socket.error());
    auto log = makeLogPipe();
    if (!log)
        return asStartError(log.error());
    auto childSocket = movedUp(std::move(socket->theirs));
    if (!childSocket)
        return asStartError(childSocket.error());
    auto childLog = movedUp(std::move(log->theirs));
    if (!childLog)
        return asStartError(childLog.error());

    SpawnSettings settings;
    settings.arrange(childSocket->get(), childLog->get());
    const auto pid = settings.spawn(program);
    if (!pid)
        return asStartError(pid.error());
    childSocket->reset();
    childLog->reset();

    std::unique_ptr<WorkerProcess> process(
        new WorkerProcess(*pid, Channel(std::move(socket->ours), Descriptors::Refuse), std::move(log->ours)));
    if (const auto outcome = process->exchangeHello(program.helloTimeout); !outcome)
        return process->startError(outcome.error()).in(program.path);
    return process;
}

Result<void> WorkerProcess::exchangeHello(std::chrono::milliseconds timeout)
{
    const Deadline deadline = deadlineIn(timeout);
    HelloMessage own;
    own.buildId = buildId();
    PS_TRY_VOID(m_channel.send({FrameType::Hello, 0, encodeHello(own)}, {}, deadline));
    PS_TRY(const ReceivedFrame answer, m_channel.receive(deadline));
    if (answer.frame.type != FrameType::Hello)
        return Error{
            ErrorCode::Corrupt, "the first frame is " + frameTypeName(answer.frame.type) + " instead of Hello", {}, 0};
    PS_TRY(m_hello, decodeHello(answer.frame.payload));
    return checkHello(m_hello);
}

Error WorkerProcess::startError(const Error& cause)
{
    const bool diedByItself = isGone(cause);
    if (!diedByItself)
        kill();
    const std::string ending = reap(kGoodbyeGrace);
    if (cause.code == ErrorCode::VersionMismatch ||
        (WIFEXITED(m_waitStatus) && WEXITSTATUS(m_waitStatus) == static_cast<int>(WorkerExit::VersionMismatch)))
        return {ErrorCode::VersionMismatch, diedByItself ? ending : cause.message, {}, 0};
    return {
        ErrorCode::Io, "the worker did not say hello: " + (diedByItself ? ending : cause.message), {}, cause.native};
}

WorkerProcess::~WorkerProcess()
{
    if (!m_isReaped) {
        discard(m_channel.send({FrameType::Bye, 0, {}}, {}, deadlineIn(0ms)), "it is killed otherwise");
        reap(kGoodbyeGrace);
    }
}

void WorkerProcess::kill()
{
    const std::lock_guard lock(m_mutex);
    if (!m_isReaped) // afterwards the number may belong to somebody else
        ::kill(m_pid, SIGKILL);
}

bool WorkerProcess::reapWithin(std::chrono::milliseconds grace)
{
    const Deadline deadline = deadlineIn(grace);
    for (;;) {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_isReaped) {
                const pid_t ended = ::waitpid(m_pid, &m_waitStatus, WNOHANG);
                m_isReaped = ended == m_pid || (ended < 0 && errno == ECHILD);
            }
            if (m_isReaped)
                return true;
        }
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        std::this_thread::sleep_for(1ms);
    }
}

std::string WorkerProcess::reap(std::chrono::milliseconds grace)
{
    if (!reapWithin(grace)) {
        kill();
        while (!reapWithin(1000ms)) // a process in uninterruptible sleep takes as long as its disk does
            qCWarning(logWorker, "worker %d does not end", m_pid);
    }
    drainLog();
    return describeStatus(m_waitStatus);
}

void WorkerProcess::drainLog()
{
    char chunk[4096];
    for (std::size_t total = 0; total < kMaxLogBytesPerDrain;) {
        const ssize_t count = ::read(m_log.get(), chunk, sizeof chunk);
        if (count <= 0)
            return;
        total += static_cast<std::size_t>(count);
        for (const char c : std::string_view(chunk, static_cast<std::size_t>(count))) {
            if (c != '\n' && m_logLine.size() < kMaxLogLineBytes) {
                m_logLine.push_back(c);
            } else if (c == '\n') {
                // displayText: the worker may be in the hands of a hostile file, the log is read by people in terminals
                qCInfo(logWorker, "worker %d: %s", m_pid, displayText(m_logLine).c_str());
                m_logLine.clear();
            }
        }
    }
}

} // namespace ps
