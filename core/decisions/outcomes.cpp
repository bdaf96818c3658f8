// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/outcomes.h"

#include <array>
#include <map>

namespace ps {

namespace {

constexpr std::array<std::pair<Outcome, std::string_view>, 4> kNames{{{Outcome::Tie, "tie"},
                                                                      {Outcome::CannotJudge, "cannot_judge"},
                                                                      {Outcome::Skip, "skip"},
                                                                      {Outcome::AllBad, "all_bad"}}};

bool liesWithin(const Crop& inner, const Crop& outer)
{
    return outer.x1 <= inner.x1 && outer.y1 <= inner.y1 && inner.x2 <= outer.x2 && inner.y2 <= outer.y2;
}

Json slotsJson(const std::vector<int>& slots)
{
    Json::Array list;
    for (const int slot : slots)
        list.emplace_back(slot);
    return Json(std::move(list));
}

std::vector<int> slotsFromJson(const Json& value)
{
    std::vector<int> slots;
    for (const Json& slot : value.items())
        slots.push_back(static_cast<int>(slot.toInteger()));
    return slots;
}

} // namespace

std::string_view outcomeName(Outcome outcome)
{
    for (const auto& [value, name] : kNames) {
        if (value == outcome)
            return name;
    }
    return {};
}

std::optional<Outcome> parseOutcome(std::string_view name)
{
    for (const auto& [value, known] : kNames) {
        if (known == name)
            return value;
    }
    return std::nullopt;
}

bool holdsFor(const CropTolerance& tolerance, const Crop& crop)
{
    return isValid(tolerance.inner) && isValid(crop) && isValid(tolerance.outer) && liesWithin(tolerance.inner, crop) &&
           liesWithin(crop, tolerance.outer);
}

// ---- reading -------------------------------------------------------------------------------------------------------

namespace {

/// Each table: its columns behind the group key, the last two being session and time, and how one row is understood.
struct MarkTable {
    std::string_view name;
    std::string_view columns;
    Result<void> (*read)(const Statement& row, GroupMarks& marks);
};

MarkStamp stampAt(const Statement& row, int column)
{
    return {row.integer(column), std::string(row.text(column + 1))};
}

Crop cropAt(const Statement& row, int column)
{
    return {row.real(column), row.real(column + 1), row.real(column + 2), row.real(column + 3)};
}

Result<void> readOutcome(const Statement& row, GroupMarks& marks)
{
    const auto outcome = parseOutcome(row.text(1));
    if (!outcome)
        return Error{ErrorCode::Corrupt, "an outcome of a newer kind", std::string(row.text(1)), 0};
    std::vector<int> tied;
    if (!row.isNull(2)) {
        PS_TRY(const Json slots, parseJson(row.text(2)));
        tied = slotsFromJson(slots);
    }
    marks.outcome = OutcomeMark{*outcome, std::move(tied), stampAt(row, 3)};
    return {};
}

Result<void> readFlag(const Statement& row, GroupMarks& marks)
{
    marks.flag = stampAt(row, 1);
    return {};
}

Result<void> readNote(const Statement& row, GroupMarks& marks)
{
    marks.note = NoteMark{std::string(row.text(1)), stampAt(row, 2)};
    return {};
}

Result<void> readTolerance(const Statement& row, GroupMarks& marks)
{
    marks.tolerance = ToleranceMark{
        static_cast<int>(row.integer(1)), cropAt(row, 6), {cropAt(row, 2), cropAt(row, 10)}, stampAt(row, 14)};
    return {};
}

constexpr std::array<MarkTable, 4> kTables{
    {{"ps_outcomes", "outcome, tied, session_id, timestamp", readOutcome},
     {"ps_flags", "session_id, timestamp", readFlag},
     {"ps_notes", "note, session_id, timestamp", readNote},
     {"ps_crop_tolerances",
      "image_index, inner_x1, inner_y1, inner_x2, inner_y2, crop_x1, crop_y1, crop_x2, crop_y2, outer_x1, outer_y1, "
      "outer_x2, outer_y2, session_id, timestamp",
      readTolerance}}};

std::string selectFrom(const MarkTable& table)
{
    return "SELECT group_key, " + std::string(table.columns) + " FROM " + std::string(table.name);
}

} // namespace

Result<GroupMarks> findMarks(const Connection& connection, std::string_view groupKey)
{
    GroupMarks marks;
    PS_TRY(const bool hasMarks, hasTable(connection, kTables.front().name));
    if (!hasMarks)
        return marks;
    for (const MarkTable& table : kTables) {
        PS_TRY(const auto row, connection.borrow(selectFrom(table) + " WHERE group_key=?1"));
        row->bind(groupKey);
        PS_TRY(const bool isMarked, row->step());
        if (isMarked) {
            PS_TRY_VOID(table.read(*row, marks));
        }
    }
    return marks;
}

Result<std::vector<MarkedGroup>> readOutcomes(const Connection& connection)
{
    std::vector<MarkedGroup> groups;
    PS_TRY(const bool hasMarks, hasTable(connection, kTables.front().name));
    if (!hasMarks)
        return groups;
    std::map<std::string, GroupMarks> byKey;
    for (const MarkTable& table : kTables) {
        PS_TRY(Statement row, connection.prepare(selectFrom(table)));
        for (;;) {
            PS_TRY(const bool hasRow, row.step());
            if (!hasRow)
                break;
            PS_TRY_VOID(table.read(row, byKey[std::string(row.text(0))]));
        }
    }
    groups.reserve(byKey.size());
    for (auto& [key, marks] : byKey)
        groups.push_back({key, std::move(marks)});
    return groups;
}

// ---- writing -------------------------------------------------------------------------------------------------------

namespace {

Result<void> removeFrom(const Connection& connection, std::string_view table, std::string_view groupKey)
{
    PS_TRY(const auto remove, connection.borrow("DELETE FROM " + std::string(table) + " WHERE group_key=?1"));
    return remove->run(groupKey);
}

Result<void> writeOutcome(const Connection& connection, std::string_view groupKey, const OutcomeMark& mark)
{
    const bool isTie = mark.outcome == Outcome::Tie;
    PS_TRY(const auto write, connection.borrow("INSERT OR REPLACE INTO ps_outcomes VALUES (?1,?2,?3,?4,?5)"));
    return write->run(groupKey, outcomeName(mark.outcome),
                      isTie ? SqlValue(dumpJson(slotsJson(mark.tied))) : SqlValue(), mark.stamp.sessionId,
                      mark.stamp.timestamp);
}

Result<void> writeTolerance(const Connection& connection, std::string_view groupKey, const ToleranceMark& mark)
{
    const auto& [inner, outer] = mark.tolerance;
    const Crop& crop = mark.crop;
    PS_TRY(const auto write, connection.borrow("INSERT OR REPLACE INTO ps_crop_tolerances VALUES "
                                               "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)"));
    return write->run(groupKey, mark.imageIndex, inner.x1, inner.y1, inner.x2, inner.y2, crop.x1, crop.y1, crop.x2,
                      crop.y2, outer.x1, outer.y1, outer.x2, outer.y2, mark.stamp.sessionId, mark.stamp.timestamp);
}

} // namespace

Result<void> writeMarks(const Connection& connection, std::string_view groupKey, const GroupMarks& before,
                        const GroupMarks& after)
{
    if (before.outcome != after.outcome) {
        PS_TRY_VOID(after.outcome ? writeOutcome(connection, groupKey, *after.outcome)
                                  : removeFrom(connection, "ps_outcomes", groupKey));
    }
    if (before.flag != after.flag) {
        PS_TRY_VOID(removeFrom(connection, "ps_flags", groupKey));
        if (after.flag) {
            PS_TRY(const auto write, connection.borrow("INSERT INTO ps_flags VALUES (?1,?2,?3)"));
            PS_TRY_VOID(write->run(groupKey, after.flag->sessionId, after.flag->timestamp));
        }
    }
    if (before.note != after.note) {
        PS_TRY_VOID(removeFrom(connection, "ps_notes", groupKey));
        if (after.note) {
            PS_TRY(const auto write, connection.borrow("INSERT INTO ps_notes VALUES (?1,?2,?3,?4)"));
            PS_TRY_VOID(
                write->run(groupKey, after.note->text, after.note->stamp.sessionId, after.note->stamp.timestamp));
        }
    }
    if (before.tolerance != after.tolerance) {
        PS_TRY_VOID(after.tolerance ? writeTolerance(connection, groupKey, *after.tolerance)
                                    : removeFrom(connection, "ps_crop_tolerances", groupKey));
    }
    return {};
}

// ---- in the ledger -------------------------------------------------------------------------------------------------

namespace {

Json stamped(Json value, const MarkStamp& stamp)
{
    value.set("session_id", stamp.sessionId);
    value.set("timestamp", stamp.timestamp);
    return value;
}

MarkStamp stampFromJson(const Json& value)
{
    return {value["session_id"].toInteger(), value["timestamp"].toString()};
}

Result<ToleranceMark> toleranceFromJson(const Json& value)
{
    const auto crop = cropFromJson(value["crop"]);
    const auto inner = cropFromJson(value["inner"]);
    const auto outer = cropFromJson(value["outer"]);
    if (!crop || !inner || !outer)
        return Error{ErrorCode::Corrupt, "a recorded tolerance is not made of boxes", dumpJson(value), 0};
    return ToleranceMark{
        static_cast<int>(value["image_index"].toInteger()), *crop, {*inner, *outer}, stampFromJson(value)};
}

} // namespace

Json marksJson(const GroupMarks& marks)
{
    Json json = Json(Json::Object());
    if (marks.outcome) {
        Json outcome = Json::object({{"outcome", outcomeName(marks.outcome->outcome)}});
        if (marks.outcome->outcome == Outcome::Tie)
            outcome.set("tied", slotsJson(marks.outcome->tied));
        json.set("outcome", stamped(std::move(outcome), marks.outcome->stamp));
    }
    if (marks.flag)
        json.set("flag", stamped({}, *marks.flag));
    if (marks.note)
        json.set("note", stamped(Json::object({{"note", marks.note->text}}), marks.note->stamp));
    if (marks.tolerance) {
        const ToleranceMark& mark = *marks.tolerance;
        json.set("tolerance", stamped(Json::object({{"image_index", mark.imageIndex},
                                                    {"inner", cropJson(mark.tolerance.inner)},
                                                    {"crop", cropJson(mark.crop)},
                                                    {"outer", cropJson(mark.tolerance.outer)}}),
                                      mark.stamp));
    }
    return json;
}

Result<GroupMarks> marksFromJson(const Json& value)
{
    GroupMarks marks;
    if (const Json& recorded = value["outcome"]; recorded.isObject()) {
        const auto outcome = parseOutcome(recorded["outcome"].toString());
        if (!outcome)
            return Error{ErrorCode::Corrupt, "a recorded outcome is unknown", dumpJson(recorded), 0};
        marks.outcome = OutcomeMark{*outcome, slotsFromJson(recorded["tied"]), stampFromJson(recorded)};
    }
    if (const Json& recorded = value["flag"]; recorded.isObject())
        marks.flag = stampFromJson(recorded);
    if (const Json& recorded = value["note"]; recorded.isObject())
        marks.note = NoteMark{recorded["note"].toString(), stampFromJson(recorded)};
    if (const Json& recorded = value["tolerance"]; recorded.isObject()) {
        PS_TRY(marks.tolerance, toleranceFromJson(recorded));
    }
    return marks;
}

} // namespace ps
