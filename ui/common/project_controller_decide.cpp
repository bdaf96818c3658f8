// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person does to decisions: everything here goes through the one write lane, in the order of the keys.
#include "ui/common/error_text.h"
#include "ui/common/project_controller_lanes.h"

namespace ps {

void ProjectController::answerDecision(const QString& groupKey, const Result<DecisionReceipt>& outcome)
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
    const int generation = m_generation;
    // The moves of a finalized group are taken back first, which takes a moment; others are acknowledged by the writer.
    const int job = group.entry.isFinalized ? beginJob(tr("Taking back the files of the group")) : 0;
    m_writeLane.run(
        this,
        [session = m_session, group, intent, this, key,
         generation](const std::stop_token&) -> Result<std::optional<DecisionReceipt>> {
            PS_TRY(DecisionRequest request, makeRequest(*session, group, intent));
            if (group.entry.isFinalized) {
                PS_TRY(DecisionReceipt receipt, ps::decide(*session, request));
                return std::optional(std::move(receipt));
            }
            submitDecision(*session, std::move(request),
                           [this, key, generation](const Result<DecisionReceipt>& receipt) {
                               post(generation, [this, key, receipt] { answerDecision(key, receipt); });
                           });
            return std::optional<DecisionReceipt>();
        },
        [this, key, generation, job](const Result<std::optional<DecisionReceipt>>& outcome) {
            if (generation != m_generation)
                return;
            if (job != 0)
                endJob(job);
            if (!outcome)
                answerDecision(key, outcome.error());
            else if (*outcome)
                answerDecision(key, **outcome);
        });
}

void ProjectController::answerMark(const QString& groupKey, MarkIntent::Kind kind, const Result<MarkReceipt>& outcome)
{
    if (kind == MarkIntent::Kind::Outcome)
        answerDecision(groupKey, outcome ? DecisionReceipt{{}, outcome->groupKey, {}, outcome->ledgerSeq, outcome->step}
                                         : Result<DecisionReceipt>(outcome.error()));
    else if (!outcome)
        Q_EMIT failed(outcome.error());
    requestStepNames();
}

void ProjectController::mark(const GroupDetail& group, const MarkIntent& intent)
{
    if (!m_session)
        return;
    const QString key = fromCore(group.entry.key);
    const int generation = m_generation;
    const bool isLong = takesMovesBack(group, intent);
    const int job = isLong ? beginJob(tr("Taking back the files of the group")) : 0;
    m_writeLane.run(
        this,
        [session = m_session, group, intent, isLong, this, key,
         generation](const std::stop_token&) -> Result<std::optional<MarkReceipt>> {
            if (isLong) {
                PS_TRY(MarkReceipt receipt, recordMark(*session, group, intent));
                return std::optional(std::move(receipt));
            }
            submitMark(*session, group, intent,
                       [this, key, generation, kind = intent.kind](const Result<MarkReceipt>& receipt) {
                           post(generation, [this, key, kind, receipt] { answerMark(key, kind, receipt); });
                       });
            return std::optional<MarkReceipt>();
        },
        [this, key, generation, job, kind = intent.kind](const Result<std::optional<MarkReceipt>>& outcome) {
            if (generation != m_generation)
                return;
            if (job != 0)
                endJob(job);
            if (!outcome)
                answerMark(key, kind, outcome.error());
            else if (*outcome)
                answerMark(key, kind, **outcome);
        });
}

void ProjectController::confirmCrop(const GroupDetail& group, const Crop& crop,
                                    const std::optional<CropTolerance>& tolerance)
{
    if (!m_session)
        return;
    const int job = beginJob(tr("Storing the crop"));
    m_writeLane.run(
        this,
        [session = m_session, group, crop, tolerance](const std::stop_token&) {
            return ps::confirmCrop(*session, group, crop, tolerance);
        },
        [this, key = fromCore(group.entry.key), job,
         generation = m_generation](const Result<DecisionReceipt>& receipt) {
            if (generation != m_generation)
                return;
            endJob(job);
            answerDecision(key, receipt);
        });
}

void ProjectController::split(const GroupDetail& group)
{
    runJob(
        m_writeLane, tr("Splitting the set"),
        [group](ProjectSession& session, const std::stop_token& stop) { return splitGroup(session, group, stop); },
        [this](const std::vector<std::string>&) {
            ++m_changes;
            updateCounts();
            Q_EMIT groupsReset();
            requestStepNames();
        });
}

void ProjectController::undo()
{
    runJob(
        m_writeLane, tr("Undoing"), [](ProjectSession& session, const std::stop_token&) { return ps::undo(session); },
        [this](const StepOutcome& outcome) { onStep(true, outcome); });
}

void ProjectController::redo()
{
    runJob(
        m_writeLane, tr("Redoing"), [](ProjectSession& session, const std::stop_token&) { return ps::redo(session); },
        [this](const StepOutcome& outcome) { onStep(false, outcome); });
}

void ProjectController::onStep(bool isUndo, const StepOutcome& outcome)
{
    ++m_changes;
    requestStepNames();
    Q_EMIT stepDone(isUndo, outcome);
    if (outcome.changesGroups || outcome.step.groupKey.empty()) {
        updateCounts();
        Q_EMIT groupsReset();
    }
}

} // namespace ps
