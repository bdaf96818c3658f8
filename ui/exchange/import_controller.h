// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"
#include "ui/common/task_lane.h"
#include "ui/exchange/exchange_backend.h"
#include "ui/exchange/work_pace.h"

#include <QObject>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace ps {

/// What an import that was read would do, in numbers.
struct ImportSummary {
    ImportFormat format = ImportFormat::DecisionLog;
    ImportPlan::Counts counts;
    std::vector<std::pair<std::string, std::int64_t>> classes;
    std::array<std::int64_t, kImportOutcomeCount> totals{}; ///< over all projects

    std::int64_t total() const;
    std::int64_t of(ImportOutcome outcome) const { return totals.at(static_cast<std::size_t>(outcome)); }
    /// What would be written.
    std::int64_t changes() const;
};

/// One import at a time, from the source to what was applied. Reading touches no project; leaving before apply() leaves
/// nothing. Requests return at once; answers come as signals. Thread: UI.
class ImportController : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Reading, Read, Applying, Applied };

    ImportController(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend, QObject* parent);
    ~ImportController() override;

    ProjectController& project() { return m_controller; }
    const std::shared_ptr<ExchangeBackend>& backendShared() const { return m_backend; }

    State state() const { return m_state; }
    bool isBusy() const { return m_state == State::Reading || m_state == State::Applying; }
    bool isCancelling() const { return isBusy() && m_stop.stop_requested(); }
    const ImportOrder& order() const { return m_order; }
    const ImportSummary& summary() const { return m_summary; }
    const WorkPace& pace() const { return m_pace; }
    const std::optional<Error>& error() const { return m_error; } ///< why the last step failed
    const ImportPlan::Applied& outcome() const { return m_applied; }

    void read(const ImportOrder& order);
    /// Stops what is running: reading leaves nothing, applying leaves everything as it was.
    void cancel();
    /// Forgets what was read.
    void discard();
    /// Closes the open project, which an import needs for itself, and applies.
    void apply();

    using ItemsAnswer = std::function<void(const std::vector<ImportPlan::Item>&)>;
    /// Items of what was read; no answer when it was discarded meanwhile.
    void requestItems(std::optional<ImportOutcome> outcome, std::int64_t first, std::int64_t count, ItemsAnswer answer);
    void requestProjects(const QString& workspacePath); ///< projectsRead
    void requestKnownRules();                           ///< rulesRead

Q_SIGNALS:
    void stateChanged();
    void progressed();
    /// `reopen` is what was open before, or the one project that was filled.
    void applied(const ps::ImportPlan::Applied& applied, const ps::ProjectAddress& reopen);
    void applyFailed(const ps::ProjectAddress& reopen);
    void projectsRead(const QString& workspacePath, const QStringList& projectIds);
    void rulesRead(const ps::Json& rules);
    void failed(const ps::Error& error);

private:
    struct ReadImport {
        std::shared_ptr<PlannedImport> plan;
        ImportSummary summary;
    };
    static Result<ReadImport> readOn(ExchangeBackend& backend, const ImportOrder& order, const std::stop_token& stop);
    void setState(State state);
    void takeRead(int run, Result<ReadImport> read);
    void takeApplied(Result<ImportPlan::Applied> applied);
    void dropPlan();
    std::function<void(std::int64_t, std::int64_t)> watcher(const QString& phase);

    ProjectController& m_controller;
    std::shared_ptr<ExchangeBackend> m_backend;
    State m_state = State::Idle;
    ImportOrder m_order;
    ImportSummary m_summary;
    std::optional<Error> m_error;
    ImportPlan::Applied m_applied;
    std::shared_ptr<PlannedImport> m_plan; ///< used on the lane only
    ProjectAddress m_reopen;
    WorkPace m_pace;
    int m_run = 0; ///< answers of earlier ones are dropped
    std::stop_source m_stop;
    TaskLane m_lane{TaskLane::AtEnd::Drop}; ///< last: it uses what is above
};

} // namespace ps
