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
}

void ModelsController::forget()
{
    m_stop.request_stop();
    m_stop = {};
    m_listing.reset();
    m_coverage.reset();
    m_error.reset();
    Q_EMIT listed();
    Q_EMIT coverageChanged();
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
    ask([](ModelsBackend& backend, const ProjectSession& session,
           const std::stop_token& stop) { return backend.coverage(session, stop); },
        [this](const Result<EmbeddingCoverage>& coverage) {
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

} // namespace ps
