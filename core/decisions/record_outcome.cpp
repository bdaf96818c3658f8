// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/record_outcome.h"

#include "core/base/text.h"
#include "core/decisions/frozen_groups.h"
#include "core/decisions/known_row.h"

#include <algorithm>
#include <numeric>

namespace ps {

namespace {

Result<void> checkMembers(std::string_view groupKey, std::span<const GroupMember> members)
{
    if (members.empty() || members.size() > 4)
        return Error{ErrorCode::InvalidInput, "a group has 1 to 4 images, this one " + std::to_string(members.size()),
                     std::string(groupKey), 0};
    return {};
}

/// The members of the tie in order. Errors: InvalidInput.
Result<std::vector<int>> tiedMembers(const OutcomeRequest& request)
{
    const int count = static_cast<int>(request.members.size());
    std::vector<int> tied = request.tied;
    if (tied.empty()) {
        tied.resize(request.members.size());
        std::iota(tied.begin(), tied.end(), 0);
    }
    std::ranges::sort(tied);
    const bool isDistinct = std::ranges::adjacent_find(tied) == tied.end();
    if (tied.size() < 2 || !isDistinct || tied.front() < 0 || tied.back() >= count)
        return Error{ErrorCode::InvalidInput,
                     "a tie is between at least two different images of the group, counted from 0", request.groupKey,
                     0};
    return tied;
}

Result<std::optional<OutcomeMark>> wantedOutcome(const OutcomeRequest& request, const MarkStamp& stamp)
{
    if (!request.outcome)
        return std::optional<OutcomeMark>();
    if (*request.outcome == Outcome::AllBad)
        return Error{ErrorCode::InvalidInput, "all bad is a reject", request.groupKey, 0};
    OutcomeMark mark{*request.outcome, {}, stamp};
    if (mark.outcome == Outcome::Tie) {
        PS_TRY(mark.tied, tiedMembers(request));
    }
    return std::optional(std::move(mark));
}

Result<void> checkFits(const OutcomeRequest& request, bool isDecided, const GroupMarks& before)
{
    if (isDecided && !request.outcome)
        return Error{ErrorCode::Refused, "the group is decided; undo its decision, or decide it again",
                     request.groupKey, 0};
    if (isDecided && *request.outcome == Outcome::Skip)
        return Error{ErrorCode::Refused, "the group is decided already, there is nothing to skip", request.groupKey, 0};
    if (!request.outcome && !before.outcome)
        return Error{ErrorCode::Refused, "the group has no outcome to take back", request.groupKey, 0};
    return {};
}

/// One change of the marks that concerns no row, as a step of its own.
Result<MarkReceipt> changeMarksOnly(StoreTransaction& transaction, std::string_view kind, std::string_view groupKey,
                                    std::span<const GroupMember> members, const MarksChange& change)
{
    PS_TRY_VOID(checkMembers(groupKey, members));
    PS_TRY_VOID(freezeMarkedGroup(transaction.connection(), groupKey, members));
    PS_TRY(const std::int64_t seq, transaction.changeMarks(kind, groupKey, change));
    PS_TRY(const std::int64_t step, transaction.addStep(kind, groupKey, seq, seq));
    return MarkReceipt{std::string(groupKey), change.after, seq, step};
}

Result<void> checkNote(std::string_view groupKey, std::string_view note)
{
    const bool hasControls = std::ranges::any_of(
        note, [](unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f; });
    if (note.size() > kMaxNoteBytes || hasControls || !isValidUtf8(note))
        return Error{ErrorCode::InvalidInput,
                     "a note is text of at most " + std::to_string(kMaxNoteBytes) + " bytes without control characters",
                     std::string(groupKey), 0};
    return {};
}

} // namespace

Result<MarkReceipt> applyOutcome(StoreTransaction& transaction, const OutcomeRequest& request,
                                 std::optional<std::int64_t> earlierSeq)
{
    PS_TRY_VOID(checkMembers(request.groupKey, request.members));
    PS_TRY(const auto existing, findKnownRow(transaction, {request.groupKey, request.members, request.directory,
                                                           request.groupId, request.expectedFingerprint}));
    PS_TRY(const GroupMarks before, findMarks(transaction.connection(), request.groupKey));
    PS_TRY_VOID(checkFits(request, existing.has_value(), before));
    MarksChange change{before, before};
    PS_TRY(change.after.outcome, wantedOutcome(request, transaction.stamp()));
    if (!existing)
        return changeMarksOnly(transaction, ledger_kind::kOutcome, request.groupKey, request.members, change);

    change.after.tolerance.reset(); // the crop goes with the row
    PS_TRY_VOID(freezeMarkedGroup(transaction.connection(), request.groupKey, request.members));
    PS_TRY(const std::int64_t seq,
           transaction.changeRow(ledger_kind::kOutcome, request.groupKey, existing, std::nullopt, {}, change));
    PS_TRY(const std::int64_t step,
           transaction.addStep(ledger_kind::kOutcome, request.groupKey, earlierSeq.value_or(seq), seq));
    return MarkReceipt{request.groupKey, change.after, seq, step};
}

Result<MarkReceipt> applyFlag(StoreTransaction& transaction, std::string_view groupKey,
                              std::span<const GroupMember> members, bool isFlagged)
{
    PS_TRY(const GroupMarks before, findMarks(transaction.connection(), groupKey));
    MarksChange change{before, before};
    change.after.flag = isFlagged ? std::optional(transaction.stamp()) : std::nullopt;
    return changeMarksOnly(transaction, ledger_kind::kFlag, groupKey, members, change);
}

Result<MarkReceipt> applyNote(StoreTransaction& transaction, std::string_view groupKey,
                              std::span<const GroupMember> members, std::string_view note)
{
    PS_TRY_VOID(checkNote(groupKey, note));
    PS_TRY(const GroupMarks before, findMarks(transaction.connection(), groupKey));
    MarksChange change{before, before};
    change.after.note = note.empty() ? std::nullopt : std::optional(NoteMark{std::string(note), transaction.stamp()});
    return changeMarksOnly(transaction, ledger_kind::kNote, groupKey, members, change);
}

} // namespace ps
