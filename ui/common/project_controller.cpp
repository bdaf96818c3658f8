// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/project_controller.h"

#include "core/imaging/image_service.h"
#include "core/library/image_tools.h"
#include "ui/common/error_text.h"
#include "ui/common/program.h"
#include "ui/common/project_controller_lanes.h"

namespace ps {

ProjectController::ProjectController(ImageService& images, QString annotator, QObject* parent)
    : QObject(parent), m_images(images), m_annotator(std::move(annotator))
{
}

ProjectController::~ProjectController() = default;

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

} // namespace ps
