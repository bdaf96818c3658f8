// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/frozen_groups.h"

#include <algorithm>

namespace ps {

Json membersJson(std::span<const GroupMember> members)
{
    Json::Array list;
    for (const GroupMember& member : members) {
        // Device and inode are left out: they change when a workspace is copied, and isUnchanged() does not look at them.
        list.push_back(Json::object(
            {{"path", member.path}, {"size", member.identity.sizeBytes}, {"modified_ns", member.identity.modifiedNs}}));
    }
    return Json(std::move(list));
}

Result<std::vector<GroupMember>> membersFromJson(const Json& value)
{
    std::vector<GroupMember> members;
    for (const Json& item : value.items()) {
        if (!item["path"].isString())
            return Error{ErrorCode::Corrupt, "a recorded group member has no path", dumpJson(item), 0};
        members.push_back({item["path"].toString(), {0, 0, item["size"].toInteger(), item["modified_ns"].toInteger()}});
    }
    return members;
}

Result<std::optional<std::string>> frozenGroupId(const Connection& connection, std::string_view groupKey)
{
    PS_TRY(const auto query, connection.borrow("SELECT group_id FROM ps_groups WHERE group_key=?1"));
    query->bind(groupKey);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? query->optionalText(0) : std::optional<std::string>();
}

namespace {

bool havePathsOf(std::span<const GroupMember> a, std::span<const GroupMember> b)
{
    return std::ranges::equal(a, b, {}, &GroupMember::path, &GroupMember::path);
}

Result<FrozenGroup> readGroup(const Statement& row)
{
    PS_TRY(const Json members, parseJson(row.text(2)));
    PS_TRY(std::vector<GroupMember> parsed, membersFromJson(members));
    return FrozenGroup{std::string(row.text(0)), std::string(row.text(1)), std::move(parsed), row.text(3) == "split"};
}

Result<void> checkNoCollision(const Connection& connection, std::string_view groupKey,
                              std::span<const GroupMember> members)
{
    PS_TRY(const auto existing, findFrozenGroup(connection, groupKey));
    if (existing && !havePathsOf(existing->members, members))
        return Error{ErrorCode::Conflict, "two different groups have the same key", std::string(groupKey), 0};
    return {};
}

} // namespace

Result<void> freezeGroup(const Connection& connection, std::string_view groupKey, std::string_view groupId,
                         std::span<const GroupMember> members)
{
    PS_TRY_VOID(checkNoCollision(connection, groupKey, members));
    PS_TRY(const auto upsert, connection.borrow("INSERT INTO ps_groups VALUES (?1,?2,?3,'decision') "
                                                "ON CONFLICT(group_key) DO UPDATE SET group_id=?2, members=?3"));
    return upsert->run(groupKey, groupId, dumpJson(membersJson(members)));
}

Result<void> freezeMarkedGroup(const Connection& connection, std::string_view groupKey,
                               std::span<const GroupMember> members)
{
    PS_TRY_VOID(checkNoCollision(connection, groupKey, members));
    PS_TRY(const auto insert, connection.borrow("INSERT INTO ps_groups VALUES (?1,NULL,?2,'decision') "
                                                "ON CONFLICT(group_key) DO NOTHING"));
    return insert->run(groupKey, dumpJson(membersJson(members)));
}

Result<void> freezeSplitGroup(const Connection& connection, std::string_view groupKey,
                              std::span<const GroupMember> members)
{
    PS_TRY_VOID(checkNoCollision(connection, groupKey, members));
    PS_TRY(const auto upsert, connection.borrow("INSERT INTO ps_groups VALUES (?1,NULL,?2,'split') "
                                                "ON CONFLICT(group_key) DO UPDATE SET origin='split'"));
    return upsert->run(groupKey, dumpJson(membersJson(members)));
}

Result<void> unfreezeSplitGroup(const Connection& connection, std::string_view groupKey)
{
    // One that was decided keeps its row id, which a redo of split and decision needs again; without a living row it freezes
    // nothing.
    PS_TRY(const auto remove,
           connection.borrow("DELETE FROM ps_groups WHERE group_key=?1 AND origin='split' AND group_id IS NULL"));
    PS_TRY_VOID(remove->run(groupKey));
    PS_TRY(const auto keep,
           connection.borrow("UPDATE ps_groups SET origin='decision' WHERE group_key=?1 AND origin='split'"));
    return keep->run(groupKey);
}

Result<void> forEachFrozenGroup(const Connection& connection,
                                const std::function<Result<void>(const FrozenGroup&)>& take)
{
    PS_TRY(const bool hasGroups, hasTable(connection, "ps_groups"));
    if (!hasGroups)
        return {};
    PS_TRY(const bool hasMarks, hasTable(connection, "ps_outcomes"));
    const std::string orMarked = hasMarks ? " OR g.group_key IN (SELECT group_key FROM ps_outcomes UNION ALL "
                                            "SELECT group_key FROM ps_flags UNION ALL SELECT group_key FROM ps_notes)"
                                          : "";
    // A key stays after the undo of its first decision; only a living row, a mark or a split freezes.
    PS_TRY(Statement rows,
           connection.prepare("SELECT g.group_key, coalesce(d.group_id, ''), g.members, g.origin FROM ps_groups g "
                              "LEFT JOIN ai_decisions d ON d.group_id = g.group_id "
                              "WHERE d.group_id IS NOT NULL OR g.origin='split'" +
                              orMarked));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        PS_TRY(const FrozenGroup group, readGroup(rows));
        PS_TRY_VOID(take(group));
    }
}

Result<std::vector<FrozenGroup>> readFrozenGroups(const Connection& connection)
{
    std::vector<FrozenGroup> groups;
    PS_TRY_VOID(forEachFrozenGroup(connection, [&groups](const FrozenGroup& group) {
        groups.push_back(group);
        return Result<void>();
    }));
    return groups;
}

Result<std::optional<FrozenGroup>> findFrozenGroup(const Connection& connection, std::string_view groupKey)
{
    PS_TRY(const auto query, connection.borrow("SELECT group_key, coalesce(group_id, ''), members, origin "
                                               "FROM ps_groups WHERE group_key=?1"));
    query->bind(groupKey);
    PS_TRY(const bool hasRow, query->step());
    if (!hasRow)
        return std::optional<FrozenGroup>();
    PS_TRY(FrozenGroup group, readGroup(*query));
    return std::optional<FrozenGroup>(std::move(group));
}

} // namespace ps
