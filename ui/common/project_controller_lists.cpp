// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What lists of groups ask for, and what is done to many groups at once.
#include "ui/common/error_text.h"
#include "ui/common/project_controller_lanes.h"

#include <algorithm>
#include <unordered_map>

namespace ps {

namespace {

constexpr std::int64_t kKeysAtOnce = 500;
constexpr std::int64_t kProgressSteps = 100;

/// Where groups are in a list. One walk over it, unless it can be looked up.
std::vector<std::optional<std::int64_t>> positionsOf(const ProjectSession& session, const GroupSnapshot& snapshot,
                                                     const std::vector<std::string>& keys)
{
    std::vector<std::optional<std::int64_t>> positions(keys.size());
    std::unordered_map<std::int64_t, std::vector<std::size_t>> wanted; // a key may stand there twice
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (const auto group = session.findGroup(keys[i]))
            wanted[group->entry.ordinal].push_back(i);
    }
    const auto put = [&](const std::vector<std::size_t>& places, std::optional<std::int64_t> position) {
        for (const std::size_t place : places)
            positions[place] = position;
    };
    if (wanted.size() == 1) {
        put(wanted.begin()->second, snapshot.positionOf(wanted.begin()->first));
        return positions;
    }
    for (std::int64_t position = 0; position < snapshot.count() && !wanted.empty(); ++position) {
        const auto found = wanted.find(snapshot.ordinalAt(position));
        if (found == wanted.end())
            continue;
        put(found->second, position);
        wanted.erase(found);
    }
    return positions;
}

/// The groups at these ordinals, as long as the catalogue has the content that they are of.
/// Errors: Conflict when it was read anew; Cancelled.
Result<std::vector<std::string>> keysOf(const ProjectSession& session, const std::vector<std::int64_t>& ordinals,
                                        std::uint64_t contentVersion, const std::stop_token& stop)
{
    std::vector<std::string> keys;
    for (std::size_t begin = 0; begin < ordinals.size(); begin += kKeysAtOnce) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the preview was stopped", {}, 0};
        const std::size_t count = std::min<std::size_t>(kKeysAtOnce, ordinals.size() - begin);
        PS_TRY(const std::vector<GroupEntry> entries, session.entriesAt(std::span(ordinals).subspan(begin, count)));
        for (const GroupEntry& entry : entries)
            keys.push_back(entry.key);
    }
    if (session.contentVersion() != contentVersion)
        return Error{ErrorCode::Conflict, "the list of groups was read anew meanwhile", session.projectId(), 0};
    return keys;
}

} // namespace

void ProjectController::requestRows(std::vector<std::int64_t> ordinals, bool withImages, RowsAnswer answer)
{
    if (!m_session)
        return;
    m_lookUpLane.run(
        this,
        [session = m_session, ordinals = std::move(ordinals), withImages](const std::stop_token&) -> Result<GroupRows> {
            GroupRows rows;
            PS_TRY(rows.entries, session->entriesAt(ordinals));
            if (withImages) {
                PS_TRY(rows.images, session->imagesOf(rows.entries));
            }
            return rows;
        },
        [this, generation = m_generation, answer = std::move(answer)](Result<GroupRows> rows) {
            if (generation == m_generation)
                answer(std::move(rows));
        });
}

void ProjectController::requestPositions(std::shared_ptr<const GroupSnapshot> snapshot, std::vector<std::string> keys,
                                         PositionsAnswer answer)
{
    if (!m_session)
        return;
    m_snapshotLane.run(
        this,
        [session = m_session, snapshot = std::move(snapshot), keys = std::move(keys)](const std::stop_token&) {
            return positionsOf(*session, *snapshot, keys);
        },
        [this, generation = m_generation,
         answer = std::move(answer)](const std::vector<std::optional<std::int64_t>>& positions) {
            if (generation == m_generation)
                answer(positions);
        });
}

// ---- many groups at once -------------------------------------------------------------------------------------------

std::function<void(std::int64_t)> ProjectController::batchProgress(int job, const QString& text, std::int64_t total)
{
    // From another thread, and not for each of many thousand groups.
    return [this, generation = m_generation, job, text, total](std::int64_t done) {
        if (done % std::max<std::int64_t>(1, total / kProgressSteps) != 0 && done != total)
            return;
        const int percent = total > 0 ? static_cast<int>(100 * done / total) : -1;
        post(generation, [this, job, text, percent] {
            setProgress(job, text, percent);
            Q_EMIT batchProgressed(percent);
        });
    };
}

void ProjectController::planBatch(std::vector<std::int64_t> ordinals, std::uint64_t contentVersion,
                                  const BatchChoice& choice)
{
    if (!m_session)
        return;
    stopBatch();
    const QString text = tr("Looking at the selected groups");
    const int job = m_batchJob = beginJob(text);
    const auto progress = batchProgress(job, text, std::ssize(ordinals));
    m_writeLane.run(
        this,
        [session = m_session, ordinals = std::move(ordinals), contentVersion, choice, progress,
         stop = stopTokenOf(job)](const std::stop_token&) -> Result<std::shared_ptr<const BatchPlan>> {
            PS_TRY(const std::vector<std::string> keys, keysOf(*session, ordinals, contentVersion, stop));
            PS_TRY(BatchPlan plan, ps::planBatch(*session, keys, choice, stop, progress));
            // Ordinals whose group has gone in the meantime.
            plan.skipped[static_cast<std::size_t>(BatchSkip::Gone)] += std::ssize(ordinals) - std::ssize(keys);
            return std::make_shared<const BatchPlan>(std::move(plan));
        },
        [this, job, generation = m_generation](const Result<std::shared_ptr<const BatchPlan>>& plan) {
            if (generation != m_generation)
                return;
            endJob(job);
            if (job != m_batchJob)
                return; // another preview has taken its place
            if (plan)
                Q_EMIT batchPlanned(*plan);
            else
                Q_EMIT batchFailed(plan.error());
        });
}

void ProjectController::runBatch(std::shared_ptr<const BatchPlan> plan)
{
    if (!m_session)
        return;
    const QString text = tr("Deciding the selected groups");
    const int job = m_batchJob = beginJob(text);
    const auto progress = batchProgress(job, text, plan->decided());
    m_writeLane.run(
        this,
        [session = m_session, plan = std::move(plan), progress, stop = stopTokenOf(job)](const std::stop_token&) {
            return ps::runBatch(*session, *plan, stop, progress);
        },
        [this, job, generation = m_generation](const Result<BatchReceipt>& receipt) {
            if (generation != m_generation)
                return;
            endJob(job);
            requestStepNames();
            if (receipt)
                Q_EMIT batchDone(*receipt);
            else
                Q_EMIT batchFailed(receipt.error());
        });
}

void ProjectController::decideAt(std::int64_t ordinal, std::uint64_t contentVersion, const BatchChoice& choice)
{
    if (!m_session)
        return;
    m_writeLane.run(
        this,
        [session = m_session, ordinal, contentVersion,
         choice](const std::stop_token&) -> Result<std::shared_ptr<const BatchPlan>> {
            PS_TRY(const std::vector<std::string> keys, keysOf(*session, {ordinal}, contentVersion, {}));
            PS_TRY(BatchPlan plan, ps::planBatch(*session, keys, choice, {}, {}));
            if (plan.decided() > 0) {
                PS_TRY_VOID(ps::runBatch(*session, plan, {}, {}));
            }
            return std::make_shared<const BatchPlan>(std::move(plan));
        },
        [this, generation = m_generation](const Result<std::shared_ptr<const BatchPlan>>& plan) {
            if (generation != m_generation)
                return;
            requestStepNames();
            if (plan)
                Q_EMIT groupDecided(*plan);
            else
                Q_EMIT failed(plan.error());
        });
}

void ProjectController::stopBatch()
{
    for (Job& job : m_jobs) {
        if (job.id == m_batchJob)
            job.stop.request_stop();
    }
}

} // namespace ps
