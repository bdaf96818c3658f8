// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/request.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ps {

/// A group that grouping may not change any more: it has a decision, a person split it off, or said something about it.
struct FrozenGroup {
    std::string groupKey;
    std::string groupId; ///< "" for a group without a decision
    std::vector<GroupMember> members;
    bool isSplit = false;
};

/// The id of the row that was decided for this key, or nothing.
Result<std::optional<std::string>> frozenGroupId(const Connection& connection, std::string_view groupKey);

/// Records the group with what was on the disk. Errors: Conflict when the key stands for other members (a hash collision).
Result<void> freezeGroup(const Connection& connection, std::string_view groupKey, std::string_view groupId,
                         std::span<const GroupMember> members);

/// Records a group without a decision about which a person said something. Errors: as freezeGroup().
Result<void> freezeMarkedGroup(const Connection& connection, std::string_view groupKey,
                               std::span<const GroupMember> members);

/// Records a group that a person made by splitting a larger set.
Result<void> freezeSplitGroup(const Connection& connection, std::string_view groupKey,
                              std::span<const GroupMember> members);
Result<void> unfreezeSplitGroup(const Connection& connection, std::string_view groupKey);

/// One after the other; none for a database without ps_ tables. An error of `take` ends the walk.
Result<void> forEachFrozenGroup(const Connection& connection,
                                const std::function<Result<void>(const FrozenGroup&)>& take);

/// All of them; an empty list for a database without ps_ tables.
Result<std::vector<FrozenGroup>> readFrozenGroups(const Connection& connection);
Result<std::optional<FrozenGroup>> findFrozenGroup(const Connection& connection, std::string_view groupKey);

Json membersJson(std::span<const GroupMember> members);
Result<std::vector<GroupMember>> membersFromJson(const Json& value);

} // namespace ps
