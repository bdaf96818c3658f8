// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/operation.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <map>

namespace ps {

namespace {

template <typename Enum>
struct Named {
    Enum value;
    std::string_view name;
};

constexpr std::array<Named<OperationKind>, 4> kKinds{{{OperationKind::Folder, "folder"},
                                                      {OperationKind::Move, "move"},
                                                      {OperationKind::Cut, "cut"},
                                                      {OperationKind::Write, "write"}}};
constexpr std::array<Named<OperationRole>, 8> kRoles{{{OperationRole::Folder, "folder"},
                                                      {OperationRole::Winner, "winner"},
                                                      {OperationRole::Loser, "loser"},
                                                      {OperationRole::Companion, "companion"},
                                                      {OperationRole::Sidecar, "sidecar"},
                                                      {OperationRole::Crop, "crop"},
                                                      {OperationRole::Original, "original"},
                                                      {OperationRole::Archive, "archive"}}};
constexpr std::array<Named<OperationState>, 6> kStates{{{OperationState::Planned, "planned"},
                                                        {OperationState::Done, "done"},
                                                        {OperationState::Returning, "returning"},
                                                        {OperationState::Undone, "undone"},
                                                        {OperationState::Skipped, "skipped"},
                                                        {OperationState::Purged, "purged"}}};

template <typename Enum, std::size_t N>
std::string_view nameOf(const std::array<Named<Enum>, N>& table, Enum value)
{
    return std::ranges::find(table, value, &Named<Enum>::value)->name;
}

template <typename Enum, std::size_t N>
Enum valueOf(const std::array<Named<Enum>, N>& table, std::string_view name)
{
    const auto found = std::ranges::find(table, name, &Named<Enum>::name);
    return found == table.end() ? table.front().value : found->value; // the schema's CHECK allows no other name
}

std::optional<std::int64_t> asSigned(const std::optional<FileIdentity>& identity, std::uint64_t FileIdentity::* member)
{
    return identity ? std::optional(static_cast<std::int64_t>((*identity).*member)) : std::nullopt;
}

std::optional<std::string> emptyAsNull(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

constexpr std::string_view kColumns =
    "plan_id, ordinal, group_key, kind, role, source, target, payload, device, inode, "
    "size, modified_ns, sha256, state, note";

Operation readOperation(const Statement& row)
{
    Operation operation;
    operation.planId = row.integer(0);
    operation.ordinal = row.integer(1);
    operation.groupKey = row.text(2);
    operation.kind = valueOf(kKinds, row.text(3));
    operation.role = valueOf(kRoles, row.text(4));
    operation.source = row.text(5);
    operation.target = row.text(6);
    operation.payload = row.text(7);
    if (!row.isNull(8)) {
        operation.identity = FileIdentity{static_cast<std::uint64_t>(row.integer(8)),
                                          static_cast<std::uint64_t>(row.integer(9)), row.integer(10), row.integer(11)};
    }
    operation.sha256 = row.text(12);
    operation.state = valueOf(kStates, row.text(13));
    operation.note = row.text(14);
    return operation;
}

} // namespace

std::string_view operationStateName(OperationState state)
{
    return nameOf(kStates, state);
}

std::string_view operationRoleName(OperationRole role)
{
    return nameOf(kRoles, role);
}

Result<std::int64_t> insertPlan(StoreTransaction& transaction, std::string_view kind,
                                const std::vector<Operation>& operations)
{
    const Connection& connection = transaction.connection();
    PS_TRY(const auto plan, connection.borrow("INSERT INTO ps_plans (kind, created_at) VALUES (?1,?2)"));
    PS_TRY_VOID(plan->run(kind, formatTimestamp(transaction.now())));
    const std::int64_t planId = connection.lastInsertRowId();
    PS_TRY(const auto insert, connection.borrow("INSERT INTO ps_operations VALUES "
                                                "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)"));
    std::int64_t ordinal = 0;
    for (const Operation& operation : operations) {
        const auto& identity = operation.identity;
        PS_TRY_VOID(insert->run(
            planId, ++ordinal, operation.groupKey, nameOf(kKinds, operation.kind), nameOf(kRoles, operation.role),
            SqlBlob{operation.source}, SqlBlob{operation.target}, SqlBlob{operation.payload},
            asSigned(identity, &FileIdentity::device), asSigned(identity, &FileIdentity::inode),
            identity ? std::optional(identity->sizeBytes) : std::nullopt,
            identity ? std::optional(identity->modifiedNs) : std::nullopt, emptyAsNull(operation.sha256),
            nameOf(kStates, operation.state), emptyAsNull(operation.note)));
    }
    return planId;
}

Result<void> updateOperations(const Connection& connection, const std::vector<Operation>& operations)
{
    PS_TRY(const auto update, connection.borrow("UPDATE ps_operations SET state=?3, device=?4, inode=?5, size=?6, "
                                                "modified_ns=?7, sha256=?8, note=?9 WHERE plan_id=?1 AND ordinal=?2"));
    for (const Operation& operation : operations) {
        const auto& identity = operation.identity;
        PS_TRY_VOID(update->run(operation.planId, operation.ordinal, nameOf(kStates, operation.state),
                                asSigned(identity, &FileIdentity::device), asSigned(identity, &FileIdentity::inode),
                                identity ? std::optional(identity->sizeBytes) : std::nullopt,
                                identity ? std::optional(identity->modifiedNs) : std::nullopt,
                                emptyAsNull(operation.sha256), emptyAsNull(operation.note)));
    }
    return {};
}

Result<std::vector<Operation>> readOperations(const Connection& connection, const OperationQuery& query)
{
    std::vector<Operation> operations;
    PS_TRY(const bool hasPlans, hasTable(connection, "ps_operations"));
    if (!hasPlans)
        return operations;
    std::string sql = "SELECT " + std::string(kColumns) + " FROM ps_operations WHERE true";
    if (query.planId)
        sql += " AND plan_id=?1";
    if (query.groupKey)
        sql += query.planId ? " AND group_key=?2" : " AND group_key=?1";
    std::vector<std::string> states;
    for (const OperationState state : query.states)
        states.push_back("'" + std::string(nameOf(kStates, state)) + "'");
    if (!states.empty())
        sql += " AND state IN (" + join(states, ",") + ")";
    PS_TRY(const auto rows, connection.borrow(sql + " ORDER BY plan_id, ordinal"));
    rows->bind();
    int parameter = 0;
    if (query.planId)
        rows->bindAt(++parameter, *query.planId);
    if (query.groupKey)
        rows->bindAt(++parameter, *query.groupKey);
    for (;;) {
        PS_TRY(const bool hasRow, rows->step());
        if (!hasRow)
            return operations;
        operations.push_back(readOperation(*rows));
    }
}

Result<std::vector<MovedFile>> readMovedFiles(const Connection& connection)
{
    PS_TRY(const std::vector<Operation> operations,
           readOperations(connection, {{}, {}, {OperationState::Done, OperationState::Purged}}));
    std::map<std::string, MovedFile> byCurrentPath;
    for (const Operation& operation : operations) {
        if (operation.kind != OperationKind::Move || !operation.identity)
            continue;
        const auto earlier = byCurrentPath.find(operation.source);
        MovedFile moved{operation.source, operation.target,   *operation.identity,
                        operation.role,   operation.groupKey, operation.state == OperationState::Purged};
        if (earlier != byCurrentPath.end()) {
            moved.originalPath = earlier->second.originalPath;
            byCurrentPath.erase(earlier);
        }
        byCurrentPath[moved.currentPath] = std::move(moved);
    }
    std::vector<MovedFile> files;
    for (auto& [path, moved] : byCurrentPath)
        files.push_back(std::move(moved));
    return files;
}

// ---- transitions ---------------------------------------------------------------------------------------------------

Json transitionsJson(const std::vector<Transition>& transitions)
{
    Json::Array list;
    for (const Transition& transition : transitions) {
        Json::Array ordinals;
        for (const std::int64_t ordinal : transition.ordinals)
            ordinals.emplace_back(ordinal);
        list.push_back(Json::object({{"plan", transition.planId},
                                     {"group", transition.groupKey},
                                     {"operations", Json(std::move(ordinals))},
                                     {"to", transition.toDone ? "done" : "undone"}}));
    }
    return Json(std::move(list));
}

std::vector<Transition> transitionsFromJson(const Json& value)
{
    std::vector<Transition> transitions;
    for (const Json& item : value.items()) {
        Transition transition{item["plan"].toInteger(), item["group"].toString(), {}, item["to"].toString() == "done"};
        for (const Json& ordinal : item["operations"].items())
            transition.ordinals.push_back(ordinal.toInteger());
        transitions.push_back(std::move(transition));
    }
    return transitions;
}

std::vector<Transition> inverse(std::vector<Transition> transitions)
{
    std::ranges::reverse(transitions);
    for (Transition& transition : transitions)
        transition.toDone = !transition.toDone;
    return transitions;
}

Result<std::int64_t> requestTransition(const Connection& connection, const Transition& transition)
{
    OperationQuery query{transition.planId, {}, {}};
    if (!transition.groupKey.empty())
        query.groupKey = transition.groupKey;
    PS_TRY(std::vector<Operation> operations, readOperations(connection, query));
    if (!transition.ordinals.empty()) {
        std::erase_if(operations, [&](const Operation& operation) {
            return std::ranges::find(transition.ordinals, operation.ordinal) == transition.ordinals.end();
        });
    }
    const OperationState from = transition.toDone ? OperationState::Undone : OperationState::Done;
    const OperationState to = transition.toDone ? OperationState::Planned : OperationState::Returning;
    for (const Operation& operation : operations) {
        if (operation.state == OperationState::Purged) {
            return Error{ErrorCode::Refused, "a staged file was deleted for good, so this cannot be undone any more",
                         displayText(operation.target), 0};
        }
    }
    std::erase_if(operations, [from](const Operation& operation) { return operation.state != from; });
    for (Operation& operation : operations)
        operation.state = to;
    PS_TRY_VOID(updateOperations(connection, operations));
    return std::ssize(operations);
}

} // namespace ps
