// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/script_validator.h"

#include "core/base/json.h"
#include "core/decisions/row.h"

#include <algorithm>

namespace ps {

namespace {

using Messages = std::vector<std::string>;

Result<void> addCount(const Connection& connection, std::string_view condition, std::string_view before,
                      std::string_view after, Messages& messages)
{
    PS_TRY(const std::int64_t count,
           connection.queryInteger("SELECT count(*) FROM ai_decisions WHERE " + std::string(condition)));
    if (count > 0)
        messages.push_back(std::string(before) + std::to_string(count) + std::string(after));
    return {};
}

Result<void> addOpenCrops(const Connection& connection, Messages& messages)
{
    PS_TRY(Statement rows,
           connection.prepare("SELECT group_id, timestamp FROM ai_decisions WHERE user_action='crop' AND "
                              "final_crop_coords IS NULL ORDER BY timestamp"));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        messages.push_back("  - Incomplete: " + std::string(rows.text(0)) + " (created " +
                           (rows.isNull(1) ? "None" : std::string(rows.text(1))) + ")");
    }
}

/// len() of what json.loads gave; nothing for values that have no length.
std::optional<std::size_t> pythonLength(const Json& value)
{
    if (value.isArray())
        return value.items().size();
    if (value.isObject())
        return value.members().size();
    if (value.isString())
        return value.toString().size();
    return std::nullopt;
}

bool isOrderedBox(const Json& coords)
{
    const Json::Array& c = coords.items();
    if (c.size() != 4 || !std::ranges::all_of(c, [](const Json& item) { return item.isNumber() || item.isBool(); }))
        return false;
    const auto number = [&c](std::size_t i) { return c[i].isBool() ? (c[i].toBool() ? 1.0 : 0.0) : c[i].toDouble(); };
    return 0 <= number(0) && number(0) < number(2) && number(2) <= 1 && 0 <= number(1) && number(1) < number(3) &&
           number(3) <= 1;
}

std::optional<std::string> cropMessage(std::string_view groupId, std::string_view text)
{
    const std::string id(groupId);
    const auto coords = parseJson(text);
    if (!coords)
        return "Invalid JSON in " + id + ": " + std::string(text);
    const auto length = pythonLength(*coords);
    if (length && *length != 4)
        return "Invalid crop coords in " + id + ": wrong length";
    if (!isOrderedBox(*coords))
        return "Invalid crop coords in " + id + ": " + pythonRepr(*coords);
    return std::nullopt;
}

Result<void> addCropMessages(const Connection& connection, Messages& messages)
{
    PS_TRY(Statement rows, connection.prepare("SELECT group_id, final_crop_coords FROM ai_decisions "
                                              "WHERE final_crop_coords IS NOT NULL"));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        if (auto message = cropMessage(rows.text(0), rows.text(1)))
            messages.push_back(*std::move(message));
    }
}

Result<void> addIndexMessages(const Connection& connection, const DecisionTable& table, Messages& messages)
{
    const std::string userIndex = table.has("user_selected_index") ? "user_selected_index" : "NULL";
    PS_TRY(Statement rows,
           connection.prepare("SELECT group_id, images, ai_selected_index, " + userIndex + " FROM ai_decisions"));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        const auto images = parseJson(rows.text(1));
        const auto length = images ? pythonLength(*images) : std::nullopt;
        if (!length)
            continue;
        const auto check = [&](int column, const char* name) {
            if (rows.isNull(column))
                return;
            const std::int64_t index = rows.integer(column);
            if (index < 0 || index >= static_cast<std::int64_t>(*length))
                messages.push_back("Invalid " + std::string(name) + " in " + std::string(rows.text(0)) + ": " +
                                   std::to_string(index) + " (num_images=" + std::to_string(*length) + ")");
        };
        check(2, "ai_selected_index");
        check(3, "user_selected_index");
    }
}

} // namespace

Result<std::vector<std::string>> validateAsScripts(const Connection& connection, bool verbose)
{
    PS_TRY(const DecisionTable table, readDecisionTable(connection));
    Messages messages;
    if (table.has("timestamp")) {
        PS_TRY_VOID(addCount(connection, "timestamp IS NULL OR timestamp = ''", "Found ",
                             " rows with missing timestamps", messages));
    }
    if (table.has("user_selected_index")) {
        PS_TRY_VOID(addCount(connection, "user_selected_index IS NULL", "Found ", " rows with missing user decisions",
                             messages));
    }
    if (table.has("user_action") && table.has("final_crop_coords")) {
        const std::size_t before = messages.size();
        PS_TRY_VOID(addCount(connection, "user_action='crop' AND final_crop_coords IS NULL", "Found ",
                             " images marked for crop but not yet cropped", messages));
        if (verbose && messages.size() > before && table.has("timestamp")) {
            PS_TRY_VOID(addOpenCrops(connection, messages));
        }
    }
    if (table.has("final_crop_coords")) {
        PS_TRY_VOID(addCropMessages(connection, messages));
    }
    if (table.has("image_width") && table.has("image_height")) {
        PS_TRY_VOID(addCount(connection, "image_width <= 0 OR image_height <= 0", "Found ",
                             " rows with invalid image dimensions", messages));
    }
    if (table.has("images") && table.has("ai_selected_index")) {
        PS_TRY_VOID(addIndexMessages(connection, table, messages));
    }
    return messages;
}

} // namespace ps
