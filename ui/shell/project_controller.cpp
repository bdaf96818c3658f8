// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/project_controller.h"

#include "core/imaging/image_service.h"
#include "core/integrity/report_html.h"
#include "core/library/image_tools.h"
#include "ui/common/error_text.h"

#include <QCoreApplication>
#include <QFile>

namespace ps {

namespace {

std::string localPath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

std::string programName()
{
    return "proofsheet " + QCoreApplication::applicationVersion().toStdString();
}

/// The suggestion that belongs on the screen: what the row was decided with, else what a model proposes now.
std::optional<Suggestion> suggestionFor(const ProjectSession& session, const GroupDetail& group)
{
    if (group.row) {
        if (auto ofRow = suggestionOfRow(*group.row))
            return ofRow;
    }
    const auto reader = session.openReader();
    if (!reader)
        return std::nullopt;
    if (auto stored = findSuggestion(*reader, group.entry.key); stored && *stored)
        return *stored;
    const auto predictions = Connection::open(session.workspace().predictionsPath(session.projectId()),
                                              OpenMode::ReadOnlyImmutable);
    if (!predictions)
        return std::nullopt;
    std::vector<std::string> names;
    for (const GroupImage& image : group.images)
        names.emplace_back(fileName(image.path));
    auto predicted = findPrediction(*predictions, names);
    return predicted ? *predicted : std::nullopt;
}

Result<InspectionReport> inspectAndSave(ProjectSession& session, std::stop_token stop, std::string& savedAs)
{
    InspectionOptions options;
    options.tool = programName();
    options.now = systemClock().now();
    PS_TRY(InspectionReport report, inspectProject(session, options, stop));
    PS_TRY(savedAs, saveReport(report, session.workspace()));
    return report;
}

} // namespace

ProjectController::ProjectController(ImageService& images, QString annotator, QObject* parent)
    : QObject(parent), m_images(images), m_annotator(std::move(annotator))
{
}

ProjectController::~ProjectController() = default;

// ---- lanes ---------------------------------------------------------------------------------------------------------

template <typename Work, typename Answer>
void ProjectController::runShort(Work work, Answer answer)
{
    if (!m_session)
        return;
    m_shortLane.run(
        this, [session = m_session, work = std::move(work)](std::stop_token) { return work(*session); },
        [this, generation = m_generation, answer = std::move(answer)](auto result) {
            if (generation != m_generation)
                return;
            if (result)
                answer(*std::move(result));
            else
                Q_EMIT failed(result.error());
        });
}

template <typename Work, typename Answer>
void ProjectController::runLong(const QString& text, Work work, Answer answer)
{
    if (!m_session)
        return;
    m_longStop = std::stop_source();
    setBusy(text);
    m_longLane.run(
        this,
        [session = m_session, work = std::move(work), stop = m_longStop.get_token()](std::stop_token) {
            return work(*session, stop);
        },
        [this, generation = m_generation, answer = std::move(answer)](auto result) {
            if (generation != m_generation)
                return;
            setBusy({});
            if (result)
                answer(*std::move(result));
            else
                Q_EMIT failed(result.error());
        });
}

void ProjectController::setBusy(const QString& text, int percent)
{
    m_busyText = text;
    Q_EMIT busyChanged(text, percent);
}

void ProjectController::stopLongWork()
{
    m_longStop.request_stop();
}

// ---- opening and closing -------------------------------------------------------------------------------------------

void ProjectController::open(const ProjectAddress& address, Access access)
{
    close();
    openOnLane(address, access);
}

void ProjectController::openOnLane(const ProjectAddress& address, Access access)
{
    Q_EMIT opening(address.projectId);
    m_longStop = std::stop_source();
    setBusy(tr("Opening %1").arg(address.projectId));
    SessionOptions options;
    options.workspacePath = localPath(address.workspacePath);
    options.projectId = address.projectId.toStdString();
    options.isWorking = access == Access::Work;
    options.annotator = m_annotator.toStdString();
    options.program = programName();
    options.images = makeImageTools(m_images);
    const int generation = m_generation;
    // Calls from the writer thread become events; what belongs to an earlier project is dropped.
    const auto post = [this, generation](auto change) {
        QMetaObject::invokeMethod(
            this,
            [this, generation, change = std::move(change)] {
                if (generation == m_generation)
                    change();
            },
            Qt::QueuedConnection);
    };
    options.onStoreStatus = [this, post](const StoreStatus& status) {
        post([this, status] {
            m_storeStatus = status;
            Q_EMIT storeStatusChanged();
        });
    };
    options.onCommitted = [this, post](const std::vector<RowChange>& changes) {
        post([this, changes] { onCommitted(changes); });
    };
    options.onForeignChange = [this, post] { post([this] { refresh(); }); };
    m_longLane.run(
        this,
        [options = std::move(options), post, this, stop = m_longStop.get_token()](std::stop_token) mutable -> Result<Session> {
            PS_TRY(std::unique_ptr<ProjectSession> opened, ProjectSession::open(std::move(options)));
            Session session(std::move(opened));
            PS_TRY_VOID(session->makeReady(stop, [this, post](const IndexProgress& now) {
                post([this, now] { Q_EMIT opening(tr("%n image(s) found", nullptr, static_cast<int>(now.images))); });
            }));
            return session;
        },
        [this, generation, address, access](Result<Session> session) {
            if (generation != m_generation) {
                if (session)
                    closeOnLane(*std::move(session));
                return;
            }
            setBusy({});
            if (!session) {
                Q_EMIT openFailed(address, access, session.error());
                return;
            }
            m_session = *std::move(session);
            m_address = address;
            m_title = fromCore(m_session->manifest().title());
            if (const auto store = m_session->store())
                m_storeStatus = (*store)->status();
            else
                m_storeStatus.state = StoreState::ReadOnly;
            updateCounts();
            Q_EMIT opened();
            Q_EMIT groupsReset();
            requestStepNames();
            refresh(); // what the catalogue shows is from the last time
        });
}

void ProjectController::close()
{
    ++m_generation;
    m_longStop.request_stop();
    m_shortLane.clear();
    setBusy({});
    if (!m_session)
        return;
    closeOnLane(std::exchange(m_session, nullptr));
    m_address = {};
    m_counts = {};
    m_storeStatus = {};
    Q_EMIT closed();
}

void ProjectController::closeOnLane(Session session)
{
    // Closing checkpoints and waits for the writer: on the lane, behind whatever still uses the session.
    m_longLane.run(
        this,
        [session = std::move(session)](std::stop_token) mutable {
            session.reset();
            return true;
        },
        [](bool) {});
}

void ProjectController::refresh()
{
    runLong(
        tr("Looking for new images"),
        [](ProjectSession& session, std::stop_token stop) { return session.refresh(stop, {}); },
        [this](const RefreshReport& report) {
            m_counts = report.counts;
            Q_EMIT countsChanged();
            Q_EMIT groupsReset();
        });
}

void ProjectController::updateCounts()
{
    runShort([](ProjectSession& session) { return session.counts(); },
             [this](const GroupCounts& counts) {
                 m_counts = counts;
                 Q_EMIT countsChanged();
             });
}

void ProjectController::onCommitted(const std::vector<RowChange>& changes)
{
    QStringList keys;
    for (const RowChange& change : changes)
        keys.append(fromCore(change.groupKey));
    Q_EMIT groupsChanged(keys);
    updateCounts();
}

// ---- look-ups ------------------------------------------------------------------------------------------------------

void ProjectController::requestGroup(std::int64_t ordinal)
{
    if (!m_session)
        return;
    m_shortLane.run(
        this,
        [session = m_session, ordinal](std::stop_token) -> Result<ReviewedGroup> {
            PS_TRY(GroupDetail detail, session->groupAt(ordinal));
            std::optional<Suggestion> suggestion = suggestionFor(*session, detail);
            return ReviewedGroup{std::move(detail), std::move(suggestion)};
        },
        [this, ordinal, generation = m_generation](Result<ReviewedGroup> group) {
            if (generation != m_generation)
                return;
            if (group)
                Q_EMIT groupRead(ordinal, *group);
            else
                Q_EMIT groupMissing(ordinal);
        });
}

void ProjectController::requestPage(std::int64_t first, std::int64_t count)
{
    runShort([first, count](ProjectSession& session) { return session.page(first, count); },
             [this, first](const std::vector<GroupEntry>& entries) { Q_EMIT pageRead(first, entries); });
}

void ProjectController::requestNextInState(GroupState state, std::int64_t from, bool isForward)
{
    runShort([=](ProjectSession& session) { return session.nextInState(state, from, isForward); },
             [this](std::optional<std::int64_t> ordinal) { Q_EMIT ordinalFound(ordinal); });
}

void ProjectController::requestNextOpenCrop(std::int64_t from, bool isForward)
{
    runShort([=](ProjectSession& session) { return session.nextOpenCrop(from, isForward); },
             [this](std::optional<std::int64_t> ordinal) { Q_EMIT openCropFound(ordinal); });
}

void ProjectController::requestFind(const QString& text, std::int64_t from)
{
    runShort([text = text.toStdString(), from](ProjectSession& session) { return session.find(text, from); },
             [this](std::optional<std::int64_t> ordinal) { Q_EMIT ordinalFound(ordinal); });
}

void ProjectController::requestOrdinalOf(const QString& keyOrId)
{
    runShort(
        [id = keyOrId.toStdString()](ProjectSession& session) -> Result<std::optional<std::int64_t>> {
            const auto group = session.findGroup(id);
            return group ? std::optional(group->entry.ordinal) : std::optional<std::int64_t>();
        },
        [this](std::optional<std::int64_t> ordinal) { Q_EMIT ordinalFound(ordinal); });
}

void ProjectController::requestHistory(std::optional<std::int64_t> beforeSeq, std::int64_t limit)
{
    runShort(
        [beforeSeq, limit](ProjectSession& session) -> Result<std::vector<LedgerEntry>> {
            PS_TRY(const Connection reader, session.openReader());
            return readLedgerEntries(reader, std::nullopt, beforeSeq, limit);
        },
        [this](const std::vector<LedgerEntry>& entries) { Q_EMIT historyRead(entries); });
}

void ProjectController::requestStaging()
{
    runShort([](ProjectSession& session) { return listStaging(session); },
             [this](const StagingContent& content) { Q_EMIT stagingRead(content); });
}

void ProjectController::requestStepNames()
{
    struct Steps {
        std::optional<UndoStep> undoStep;
        std::optional<UndoStep> redoStep;
    };
    runShort(
        [](ProjectSession& session) -> Result<Steps> {
            Steps steps;
            PS_TRY(steps.undoStep, nextUndo(session));
            PS_TRY(steps.redoStep, nextRedo(session));
            return steps;
        },
        [this](const Steps& steps) { Q_EMIT stepNamesRead(steps.undoStep, steps.redoStep); });
}

// ---- deciding ------------------------------------------------------------------------------------------------------

template <typename T>
void ProjectController::answerDecision(const QString& groupKey, Result<T> outcome)
{
    if (outcome)
        Q_EMIT decided(groupKey, *outcome);
    else
        Q_EMIT decisionFailed(groupKey, outcome.error());
    requestStepNames();
}

void ProjectController::decide(const GroupDetail& group, const DecisionIntent& intent)
{
    if (!m_session)
        return;
    const QString key = fromCore(group.entry.key);
    // Files of a finalized group come back first; that is work for the long lane.
    TaskLane& lane = group.entry.isFinalized ? m_longLane : m_shortLane;
    lane.run(
        this,
        [session = m_session, group, intent, this, key, generation = m_generation](std::stop_token) -> Result<bool> {
            PS_TRY(DecisionRequest request, makeRequest(*session, group, intent));
            if (group.entry.isFinalized) {
                const auto receipt = ps::decide(*session, request);
                QMetaObject::invokeMethod(
                    this, [this, key, receipt] { answerDecision(key, receipt); }, Qt::QueuedConnection);
                return true;
            }
            submitDecision(*session, std::move(request), [this, key, generation](const Result<DecisionReceipt>& receipt) {
                QMetaObject::invokeMethod(
                    this,
                    [this, key, receipt, generation] {
                        if (generation == m_generation)
                            answerDecision(key, receipt);
                    },
                    Qt::QueuedConnection);
            });
            return true;
        },
        [this, key, generation = m_generation](const Result<bool>& queued) {
            if (!queued && generation == m_generation)
                Q_EMIT decisionFailed(key, queued.error());
        });
}

void ProjectController::confirmCrop(const GroupDetail& group, const Crop& crop)
{
    if (!m_session)
        return;
    const QString key = fromCore(group.entry.key);
    m_longLane.run(
        this, [session = m_session, group, crop](std::stop_token) { return ps::confirmCrop(*session, group, crop); },
        [this, key, generation = m_generation](const Result<DecisionReceipt>& receipt) {
            if (generation == m_generation)
                answerDecision(key, receipt);
        });
}

void ProjectController::split(const GroupDetail& group)
{
    runLong(
        tr("Splitting the set"),
        [group](ProjectSession& session, std::stop_token stop) { return splitGroup(session, group, stop); },
        [this](const std::vector<std::string>&) {
            updateCounts();
            Q_EMIT groupsReset();
            requestStepNames();
        });
}

void ProjectController::undo()
{
    runLong(
        tr("Undoing"), [](ProjectSession& session, std::stop_token) { return ps::undo(session); },
        [this](const StepOutcome& outcome) {
            requestStepNames();
            Q_EMIT stepDone(true, outcome);
            if (outcome.changesGroups || outcome.step.groupKey.empty())
                Q_EMIT groupsReset();
        });
}

void ProjectController::redo()
{
    runLong(
        tr("Redoing"), [](ProjectSession& session, std::stop_token) { return ps::redo(session); },
        [this](const StepOutcome& outcome) {
            requestStepNames();
            Q_EMIT stepDone(false, outcome);
            if (outcome.changesGroups || outcome.step.groupKey.empty())
                Q_EMIT groupsReset();
        });
}

// ---- long work -----------------------------------------------------------------------------------------------------

void ProjectController::inspect()
{
    struct Inspected {
        std::shared_ptr<const InspectionReport> report;
        std::string savedAs;
    };
    runLong(
        tr("Inspecting"),
        [](ProjectSession& session, std::stop_token stop) -> Result<Inspected> {
            Inspected inspected;
            PS_TRY(InspectionReport report, inspectAndSave(session, stop, inspected.savedAs));
            inspected.report = std::make_shared<const InspectionReport>(std::move(report));
            return inspected;
        },
        [this](const Inspected& inspected) { Q_EMIT this->inspected(inspected.report, fromCore(inspected.savedAs)); });
}

void ProjectController::saveReportAs(std::shared_ptr<const InspectionReport> report, const QString& path)
{
    const bool isPage = path.endsWith(QLatin1String(".html"), Qt::CaseInsensitive);
    runLong(
        tr("Saving the report"),
        [report, isPage, path = localPath(path)](ProjectSession&, std::stop_token) -> Result<bool> {
            const std::string text = isPage ? reportHtml(*report) : dumpJsonIndented(reportJson(*report)) + "\n";
            PS_TRY_VOID(writeFileDurably(path, text, Replace::Atomic));
            return true;
        },
        [this, path](bool) { Q_EMIT reportSaved(path); });
}

void ProjectController::planFinalize()
{
    runLong(
        tr("Working out what would move"),
        [](ProjectSession& session, std::stop_token stop) { return prepareFinalize(session, false, stop); },
        [this](FinalizePlan plan) { Q_EMIT finalizePlanned(std::make_shared<FinalizePlan>(std::move(plan))); });
}

void ProjectController::runFinalize(FinalizePlan plan)
{
    const auto onProgress = [this](const ExecutionProgress& now) {
        QMetaObject::invokeMethod(
            this,
            [this, now] {
                const int percent = now.totalGroups > 0 ? static_cast<int>(100 * now.doneGroups / now.totalGroups) : 0;
                setBusy(tr("Finalizing, %1 of %2 groups").arg(now.doneGroups).arg(now.totalGroups), percent);
            },
            Qt::QueuedConnection);
    };
    runLong(
        tr("Finalizing"),
        [plan = std::move(plan), onProgress](ProjectSession& session, std::stop_token stop) -> Result<FinalizeOutcome> {
            std::string savedAs; // the house rule: no bulk change without a report of what was there
            PS_TRY_VOID(inspectAndSave(session, stop, savedAs));
            return ps::finalize(session, plan, stop, onProgress);
        },
        [this](const FinalizeOutcome& outcome) {
            requestStepNames();
            updateCounts();
            Q_EMIT groupsReset();
            Q_EMIT finalizeFinished(outcome);
        });
}

void ProjectController::planRepair()
{
    runLong(
        tr("Working out what can be repaired"),
        [](ProjectSession& session, std::stop_token stop) { return ps::planRepair(session, {}, stop); },
        [this](RepairPlan plan) { Q_EMIT repairPlanned(std::make_shared<RepairPlan>(std::move(plan))); });
}

void ProjectController::runRepair(RepairPlan plan)
{
    runLong(
        tr("Repairing"),
        [plan = std::move(plan)](ProjectSession& session, std::stop_token stop) -> Result<RepairOutcome> {
            std::string savedAs;
            PS_TRY_VOID(inspectAndSave(session, stop, savedAs));
            PS_TRY(RepairOutcome outcome, repair(session, plan));
            PS_TRY_VOID(session.refresh(stop, {}));
            return outcome;
        },
        [this](const RepairOutcome& outcome) {
            requestStepNames();
            updateCounts();
            Q_EMIT groupsReset();
            Q_EMIT repairFinished(outcome);
        });
}

void ProjectController::restoreStaging()
{
    runLong(
        tr("Restoring staged files"),
        [](ProjectSession& session, std::stop_token) { return ps::restoreStaging(session, {}); },
        [this](const RestoreOutcome& outcome) {
            requestStepNames();
            updateCounts();
            Q_EMIT groupsReset();
            Q_EMIT stagingChanged(tr("%n file(s) restored", nullptr, static_cast<int>(outcome.restoredFiles)));
        });
}

void ProjectController::purgeStaging()
{
    runLong(
        tr("Deleting staged files"), [](ProjectSession& session, std::stop_token) { return ps::purgeStaging(session); },
        [this](const PurgeOutcome& outcome) {
            requestStepNames();
            QString text = tr("%n file(s) deleted", nullptr, static_cast<int>(outcome.deletedFiles));
            if (!outcome.refused.empty())
                text += QStringLiteral(", ") + tr("%n refused", nullptr, static_cast<int>(outcome.refused.size()));
            Q_EMIT stagingChanged(text);
        });
}

} // namespace ps
