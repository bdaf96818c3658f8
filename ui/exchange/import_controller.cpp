// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/import_controller.h"

#include "ui/common/error_text.h"
#include "ui/common/program.h"

#include <QFile>
#include <QPointer>

#include <chrono>
#include <numeric>

namespace ps {

namespace {

constexpr std::chrono::milliseconds kTellEvery{80};

} // namespace

std::int64_t ImportSummary::total() const
{
    return std::accumulate(totals.begin(), totals.end(), std::int64_t{0});
}

std::int64_t ImportSummary::changes() const
{
    return of(ImportOutcome::Added) + of(ImportOutcome::Filled) + of(ImportOutcome::Corrected);
}

ImportController::ImportController(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend,
                                   QObject* parent)
    : QObject(parent), m_controller(controller), m_backend(std::move(backend))
{
}

ImportController::~ImportController()
{
    m_stop.request_stop();
}

void ImportController::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

std::function<void(std::int64_t, std::int64_t)> ImportController::watcher(const QString& phase)
{
    return [guard = QPointer(this), phase, run = m_run, context = &m_controller,
            next = std::chrono::steady_clock::time_point()](std::int64_t done, std::int64_t total) mutable {
        const auto time = std::chrono::steady_clock::now();
        if (time < next && done != total)
            return;
        next = time + kTellEvery;
        QMetaObject::invokeMethod(
            context,
            [guard, phase, run, done, total] {
                if (!guard || guard->m_run != run || !guard->isBusy())
                    return;
                guard->m_pace.note(phase, done, total);
                Q_EMIT guard->progressed();
            },
            Qt::QueuedConnection);
    };
}

// ---- reading -------------------------------------------------------------------------------------------------------

Result<ImportController::ReadImport> ImportController::readOn(ExchangeBackend& backend, const ImportOrder& order,
                                                              const std::stop_token& stop)
{
    ReadImport read;
    PS_TRY(std::unique_ptr<PlannedImport> plan, backend.planImport(order, stop));
    read.plan = std::move(plan);
    read.summary.format = read.plan->format();
    PS_TRY(read.summary.counts, read.plan->counts());
    PS_TRY(read.summary.classes, read.plan->classes());
    for (const auto& [project, counts] : read.summary.counts) {
        for (std::size_t i = 0; i < kImportOutcomeCount; ++i)
            read.summary.totals.at(i) += counts.at(i);
    }
    return read;
}

void ImportController::read(const ImportOrder& order)
{
    if (isBusy())
        return;
    dropPlan();
    m_order = order;
    m_error.reset();
    m_stop = {};
    const int run = ++m_run;
    m_pace.begin();
    m_order.options.onProgress = watcher(tr("Reading"));
    m_lane.run(
        this,
        [backend = m_backend, order = m_order, stop = m_stop](const std::stop_token& atEnd) {
            std::stop_source both = stop;
            const std::stop_callback link(atEnd, [&both] { both.request_stop(); });
            return readOn(*backend, order, both.get_token());
        },
        [this, run](Result<ReadImport> read) { takeRead(run, std::move(read)); });
    setState(State::Reading);
}

void ImportController::takeRead(int run, Result<ReadImport> read)
{
    if (run != m_run)
        return;
    if (!read) {
        if (read.error().code != ErrorCode::Cancelled)
            m_error = read.error();
        setState(State::Idle);
        return;
    }
    m_plan = std::move(read->plan);
    m_summary = std::move(read->summary);
    setState(State::Read);
}

void ImportController::cancel()
{
    if (!isBusy())
        return;
    m_stop.request_stop();
    Q_EMIT stateChanged();
}

void ImportController::dropPlan()
{
    if (!m_plan)
        return;
    // Its temporary files go on the lane, behind whatever still reads them.
    m_lane.run(
        this,
        [plan = std::move(m_plan)](const std::stop_token&) mutable {
            plan.reset();
            return true;
        },
        [](bool) {});
    m_plan.reset();
}

void ImportController::discard()
{
    if (isBusy())
        return;
    ++m_run;
    dropPlan();
    m_error.reset();
    m_summary = {};
    setState(State::Idle);
}

void ImportController::requestItems(std::optional<ImportOutcome> outcome, std::int64_t first, std::int64_t count,
                                    ItemsAnswer answer)
{
    if (!m_plan)
        return;
    m_lane.run(
        this,
        [plan = m_plan, outcome, first, count](const std::stop_token&) { return plan->items(outcome, first, count); },
        [this, run = m_run, answer = std::move(answer)](const Result<std::vector<ImportPlan::Item>>& items) {
            if (run != m_run)
                return;
            if (items)
                answer(*items);
            else
                Q_EMIT failed(items.error());
        });
}

void ImportController::requestProjects(const QString& workspacePath)
{
    m_lane.run(
        this,
        [backend = m_backend, path = localPath(workspacePath)](const std::stop_token&) {
            return backend->projects(path);
        },
        [this, workspacePath](const Result<std::vector<std::string>>& ids) {
            QStringList list;
            for (const std::string& id : ids.value_or({}))
                list.append(fromCore(id));
            Q_EMIT projectsRead(workspacePath, list);
        });
}

void ImportController::requestKnownRules()
{
    m_lane.run(
        this, [backend = m_backend](const std::stop_token&) { return backend->knownRules(); },
        [this](const Json& rules) { Q_EMIT rulesRead(rules); });
}

// ---- applying ------------------------------------------------------------------------------------------------------

void ImportController::apply()
{
    if (m_state != State::Read)
        return;
    m_reopen = m_controller.isOpen() ? m_controller.address() : ProjectAddress{};
    m_error.reset();
    m_stop = {};
    m_pace.begin();
    setState(State::Applying); // before the project closes, so that whoever sees that knows why
    m_controller.close();
    m_controller.afterClosing([guard = QPointer(this)] {
        if (!guard)
            return;
        ImportController& self = *guard;
        self.m_lane.run(
            &self,
            [plan = self.m_plan, watch = self.watcher(tr("Applying")),
             stop = self.m_stop](const std::stop_token& atEnd) {
                std::stop_source both = stop;
                const std::stop_callback link(atEnd, [&both] { both.request_stop(); });
                return plan->apply(watch, both.get_token());
            },
            [&self](Result<ImportPlan::Applied> applied) { self.takeApplied(std::move(applied)); });
    });
}

void ImportController::takeApplied(Result<ImportPlan::Applied> outcome)
{
    if (!outcome) {
        if (outcome.error().code != ErrorCode::Cancelled)
            m_error = outcome.error();
        setState(State::Read);
        Q_EMIT applyFailed(m_reopen);
        return;
    }
    m_applied = *std::move(outcome);
    dropPlan();
    if (m_reopen.projectId.isEmpty() && m_applied.importIds.size() == 1)
        m_reopen = {QFile::decodeName(QByteArray::fromStdString(m_order.workspacePath)),
                    fromCore(m_applied.importIds.begin()->first)};
    setState(State::Applied);
    Q_EMIT applied(m_applied, m_reopen);
}

} // namespace ps
