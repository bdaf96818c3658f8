// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/imported.h"

#include <span>

namespace ps {

namespace {

constexpr const char* kPutLabel = "INSERT OR IGNORE INTO ps_labels VALUES (?1,?2,?3,?4)";
constexpr const char* kRemoveLabel =
    "DELETE FROM ps_labels WHERE group_key=?1 AND image_index=?2 AND class_name=?3 AND source=?4";
constexpr const char* kPutBox = "INSERT OR IGNORE INTO ps_boxes VALUES (?1,?2,?10,?3,?4,?5,?6,?7,?8,?9,?10)";
constexpr const char* kRemoveBox =
    "DELETE FROM ps_boxes WHERE group_key=?1 AND image_index=?2 AND ordinal=?3 AND model_id=?4";
constexpr const char* kPutSide =
    "INSERT OR IGNORE INTO ps_release_sides(image_key, side, group_key, name, release_name) VALUES (?1,?2,?3,?4,?5)";
constexpr const char* kRemoveSide = "DELETE FROM ps_release_sides WHERE image_key=?1 AND side=?2 AND release_name=?3";

void bindJson(Statement& statement, int index, const Json& value)
{
    if (value.isString())
        statement.bindAt(index, value.toString());
    else if (value.isInteger())
        statement.bindAt(index, value.toInteger());
    else if (value.isFloat())
        statement.bindAt(index, value.toDouble());
    else
        statement.bindAt(index, nullptr);
}

/// Runs the statement for each list of the array: its first `used` values, then `last`.
Result<void> runForEach(const Connection& connection, const char* sql, const Json& lists, std::size_t used,
                        std::string_view last)
{
    if (lists.items().empty())
        return {};
    PS_TRY(const auto statement, connection.borrow(sql));
    for (const Json& list : lists.items()) {
        const Json::Array& values = list.items();
        if (values.size() < used)
            return Error{ErrorCode::Corrupt, "an entry of an import is incomplete", connection.path(), 0};
        statement->bind();
        for (std::size_t i = 0; i < used; ++i)
            bindJson(*statement, static_cast<int>(i) + 1, values[i]);
        statement->bindAt(static_cast<int>(used) + 1, last);
        PS_TRY_VOID(statement->finish());
    }
    return {};
}

std::string releaseName(const Json& detail)
{
    return std::string(kImportSource) + " " + std::to_string(detail["import"].toInteger());
}

Result<void> setStanding(const Connection& connection, const Json& detail, bool isStanding)
{
    PS_TRY(const auto update, connection.borrow("UPDATE ps_imports SET is_standing=?2 WHERE import_id=?1"));
    return update->run(detail["import"].toInteger(), isStanding);
}

} // namespace

Result<void> putImported(const Connection& connection, const Json& detail)
{
    PS_TRY_VOID(runForEach(connection, kPutLabel, detail["labels"], 3, kImportSource));
    PS_TRY_VOID(runForEach(connection, kPutBox, detail["boxes"], 9, kImportSource));
    PS_TRY_VOID(runForEach(connection, kPutSide, detail["sides"], 4, releaseName(detail)));
    return setStanding(connection, detail, true);
}

Result<void> takeBackImported(const Connection& connection, const Json& detail)
{
    PS_TRY_VOID(runForEach(connection, kRemoveLabel, detail["labels"], 3, kImportSource));
    PS_TRY_VOID(runForEach(connection, kRemoveBox, detail["boxes"], 3, kImportSource));
    PS_TRY_VOID(runForEach(connection, kRemoveSide, detail["sides"], 2, releaseName(detail)));
    return setStanding(connection, detail, false);
}

} // namespace ps
