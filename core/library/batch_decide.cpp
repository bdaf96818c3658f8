// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/batch_decide.h"

#include "core/base/memory.h"
#include "core/decisions/frozen_groups.h"

#include <numeric>

namespace ps {

namespace {

Error cancelled(const char* what)
{
    return {ErrorCode::Cancelled, what, {}, 0};
}

bool isThere(const ProjectSession& session, const GroupImage& image)
{
    const auto place = session.folders().locate(image.currentPath);
    const auto identity = place ? identifyIfThere(*place) : Result<std::optional<FileIdentity>>(place.error());
    return identity && identity->has_value();
}

bool isAlreadySo(const GroupDetail& group, const BatchChoice& choice)
{
    const GroupState state = stateOfRow(group.row);
    if (choice.action == Action::Reject)
        return state == GroupState::Rejected;
    return state == GroupState::Approved && group.row->integer("user_selected_index") == choice.selectedIndex;
}

/// What can be told without opening an image.
std::optional<BatchSkip> reasonToSkip(const ProjectSession& session, const GroupDetail& group,
                                      const BatchChoice& choice)
{
    if (group.entry.isFinalized)
        return BatchSkip::Finalized;
    if (group.entry.kind == GroupKind::Oversize)
        return BatchSkip::Oversize;
    if (isAlreadySo(group, choice))
        return BatchSkip::AlreadySo;
    if (choice.action == Action::Reject)
        return std::nullopt;
    if (choice.selectedIndex >= std::ssize(group.images))
        return BatchSkip::NoSuchImage;
    if (!isThere(session, group.images[static_cast<std::size_t>(choice.selectedIndex)]))
        return BatchSkip::Missing;
    return std::nullopt;
}

/// Puts one group into the plan or counts why not.
Result<void> planGroup(const ProjectSession& session, const std::string& groupKey, BatchPlan& plan)
{
    const auto skip = [&plan](BatchSkip reason) {
        ++plan.skipped[static_cast<std::size_t>(reason)];
        return Result<void>();
    };
    const auto group = session.findGroup(groupKey);
    if (!group)
        return group.error().code == ErrorCode::NotFound ? skip(BatchSkip::Gone) : Result<void>(group.error());
    if (const auto reason = reasonToSkip(session, *group, plan.choice))
        return skip(*reason);
    DecisionIntent intent;
    intent.action = plan.choice.action;
    intent.selectedIndex = plan.choice.selectedIndex;
    auto request = makeRequest(session, *group, intent);
    if (!request)
        return skip(request.error().code == ErrorCode::Conflict ? BatchSkip::FileChanged : BatchSkip::Unreadable);
    ++plan.stateBefore[static_cast<std::size_t>(stateOfRow(group->row))];
    plan.requests.push_back(*std::move(request));
    return {};
}

} // namespace

std::int64_t BatchPlan::skippedTotal() const
{
    return std::accumulate(skipped.begin(), skipped.end(), std::int64_t{0});
}

Result<BatchPlan> planBatch(const ProjectSession& session, std::span<const std::string> groupKeys,
                            const BatchChoice& choice, std::stop_token stop, const BatchProgress& onProgress)
{
    if (groupKeys.size() > kMostBatchGroups) {
        return Error{ErrorCode::Refused,
                     "at most " + std::to_string(kMostBatchGroups) + " groups can be decided at once, these are " +
                         std::to_string(groupKeys.size()),
                     session.projectId(), 0};
    }
    if (choice.action == Action::Crop || choice.selectedIndex < 0)
        return Error{ErrorCode::Refused, "many groups can be kept or rejected, not cropped", session.projectId(), 0};
    BatchPlan plan;
    plan.choice = choice;
    std::int64_t done = 0;
    for (const std::string& groupKey : groupKeys) {
        if (stop.stop_requested())
            return cancelled("the preview was stopped");
        PS_TRY_VOID(planGroup(session, groupKey, plan));
        if (onProgress)
            onProgress(++done);
    }
    return plan;
}

// ---- carrying out --------------------------------------------------------------------------------------------------

namespace {

Error changedSincePreview(const DecisionRequest& request, const std::string& what)
{
    return {ErrorCode::Conflict, what + " since the preview; nothing was decided", request.groupKey, 0};
}

Result<void> checkFiles(const ProjectSession& session, const DecisionRequest& request)
{
    for (const GroupMember& member : request.members) {
        PS_TRY(const Place place, session.folders().locate(member.path));
        PS_TRY(const auto now, identifyIfThere(place));
        if (now && !isUnchanged(member.identity, *now))
            return changedSincePreview(request, "a file was changed");
    }
    return {};
}

/// What applyDecision() does not look at: an undecided group that has a row by now, and a finalize.
Result<void> checkStillSo(const StoreTransaction& transaction, const DecisionRequest& request)
{
    const Connection& connection = transaction.connection();
    if (!request.groupId) {
        PS_TRY(const auto groupId, frozenGroupId(connection, request.groupKey));
        PS_TRY(const auto row, transaction.findRow(groupId.value_or(std::string())));
        if (row)
            return changedSincePreview(request, "the group was decided");
    }
    using S = OperationState;
    PS_TRY(const std::vector<Operation> operations,
           readOperations(connection, {{}, request.groupKey, {S::Planned, S::Returning, S::Done, S::Purged}}));
    if (!operations.empty())
        return changedSincePreview(request, "the group was finalized");
    return {};
}

Result<BatchReceipt> applyBatch(StoreTransaction& transaction, const BatchPlan& plan, const std::stop_token& stop,
                                const BatchProgress& onProgress)
{
    BatchReceipt receipt;
    std::int64_t firstSeq = 0;
    std::int64_t lastSeq = 0;
    for (const DecisionRequest& request : plan.requests) {
        if (stop.stop_requested())
            return cancelled("the decisions were stopped; nothing was decided");
        PS_TRY_VOID(checkStillSo(transaction, request));
        PS_TRY(const DecisionReceipt stored, storeDecision(transaction, request));
        lastSeq = stored.ledgerSeq;
        if (receipt.decided++ == 0)
            firstSeq = lastSeq;
        if (onProgress)
            onProgress(receipt.decided);
    }
    const bool isOne = plan.requests.size() == 1;
    PS_TRY(receipt.step,
           transaction.addStep(isOne ? ledger_kind::kDecide : ledger_kind::kDecideMany,
                               isOne ? std::string_view(plan.requests.front().groupKey) : std::string_view(), firstSeq,
                               lastSeq));
    return receipt;
}

} // namespace

Result<BatchReceipt> runBatch(ProjectSession& session, const BatchPlan& plan, std::stop_token stop,
                              const BatchProgress& onProgress)
{
    PS_TRY(DecisionStore* const store, session.store());
    if (plan.requests.empty())
        return Error{ErrorCode::Refused, "no group of the selection can be decided like this", session.projectId(), 0};
    const std::lock_guard lock(session.fileMutex()); // files stay where they are meanwhile
    const MemoryReturn memoryReturn;                 // every row of the batch is in memory for a moment
    for (const DecisionRequest& request : plan.requests) {
        if (stop.stop_requested())
            return cancelled("the decisions were stopped; nothing was decided");
        PS_TRY_VOID(checkFiles(session, request));
    }
    if (plan.requests.size() > 1) {
        PS_TRY_VOID(store->snapshotBeforeBulk());
    }
    return runForValue<BatchReceipt>(
        *store, [&](StoreTransaction& transaction) { return applyBatch(transaction, plan, stop, onProgress); });
}

} // namespace ps
