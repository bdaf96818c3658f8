// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/project_controller.h"

#include "core/imaging/image_service.h"
#include "core/library/image_tools.h"
#include "ui/common/error_text.h"
#include "ui/common/program.h"
#include "ui/common/project_controller_lanes.h"

#include <future>

namespace ps {

ProjectController::ProjectController(ImageService& images, QString annotator, QObject* parent)
    : QObject(parent), m_images(images), m_annotator(std::move(annotator))
{
}

ProjectController::~ProjectController() = default;

// ---- jobs ----------------------------------------------------------------------------------------------------------

int ProjectController::beginJob(const QString& text)
{
    m_jobs.append({++m_lastJob, text, -1, {}});
    showJobs();
    return m_lastJob;
}

std::stop_token ProjectController::stopTokenOf(int job) const
{
    const auto found = std::ranges::find(m_jobs, job, &Job::id);
    return found == m_jobs.end() ? std::stop_token() : found->stop.get_token();
}

void ProjectController::endJob(int job)
{
    m_jobs.removeIf([job](const Job& other) { return other.id == job; });
    showJobs();
}

void ProjectController::setProgress(int job, const QString& text, int percent)
{
    for (Job& other : m_jobs) {
        if (other.id == job) {
            other.text = text;
            other.percent = percent;
        }
    }
    showJobs();
}

void ProjectController::showJobs()
{
    if (m_jobs.isEmpty())
        Q_EMIT busyChanged({}, -1);
    else
        Q_EMIT busyChanged(m_jobs.first().text, m_jobs.first().percent);
}

void ProjectController::stopLongWork()
{
    for (Job& job : m_jobs)
        job.stop.request_stop();
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
    const int generation = m_generation;
    const int job = beginJob(tr("Opening %1").arg(address.projectId));
    SessionOptions options;
    options.workspacePath = localPath(address.workspacePath);
    options.projectId = address.projectId.toStdString();
    options.isWorking = access == Access::Work;
    options.annotator = m_annotator.toStdString();
    options.program = programName();
    options.images = makeImageTools(m_images);
    // These come from the writer thread.
    options.onStoreStatus = [this, generation](const StoreStatus& status) {
        post(generation, [this, status] {
            m_storeStatus = status;
            Q_EMIT storeStatusChanged();
        });
    };
    options.onCommitted = [this, generation](const std::vector<RowChange>& changes) {
        post(generation, [this, changes] { onCommitted(changes); });
    };
    options.onForeignChange = [this, generation] { post(generation, [this] { refresh(Refresh::IfChanged); }); };
    m_writeLane.run(
        this,
        [options = std::move(options), this, generation,
         stop = stopTokenOf(job)](const std::stop_token&) mutable -> Result<Session> {
            PS_TRY(std::unique_ptr<ProjectSession> opened, ProjectSession::open(std::move(options)));
            Session session(std::move(opened));
            PS_TRY_VOID(session->makeReady(stop, [this, generation](const IndexProgress& now) {
                post(generation,
                     [this, now] { Q_EMIT opening(tr("%n image(s) found", nullptr, static_cast<int>(now.images))); });
            }));
            return session;
        },
        [this, generation, job, address, access](Result<Session> session) {
            if (generation != m_generation) {
                if (session)
                    closeOnLane(*std::move(session));
                return;
            }
            endJob(job);
            if (session)
                takeSession(*std::move(session), address);
            else
                Q_EMIT openFailed(address, access, session.error());
        });
}

void ProjectController::takeSession(Session session, const ProjectAddress& address)
{
    m_session = std::move(session);
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
    refresh(Refresh::IfChanged); // what the catalogue shows is from the last time
}

void ProjectController::close()
{
    ++m_generation;
    stopLongWork();
    m_jobs.clear();
    m_lookUpLane.clear();
    m_snapshotStop.request_stop();
    m_snapshotLane.clear();
    showJobs();
    if (!m_session)
        return;
    Q_EMIT closing();
    closeOnLane(std::exchange(m_session, nullptr));
    m_address = {};
    m_counts = {};
    m_storeStatus = {};
    Q_EMIT closed();
}

void ProjectController::closeOnLane(Session session)
{
    // Whoever still uses the session gives it up first; then it is closed behind the last decision and before the next
    // opening, which would find the project locked otherwise. A lane that ends breaks its promise, which is as good.
    std::vector<std::shared_future<void>> released;
    for (TaskLane* const lane :
         {&m_lookUpLane, &m_longLane, &m_quietLane, &m_asideLane, &m_apartLane, &m_lastLane, &m_sureLane}) {
        auto promise = std::make_shared<std::promise<void>>();
        released.push_back(promise->get_future().share());
        lane->run(
            this,
            [promise = std::move(promise)](const std::stop_token&) {
                promise->set_value();
                return true;
            },
            [](bool) {});
    }
    m_writeLane.run(
        this,
        [session = std::move(session), released = std::move(released)](const std::stop_token&) mutable {
            for (const std::shared_future<void>& one : released)
                one.wait();
            session.reset(); // checkpoints, and waits for the writer
            return true;
        },
        [](bool) {});
}

void ProjectController::afterClosing(std::function<void()> then)
{
    m_writeLane.run(this, [](const std::stop_token&) { return true; }, [then = std::move(then)](bool) { then(); });
}

void ProjectController::refresh(Refresh kind)
{
    runJob(
        m_longLane, tr("Looking for new images"),
        [kind](ProjectSession& session, const std::stop_token& stop) {
            return kind == Refresh::Always ? session.refresh(stop, {}) : session.refreshIfChanged(stop, {});
        },
        [this](const RefreshReport& report) {
            if (!report.hasChanged)
                return;
            ++m_changes;
            m_counts = report.counts;
            Q_EMIT countsChanged();
            Q_EMIT groupsReset();
        });
}

void ProjectController::updateCounts()
{
    lookUp([](ProjectSession& session) { return session.counts(); },
           [this](const GroupCounts& counts) {
               m_counts = counts;
               Q_EMIT countsChanged();
           });
}

void ProjectController::onCommitted(const std::vector<RowChange>& changes)
{
    QStringList keys;
    for (const RowChange& change : changes) {
        if (change.isAboutRow() || change.marks) // a suggestion alone changes nothing that is shown in lists
            keys.append(fromCore(change.groupKey));
    }
    if (keys.isEmpty())
        return;
    ++m_changes;
    Q_EMIT groupsChanged(keys);
    updateCounts();
}

void ProjectController::tellSuggestions(const QStringList& groupKeys)
{
    ++m_changes; // what is being read now may be of before
    Q_EMIT suggestionsChanged(groupKeys);
}

// ---- look-ups ------------------------------------------------------------------------------------------------------

void ProjectController::requestGroup(std::int64_t ordinal)
{
    if (!m_session)
        return;
    m_lookUpLane.run(
        this,
        [session = m_session, ordinal](const std::stop_token&) -> Result<ReviewedGroup> {
            PS_TRY(GroupDetail detail, session->groupAt(ordinal));
            SuggestionOffer offer = offerFor(*session, detail);
            std::optional<Suggestion> visible = offer.visible;
            return ReviewedGroup{std::move(detail), std::move(visible), std::move(offer)};
        },
        [this, ordinal, generation = m_generation, changes = m_changes](const Result<ReviewedGroup>& group) {
            if (generation != m_generation)
                return;
            if (changes != m_changes)
                requestGroup(ordinal); // it may be of before the change
            else if (group)
                Q_EMIT groupRead(ordinal, *group);
            else
                Q_EMIT groupMissing(ordinal);
        });
}

void ProjectController::requestPage(std::int64_t first, std::int64_t count)
{
    if (!m_session)
        return;
    m_lookUpLane.run(
        this, [session = m_session, first, count](const std::stop_token&) { return session->page(first, count); },
        [this, first, count, generation = m_generation,
         changes = m_changes](const Result<std::vector<GroupEntry>>& page) {
            if (generation != m_generation)
                return;
            if (changes != m_changes)
                requestPage(first, count);
            else
                Q_EMIT pageRead(first, page ? *page : std::vector<GroupEntry>());
        });
}

namespace {

struct PreparedSnapshot {
    std::shared_ptr<const GroupSnapshot> snapshot;
    std::optional<Error> problem; ///< why it is not in the order that was wanted
};

} // namespace

void ProjectController::requestSnapshot(const GroupQuery& query, SnapshotAnswer answer,
                                        std::shared_ptr<const std::vector<std::uint32_t>> only)
{
    if (!m_session)
        return;
    m_snapshotStop.request_stop();
    m_snapshotStop = {};
    m_snapshotLane.clear();
    m_snapshotLane.run(
        this,
        [session = m_session, query, only = std::move(only), preparation = m_preparation,
         stop = m_snapshotStop.get_token()](const std::stop_token&) -> Result<PreparedSnapshot> {
            // A list whose order needs embeddings that are not there is a list all the same.
            const auto prepared = preparation->prepare(*session, query, stop);
            PS_TRY(GroupSnapshot snapshot, session->selectGroups(query, stop));
            if (only)
                snapshot = among(snapshot, *only);
            return PreparedSnapshot{std::make_shared<const GroupSnapshot>(std::move(snapshot)),
                                    prepared ? std::nullopt : std::optional(prepared.error())};
        },
        [this, generation = m_generation, stop = m_snapshotStop.get_token(),
         answer = std::move(answer)](const Result<PreparedSnapshot>& list) {
            if (generation != m_generation || stop.stop_requested())
                return;
            if (!list || list->problem)
                Q_EMIT failed(list ? *list->problem : list.error());
            if (list)
                answer(list->snapshot);
        });
}

void ProjectController::requestEntries(std::vector<std::int64_t> ordinals, EntriesAnswer answer)
{
    lookUp([ordinals = std::move(ordinals)](ProjectSession& session) { return session.entriesAt(ordinals); },
           std::move(answer));
}

void ProjectController::requestNextInState(GroupState state, std::int64_t from, bool isForward, OrdinalAnswer answer)
{
    lookUp([=](ProjectSession& session) { return session.nextInState(state, from, isForward); }, std::move(answer));
}

void ProjectController::requestNextOpenCrop(std::int64_t from, bool isForward, OrdinalAnswer answer)
{
    lookUp([=](ProjectSession& session) { return session.nextOpenCrop(from, isForward); }, std::move(answer));
}

void ProjectController::requestFind(const QString& text, std::int64_t from, OrdinalAnswer answer)
{
    lookUp([text = text.toStdString(), from](ProjectSession& session) { return session.find(text, from); },
           std::move(answer));
}

void ProjectController::requestOrdinalOf(const QString& keyOrId, OrdinalAnswer answer)
{
    lookUp(
        [id = keyOrId.toStdString()](ProjectSession& session) -> Result<std::optional<std::int64_t>> {
            const auto group = session.findGroup(id);
            return group ? std::optional(group->entry.ordinal) : std::optional<std::int64_t>();
        },
        std::move(answer));
}

void ProjectController::requestHistory(std::optional<std::int64_t> beforeSeq, std::int64_t limit)
{
    lookUp(
        [beforeSeq, limit](ProjectSession& session) -> Result<std::vector<LedgerEntry>> {
            PS_TRY(const Connection reader, session.openReader());
            return readLedgerEntries(reader, std::nullopt, beforeSeq, limit);
        },
        [this, beforeSeq](const std::vector<LedgerEntry>& entries) { Q_EMIT historyRead(beforeSeq, entries); });
}

void ProjectController::requestStaging()
{
    lookUp([](ProjectSession& session) { return listStaging(session); },
           [this](const StagingContent& content) { Q_EMIT stagingRead(content); });
}

void ProjectController::requestStepNames()
{
    struct Steps {
        std::optional<UndoStep> undoStep;
        std::optional<UndoStep> redoStep;
    };
    lookUp(
        [](ProjectSession& session) -> Result<Steps> {
            Steps steps;
            PS_TRY(steps.undoStep, nextUndo(session));
            PS_TRY(steps.redoStep, nextRedo(session));
            return steps;
        },
        [this](const Steps& steps) { Q_EMIT stepNamesRead(steps.undoStep, steps.redoStep); });
}

} // namespace ps
