// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/slot.h"

#include "core/base/log.h"
#include "core/base/text.h"

#include <algorithm>

namespace ps {

namespace {

using namespace std::chrono_literals;

constexpr auto kFirstPause = 50ms;
constexpr auto kLongestPause = 2000ms;
constexpr auto kDyingGrace = 500ms; ///< for a process whose connection is already closed
constexpr int kMaxLogFramesPerRequest = 100;

Error cancelledError()
{
    return {ErrorCode::Cancelled, "the work was cancelled", {}, 0};
}

/// Runs somebody else's function; an exception must not take the whole program down.
template <typename Function>
Result<void> guarded(Function&& function)
{
    try {
        return function();
    } catch (const std::exception& exception) {
        return Error{ErrorCode::Internal, std::string("exception in a worker job: ") + exception.what(), {}, 0};
    }
}

} // namespace

WorkerPool::Slot::Slot(Shared& shared)
    : m_shared(shared), m_thread([this](std::stop_token stop) { work(std::move(stop)); })
{
}

WorkerPool::Slot::~Slot()
{
    requestStop();
    m_thread.join();
}

void WorkerPool::Slot::requestStop()
{
    m_thread.request_stop();
    const std::lock_guard lock(m_mutex);
    if (m_process && m_isAwaiting)
        m_process->kill();
}

bool WorkerPool::Slot::isAlive() const
{
    const std::lock_guard lock(m_mutex);
    return m_process != nullptr;
}

bool WorkerPool::Slot::isBusy() const
{
    const std::lock_guard lock(m_mutex);
    return m_runningJob.has_value();
}

bool WorkerPool::Slot::isCancelled() const
{
    const std::lock_guard lock(m_mutex);
    return m_isCancelled || m_stop.stop_requested();
}

bool WorkerPool::Slot::cancelRunning(JobId id)
{
    const std::lock_guard lock(m_mutex);
    if (m_runningJob != id)
        return false;
    m_isCancelled = true;
    const std::unique_lock sending(m_sendMutex, std::try_to_lock); // the request goes out right now: let it run
    if (m_process && m_isAwaiting && sending)
        discard(m_process->channel().send({FrameType::Cancel, m_requestId, {}}, {}, deadlineIn(0ms)),
                "the deadline ends it otherwise");
    return true;
}

void WorkerPool::Slot::work(std::stop_token stop)
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = stop;
    }
    if (m_shared.options.startsEagerly) {
        if (const auto outcome = ensureProcess(); !outcome)
            qCWarning(logWorker, "%s", outcome.error().describe().c_str());
    }
    while (auto entry = m_shared.queue.pop(stop))
        runJob(*std::move(entry));
    dropProcess();
}

void WorkerPool::Slot::runJob(JobQueue<WorkerJob>::Entry entry)
{
    Result<void> outcome = cancelledError();
    if (!entry.isCancelled && !m_stop.stop_requested()) {
        {
            const std::lock_guard lock(m_mutex);
            m_runningJob = entry.id;
            m_isCancelled = false;
        }
        outcome = guarded([&] { return entry.job.run(*this); });
        const std::lock_guard lock(m_mutex);
        m_runningJob.reset();
    }
    const auto told = guarded([&] {
        entry.job.done(std::move(outcome));
        return Result<void>();
    });
    if (!told)
        qCWarning(logWorker, "%s", told.error().describe().c_str());
}

Result<std::string> WorkerPool::Slot::call(const WorkerRequest& request)
{
    for (;;) {
        if (isCancelled())
            return cancelledError();
        if (const auto reason = m_shared.quarantine.reason(request.itemKey))
            return Error{ErrorCode::WorkerCrashed, "in quarantine after two deaths of a worker: " + *reason, {}, 0};
        PS_TRY_VOID(ensureProcess());
        Attempt attempt = this->attempt(request);
        if (attempt.answer) {
            m_deathsInARow = 0;
            m_shared.quarantine.noteAnswer(request.itemKey);
            return *std::move(attempt.answer);
        }
        if (m_stop.stop_requested())
            return cancelledError();
        const bool isQuarantined = m_shared.quarantine.noteDeath(request.itemKey, attempt.death);
        if (attempt.isTimeout)
            return Error{ErrorCode::Timeout, attempt.death, {}, 0};
        if (isQuarantined || request.itemKey.empty())
            return Error{ErrorCode::WorkerCrashed, "the worker died: " + attempt.death, {}, 0};
    }
}

Result<void> WorkerPool::Slot::ensureProcess()
{
    if (m_process && m_process->channel().isReadable()) { // nobody asked anything: it has died since
        qCInfo(logWorker, "an idle worker ended: %s", m_process->reap(kDyingGrace).c_str());
        dropProcess();
    }
    if (m_process)
        return {};
    auto process = startProcess();
    if (!process && isGone(process.error())) // killed by somebody while it started: no reason to fail the job
        process = startProcess();
    if (!process)
        return process.error();
    if (std::exchange(m_hadProcess, true))
        ++m_shared.restartCount;
    {
        const std::lock_guard lock(m_shared.mutex);
        m_shared.sandboxMask = (*process)->hello().sandboxMask;
        m_shared.sandbox = displayText((*process)->hello().sandbox);
    }
    const std::lock_guard lock(m_mutex);
    m_process = *std::move(process);
    return {};
}

Result<std::unique_ptr<WorkerProcess>> WorkerPool::Slot::startProcess()
{
    PS_TRY_VOID(pauseAfterDeaths());
    auto process = WorkerProcess::start(m_shared.options.program);
    if (!process)
        ++m_deathsInARow;
    return process;
}

Result<void> WorkerPool::Slot::pauseAfterDeaths()
{
    if (m_deathsInARow < 2) // one death says nothing yet, and somebody waits for the second attempt
        return {};
    const int doublings = std::min(m_deathsInARow - 2, 10);
    const auto pause = std::min<std::chrono::milliseconds>(kFirstPause * (1 << doublings), kLongestPause);
    std::unique_lock lock(m_mutex);
    m_pause.wait_for(lock, m_stop, pause, [] { return false; });
    if (m_stop.stop_requested())
        return cancelledError();
    return {};
}

WorkerPool::Slot::Attempt WorkerPool::Slot::attempt(const WorkerRequest& request)
{
    const Deadline deadline = deadlineIn(request.timeLimit);
    if (const auto sent = sendRequest(request, deadline); !sent) {
        const ErrorCode code = sent.error().code;
        if (code == ErrorCode::TooLarge || code == ErrorCode::Internal || code == ErrorCode::Cancelled)
            return {Result<std::string>(sent.error()), false, {}}; // nothing was sent
        return died(sent.error(), request.timeLimit);
    }
    bool isWorkerSane = true;
    Result<std::string> answer = awaitAnswer(deadline, isWorkerSane);
    {
        const std::lock_guard lock(m_mutex);
        m_isAwaiting = false;
    }
    if (!isWorkerSane)
        return died(answer.error(), request.timeLimit);
    m_process->drainLog();
    return {std::move(answer), false, {}};
}

Result<void> WorkerPool::Slot::sendRequest(const WorkerRequest& request, Deadline deadline)
{
    const RequestMessage message{request.operation, static_cast<std::uint8_t>(request.descriptors.size()),
                                 request.body};
    const std::lock_guard sending(m_sendMutex);
    {
        const std::lock_guard lock(m_mutex);
        m_isAwaiting = true;
        if (m_stop.stop_requested()) // requestStop() came before there was anything to kill
            return cancelledError();
    }
    return m_process->channel().send({FrameType::Request, ++m_requestId, encodeRequest(message)}, request.descriptors,
                                     deadline);
}

Result<std::string> WorkerPool::Slot::awaitAnswer(Deadline deadline, bool& isWorkerSane)
{
    isWorkerSane = false;
    for (int logFrameCount = 0;;) {
        PS_TRY(ReceivedFrame received, m_process->channel().receive(deadline));
        const Frame& frame = received.frame;
        if (frame.type == FrameType::Log) {
            PS_TRY(const std::string line, decodeLog(frame.payload));
            if (++logFrameCount <= kMaxLogFramesPerRequest)
                qCInfo(logWorker, "worker %d: %s", m_process->pid(), displayText(line).c_str());
            continue;
        }
        if (frame.type == FrameType::Pong || frame.type == FrameType::Progress)
            continue;
        const bool isAnswer = frame.type == FrameType::Result || frame.type == FrameType::Failed;
        if (!isAnswer || frame.requestId != m_requestId)
            return Error{ErrorCode::Corrupt,
                         "the worker sent " + frameTypeName(frame.type) + " for request " +
                             std::to_string(frame.requestId) + " while " + std::to_string(m_requestId) + " was asked",
                         {},
                         0};
        isWorkerSane = true;
        if (frame.type == FrameType::Result)
            return std::move(received.frame.payload);
        Error reported = decodeFailed(frame.payload);
        reported.message = displayText(reported.message);
        return reported;
    }
}

WorkerPool::Slot::Attempt WorkerPool::Slot::died(const Error& cause, std::chrono::milliseconds timeLimit)
{
    Attempt result;
    result.isTimeout = cause.code == ErrorCode::Timeout;
    if (!isGone(cause))
        m_process->kill();
    const std::string ending = m_process->reap(kDyingGrace);
    if (result.isTimeout)
        result.death = "no answer within " + std::to_string(timeLimit.count()) + " ms";
    else
        result.death = isGone(cause) ? ending : cause.message;
    qCInfo(logWorker, "worker %d: %s", m_process->pid(), result.death.c_str());
    if (!result.isTimeout) // a death by our own hand says nothing about the health of new workers
        ++m_deathsInARow;
    dropProcess();
    return result;
}

void WorkerPool::Slot::dropProcess()
{
    std::unique_ptr<WorkerProcess> process;
    const std::lock_guard lock(m_mutex);
    process = std::exchange(m_process, nullptr);
    m_isAwaiting = false;
}

} // namespace ps
