// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/history.h"

namespace ps {

namespace {

enum class Direction { Undo, Redo };

Result<std::optional<UndoStep>> nextStep(const Connection& connection, Direction direction)
{
    return direction == Direction::Undo ? nextUndoStep(connection) : nextRedoStep(connection);
}

Result<std::optional<UndoStep>> nextStepOf(const ProjectSession& session, Direction direction)
{
    PS_TRY(const Connection reader, session.openReader());
    PS_TRY(const bool hasSteps, hasTable(reader, "ps_steps"));
    return hasSteps ? nextStep(reader, direction) : std::optional<UndoStep>();
}

/// What the step asks of the files, in the order in which it is to be done.
Result<std::vector<Transition>> transitionsOf(const Connection& connection, const UndoStep& step, Direction direction)
{
    std::vector<Transition> transitions;
    for (std::int64_t seq = step.firstSeq; seq <= step.lastSeq; ++seq) {
        PS_TRY(const LedgerEntry entry, readLedgerEntry(connection, seq));
        for (Transition& transition : transitionsFromJson(entry.detail["moves"]))
            transitions.push_back(std::move(transition));
    }
    return direction == Direction::Undo ? inverse(std::move(transitions)) : transitions;
}

Result<void> applyStep(StoreTransaction& transaction, const UndoStep& step, const std::vector<Transition>& transitions,
                       Direction direction)
{
    PS_TRY(const auto current, nextStep(transaction.connection(), direction));
    if (!current || current->step != step.step)
        return Error{ErrorCode::Conflict, "another step was made meanwhile", {}, 0};
    for (const Transition& transition : transitions)
        PS_TRY_VOID(requestTransition(transaction.connection(), transition));
    if (!transitions.empty()) {
        const auto kind = direction == Direction::Undo ? ledger_kind::kUndo : ledger_kind::kRedo;
        const Json detail = Json::object({{"step", step.step}, {"moves", transitionsJson(transitions)}});
        PS_TRY_VOID(transaction.appendLedger({std::string(kind), {}, step.groupKey, {}, {}, detail}));
    }
    return direction == Direction::Undo ? undoRows(transaction, step) : redoRows(transaction, step);
}

Result<StepOutcome> perform(ProjectSession& session, Direction direction)
{
    PS_TRY(DecisionStore* const store, session.store());
    const std::lock_guard lock(session.fileMutex());
    // What was handed over before is the last step, even when its commit is still under way.
    PS_TRY_VOID(store->run([](StoreTransaction&) { return Result<void>(); }));
    StepOutcome outcome;
    std::vector<Transition> transitions;
    {
        PS_TRY(const Connection reader, session.openReader());
        PS_TRY(const auto step, nextStep(reader, direction));
        if (!step)
            return Error{ErrorCode::Refused,
                         direction == Direction::Undo ? "there is nothing to undo" : "there is nothing to redo",
                         session.projectId(), 0};
        outcome.step = *step;
        PS_TRY(transitions, transitionsOf(reader, *step, direction));
        PS_TRY_VOID(checkTransitions(reader, session.folders(), transitions));
    }
    PS_TRY_VOID(store->run(
        [&](StoreTransaction& transaction) { return applyStep(transaction, outcome.step, transitions, direction); }));
    if (!transitions.empty()) {
        PS_TRY(ExecutionReport moved, carryOutIntents(*store, session.fileOperator(), {}, {}));
        PS_TRY_VOID(session.updatePlaces(moved.groupKeys));
        outcome.failed = std::move(moved.failed);
    }
    outcome.changesGroups = outcome.step.kind == ledger_kind::kSplit;
    if (outcome.changesGroups) {
        PS_TRY_VOID(session.refresh({}, {}));
    }
    return outcome;
}

} // namespace

Result<std::optional<UndoStep>> nextUndo(const ProjectSession& session)
{
    return nextStepOf(session, Direction::Undo);
}

Result<std::optional<UndoStep>> nextRedo(const ProjectSession& session)
{
    return nextStepOf(session, Direction::Redo);
}

Result<StepOutcome> undo(ProjectSession& session)
{
    return perform(session, Direction::Undo);
}

Result<StepOutcome> redo(ProjectSession& session)
{
    return perform(session, Direction::Redo);
}

} // namespace ps
