// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/take_back.h"

#include "core/library/plan_executor.h"

namespace ps {

Result<std::vector<Transition>> takeBackTransitions(const Connection& connection, const std::string& groupKey)
{
    PS_TRY(const std::vector<Operation> operations, readOperations(connection, {{}, groupKey, {}}));
    std::vector<Transition> transitions;
    for (const Operation& operation : operations) {
        if (operation.state == OperationState::Planned || operation.state == OperationState::Returning)
            return Error{ErrorCode::Refused, "the files of the group are being moved", groupKey, 0};
        if (operation.state == OperationState::Purged)
            return Error{ErrorCode::Refused,
                         "staged files of the group were deleted for good, so it cannot be decided again", groupKey, 0};
        if (operation.state != OperationState::Done)
            continue;
        if (transitions.empty() || transitions.front().planId != operation.planId)
            transitions.insert(transitions.begin(), {operation.planId, groupKey, {}, false});
        transitions.front().ordinals.push_back(operation.ordinal);
    }
    return transitions;
}

Result<void> takeBackAndChange(StoreTransaction& transaction, const std::string& groupKey,
                               const std::vector<Transition>& transitions, const GroupChange& change)
{
    PS_TRY(const std::vector<Transition> now, takeBackTransitions(transaction.connection(), groupKey));
    if (now.size() != transitions.size())
        return Error{ErrorCode::Conflict, "the group was finalized meanwhile", groupKey, 0};
    if (transitions.empty())
        return change(transaction, std::nullopt);
    for (const Transition& transition : transitions)
        PS_TRY_VOID(requestTransition(transaction.connection(), transition));
    const Json detail = Json::object({{"moves", transitionsJson(transitions)}});
    PS_TRY(const std::int64_t seq,
           transaction.appendLedger({std::string(ledger_kind::kTakeBack), {}, groupKey, {}, {}, detail}));
    return change(transaction, seq);
}

Result<void> changeGroup(ProjectSession& session, const std::string& groupKey, const GroupChange& change)
{
    PS_TRY(DecisionStore* const store, session.store());
    const std::lock_guard lock(session.fileMutex());
    PS_TRY(const std::vector<Transition> transitions,
           runForValue<std::vector<Transition>>(*store, [&](StoreTransaction& transaction) {
               return takeBackTransitions(transaction.connection(), groupKey);
           }));
    if (!transitions.empty()) {
        PS_TRY(const Connection reader, session.openReader());
        PS_TRY_VOID(checkTransitions(reader, session.folders(), transitions));
    }
    PS_TRY_VOID(store->run(
        [&](StoreTransaction& transaction) { return takeBackAndChange(transaction, groupKey, transitions, change); }));
    if (transitions.empty())
        return {};
    PS_TRY(const ExecutionReport moved, carryOutIntents(*store, session.fileOperator(), {}, {}));
    PS_TRY_VOID(session.updatePlaces({groupKey}));
    if (!moved.failed.empty())
        return Error{ErrorCode::Conflict,
                     "stored, but not all files could be moved back: " + moved.failed.front().reason, groupKey, 0};
    return {};
}

} // namespace ps
