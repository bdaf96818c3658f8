// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_rules.h"

#include <algorithm>
#include <limits>

namespace ps {

namespace {

RowView::Text textOf(const DecisionRow& row, std::string_view column)
{
    const SqlValue& value = row.value(column);
    if (const auto* text = std::get_if<std::string>(&value))
        return {*text, false, true};
    if (const auto* blob = std::get_if<SqlBlob>(&value))
        return {blob->bytes, false, false};
    return {{}, std::holds_alternative<std::monostate>(value), false};
}

RowView::Number numberOf(const DecisionRow& row, std::string_view column)
{
    const SqlValue& value = row.value(column);
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return {static_cast<double>(*integer), false, true, *integer};
    if (const auto* real = std::get_if<double>(&value))
        return {*real, false, false, 0};
    return {0, std::holds_alternative<std::monostate>(value), false, 0};
}

/// A crop with coordinates, or nothing.
std::optional<Crop> finalCropOf(const DecisionRow& row)
{
    const auto text = row.text("final_crop_coords");
    if (!text)
        return std::nullopt;
    const auto crop = parseCrop(*text);
    return crop ? std::optional(*crop) : std::nullopt;
}

bool takesRejects(const ExportRequest& request)
{
    // Rows as they are, and classes that a reject can have; a rejected group has no winner for anything else.
    switch (request.format) {
    case ExportFormat::V3:
    case ExportFormat::Jsonl:
    case ExportFormat::Csv:
    case ExportFormat::YoloClassification: return true;
    default: return false;
    }
}

/// Formats to which the row is the content: nothing of it is left out for a crop that is not done yet.
bool isAboutRows(ExportFormat format)
{
    return format == ExportFormat::V3 || format == ExportFormat::Jsonl || format == ExportFormat::Csv ||
           format == ExportFormat::Preferences;
}

ImageSize rowSize(const DecisionRow& row)
{
    const std::int64_t width = row.integer("image_width").value_or(0);
    const std::int64_t height = row.integer("image_height").value_or(0);
    constexpr std::int64_t kMost = std::numeric_limits<int>::max();
    if (width <= 0 || height <= 0 || width > kMost || height > kMost)
        return {};
    return {static_cast<int>(width), static_cast<int>(height)};
}

/// What the row decides where crops are looked at: coordinates that cut something off are a crop, and a crop that keeps
/// everything is an approval, whatever word stands in the row. Source: formats/decisions_v3.md 1.5, 7.8.
Action actionByCrop(Action action, const std::optional<Crop>& crop, ImageSize size)
{
    if (action == Action::Reject || !crop)
        return action;
    return keepsWhole(*crop, size) ? Action::Approve : Action::Crop;
}

/// Why the row is left out for its crop. `written` is the action in the row, that of the candidate the one by its crop.
std::optional<std::string_view> cropReason(const ExportRequest& request, bool isPlaceholder, Action written,
                                           const ReleaseCandidate& candidate, const std::optional<Crop>& crop)
{
    if (isAboutRows(request.format))
        return std::nullopt;
    const bool isCrop = candidate.action == Action::Crop;
    if (written == Action::Crop && !crop)
        return exclusion::kCropLater;
    if (isPlaceholder && (written == Action::Crop || isCrop))
        return exclusion::kPlaceholder;
    if (request.format != ExportFormat::Crops)
        return std::nullopt;
    if (!isCrop)
        return candidate.action == Action::Reject ? exclusion::kRejected : exclusion::kNoCrop;
    return rowSize(candidate.row).isEmpty() ? std::optional(exclusion::kInvalidRow) : std::nullopt;
}

bool wantsLosers(const ExportRequest& request)
{
    return request.format == ExportFormat::Preferences ||
           (request.includesLosers && exportFormatInfo(request.format).takesLosers);
}

} // namespace

bool keepsWhole(const Crop& crop, ImageSize size)
{
    return crop == Crop{} || (!size.isEmpty() && coversEveryPixel(crop, size));
}

RowView rowViewOf(const DecisionRow& row, std::int64_t position)
{
    RowView view;
    view.position = position;
    view.groupId = textOf(row, "group_id");
    view.timestamp = textOf(row, "timestamp");
    view.projectId = textOf(row, "project_id");
    view.directory = textOf(row, "directory");
    view.images = textOf(row, "images");
    view.aiCrop = textOf(row, "ai_crop_coords");
    view.finalCrop = textOf(row, "final_crop_coords");
    view.cropTimestamp = textOf(row, "crop_timestamp");
    view.action = textOf(row, "user_action");
    view.aiIndex = numberOf(row, "ai_selected_index");
    view.confidence = numberOf(row, "ai_confidence");
    view.selectedIndex = numberOf(row, "user_selected_index");
    view.width = numberOf(row, "image_width");
    view.height = numberOf(row, "image_height");
    view.selectionMatch = numberOf(row, "selection_match");
    view.cropMatch = numberOf(row, "crop_match");
    view.cropAccepted = numberOf(row, "ai_crop_accepted");
    return view;
}

std::optional<std::string_view> applyRowRules(const ExportRequest& request, bool isPlaceholder,
                                              ReleaseCandidate& candidate)
{
    const auto action = candidate.row.action();
    const auto names = candidate.row.imageNames();
    // A row that is handed on as it is needs no sense: the checks have said what is wrong with it.
    const bool isVerbatim = request.format == ExportFormat::V3 || request.format == ExportFormat::Csv ||
                            request.format == ExportFormat::Jsonl;
    const auto selected = candidate.row.integer("user_selected_index");
    const bool hasWinner = names && selected && *selected >= 0 && *selected < std::ssize(*names);
    if (!action || !names || names->empty() || (*action != Action::Reject && !hasWinner)) {
        candidate.action = action.value_or(Action::Approve);
        candidate.selectedIndex = hasWinner ? static_cast<int>(*selected) : -1;
        return isVerbatim ? std::nullopt : std::optional(exclusion::kInvalidRow);
    }
    candidate.action = *action;
    candidate.selectedIndex = hasWinner ? static_cast<int>(*selected) : -1;
    if (*action == Action::Reject && !takesRejects(request))
        return exclusion::kRejected;
    const std::optional<Crop> crop = finalCropOf(candidate.row);
    if (!isAboutRows(request.format))
        candidate.action = actionByCrop(*action, crop, rowSize(candidate.row));
    if (const auto reason = cropReason(request, isPlaceholder, *action, candidate, crop))
        return reason;
    if (request.format == ExportFormat::Preferences && names->size() < 2)
        return exclusion::kNoChoice;
    for (std::size_t slot = 0; slot < names->size(); ++slot) {
        const bool isWinner = *action != Action::Reject && static_cast<int>(slot) == candidate.selectedIndex;
        if (*action != Action::Reject && !isWinner && !wantsLosers(request))
            continue;
        ReleaseCandidateImage& image = candidate.images.emplace_back();
        image.slot = static_cast<int>(slot);
        image.role = *action == Action::Reject ? ImageRole::Rejected : isWinner ? ImageRole::Winner : ImageRole::Loser;
        image.sourceName = (*names)[slot];
        if (isWinner && candidate.action == Action::Crop)
            image.crop = crop;
    }
    return std::nullopt;
}

void joinFiles(ReleaseCandidate& candidate, std::span<const ReleaseCandidateImage> known)
{
    for (ReleaseCandidateImage& image : candidate.images) {
        const auto file = std::ranges::find(known, image.sourceName, &ReleaseCandidateImage::sourceName);
        if (file == known.end())
            continue;
        image.isKnown = true;
        image.isMissing = file->isMissing;
        image.path = file->path;
        image.currentPath = file->currentPath;
        image.identity = file->identity;
    }
}

void addRelatives(ReleaseCandidate& candidate, std::span<const ReleaseCandidateImage> known)
{
    const auto isExported = [&candidate](const std::string& name) {
        return std::ranges::find(candidate.images, name, &ReleaseCandidateImage::sourceName) != candidate.images.end();
    };
    for (const ReleaseCandidateImage& file : known) {
        if (!isExported(file.sourceName))
            candidate.relatives.push_back(file);
    }
    const auto names = candidate.row.imageNames();
    if (!known.empty() || !names)
        return;
    for (std::size_t slot = 0; slot < names->size(); ++slot) {
        if (isExported((*names)[slot]))
            continue;
        ReleaseCandidateImage& image = candidate.relatives.emplace_back();
        image.slot = static_cast<int>(slot);
        image.sourceName = (*names)[slot];
    }
}

} // namespace ps
