// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/group_entry.h"

#include "core/base/clock.h"

namespace ps {

GroupState stateOfRow(const std::optional<DecisionRow>& row)
{
    const auto action = row ? row->action() : std::nullopt;
    if (!action)
        return GroupState::Undecided;
    switch (*action) {
    case Action::Approve: {
        const bool isAccepted = row->integer("ai_crop_accepted") == 1 && row->isNull("final_crop_coords");
        return isAccepted ? GroupState::CropAccepted : GroupState::Approved;
    }
    case Action::Crop: return row->isNull("final_crop_coords") ? GroupState::CropLater : GroupState::Cropped;
    case Action::Reject: return GroupState::Rejected;
    }
    return GroupState::Undecided;
}

GroupState stateOfOutcome(std::optional<Outcome> outcome)
{
    if (!outcome)
        return GroupState::Undecided;
    switch (*outcome) {
    case Outcome::Tie: return GroupState::Tie;
    case Outcome::CannotJudge: return GroupState::CannotJudge;
    case Outcome::Skip: return GroupState::Skipped;
    case Outcome::AllBad: break; // without its reject it says nothing
    }
    return GroupState::Undecided;
}

void setMarks(GroupEntry& entry, const GroupMarks& marks)
{
    entry.outcome = marks.outcome ? outcomeName(marks.outcome->outcome) : std::string_view();
    entry.flag = marks.flag ? "flag" : "";
    entry.note = marks.note ? marks.note->text : std::string();
    if (entry.groupId.empty())
        entry.state = stateOfOutcome(marks.outcome ? std::optional(marks.outcome->outcome) : std::nullopt);
}

int coverSlotOf(const std::optional<DecisionRow>& row)
{
    const std::int64_t selected = row ? row->integer("user_selected_index").value_or(0) : 0;
    return selected >= 0 && selected <= 3 ? static_cast<int>(selected) : 0;
}

std::string_view groupStateName(GroupState state)
{
    switch (state) {
    case GroupState::Undecided: return "undecided";
    case GroupState::Approved:
    case GroupState::CropAccepted: return "approve";
    case GroupState::Cropped: return "crop";
    case GroupState::CropLater: return "crop later";
    case GroupState::Rejected: return "reject";
    case GroupState::Tie: return "tie";
    case GroupState::CannotJudge: return "cannot judge";
    case GroupState::Skipped: return "skipped";
    }
    return "";
}

std::string_view groupStateWord(GroupState state)
{
    switch (state) {
    case GroupState::Undecided: return "undecided";
    case GroupState::Approved: return "approved";
    case GroupState::Cropped: return "cropped";
    case GroupState::CropLater: return "crop-later";
    case GroupState::Rejected: return "rejected";
    case GroupState::CropAccepted: return "crop-accepted";
    case GroupState::Tie: return "tie";
    case GroupState::CannotJudge: return "cannot-judge";
    case GroupState::Skipped: return "skipped";
    }
    return "";
}

std::string_view groupKindWord(GroupKind kind)
{
    switch (kind) {
    case GroupKind::Group: return "group";
    case GroupKind::Single: return "single";
    case GroupKind::Oversize: return "oversize";
    case GroupKind::UnmatchedRow: return "row";
    }
    return "";
}

RowFacts rowFacts(const DecisionRow& row)
{
    const auto yesOrNo = [&row](std::string_view column) -> std::optional<bool> {
        const auto value = row.integer(column);
        return value ? std::optional(*value != 0) : std::nullopt;
    };
    RowFacts facts;
    facts.groupId = row.groupId();
    facts.fingerprint = rowFingerprint(row);
    facts.state = stateOfRow(row);
    facts.coverSlot = coverSlotOf(row);
    if (const auto time = parseTimestamp(row.text("timestamp").value_or("")))
        facts.decidedAtUs = time->time_since_epoch().count();
    facts.selectionMatch = yesOrNo("selection_match");
    facts.cropMatch = yesOrNo("crop_match");
    facts.confidence = row.number("ai_confidence");
    if (facts.confidence && !(*facts.confidence >= 0 && *facts.confidence <= 1))
        facts.confidence.reset();
    constexpr double kNotKnown = 0.5;
    const double doubt = 1 - facts.confidence.value_or(kNotKnown);
    if (facts.selectionMatch == false)
        facts.agreement = doubt;
    else if (facts.cropMatch == false)
        facts.agreement = 1 + doubt;
    return facts;
}

} // namespace ps
