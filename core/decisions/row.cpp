// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/row.h"

#include "core/base/sha256.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace ps {

std::string_view actionName(Action action)
{
    switch (action) {
    case Action::Approve: return "approve";
    case Action::Crop: return "crop";
    case Action::Reject: return "reject";
    }
    return "";
}

std::optional<Action> parseAction(std::string_view name)
{
    for (const Action action : {Action::Approve, Action::Crop, Action::Reject}) {
        if (actionName(action) == name)
            return action;
    }
    return std::nullopt;
}

bool DecisionRow::has(std::string_view column) const
{
    return std::ranges::any_of(m_cells, [column](const Cell& cell) { return cell.first == column; });
}

const SqlValue& DecisionRow::value(std::string_view column) const
{
    static const SqlValue null;
    for (const Cell& cell : m_cells) {
        if (cell.first == column)
            return cell.second;
    }
    return null;
}

bool DecisionRow::isNull(std::string_view column) const
{
    return std::holds_alternative<std::monostate>(value(column));
}

std::optional<std::string> DecisionRow::text(std::string_view column) const
{
    if (const auto* text = std::get_if<std::string>(&value(column)))
        return *text;
    return std::nullopt;
}

std::optional<std::int64_t> DecisionRow::integer(std::string_view column) const
{
    if (const auto* integer = std::get_if<std::int64_t>(&value(column)))
        return *integer;
    return std::nullopt;
}

std::optional<double> DecisionRow::number(std::string_view column) const
{
    if (const auto* real = std::get_if<double>(&value(column)))
        return *real;
    if (const auto whole = integer(column))
        return static_cast<double>(*whole);
    return std::nullopt;
}

void DecisionRow::set(std::string_view column, SqlValue value)
{
    for (Cell& cell : m_cells) {
        if (cell.first == column) {
            cell.second = std::move(value);
            return;
        }
    }
    m_cells.emplace_back(std::string(column), std::move(value));
}

std::optional<Action> DecisionRow::action() const
{
    return parseAction(text("user_action").value_or(""));
}

Result<std::vector<std::string>> DecisionRow::imageNames() const
{
    const auto stored = text("images");
    if (!stored)
        return Error{ErrorCode::InvalidInput, "the images column is not text", groupId(), 0};
    auto parsed = parseJson(*stored);
    if (!parsed)
        return parsed.error().in(groupId());
    std::vector<std::string> names;
    for (const Json& item : parsed->items())
        names.push_back(item.toString());
    const bool allStrings = std::ranges::all_of(parsed->items(), [](const Json& item) { return item.isString(); });
    if (!parsed->isArray() || !allStrings)
        return Error{ErrorCode::InvalidInput, "the images column is not a list of names", groupId(), 0};
    return names;
}

// ---- JSON ----------------------------------------------------------------------------------------------------------

Json rowToJson(const DecisionRow& row)
{
    Json::Object object;
    object.reserve(row.cells().size());
    for (const auto& [column, value] : row.cells()) {
        if (const auto* blob = std::get_if<SqlBlob>(&value))
            object.emplace_back(column, Json::object({{"blob", hexEncode(blob->bytes)}}));
        else if (const auto* text = std::get_if<std::string>(&value))
            object.emplace_back(column, *text);
        else if (const auto* integer = std::get_if<std::int64_t>(&value))
            object.emplace_back(column, *integer);
        else if (const auto* real = std::get_if<double>(&value))
            object.emplace_back(column, *real);
        else
            object.emplace_back(column, Json());
    }
    return Json(std::move(object));
}

namespace {

Result<SqlValue> cellFromJson(const Json& value)
{
    if (value.isNull())
        return SqlValue();
    if (value.isString())
        return SqlValue(value.toString());
    if (value.isInteger())
        return SqlValue(value.toInteger());
    if (value.isFloat())
        return SqlValue(value.toDouble());
    const auto bytes = value["blob"].isString() ? hexDecode(value["blob"].toString()) : std::nullopt;
    if (!bytes)
        return Error{ErrorCode::InvalidInput, "a recorded cell is of no known type", dumpJson(value), 0};
    return SqlValue(SqlBlob{*bytes});
}

} // namespace

Result<DecisionRow> rowFromJson(const Json& value)
{
    if (!value.isObject())
        return Error{ErrorCode::InvalidInput, "a recorded row is not an object", {}, 0};
    std::vector<DecisionRow::Cell> cells;
    for (const auto& [column, cell] : value.members()) {
        PS_TRY(SqlValue parsed, cellFromJson(cell));
        cells.emplace_back(column, std::move(parsed));
    }
    return DecisionRow(std::move(cells));
}

std::string rowText(const DecisionRow& row)
{
    return dumpJson(rowToJson(row));
}

void appendCellBytes(std::string& out, const SqlValue& value)
{
    const auto append = [&out](char type, std::string_view bytes) {
        out.push_back(type);
        out += std::to_string(bytes.size());
        out.push_back(':');
        out += bytes;
    };
    if (const auto* text = std::get_if<std::string>(&value))
        append('t', *text);
    else if (const auto* integer = std::get_if<std::int64_t>(&value))
        append('i', std::to_string(*integer));
    else if (const auto* real = std::get_if<double>(&value))
        append('r', pythonFloatRepr(*real));
    else if (const auto* blob = std::get_if<SqlBlob>(&value))
        append('b', blob->bytes);
    else
        append('n', {});
}

std::string rowBytes(const DecisionRow& row)
{
    std::string bytes;
    for (const auto& [column, value] : row.cells())
        appendCellBytes(bytes, value);
    return bytes;
}

std::string rowFingerprint(const DecisionRow& row)
{
    return sha256Hex(rowBytes(row)).substr(0, 16);
}

// ---- the table -----------------------------------------------------------------------------------------------------

namespace {

constexpr std::array<std::string_view, 17> kRequiredColumns{
    "group_id",          "timestamp",      "project_id",    "directory",           "batch_number", "images",
    "ai_selected_index", "ai_crop_coords", "ai_confidence", "user_selected_index", "user_action",  "final_crop_coords",
    "crop_timestamp",    "image_width",    "image_height",  "selection_match",     "crop_match"};

} // namespace

bool DecisionTable::has(std::string_view column) const
{
    return std::ranges::find(columns, column) != columns.end();
}

bool DecisionTable::isComplete() const
{
    return std::ranges::all_of(kRequiredColumns, [this](std::string_view column) { return has(column); });
}

std::vector<std::string> DecisionTable::missingColumns() const
{
    std::vector<std::string> missing;
    for (const std::string_view column : kRequiredColumns) {
        if (!has(column))
            missing.emplace_back(column);
    }
    return missing;
}

Result<DecisionTable> readDecisionTable(const Connection& connection)
{
    DecisionTable table;
    PS_TRY(Statement info, connection.prepare("SELECT name FROM pragma_table_info('ai_decisions')"));
    for (;;) {
        PS_TRY(const bool hasRow, info.step());
        if (!hasRow)
            break;
        table.columns.emplace_back(info.text(0));
    }
    if (table.columns.empty())
        return Error{ErrorCode::Unsupported, "the file has no table ai_decisions", connection.path(), 0};
    return table;
}

std::string selectRows(const DecisionTable& table)
{
    std::string sql = "SELECT ";
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        sql += (i > 0 ? "," : "") + quotedIdentifier(table.columns[i]);
    return sql + " FROM ai_decisions";
}

DecisionRow readRow(const Statement& statement, const DecisionTable& table)
{
    std::vector<DecisionRow::Cell> cells;
    cells.reserve(table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        cells.emplace_back(table.columns[i], statement.value(static_cast<int>(i)));
    return DecisionRow(std::move(cells));
}

Result<std::optional<DecisionRow>> findRow(const Connection& connection, const DecisionTable& table,
                                           std::string_view groupId)
{
    PS_TRY(const auto statement, connection.borrow(selectRows(table) + " WHERE group_id=?1"));
    statement->bind(groupId);
    PS_TRY(const bool hasRow, statement->step());
    if (!hasRow)
        return std::optional<DecisionRow>();
    return std::optional<DecisionRow>(readRow(*statement, table));
}

} // namespace ps
