// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/known_row.h"

#include "core/base/text.h"
#include "core/decisions/frozen_groups.h"

namespace ps {

std::string imagesText(std::span<const GroupMember> members)
{
    Json::Array names;
    for (const GroupMember& member : members)
        names.emplace_back(fileName(member.path));
    return dumpJson(Json(std::move(names)));
}

Error changedMeanwhile(const std::string& groupId)
{
    return {ErrorCode::Conflict, "the row was changed by another program since it was shown", groupId, 0};
}

Result<void> checkUnchanged(const std::optional<DecisionRow>& existing, const std::string& groupId,
                            const std::optional<std::string>& expectedFingerprint)
{
    if (expectedFingerprint && (!existing || rowFingerprint(*existing) != *expectedFingerprint))
        return changedMeanwhile(groupId);
    return {};
}

namespace {

/// Scripts store the folder as it was given to them: relative to somewhere, or absolute.
bool mayBeSameFolder(std::string_view a, std::string_view b)
{
    const std::string_view shorter = a.size() < b.size() ? a : b;
    const std::string_view longer = a.size() < b.size() ? b : a;
    if (shorter.empty() || shorter == "." || shorter == longer)
        return true;
    return longer.ends_with(shorter) && longer[longer.size() - shorter.size() - 1] == '/';
}

/// Errors: Conflict when another program has added a row for these images that the caller cannot know of yet.
Result<void> checkNotJustDecided(const StoreTransaction& transaction, const GroupAsSeen& group)
{
    const auto foreign = transaction.foreignRows().find(imagesText(group.members));
    if (foreign == transaction.foreignRows().end())
        return {};
    for (const std::string& groupId : foreign->second) {
        PS_TRY(const auto row, transaction.findRow(groupId));
        if (row && mayBeSameFolder(row->text("directory").value_or(""), group.directory))
            return Error{ErrorCode::Conflict, "another program has just decided this group", groupId, 0};
    }
    return {};
}

} // namespace

Result<std::optional<DecisionRow>> findKnownRow(const StoreTransaction& transaction, const GroupAsSeen& group)
{
    std::optional<std::string> groupId = group.groupId;
    if (!groupId) {
        PS_TRY(groupId, frozenGroupId(transaction.connection(), group.groupKey));
    }
    if (!groupId) {
        PS_TRY_VOID(checkNotJustDecided(transaction, group));
        return std::optional<DecisionRow>();
    }
    PS_TRY(auto existing, transaction.findRow(*groupId));
    PS_TRY_VOID(checkUnchanged(existing, *groupId, group.expectedFingerprint));
    if (!existing && group.groupId)
        return changedMeanwhile(*groupId);
    return existing;
}

} // namespace ps
