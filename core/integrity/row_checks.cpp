// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/row_checks.h"

#include "core/base/clock.h"
#include "core/base/text.h"

#include <limits>

namespace ps {

namespace {

std::string shown(const RowView::Text& text)
{
    return text.isNull ? "NULL" : text.bytes.empty() ? "''" : displayText(text.bytes);
}

std::string shown(const RowView::Number& number)
{
    return number.isNull ? "NULL" : number.isInteger ? std::to_string(number.integer) : pythonFloatRepr(number.value);
}

bool isEmpty(const RowView::Text& text)
{
    return text.isNull || text.bytes.empty();
}

void count(std::map<std::string, std::int64_t, std::less<>>& counts, const RowView::Text& key)
{
    const auto found = counts.find(key.bytes);
    if (found != counts.end())
        ++found->second;
    else
        counts.emplace(key.isNull ? std::string() : std::string(key.bytes), 1);
}

/// The size of the selected image, or an empty one when the columns hold none.
ImageSize sizeOf(const RowView& row)
{
    constexpr std::int64_t largest = std::numeric_limits<int>::max();
    const auto usable = [](const RowView::Number& n) { return n.isInteger && n.integer > 0 && n.integer <= largest; };
    if (!usable(row.width) || !usable(row.height))
        return {};
    return {static_cast<int>(row.width.integer), static_cast<int>(row.height.integer)};
}

} // namespace

void RowChecker::add(std::string_view check, const RowView& row, std::string evidence)
{
    m_findings.add(check, std::string(row.groupId.bytes), row.position, std::move(evidence));
}

void RowChecker::check(const RowView& row)
{
    ++m_rowCount;
    count(m_byAction, row.action);
    count(m_byProject, row.projectId);
    m_images = row.images.isNull ? ImagesText{} : readImagesText(row.images.bytes);
    m_finalCrop = row.finalCrop.isNull ? std::nullopt : std::optional(readCropText(row.finalCrop.bytes));
    m_aiCrop = isEmpty(row.aiCrop) ? std::nullopt : std::optional(readCropText(row.aiCrop.bytes));
    checkIdentity(row);
    checkDecision(row);
    checkCrops(row);
    checkAi(row);
}

void RowChecker::checkIdentity(const RowView& row)
{
    if (isEmpty(row.groupId))
        add("group_id_empty", row, "group_id is " + (row.groupId.isNull ? std::string("NULL") : "empty"));
    if (m_table.has("timestamp")) {
        if (isEmpty(row.timestamp))
            add("timestamp_missing", row, "timestamp is " + (row.timestamp.isNull ? std::string("NULL") : "empty"));
        else if (!endsWith(row.timestamp.bytes, "Z") || !parseTimestamp(row.timestamp.bytes))
            add("timestamp_form", row, shown(row.timestamp));
    }
    if (isEmpty(row.projectId))
        add("project_id_empty", row, "project_id is " + (row.projectId.isNull ? std::string("NULL") : "empty"));
    if (startsWith(row.directory.bytes, "/"))
        add("directory_absolute", row, shown(row.directory));
}

void RowChecker::checkDecision(const RowView& row)
{
    if (!m_images.isList || m_images.count < 1 || m_images.count > 4)
        add("images_invalid", row, shown(row.images));
    else if (!m_images.areBare)
        add("images_not_bare", row, shown(row.images));
    if (m_table.has("user_action") && !parseAction(row.action.bytes))
        add("action_unknown", row, shown(row.action));
    if (m_table.has("user_selected_index")) {
        if (row.selectedIndex.isNull)
            add("selected_index_missing", row, "user_selected_index is NULL");
        else if (!row.selectedIndex.isInteger || row.selectedIndex.integer < 0 ||
                 (m_images.isList && row.selectedIndex.integer >= m_images.count))
            add("selected_index_range", row,
                shown(row.selectedIndex) + " of " + std::to_string(m_images.count) + " images");
    }
    if (m_table.has("image_width") && sizeOf(row).isEmpty())
        add("size_invalid", row, shown(row.width) + " x " + shown(row.height));
}

void RowChecker::checkCrops(const RowView& row)
{
    const auto action = parseAction(row.action.bytes);
    if (!m_finalCrop) {
        if (action == Action::Crop)
            add("crop_open", row, "final_crop_coords is NULL");
        return;
    }
    if (m_finalCrop->state == CropText::State::NotJson || m_finalCrop->state == CropText::State::NotFourNumbers) {
        add("final_crop_json", row, shown(row.finalCrop));
        return;
    }
    if (m_finalCrop->state == CropText::State::OutOfRange) {
        add("final_crop_range", row, shown(row.finalCrop));
        return;
    }
    if (action == Action::Reject)
        add("reject_with_crop", row, shown(row.finalCrop));
    const ImageSize size = sizeOf(row);
    if (action == Action::Crop && !size.isEmpty() && coversEveryPixel(m_finalCrop->crop, size))
        add("crop_full_frame", row, shown(row.finalCrop));
    // Rows that were filled in from finished files carry the full frame without a time; that is no crop that was made.
    if (action == Action::Crop && row.cropTimestamp.isNull)
        add("crop_time_missing", row, "crop_timestamp is NULL");
}

void RowChecker::checkAi(const RowView& row)
{
    if (m_aiCrop && m_aiCrop->state != CropText::State::Valid)
        add("ai_crop_invalid", row, shown(row.aiCrop));
    if (!row.confidence.isNull && !(row.confidence.value >= 0 && row.confidence.value <= 1))
        add("confidence_range", row, shown(row.confidence));
    const auto action = parseAction(row.action.bytes);
    if (action == Action::Reject && row.selectionMatch.integer == 1)
        add("reject_counts_as_match", row, "selection_match is 1");
    if (row.aiIndex.isNull)
        return;
    if (!row.aiIndex.isInteger || row.aiIndex.integer < 0 ||
        (m_images.isList && row.aiIndex.integer >= m_images.count)) {
        add("ai_index_range", row, shown(row.aiIndex) + " of " + std::to_string(m_images.count) + " images");
        return;
    }
    if (row.aiIndex.integer == 0 && row.confidence.isNull && !m_aiCrop)
        add("ai_pick_fabricated", row, "ai_selected_index is 0 without confidence and crop");
    if (action == Action::Reject || m_images.count < 2 || row.selectedIndex.isNull || !m_table.has("selection_match"))
        return;
    const bool isSameImage = row.aiIndex.integer == row.selectedIndex.integer;
    if (row.selectionMatch.isNull)
        add("selection_match_missing", row, "expected " + std::to_string(isSameImage));
    else if ((row.selectionMatch.integer != 0) != isSameImage)
        add("selection_match_wrong", row, shown(row.selectionMatch) + ", expected " + std::to_string(isSameImage));
    const auto isUsable = [](const std::optional<CropText>& crop) {
        return crop && crop->state == CropText::State::Valid;
    };
    if (row.cropMatch.isNull || !isUsable(m_finalCrop) || !isUsable(m_aiCrop))
        return;
    const bool isMatch = cropsMatch(m_aiCrop->crop, m_finalCrop->crop);
    if (!isSameImage)
        add("crop_match_other_image", row, "crop_match is " + shown(row.cropMatch));
    else if ((row.cropMatch.integer != 0) != isMatch)
        add("crop_match_wrong", row, shown(row.cropMatch) + ", expected " + std::to_string(isMatch));
}

} // namespace ps
