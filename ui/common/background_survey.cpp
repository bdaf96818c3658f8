// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/background_survey.h"

#include "core/base/log.h"
#include "core/library/measure_inbox.h"
#include "core/library/survey.h"

#include <QPointer>

#include <algorithm>
#include <atomic>

namespace ps {

namespace {

constexpr int kDelayMs = 5000;
constexpr int kGatherMs = 300;              ///< measures that come within it share a transaction
constexpr std::int64_t kMostViewing = 2000; ///< images of a project that is only viewed

/// Surveys until it is done or either of both asks for a stop; true when nothing is left that could be done.
bool survey(const ProjectSession& session, ImageService& images, const ProjectSurveyOptions& options,
            const std::function<void(const ProjectSurveyProgress&)>& onProgress, std::stop_source& stop,
            const std::stop_token& atEnd)
{
    const std::stop_callback link(atEnd, [&stop] { stop.request_stop(); });
    const auto report = surveyProject(session, images, options, onProgress, stop.get_token());
    if (report)
        return true;
    if (report.error().code == ErrorCode::Cancelled)
        return false;
    qCWarning(logLibrary, "pictures are not measured: %s", report.error().describe().c_str());
    return true; // it would fail again
}

} // namespace

BackgroundSurvey::BackgroundSurvey(ProjectController& controller, ImageService& images, ThumbnailService* thumbnails,
                                   MeasureInbox* inbox, QObject* parent)
    : QObject(parent), m_controller(controller), m_images(images), m_thumbnails(thumbnails), m_inbox(inbox)
{
    m_start.setSingleShot(true);
    m_start.setInterval(kDelayMs);
    m_flush.setSingleShot(true);
    m_flush.setInterval(kGatherMs);
    connect(&m_start, &QTimer::timeout, this, &BackgroundSurvey::start);
    connect(&m_flush, &QTimer::timeout, this, &BackgroundSurvey::flushInbox);
    connect(&controller, &ProjectController::busyChanged, this, &BackgroundSurvey::onBusyChanged);
    connect(&controller, &ProjectController::groupsReset, this, &BackgroundSurvey::onGroupsReset);
    connect(&controller, &ProjectController::closing, this, &BackgroundSurvey::onClosing);
    if (m_inbox)
        m_inbox->setOnFilled(
            [this] { QMetaObject::invokeMethod(this, [this] { m_flush.start(); }, Qt::QueuedConnection); });
}

BackgroundSurvey::~BackgroundSurvey()
{
    if (m_inbox)
        m_inbox->setOnFilled({});
    stop();
}

void BackgroundSurvey::setEnabled(bool isEnabled)
{
    m_isEnabled = isEnabled;
    if (isEnabled)
        startLater();
    else
        stop();
}

void BackgroundSurvey::setDelay(int milliseconds)
{
    m_start.setInterval(milliseconds); // also of the delay that runs
}

void BackgroundSurvey::onBusyChanged()
{
    if (m_controller.isBusy())
        stop();
    else
        startLater();
}

void BackgroundSurvey::onGroupsReset()
{
    m_isComplete = false;
    startLater();
}

void BackgroundSurvey::onClosing()
{
    stop();
    flushInbox();
}

void BackgroundSurvey::startLater()
{
    if (m_isEnabled && !m_isRunning && !m_isComplete && m_controller.isOpen() && !m_controller.isBusy())
        m_start.start();
}

void BackgroundSurvey::start()
{
    if (m_isRunning || !m_controller.isOpen() || m_controller.isBusy())
        return;
    m_isRunning = true;
    m_stop = {};
    const int run = ++m_run;
    ProjectSurveyOptions options;
    options.inFlight = std::max<std::size_t>(m_images.workerCount(),
                                             2); // a picture that is wanted waits for one at most
    options.most = m_controller.isViewing() ? kMostViewing : 0;
    options.thumbnails = m_thumbnails;
    const auto isComplete = std::make_shared<std::atomic<bool>>(false);
    // The controller outlives its lanes; this object need not.
    const auto onProgress = [guard = QPointer(this), context = &m_controller,
                             run](const ProjectSurveyProgress& progress) {
        QMetaObject::invokeMethod(
            context,
            [guard, run, progress] {
                if (guard && guard->m_isRunning && guard->m_run == run)
                    Q_EMIT guard->progressed(progress.position, progress.total);
            },
            Qt::QueuedConnection);
    };
    m_controller.runQuietly(
        [images = &m_images, options, onProgress, stop = m_stop, isComplete](const ProjectSession& session,
                                                                             const std::stop_token& atEnd) mutable {
            *isComplete = survey(session, *images, options, onProgress, stop, atEnd);
        },
        [guard = QPointer(this), run, isComplete] {
            if (guard)
                guard->finish(run, *isComplete);
        });
}

void BackgroundSurvey::stop()
{
    m_start.stop();
    m_stop.request_stop();
    m_isRunning = false;
    Q_EMIT progressed(0, 0);
}

void BackgroundSurvey::finish(int run, bool isComplete)
{
    if (run != m_run || !m_isRunning)
        return;
    m_isRunning = false;
    m_isComplete = isComplete;
    Q_EMIT progressed(0, 0);
}

/// Nobody's when no project is open.
void BackgroundSurvey::flushInbox()
{
    if (!m_inbox)
        return;
    auto pictures = m_inbox->take();
    if (pictures.empty())
        return;
    m_controller.runSurely([pictures = std::move(pictures)](const ProjectSession& session, const std::stop_token&) {
        if (const auto recorded = recordMeasures(session, pictures); !recorded)
            qCWarning(logLibrary, "measures are not kept: %s", recorded.error().describe().c_str());
    });
}

} // namespace ps
