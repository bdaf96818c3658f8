// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/row_view.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace ps {

namespace {

constexpr std::array<std::string_view, 17> kColumns{
    "group_id",       "timestamp",           "project_id",     "directory",    "images",
    "ai_crop_coords", "final_crop_coords",   "crop_timestamp", "user_action",  "ai_selected_index",
    "ai_confidence",  "user_selected_index", "image_width",    "image_height", "selection_match",
    "crop_match",     "ai_crop_accepted"};

RowView::Text readText(const Statement& row, int column)
{
    if (row.isNull(column))
        return {};
    return {row.text(column), false, row.isText(column)};
}

RowView::Number readNumber(const Statement& row, int column)
{
    if (row.isInteger(column)) {
        const std::int64_t integer = row.integer(column);
        return {static_cast<double>(integer), false, true, integer};
    }
    if (row.isNull(column))
        return {};
    return {row.real(column), false, false, 0};
}

} // namespace

Result<RowReader> RowReader::open(const Connection& connection)
{
    PS_TRY(DecisionTable table, readDecisionTable(connection));
    std::string sql = "SELECT ";
    for (const std::string_view column : kColumns) {
        sql += (sql.size() > 7 ? "," : "") + (table.has(column) ? quotedIdentifier(column) : std::string("NULL"));
    }
    PS_TRY(Statement statement, connection.prepare(sql + " FROM ai_decisions"));
    return RowReader(std::move(table), std::move(statement));
}

Result<bool> RowReader::next()
{
    PS_TRY(const bool hasRow, m_statement.step());
    if (!hasRow)
        return false;
    const Statement& s = m_statement;
    int column = 0;
    ++m_row.position;
    for (RowView::Text* text : {&m_row.groupId, &m_row.timestamp, &m_row.projectId, &m_row.directory, &m_row.images,
                                &m_row.aiCrop, &m_row.finalCrop, &m_row.cropTimestamp, &m_row.action})
        *text = readText(s, column++);
    for (RowView::Number* number : {&m_row.aiIndex, &m_row.confidence, &m_row.selectedIndex, &m_row.width,
                                    &m_row.height, &m_row.selectionMatch, &m_row.cropMatch, &m_row.cropAccepted})
        *number = readNumber(s, column++);
    return true;
}

// ---- the two JSON columns ------------------------------------------------------------------------------------------

namespace {

/// Numbers and commas between brackets, as json.dumps writes them. Nothing for any other form.
std::optional<std::array<double, 4>> readFourNumbers(std::string_view text)
{
    if (text.size() < 2 || text.front() != '[' || text.back() != ']')
        return std::nullopt;
    std::array<double, 4> numbers{};
    const char* at = text.data() + 1;
    const char* const end = text.data() + text.size() - 1;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        while (at != end && *at == ' ')
            ++at;
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        const bool hasComma = i + 1 < numbers.size();
        if (error != std::errc{} || (hasComma && (next == end || *next != ',')) || (!hasComma && next != end))
            return std::nullopt;
        at = next + 1;
    }
    return numbers;
}

CropText classified(const Crop& crop)
{
    return {isValid(crop) ? CropText::State::Valid : CropText::State::OutOfRange, crop};
}

} // namespace

CropText readCropText(std::string_view text)
{
    // from_chars also takes "inf" and "nan", which json.loads spells otherwise; they fail the range check alike.
    if (const auto numbers = readFourNumbers(text))
        return classified({(*numbers)[0], (*numbers)[1], (*numbers)[2], (*numbers)[3]});
    const auto json = parseJson(text);
    if (!json)
        return {CropText::State::NotJson, {}};
    const Json::Array& items = json->items();
    if (items.size() != 4 || !std::ranges::all_of(items, [](const Json& item) { return item.isNumber(); }))
        return {CropText::State::NotFourNumbers, {}};
    return classified({items[0].toDouble(), items[1].toDouble(), items[2].toDouble(), items[3].toDouble()});
}

namespace {

/// ["a.png", "b.png"] without escapes. Nothing for any other form.
std::optional<ImagesText> readPlainNames(std::string_view text)
{
    if (text.size() < 2 || text.front() != '[' || text.back() != ']' || text.find('\\') != std::string_view::npos)
        return std::nullopt;
    ImagesText images{true, 0, true};
    std::string_view rest = text.substr(1, text.size() - 2);
    while (!rest.empty()) {
        const std::size_t close = rest.size() > 1 && rest.front() == '"' ? rest.find('"', 1) : std::string_view::npos;
        if (close == std::string_view::npos)
            return std::nullopt;
        const std::string_view name = rest.substr(1, close - 1);
        images.areBare = images.areBare && name.find('/') == std::string_view::npos;
        ++images.count;
        rest.remove_prefix(close + 1);
        if (rest.empty())
            return images;
        if (!rest.starts_with(", "))
            return std::nullopt;
        rest.remove_prefix(2);
    }
    return images.count == 0 ? std::optional(images) : std::nullopt;
}

} // namespace

ImagesText readImagesText(std::string_view text)
{
    if (const auto plain = readPlainNames(text))
        return *plain;
    const auto json = parseJson(text);
    if (!json || !json->isArray())
        return {};
    ImagesText images{true, static_cast<int>(json->items().size()), true};
    for (const Json& item : json->items()) {
        images.isList = images.isList && item.isString();
        images.areBare = images.areBare && item.toString().find('/') == std::string::npos;
    }
    return images;
}

} // namespace ps
