// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/ledger.h"
#include "core/integrity/inspection.h"
#include "core/integrity/repair.h"
#include "core/library/batch_decide.h"
#include "core/library/finalize.h"
#include "core/library/group_marks.h"
#include "core/library/history.h"
#include "core/library/review.h"
#include "core/library/staging.h"
#include "core/suggest/list_preparation.h"
#include "core/suggest/suggestion_offer.h"
#include "ui/common/task_lane.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace ps {

class ImageService;

/// What is to be opened.
struct ProjectAddress {
    QString workspacePath;
    QString projectId;
    bool operator==(const ProjectAddress&) const = default;
};

/// A group as Review shows it.
struct ReviewedGroup {
    GroupDetail detail;
    std::optional<Suggestion> suggestion; ///< what may be on the screen: the same as offer.visible
    SuggestionOffer offer = {};           ///< what there is, shown or not, and boxes of detectors
};

/// Rows of a list.
struct GroupRows {
    std::vector<GroupEntry> entries;
    std::vector<std::vector<GroupImage>> images; ///< of each, when they were asked for
};

/// The one open project as the window sees it: every request returns at once, answers come as signals on the UI thread.
/// Owns the session and the three lanes on which it is used. Whatever a person does to decisions goes through one of them in
/// the order of the keys, so that an undo meets the decision before it; look-ups and long work on files pass beside it.
/// Thread: UI.
class ProjectController : public QObject
{
    Q_OBJECT

public:
    ProjectController(ImageService& images, QString annotator, QObject* parent);
    ~ProjectController() override;

    // ---- opening and closing

    /// Viewing writes nothing to the project; decisions are refused.
    enum class Access { Work, View };
    void open(const ProjectAddress& address, Access access = Access::Work);
    void close();
    /// Calls `then` here when everything that was closed is closed on the disk too, so that others may open it for work.
    void afterClosing(std::function<void()> then);
    bool isOpen() const { return m_session != nullptr; }
    bool isViewing() const { return m_session && !m_session->isWorking(); }
    const ProjectAddress& address() const { return m_address; }
    QString title() const { return m_title; }
    QString annotator() const { return m_annotator; }
    void setAnnotator(const QString& annotator) { m_annotator = annotator; }
    /// Null while nothing is open. Blocking calls on it belong on a lane.
    std::shared_ptr<ProjectSession> session() const { return m_session; }
    const StoreStatus& storeStatus() const { return m_storeStatus; }
    const GroupCounts& counts() const { return m_counts; }
    bool isBusy() const { return !m_jobs.isEmpty(); }

    // ---- requests

    using SnapshotAnswer = std::function<void(std::shared_ptr<const GroupSnapshot>)>;
    using EntriesAnswer = std::function<void(const std::vector<GroupEntry>&)>;
    using OrdinalAnswer = std::function<void(std::optional<std::int64_t>)>;

    void requestGroup(std::int64_t ordinal);                  ///< groupRead or groupMissing
    void requestPage(std::int64_t first, std::int64_t count); ///< pageRead; empty when it cannot be read
    /// The positions of a list. A newer request takes the place of an older one, whose answer then never comes; a query that
    /// cannot be read is answered with failed().
    /// With `only`, ascending ordinals, nothing else is in the list.
    void requestSnapshot(const GroupQuery& query, SnapshotAnswer answer,
                         std::shared_ptr<const std::vector<std::uint32_t>> only = nullptr);
    /// The entries of these groups in this order; one that is gone is left out.
    void requestEntries(std::vector<std::int64_t> ordinals, EntriesAnswer answer);
    using RowsAnswer = std::function<void(Result<GroupRows>)>;
    using PositionsAnswer = std::function<void(const std::vector<std::optional<std::int64_t>>&)>;
    /// The same with an answer in any case, and with all images when they are wanted.
    void requestRows(std::vector<std::int64_t> ordinals, bool withImages, RowsAnswer answer);
    /// Where these groups are in a list; nothing for those that are not.
    void requestPositions(std::shared_ptr<const GroupSnapshot> snapshot, std::vector<std::string> keys,
                          PositionsAnswer answer);
    void requestNextInState(GroupState state, std::int64_t from, bool isForward, OrdinalAnswer answer);
    void requestNextOpenCrop(std::int64_t from, bool isForward, OrdinalAnswer answer);
    void requestFind(const QString& text, std::int64_t from, OrdinalAnswer answer);
    void requestOrdinalOf(const QString& keyOrId, OrdinalAnswer answer);
    /// Tells everybody that suggestions of these groups came, or, with none, that others may be shown than before.
    void tellSuggestions(const QStringList& groupKeys);
    void requestHistory(std::optional<std::int64_t> beforeSeq, std::int64_t limit); ///< historyRead
    void requestStaging();                                                          ///< stagingRead
    void requestStepNames();                                                        ///< stepNamesRead

    void decide(const GroupDetail& group, const DecisionIntent& intent); ///< decided or decisionFailed
    /// Stores an outcome (decided, with a receipt without a row, or decisionFailed), a flag or a note (failed when it is not).
    void mark(const GroupDetail& group, const MarkIntent& intent);
    void confirmCrop(const GroupDetail& group, const Crop& crop,
                     const std::optional<CropTolerance>& tolerance = {}); ///< decided or decisionFailed
    void split(const GroupDetail& group);
    /// Many groups at once; see batch_decide.h. `ordinals` are of the content with this version.
    void planBatch(std::vector<std::int64_t> ordinals, std::uint64_t contentVersion,
                   const BatchChoice& choice);            ///< batchPlanned or batchFailed
    void runBatch(std::shared_ptr<const BatchPlan> plan); ///< batchDone or batchFailed
    void stopBatch();
    /// One group by the same rules and without a preview.
    void decideAt(std::int64_t ordinal, std::uint64_t contentVersion,
                  const BatchChoice& choice); ///< groupDecided or failed
    void undo();
    void redo();

    /// Always looks at every file; IfChanged only when a folder or the database is other than it was.
    enum class Refresh { Always, IfChanged };
    void refresh(Refresh kind = Refresh::Always);
    void inspect(); ///< inspected
    /// Writes a report as a page or as JSON, by the suffix; answered by reportSaved or failed. Needs no open project.
    void saveReportAs(std::shared_ptr<const InspectionReport> report, const QString& path);
    void planFinalize();                 ///< finalizePlanned
    void runFinalize(FinalizePlan plan); ///< finalizeFinished
    void planRepair();                   ///< repairPlanned
    void runRepair(RepairPlan plan);     ///< repairFinished
    void restoreStaging();               ///< stagingChanged
    void purgeStaging();                 ///< stagingChanged
    /// Asks the long work that is running to stop at the next safe place.
    void stopLongWork();

    /// Work that nobody waits for and that is not shown as being busy. A stop is requested when the program ends; on
    /// `closing` whoever started it stops it, because the project is not closed before it is over.
    using QuietWork = std::function<void(ProjectSession&, const std::stop_token&)>;
    /// In the background, one after the other; `done` comes on the UI thread, unless the project was closed meanwhile.
    void runQuietly(QuietWork work, std::function<void()> done);
    /// The same on a lane of its own: what a person looks at does not wait behind the background.
    void runAside(QuietWork work, std::function<void()> done);
    /// The same on a lane of its own for exports, which take long and are shown where they were started.
    void runApart(QuietWork work, std::function<void()> done);
    /// The same on another lane, whose thread and whose processes give way to everything else on the machine.
    void runBehindAll(QuietWork work, std::function<void()> done);
    /// Short work that is done in any case, also when the project is closed or the program ends.
    void runSurely(QuietWork work);

Q_SIGNALS:
    void opening(const QString& text);
    void opened();
    void openFailed(const ps::ProjectAddress& address, ps::ProjectController::Access access, const ps::Error& error);
    void closing(); ///< the session is there for the last time
    void closed();
    void storeStatusChanged();
    void countsChanged();

    /// Groups are other ones than before: whatever was read is to be read again. `keepKey` is the group to stay at.
    void groupsReset();
    /// Rows of these groups were committed, by us or by others.
    void groupsChanged(const QStringList& groupKeys);

    /// Suggestions of these undecided groups came, or may be shown otherwise than before; none named: of all of them.
    void suggestionsChanged(const QStringList& groupKeys);

    void groupRead(std::int64_t ordinal, const ps::ReviewedGroup& group);
    void groupMissing(std::int64_t ordinal);
    void pageRead(std::int64_t first, const std::vector<ps::GroupEntry>& entries);
    /// `beforeSeq` as it was asked: nothing for the latest entries.
    void historyRead(std::optional<std::int64_t> beforeSeq, const std::vector<ps::LedgerEntry>& entries);
    void stagingRead(const ps::StagingContent& content);
    void stepNamesRead(const std::optional<ps::UndoStep>& undoStep, const std::optional<ps::UndoStep>& redoStep);

    void decided(const QString& groupKey, const ps::DecisionReceipt& receipt);
    void decisionFailed(const QString& groupKey, const ps::Error& error);
    void stepDone(bool isUndo, const ps::StepOutcome& outcome);
    void batchPlanned(const std::shared_ptr<const ps::BatchPlan>& plan);
    void batchDone(const ps::BatchReceipt& receipt);
    void batchFailed(const ps::Error& error);
    void batchProgressed(int percent);
    void groupDecided(const std::shared_ptr<const ps::BatchPlan>& plan); ///< or why it was not

    void busyChanged(const QString& text, int percent); ///< "" = idle; percent -1 = unknown
    void inspected(const std::shared_ptr<const ps::InspectionReport>& report, const QString& savedAs);
    void reportSaved(const QString& path);
    void finalizePlanned(const std::shared_ptr<ps::FinalizePlan>& plan);
    void finalizeFinished(const ps::FinalizeOutcome& outcome);
    void repairPlanned(const std::shared_ptr<ps::RepairPlan>& plan);
    void repairFinished(const ps::RepairOutcome& outcome);
    void stagingChanged(const QString& summary);
    void failed(const ps::Error& error);

private:
    using Session = std::shared_ptr<ProjectSession>;

    /// Work that takes a while and that a person may stop.
    struct Job {
        int id = 0;
        QString text;
        int percent = -1;
        std::stop_source stop;
    };

    void openOnLane(const ProjectAddress& address, Access access);
    void closeOnLane(Session session);
    void takeSession(Session session, const ProjectAddress& address);
    void onCommitted(const std::vector<RowChange>& changes);
    void updateCounts();
    int beginJob(const QString& text);
    std::stop_token stopTokenOf(int job) const;
    void endJob(int job);
    void setProgress(int job, const QString& text, int percent);
    void showJobs();
    /// Makes a change on the UI thread, from any thread, unless another project was opened meanwhile.
    template <typename Change>
    void post(int generation, Change change);
    /// Runs work with a busy text; failures become failed().
    template <typename Work, typename Answer>
    void runJob(TaskLane& lane, const QString& text, Work work, Answer answer);
    /// The same for a job that has begun.
    template <typename Work, typename Answer>
    void runAs(int job, TaskLane& lane, Work work, Answer answer);
    /// Runs a look-up; a failure becomes failed().
    template <typename Work, typename Answer>
    void lookUp(Work work, Answer answer);
    void runUnseen(TaskLane& lane, QuietWork work, std::function<void()> done);
    void answerMark(const QString& groupKey, MarkIntent::Kind kind, const Result<MarkReceipt>& outcome);
    void answerDecision(const QString& groupKey, const Result<DecisionReceipt>& outcome);
    void onStep(bool isUndo, const StepOutcome& outcome);
    std::function<void(std::int64_t)> batchProgress(int job, const QString& text, std::int64_t total);

    ImageService& m_images;
    QString m_annotator;
    ProjectAddress m_address;
    QString m_title;
    Session m_session;
    StoreStatus m_storeStatus;
    GroupCounts m_counts;
    QList<Job> m_jobs; ///< the first is the one that is shown
    int m_lastJob = 0;
    int m_batchJob = 0;
    int m_generation = 0; ///< answers about an earlier project are dropped
    int m_changes = 0;    ///< answers from before the last change are asked for again

    std::stop_source m_snapshotStop; ///< of the latest requestSnapshot()
    std::shared_ptr<ListPreparation> m_preparation = std::make_shared<ListPreparation>(); ///< used on m_snapshotLane

    TaskLane m_lookUpLane{TaskLane::AtEnd::Drop};
    TaskLane m_snapshotLane{TaskLane::AtEnd::Drop}; ///< a list may take a second; look-ups pass it by
    TaskLane m_longLane{TaskLane::AtEnd::Drop};
    TaskLane m_quietLane{TaskLane::AtEnd::Drop};
    TaskLane m_asideLane{TaskLane::AtEnd::Drop};
    TaskLane m_apartLane{TaskLane::AtEnd::Drop};
    TaskLane m_lastLane{TaskLane::AtEnd::Drop}; ///< its thread has a low priority, see runBehindAll()
    TaskLane m_sureLane{TaskLane::AtEnd::Finish};
    TaskLane m_writeLane{
        TaskLane::AtEnd::Finish}; ///< opening, deciding, undo, closing: in the order in which they were asked for
};

} // namespace ps
