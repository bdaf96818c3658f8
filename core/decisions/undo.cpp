// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/undo.h"

#include "core/base/text.h"
#include "core/decisions/frozen_groups.h"
#include "core/decisions/imported.h"
#include "core/decisions/suggestion_view.h"

#include <algorithm>

namespace ps {

namespace {

Result<std::optional<UndoStep>> findStep(const Connection& connection, std::string_view condition)
{
    PS_TRY(const auto query, connection.borrow("SELECT step, kind, coalesce(group_key, ''), first_seq, last_seq "
                                               "FROM ps_steps WHERE " +
                                               std::string(condition) + " LIMIT 1"));
    query->bind();
    PS_TRY(const bool hasRow, query->step());
    if (!hasRow)
        return std::optional<UndoStep>();
    return std::optional<UndoStep>({query->integer(0), std::string(query->text(1)), std::string(query->text(2)),
                                    query->integer(3), query->integer(4)});
}

std::string differencesText(const std::vector<ColumnDifference>& differences)
{
    std::vector<std::string> lines;
    for (const ColumnDifference& difference : differences)
        lines.push_back(difference.column + ": expected " + difference.expected + ", found " + difference.found);
    return join(lines, "; ");
}

Result<void> setStepState(const Connection& connection, std::int64_t step, std::string_view state)
{
    PS_TRY(const auto update, connection.borrow("UPDATE ps_steps SET state=?2 WHERE step=?1"));
    return update->run(step, state);
}

/// A split freezes its parts, and undoing it lets them go.
Result<void> applySplit(const Connection& connection, const LedgerEntry& entry, bool isUndo)
{
    for (const Json& part : entry.detail["parts"].items()) {
        const std::string& key = part["key"].toString();
        PS_TRY(const auto members, membersFromJson(part["members"]));
        PS_TRY_VOID(isUndo ? unfreezeSplitGroup(connection, key) : freezeSplitGroup(connection, key, members));
    }
    return {};
}

enum class Direction { Undo, Redo };

/// The marks of the group as they are and as the entry wants them; nothing when it is not about marks.
/// Errors: Conflict when they are not as the ledger left them.
Result<std::optional<MarksChange>> marksChangeOf(const StoreTransaction& transaction, const LedgerEntry& entry,
                                                 bool isUndo)
{
    const Json& recorded = entry.detail["marks"];
    if (!recorded.isObject())
        return std::optional<MarksChange>();
    PS_TRY(const GroupMarks before, marksFromJson(recorded["before"]));
    PS_TRY(const GroupMarks after, marksFromJson(recorded["after"]));
    PS_TRY(const GroupMarks found, findMarks(transaction.connection(), entry.groupKey));
    if (found != (isUndo ? after : before))
        return Error{ErrorCode::Conflict, "outcome, flag or note of the group were changed since", entry.groupKey, 0};
    return std::optional(MarksChange{found, isUndo ? before : after});
}

Result<void> applyEntry(StoreTransaction& transaction, const LedgerEntry& entry, std::int64_t step, Direction direction)
{
    const bool isUndo = direction == Direction::Undo;
    const std::string_view kind = isUndo ? ledger_kind::kUndo : ledger_kind::kRedo;
    if (entry.kind == ledger_kind::kSplit) {
        PS_TRY_VOID(applySplit(transaction.connection(), entry, isUndo));
    }
    if (entry.kind == ledger_kind::kImport && entry.detail.contains("import")) {
        PS_TRY_VOID(isUndo ? takeBackImported(transaction.connection(), entry.detail)
                           : putImported(transaction.connection(), entry.detail));
    }
    PS_TRY(const auto marks, marksChangeOf(transaction, entry, isUndo));
    if (!entry.before && !entry.after) {
        if (marks) {
            PS_TRY_VOID(transaction.changeMarks(kind, entry.groupKey, *marks, Json::object({{"step", step}})));
        }
        return {};
    }
    const auto& expected = isUndo ? entry.after : entry.before;
    const auto& wanted = isUndo ? entry.before : entry.after;
    PS_TRY(const auto found, transaction.findRow(entry.groupId));
    if (found != expected)
        return Error{ErrorCode::Conflict,
                     "the row was changed since: " + differencesText(rowDifferences(expected, found)), entry.groupId,
                     0};
    PS_TRY_VOID(transaction.changeRow(kind, entry.groupKey, found, wanted, Json::object({{"step", step}}), marks));
    return setViewStanding(transaction.connection(), entry.seq, !isUndo);
}

} // namespace

Result<std::optional<UndoStep>> nextUndoStep(const Connection& connection)
{
    return findStep(connection, "state='done' ORDER BY step DESC");
}

Result<std::optional<UndoStep>> nextRedoStep(const Connection& connection)
{
    return findStep(connection, "state='undone' ORDER BY step ASC");
}

Result<void> undoRows(StoreTransaction& transaction, const UndoStep& step)
{
    for (std::int64_t seq = step.lastSeq; seq >= step.firstSeq; --seq) {
        PS_TRY(const LedgerEntry entry, readLedgerEntry(transaction.connection(), seq));
        PS_TRY_VOID(applyEntry(transaction, entry, step.step, Direction::Undo));
    }
    return setStepState(transaction.connection(), step.step, "undone");
}

Result<void> redoRows(StoreTransaction& transaction, const UndoStep& step)
{
    for (std::int64_t seq = step.firstSeq; seq <= step.lastSeq; ++seq) {
        PS_TRY(const LedgerEntry entry, readLedgerEntry(transaction.connection(), seq));
        PS_TRY_VOID(applyEntry(transaction, entry, step.step, Direction::Redo));
    }
    return setStepState(transaction.connection(), step.step, "done");
}

std::vector<ColumnDifference> rowDifferences(const std::optional<DecisionRow>& expected,
                                             const std::optional<DecisionRow>& found)
{
    std::vector<ColumnDifference> differences;
    if (!expected || !found) {
        if (expected.has_value() != found.has_value())
            differences.push_back({"row", expected ? "present" : "absent", found ? "present" : "absent"});
        return differences;
    }
    const Json expectedJson = rowToJson(*expected);
    const Json foundJson = rowToJson(*found);
    for (const auto& [column, value] : expectedJson.members()) {
        if (foundJson[column] != value)
            differences.push_back({column, pythonRepr(value), pythonRepr(foundJson[column])});
    }
    for (const auto& [column, value] : foundJson.members()) {
        if (!expectedJson.contains(column))
            differences.push_back({column, "absent", pythonRepr(value)});
    }
    return differences;
}

} // namespace ps
