// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/decision_fields.h"

#include "core/base/files.h"
#include "core/exchange/dataset_scope.h"
#include "core/exchange/foreign_boxes.h"

#include <algorithm>
#include <array>

namespace ps {

namespace {

constexpr std::size_t kMaxImages = 64;

/// What the writer of our lines puts behind the columns, with "ps_" in front where the table has such a column itself.
constexpr std::array<std::string_view, 3> kAddedNames{"group_key", "side", "selected_image"};

Error bad(std::string what)
{
    return {ErrorCode::InvalidInput, std::move(what), {}, 0};
}

/// A column may hold JSON as text, and a line may hold it as what it is.
Json opened(const Json& value)
{
    if (!value.isString())
        return value;
    auto parsed = parseJson(value.toString());
    return parsed ? *std::move(parsed) : Json();
}

const Json& firstOf(const Json& object, std::initializer_list<const char*> keys)
{
    for (const char* key : keys) {
        if (!object[key].isNull())
            return object[key];
    }
    return object[*keys.begin()];
}

Result<std::string> textOf(const Json& object, std::initializer_list<const char*> keys)
{
    const Json& value = firstOf(object, keys);
    if (value.isNull())
        return std::string();
    if (!value.isString())
        return bad(std::string(*keys.begin()) + " is no text");
    return value.toString();
}

Result<std::vector<std::string>> imagesOf(const Json& object)
{
    const Json list = opened(firstOf(object, {"images", "image_names"}));
    const Json& single = firstOf(object, {"image", "filename", "file_name"});
    std::vector<std::string> names;
    if (single.isString() && list.isNull())
        names.emplace_back(fileName(single.toString()));
    for (const Json& name : list.items()) {
        if (!name.isString() || name.toString().empty())
            return bad("images is no list of names");
        names.emplace_back(fileName(name.toString()));
    }
    if (names.empty())
        return bad("there are no images");
    if (names.size() > kMaxImages)
        return bad("more than " + std::to_string(kMaxImages) + " images");
    return names;
}

Result<void> takeCrop(const Json& object, ImportedDecision& decision)
{
    const Json value = opened(firstOf(object, {"final_crop_coords", "crop"}));
    if (value.isNull())
        return {};
    decision.crop = cropFromJson(value);
    return decision.crop ? Result<void>() : bad("the crop is no box within the image");
}

Result<void> takeSelection(const Json& object, ImportedDecision& decision)
{
    const Json& value = firstOf(object, {"user_selected_index", "selected_index"});
    if (value.isNull())
        return {};
    if (!value.isInteger() || value.toInteger() < 0 || value.toInteger() >= std::ssize(decision.images))
        return bad("the selected index is outside the images");
    decision.selectedIndex = static_cast<int>(value.toInteger());
    return {};
}

} // namespace

bool isNumberColumn(std::string_view column)
{
    static constexpr std::array<std::string_view, 9> kColumns{
        "batch_number", "ai_selected_index", "ai_confidence", "user_selected_index", "image_width",
        "image_height", "selection_match",   "crop_match",    "ai_crop_accepted"};
    return std::ranges::find(kColumns, column) != kColumns.end();
}

std::optional<DecisionRow> rowOfLine(const Json& object)
{
    for (const char* column : {"group_id", "timestamp", "images", "user_action"}) {
        if (!object.contains(column))
            return std::nullopt;
    }
    Json::Object columns = object.members();
    for (auto name = kAddedNames.rbegin(); name != kAddedNames.rend() && !columns.empty(); ++name) {
        const std::string& last = columns.back().first;
        if (last == *name || last == "ps_" + std::string(*name))
            columns.pop_back();
    }
    for (auto& [column, value] : columns) {
        if (value.isArray() || (value.isObject() && !value.contains("blob"))) // stands as text in the table
            value = Json(dumpJson(value));
    }
    auto row = rowFromJson(Json(std::move(columns)));
    return row ? std::optional(*std::move(row)) : std::nullopt;
}

Result<ImportedDecision> decisionFromJson(const Json& object)
{
    const Json& row = object["row"].isObject() ? object["row"] : object;
    ImportedDecision decision;
    PS_TRY(decision.groupId, textOf(row, {"group_id"}));
    PS_TRY(decision.projectId, textOf(row, {"project_id", "project"}));
    PS_TRY(decision.directory, textOf(row, {"directory"}));
    PS_TRY(decision.images, imagesOf(row));
    PS_TRY(const std::string action, textOf(row, {"user_action", "action"}));
    decision.action = parseAction(action);
    if (!decision.action && !action.empty())
        return bad("the action is none of approve, crop, reject");
    PS_TRY_VOID(takeSelection(row, decision));
    PS_TRY_VOID(takeCrop(row, decision));
    PS_TRY(const std::string time, textOf(row, {"timestamp"}));
    decision.timeText = time; // its zone is for the rules to tell
    const auto width = finiteNumber(firstOf(row, {"image_width", "width"}));
    const auto height = finiteNumber(firstOf(row, {"image_height", "height"}));
    if (width && height) {
        if (const auto size = claimedSize(*width, *height))
            decision.size = *size;
    }
    if (!decision.selectedIndex && decision.images.size() == 1)
        decision.selectedIndex = 0;
    PS_TRY(const std::string provenance, textOf(row, {"provenance"}));
    if (!provenance.empty())
        decision.notes.push_back("provenance: " + provenance);
    decision.row = rowOfLine(row);
    return decision;
}

} // namespace ps
