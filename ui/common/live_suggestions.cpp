// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/live_suggestions.h"

#include "core/base/log.h"
#include "core/suggest/live_run.h"
#include "ui/common/error_text.h"

#include <QPointer>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace ps {

namespace {

constexpr int kDelayMs = 1500;
constexpr int kRetryMs = 15'000; ///< a worker that could not start on a busy machine may do so later
constexpr int kMostRetries = 5;
constexpr int kLookMs = 200;           ///< decisions that come within it are looked at together
constexpr std::int64_t kQuietMs = 400; ///< without a key before groups far away are worked on

std::int64_t nowMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

/// What the background lane and the window share.
struct LiveSuggestions::Shared {
    std::atomic<std::int64_t> focus{0};
    std::atomic<std::int64_t> lastKeyMs{0};
    std::atomic<bool> isEnding{false};         ///< the lane ends
    std::unique_ptr<InferenceService> service; ///< of the lane alone; kept from project to project
};

/// What one step of the background tells the window.
struct LiveSuggestions::Report {
    SuggestionStatus status;
    QStringList storedKeys;
};

LiveSuggestions::LiveSuggestions(ProjectController& controller, ServiceMaker makeService, QObject* parent)
    : QObject(parent), m_controller(controller), m_makeService(std::move(makeService)),
      m_shared(std::make_shared<Shared>())
{
    m_start.setSingleShot(true);
    m_start.setInterval(kDelayMs);
    m_look.setSingleShot(true);
    m_look.setInterval(kLookMs);
    connect(&m_start, &QTimer::timeout, this, &LiveSuggestions::start);
    connect(&m_look, &QTimer::timeout, this, &LiveSuggestions::lookAtDecisions);
    connect(&controller, &ProjectController::busyChanged, this, &LiveSuggestions::onBusyChanged);
    connect(&controller, &ProjectController::groupsReset, this, [this] {
        m_isComplete = false;
        m_isStale = m_isRunning; // positions may be others
        startLater();
    });
    connect(&controller, &ProjectController::decided, this, &LiveSuggestions::onDecided);
    connect(&controller, &ProjectController::closing, this, &LiveSuggestions::onClosing);
}

LiveSuggestions::~LiveSuggestions()
{
    m_stop.request_stop();
}

void LiveSuggestions::setEnabled(bool isEnabled)
{
    m_isEnabled = isEnabled;
    if (isEnabled)
        startLater();
    else
        stop();
}

void LiveSuggestions::setEmbedder(const ModelSpec& embedder)
{
    if (embedder == m_embedder)
        return;
    m_embedder = embedder;
    restart();
}

void LiveSuggestions::setDelay(int milliseconds)
{
    m_start.setInterval(milliseconds);
}

void LiveSuggestions::setCurrent(std::int64_t ordinal)
{
    m_shared->focus = ordinal;
    m_shared->lastKeyMs = nowMs();
}

// ---- starting and stopping -----------------------------------------------------------------------------------------

void LiveSuggestions::onBusyChanged()
{
    if (!m_controller.isBusy()) {
        startLater();
    } else if (m_isRunning) {
        stop();
        show({SuggestionStatus::State::Waiting, m_status.done, m_status.total, {}});
    }
}

void LiveSuggestions::onClosing()
{
    stop();
    m_isComplete = false;
    m_isLooking = m_looksAgain = false;
    m_look.stop();
}

void LiveSuggestions::startLater()
{
    if (m_isEnabled && !m_isRunning && !m_isComplete && m_controller.isOpen() && !m_controller.isViewing() &&
        !m_controller.isBusy())
        m_start.start();
}

void LiveSuggestions::stop()
{
    m_start.stop();
    m_stop.request_stop();
    m_isRunning = false;
    show({});
}

void LiveSuggestions::restart()
{
    stop();
    m_isComplete = false;
    if (m_controller.isOpen())
        m_controller.tellSuggestions({});
    startLater();
}

namespace {

SuggestionStatus failure(const Error& error)
{
    SuggestionStatus status;
    status.state = SuggestionStatus::State::Failed;
    status.why = errorText(error).summary;
    return status;
}

Result<bool> hasActiveModel(const ProjectSession& session)
{
    PS_TRY(const ModelRegistry registry, ModelRegistry::open(ModelRegistry::folderOf(session.workspace())));
    PS_TRY(const Connection reader, session.openReader());
    PS_TRY(const SuggestionSettings settings, readSuggestionSettings(reader));
    // One that was given up elsewhere must be forgotten here too.
    return !activeSuggestionId(registry, session.projectId()).empty() || !settings.activeModel.empty();
}

} // namespace

/// Until the person pauses, or a stop is asked for. Groups that come next do not wait for it.
void LiveSuggestions::rest(const Shared& shared, const std::stop_token& stop)
{
    constexpr auto kSlice = std::chrono::milliseconds(50);
    while (!stop.stop_requested() && !shared.isEnding && nowMs() - shared.lastKeyMs < kQuietMs)
        std::this_thread::sleep_for(kSlice);
}

/// On the lane: makes suggestions until all are made or a stop is asked for.
void LiveSuggestions::workOn(ProjectSession& session, Shared& shared, const ServiceMaker& makeService,
                             const ModelSpec& embedder, const std::stop_token& stop,
                             const std::function<void(Report)>& tell)
{
    const auto hasModel = hasActiveModel(session);
    if (!hasModel || !*hasModel) {
        tell({hasModel ? SuggestionStatus{SuggestionStatus::State::NoModel, 0, 0, {}} : failure(hasModel.error()), {}});
        return;
    }
    const auto live = startRun(session, shared, makeService, embedder);
    if (!live || !*live) {
        tell({live ? SuggestionStatus{SuggestionStatus::State::NoModel, 0, 0, {}} : failure(live.error()), {}});
        return;
    }
    for (bool isDone = false; !isDone && !stop.stop_requested() && !shared.isEnding;) {
        const auto step = (*live)->step(shared.focus);
        if (!step) {
            tell({failure(step.error()), {}});
            return; // what was made and not stored is made again
        }
        isDone = step->isDone;
        Report report;
        report.status = {isDone ? SuggestionStatus::State::Ready : SuggestionStatus::State::Computing,
                         (*live)->reached(),
                         (*live)->total(),
                         {}};
        for (const std::string& key : step->storedKeys)
            report.storedKeys.append(fromCore(key));
        tell(std::move(report));
        if (!step->isNear && !isDone)
            rest(shared, stop);
    }
    if (const auto stored = (*live)->store(); !stored)
        qCWarning(logLibrary, "suggestions are not kept: %s", stored.error().describe().c_str());
}

Result<std::unique_ptr<LiveRun>> LiveSuggestions::startRun(ProjectSession& session, Shared& shared,
                                                           const ServiceMaker& makeService, const ModelSpec& embedder)
{
    if (!shared.service) {
        PS_TRY(shared.service, makeService());
    }
    LiveRun::Options options;
    options.embedder = embedder;
    if (!embedder.path.empty() && embedder.sha256.empty()) {
        PS_TRY(const InferenceService::Inspection seen, shared.service->inspect(embedder));
        options.embedder.sha256 = seen.sha256;
    }
    return LiveRun::start(session, *shared.service, options);
}

void LiveSuggestions::start()
{
    if (m_isRunning || !m_controller.isOpen() || m_controller.isViewing() || m_controller.isBusy())
        return;
    m_isRunning = true;
    m_stop = {};
    const int run = ++m_run;
    // The controller outlives its lanes; this object need not.
    const std::function<void(Report)> tell = [guard = QPointer(this), context = &m_controller, run](Report report) {
        QMetaObject::invokeMethod(
            context,
            [guard, run, report = std::move(report)] {
                if (guard)
                    guard->take(run, report);
            },
            Qt::QueuedConnection);
    };
    show({SuggestionStatus::State::Computing, 0, 0, {}});
    m_controller.runBehindAll(
        [shared = m_shared, makeService = m_makeService, embedder = m_embedder, stop = m_stop.get_token(),
         tell](ProjectSession& session, const std::stop_token& atEnd) {
            const std::stop_callback passOn(atEnd, [&] { shared->isEnding = true; });
            workOn(session, *shared, makeService, embedder, stop, tell);
        },
        [guard = QPointer(this), run] {
            if (guard)
                guard->finish(run);
        });
}

void LiveSuggestions::take(int run, const Report& report)
{
    if (!m_controller.isOpen())
        return;
    if (!report.storedKeys.isEmpty())
        m_controller.tellSuggestions(report.storedKeys);
    if (run == m_run && m_isRunning)
        show(report.status);
}

void LiveSuggestions::finish(int run)
{
    if (run != m_run || !m_isRunning)
        return;
    m_isRunning = false;
    m_isComplete = !std::exchange(m_isStale, false); // or it cannot go on until something changes
    if (m_status.state != SuggestionStatus::State::Failed)
        m_retries = 0;
    else if (m_retries++ < kMostRetries)
        QTimer::singleShot(kRetryMs, this, [this, run] {
            if (run == m_run && !m_isRunning) {
                m_isComplete = false;
                startLater();
            }
        });
    startLater();
}

void LiveSuggestions::show(SuggestionStatus status)
{
    if (status == m_status)
        return;
    m_status = std::move(status);
    Q_EMIT statusChanged(m_status);
}

// ---- watching what is decided --------------------------------------------------------------------------------------

void LiveSuggestions::onDecided()
{
    m_shared->lastKeyMs = nowMs();
    if (!m_look.isActive())
        m_look.start();
}

void LiveSuggestions::lookAtDecisions()
{
    if (m_isLooking) {
        m_looksAgain = true;
        return;
    }
    if (!m_controller.isOpen() || m_controller.isViewing())
        return;
    m_isLooking = true;
    struct Seen {
        std::optional<SuggestionSuspension> suspension;
        bool isTrainingDue = false;
        std::optional<Error> error;
    };
    const auto seen = std::make_shared<Seen>();
    m_controller.runAside(
        [seen](const ProjectSession& session, const std::stop_token&) {
            auto suspension = suspendIfDue(session);
            auto isDue = isTrainingDue(session);
            if (!suspension)
                seen->error = suspension.error();
            else
                seen->suspension = *std::move(suspension);
            seen->isTrainingDue = isDue && *isDue;
        },
        [guard = QPointer(this), seen] {
            if (!guard)
                return;
            guard->m_isLooking = false;
            if (seen->error)
                qCWarning(logLibrary, "agreement is not watched: %s", seen->error->describe().c_str());
            if (seen->suspension) {
                guard->m_controller.tellSuggestions({});
                Q_EMIT guard->suspended(*seen->suspension);
            }
            if (seen->isTrainingDue)
                Q_EMIT guard->trainingDue();
            if (std::exchange(guard->m_looksAgain, false))
                guard->m_look.start();
        });
}

void LiveSuggestions::resume()
{
    const auto problem = std::make_shared<std::optional<Error>>();
    m_controller.runAside(
        [problem](const ProjectSession& session, const std::stop_token&) {
            if (const auto resumed = resumeSuggestions(session); !resumed)
                *problem = resumed.error();
        },
        [guard = QPointer(this), problem] {
            if (guard && *problem)
                Q_EMIT guard->failed(**problem);
            else if (guard)
                guard->m_controller.tellSuggestions({});
        });
}

void LiveSuggestions::changeSettings(const std::function<void(SuggestionSettings&)>& change)
{
    const auto problem = std::make_shared<std::optional<Error>>();
    m_controller.runAside(
        [problem, change](const ProjectSession& session, const std::stop_token&) {
            if (const auto changed = changeSuggestionSettings(session, change); !changed)
                *problem = changed.error();
        },
        [guard = QPointer(this), problem] {
            if (!guard)
                return;
            if (*problem)
                Q_EMIT guard->failed(**problem);
            guard->m_controller.tellSuggestions({});
        });
}

} // namespace ps
