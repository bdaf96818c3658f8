// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/catalogue.h"

#include <algorithm>

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
    }
    return "";
}

std::vector<const CatalogueContent::Row*> CatalogueContent::rowsById() const
{
    std::vector<const Row*> sorted;
    sorted.reserve(rows.size());
    for (const Row& row : rows)
        sorted.push_back(&row);
    std::ranges::stable_sort(sorted, {}, [](const Row* row) -> const std::string& { return row->groupId; });
    return sorted;
}

} // namespace ps
