// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/models_controller.h"

#include <QPointer>

namespace ps {

ModelsController::ModelsController(ProjectController& controller, std::shared_ptr<ModelsBackend> backend,
                                   QObject* parent)
    : QObject(parent), m_controller(controller), m_backend(std::move(backend))
{
    connect(&controller, &ProjectController::closing, this, &ModelsController::forget);
}

ModelsController::~ModelsController()
{
    m_stop.request_stop();
    m_mapStop.request_stop();
}

void ModelsController::forget()
{
    m_stop.request_stop();
    m_stop = {};
    m_listing.reset();
    m_coverage.reset();
    m_isCounting = false;
    m_countsAgain = false;
    m_error.reset();
    m_mapStop.request_stop();
    ++m_mapRun;
    m_isMapRunning = false;
    m_map.reset();
    m_mapError.reset();
    Q_EMIT listed();
    Q_EMIT coverageChanged();
    Q_EMIT mapChanged();
}

template <typename Work, typename Answer>
void ModelsController::ask(Work work, Answer answer)
{
    using Answered = std::invoke_result_t<Work, ModelsBackend&, const ProjectSession&, const std::stop_token&>;
    auto outcome = std::make_shared<std::optional<Answered>>();
    m_controller.runAside(
        [outcome, work = std::move(work), backend = m_backend, stop = m_stop](const ProjectSession& session,
                                                                              const std::stop_token& atEnd) mutable {
            const std::stop_callback link(atEnd, [&stop] { stop.request_stop(); });
            outcome->emplace(work(*backend, session, stop.get_token()));
        },
        // The controller outlives its lanes; this object need not.
        [guard = QPointer(this), outcome, answer = std::move(answer)] {
            if (guard && *outcome)
                answer(**outcome);
        });
}

void ModelsController::refresh()
{
    ask([](ModelsBackend& backend, const ProjectSession& session,
           const std::stop_token&) { return backend.list(session); },
        [this](Result<ModelListing>& listing) {
            m_error.reset();
            if (listing)
                m_listing = std::make_shared<const ModelListing>(*std::move(listing));
            else
                m_error = listing.error();
            Q_EMIT listed();
        });
}

void ModelsController::refreshCoverage()
{
    if (!m_controller.isOpen())
        return;
    if (std::exchange(m_isCounting, true)) { // a whole project is walked through: once at a time
        m_countsAgain = true;
        return;
    }
    ask([](ModelsBackend& backend, const ProjectSession& session,
           const std::stop_token& stop) { return backend.coverage(session, stop); },
        [this](const Result<EmbeddingCoverage>& coverage) {
            m_isCounting = false;
            if (std::exchange(m_countsAgain, false))
                refreshCoverage();
            if (!coverage && coverage.error().code != ErrorCode::Cancelled) {
                Q_EMIT failed(coverage.error());
                return;
            }
            if (coverage)
                m_coverage = *coverage;
            Q_EMIT coverageChanged();
        });
}

void ModelsController::activate(const QString& id, bool overridesGate)
{
    ask([id = id.toStdString(),
         overridesGate](ModelsBackend& backend, const ProjectSession& session,
                        const std::stop_token&) { return backend.activate(session, id, overridesGate); },
        [this, id, overridesGate](const Result<void>& outcome) {
            if (outcome) {
                Q_EMIT activated(id);
                refresh();
            } else if (outcome.error().code == ErrorCode::Refused && !overridesGate) {
                Q_EMIT refused(id, outcome.error());
            } else {
                Q_EMIT failed(outcome.error());
            }
        });
}

void ModelsController::rollBack(SuggestionTask task)
{
    ask([task](ModelsBackend& backend, const ProjectSession& session,
               const std::stop_token&) { return backend.rollBack(session, task); },
        [this](const Result<std::string>& outcome) {
            if (!outcome) {
                Q_EMIT failed(outcome.error());
                return;
            }
            Q_EMIT activated(QString::fromStdString(*outcome));
            refresh();
        });
}

// ---- the map -------------------------------------------------------------------------------------------------------

void ModelsController::requestMap()
{
    if (!m_controller.isOpen())
        return;
    m_mapStop.request_stop();
    m_mapStop = {};
    const int run = ++m_mapRun;
    m_isMapRunning = true;
    m_mapProgress = 0;
    m_mapError.reset();
    ask([](ModelsBackend& backend, const ProjectSession& session,
           const std::stop_token& stop) { return backend.mapSource(session, stop); },
        [this, run](Result<MapSource>& source) {
            if (run != m_mapRun)
                return;
            if (source)
                layOutMap(*std::move(source), run);
            else
                takeMap(run, source.error());
        });
}

void ModelsController::layOutMap(MapSource source, int run)
{
    const auto onProgress = [guard = QPointer(this), context = &m_controller, run](double share) {
        QMetaObject::invokeMethod(
            context,
            [guard, run, share] {
                if (!guard || guard->m_mapRun != run)
                    return;
                guard->m_mapProgress = share;
                Q_EMIT guard->mapProgressed();
            },
            Qt::QueuedConnection);
    };
    m_mapLane.run(
        this,
        [backend = m_backend, source = std::move(source), onProgress,
         stop = m_mapStop](const std::stop_token& atEnd) mutable {
            const std::stop_callback link(atEnd, [&stop] { stop.request_stop(); });
            return backend->layOutMap(std::move(source), onProgress, stop.get_token());
        },
        [this, run](Result<MapPoints> map) { takeMap(run, std::move(map)); });
}

void ModelsController::takeMap(int run, Result<MapPoints> map)
{
    if (run != m_mapRun)
        return;
    m_isMapRunning = false;
    if (map)
        m_map = std::make_shared<const MapPoints>(*std::move(map));
    else
        m_mapError = map.error();
    Q_EMIT mapChanged();
}

} // namespace ps
