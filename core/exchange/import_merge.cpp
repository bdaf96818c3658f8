// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_merge.h"

#include "core/base/text.h"
#include "core/decisions/decide.h"
#include "core/exchange/decision_log.h"

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

std::optional<Crop> cropOf(const DecisionRow& row, std::string_view column)
{
    const auto text = row.text(column);
    const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
    return crop ? std::optional(*crop) : std::nullopt;
}

bool isFullFrame(const Crop& crop)
{
    return cropsMatch(crop, Crop{}, crop_tolerance::kFullFrame);
}

std::string nameAt(const std::vector<std::string>& names, const std::optional<std::int64_t>& index)
{
    return index && *index >= 0 && *index < std::ssize(names) ? names[static_cast<std::size_t>(*index)] : std::string();
}

std::vector<std::string> namesOf(const DecisionRow& row)
{
    return row.imageNames().value_or(std::vector<std::string>());
}

void setCrop(DecisionRow& row, const std::optional<Crop>& crop, const SqlValue& time)
{
    row.set("final_crop_coords", crop ? SqlValue(cropText(*crop)) : SqlValue());
    row.set("crop_timestamp", crop ? time : SqlValue());
}

Merged conflict(std::string note)
{
    return {ImportOutcome::Conflict, std::nullopt, std::move(note)};
}

Merged skip(std::string note)
{
    return {ImportOutcome::Skipped, std::nullopt, std::move(note)};
}

/// A crop that is to come into a row for the image that the row has selected.
Merged mergeCrop(const DecisionRow& before, const Crop& crop, const SqlValue& time, const MergeOptions& options)
{
    const auto stored = cropOf(before, "final_crop_coords");
    const bool isApproval = before.action() == Action::Approve && (!stored || isFullFrame(*stored));
    if (isApproval && !options.isSelectionOnly && !options.correctsCrops)
        return conflict("approved without a crop, and the source has a crop");
    if (!isApproval && stored && cropsMatch(*stored, crop, options.sameCrop))
        return skip("the same crop");
    if (!isApproval && stored && !options.correctsCrops)
        return conflict("another crop of the same image");
    DecisionRow after = before;
    after.set("user_action", std::string(actionName(Action::Crop)));
    setCrop(after, crop, time);
    recomputeMatches(after);
    const bool isFill = !isApproval ? !stored : options.isSelectionOnly;
    return {isFill ? ImportOutcome::Filled : ImportOutcome::Corrected, std::move(after), {}};
}

/// The same image was picked; the source may show it among more images than the row does.
Merged mergeSelection(const DecisionRow& before, std::vector<std::string> images, const MergeOptions& options)
{
    const std::vector<std::string> names = namesOf(before);
    const auto isIn = [](const std::vector<std::string>& list) {
        return [&list](const std::string& name) { return std::ranges::find(list, name) != list.end(); };
    };
    if (std::ranges::all_of(images, isIn(names)))
        return skip("the same selection");
    if (!options.addsImages || !std::ranges::all_of(names, isIn(images)))
        return conflict("more images in the source");
    std::ranges::sort(images, comesBefore);
    DecisionRow after = before;
    Json list{Json::Array()};
    for (const std::string& image : images)
        list.append(image);
    after.set("images", dumpJson(list));
    for (const std::string_view column : {"user_selected_index", "ai_selected_index"}) {
        if (const std::string name = nameAt(names, before.integer(column)); !name.empty())
            after.set(column, std::int64_t{std::ranges::find(images, name) - images.begin()});
    }
    if (!after.isNull("ai_selected_index"))
        recomputeMatches(after);
    return {ImportOutcome::Filled, std::move(after), "the images beside the selected one"};
}

} // namespace

const std::array<NamedTolerance, 4>& cropTolerances()
{
    static constexpr std::array<NamedTolerance, 4> kTable{{{"metric", crop_tolerance::kMetric},
                                                           {"merge", crop_tolerance::kMerge},
                                                           {"full_frame", crop_tolerance::kFullFrame},
                                                           {"verify", crop_tolerance::kVerify}}};
    return kTable;
}

DecisionRow makeImportedRow(const ImportedDecision& decision, const std::vector<std::string>& columns,
                            const std::string& groupId)
{
    std::vector<DecisionRow::Cell> cells;
    for (const std::string& column : columns)
        cells.emplace_back(column, SqlValue());
    DecisionRow row(std::move(cells));
    Json names{Json::Array()};
    for (const std::string& image : decision.images)
        names.append(image);
    const std::string time = formatTimestamp(*decision.time);
    row.set("group_id", groupId);
    row.set("timestamp", time);
    row.set("project_id", decision.projectId);
    row.set("directory", decision.directory.empty() ? SqlValue() : SqlValue(displayText(decision.directory)));
    row.set("images", dumpJson(names));
    row.set("user_selected_index", std::int64_t{decision.selectedIndex.value_or(0)});
    row.set("user_action", std::string(actionName(*decision.action)));
    row.set("image_width", std::int64_t{decision.size.width});
    row.set("image_height", std::int64_t{decision.size.height});
    setCrop(row, decision.action == Action::Crop ? decision.crop : std::nullopt, time);
    return row;
}

Merged mergeDecision(const DecisionRow& before, const ImportedDecision& decision, const MergeOptions& options)
{
    const auto action = before.action();
    if (!action)
        return conflict("the row here has no action that is known");
    if (decision.action == Action::Reject || action == Action::Reject)
        return decision.action == action ? skip("rejected already") : conflict("rejected in one of the two");
    const std::string picked = nameAt(namesOf(before), before.integer("user_selected_index"));
    if (picked != nameAt(decision.images, decision.selectedIndex))
        return conflict("another image is selected here: " + displayText(picked));
    if (decision.isSelectionOnly)
        return mergeSelection(before, decision.images, options);
    const ImageSize size{static_cast<int>(before.integer("image_width").value_or(0)),
                         static_cast<int>(before.integer("image_height").value_or(0))};
    if (decision.action == Action::Crop && !decision.crop)
        return action == Action::Crop ? skip("to be cropped already")
                                      : conflict("approved here, cropped in the source");
    if (decision.action == Action::Crop) {
        if (size != decision.size)
            return conflict("the image has another size here: " + std::to_string(size.width) + " x " +
                            std::to_string(size.height));
        return mergeCrop(before, *decision.crop, formatTimestamp(*decision.time), options);
    }
    const auto stored = cropOf(before, "final_crop_coords");
    if (action == Action::Approve && (!stored || isFullFrame(*stored)))
        return skip("approved already");
    return conflict("cropped here, and the full frame in the source");
}

namespace {

/// Why version 3 cannot hold the row, "" when it can.
std::string problemOf(const DecisionRow& row)
{
    const auto names = row.imageNames();
    if (row.groupId().empty())
        return "no group_id";
    if (!names || names->empty() || names->size() > 4)
        return "images is no list of 1 to 4 names";
    if (row.text("timestamp").value_or("").empty())
        return "no time";
    if (!row.action())
        return "no action";
    const auto selected = row.integer("user_selected_index");
    if (!selected || nameAt(*names, selected).empty())
        return "no image is selected";
    if (row.integer("image_width").value_or(0) <= 0 || row.integer("image_height").value_or(0) <= 0)
        return "needs dimensions";
    if (!row.isNull("ai_selected_index") && nameAt(*names, row.integer("ai_selected_index")).empty())
        return "ai_selected_index is none of the images";
    if (!row.isNull("final_crop_coords") && !cropOf(row, "final_crop_coords"))
        return "final_crop_coords is no crop";
    return {};
}

/// What version 3 cannot hold, or nobody can read, of a predicted crop or confidence: temporary databases have raw scores.
std::string predictionProblem(const DecisionRow& row, std::string_view column)
{
    if (row.isNull(column))
        return {};
    if (column == "ai_crop_coords")
        return cropOf(row, column) ? std::string() : "ai_crop_coords is no crop, left out";
    const auto confidence = row.number(column);
    const bool isShare = confidence && *confidence >= 0 && *confidence <= 1;
    return isShare ? std::string() : "ai_confidence is not within 0 and 1, left out";
}

void addNote(std::string& notes, const std::string& note)
{
    notes += (notes.empty() || note.empty() ? "" : "; ") + note;
}

/// Rows are stored by the rules for writing: a crop has a time, the full frame is an approval, and a reject agrees with nobody.
/// Source: formats/decisions_v3.md 1.8, 6.6, R14, R26.
void applyWriteRules(DecisionRow& row)
{
    const auto crop = cropOf(row, "final_crop_coords");
    const bool isFull = crop && (crop->x2 - crop->x1) * (crop->y2 - crop->y1) >= kFullFrameArea;
    if (row.action() != Action::Reject && isFull) {
        row.set("user_action", std::string(actionName(Action::Approve)));
        setCrop(row, std::nullopt, {});
        row.set("crop_match", SqlValue());
    }
    if (!row.isNull("final_crop_coords") && row.text("crop_timestamp").value_or("").empty())
        row.set("crop_timestamp", row.value("timestamp"));
    if (row.action() == Action::Reject) {
        row.set("selection_match", SqlValue());
        row.set("crop_match", SqlValue());
    }
}

/// Whether a person, or a backfill, said anything about the group.
bool isDecided(const DecisionRow& row)
{
    return !row.text("user_action").value_or("").empty();
}

} // namespace

Merged adoptRow(const DecisionRow& source, const std::vector<std::string>& columns, const std::string& projectId,
                const MergeOptions& options)
{
    if (!isDecided(source))
        return skip("only a prediction, and there is no row to fill");
    DecisionRow from = source;
    if (source.text("user_action") == "skip") {
        if (!options.rejectsUnmatched)
            return skip("no final image was found; it stays undecided");
        from.set("user_action", std::string(actionName(Action::Reject)));
        if (from.isNull("user_selected_index"))
            from.set("user_selected_index", from.integer("ai_selected_index").value_or(0));
    }
    std::string note = predictionProblem(from, "ai_confidence");
    if (!note.empty())
        from.set("ai_confidence", SqlValue());
    if (std::string problem = problemOf(from); !problem.empty())
        return {ImportOutcome::Quarantined, std::nullopt, std::move(problem)};
    std::vector<DecisionRow::Cell> cells;
    for (const std::string& column : columns)
        cells.emplace_back(column, from.value(column));
    DecisionRow row(std::move(cells));
    row.set("project_id", projectId);
    applyWriteRules(row);
    if (row.isNull("selection_match") || row.isNull("crop_match")) {
        DecisionRow complete = row;
        recomputeMatches(complete);
        for (const std::string_view column : {"selection_match", "crop_match"}) {
            if (row.isNull(column))
                row.set(column, complete.value(column));
        }
    }
    return {ImportOutcome::Added, std::move(row), std::move(note)};
}

namespace {

/// Fills the AI columns that are empty; true when anything was filled. Indexes go by file name: the lists may differ.
bool fillPrediction(DecisionRow& row, const DecisionRow& source, std::string& note)
{
    const auto names = namesOf(row);
    const std::string suggested = nameAt(namesOf(source), source.integer("ai_selected_index"));
    if (suggested.empty())
        return false;
    const auto found = std::ranges::find(names, suggested);
    if (found == names.end()) {
        addNote(note, "the predicted image is none of the row's: " + displayText(suggested));
        return false;
    }
    const std::int64_t index = found - names.begin();
    const auto stored = row.integer("ai_selected_index");
    if (stored && *stored != index) {
        addNote(note, "another prediction is stored and stays");
        return false;
    }
    const DecisionRow before = row;
    row.set("ai_selected_index", index);
    for (const std::string_view column : {"ai_crop_coords", "ai_confidence"}) {
        const std::string problem = predictionProblem(source, column);
        addNote(note, problem);
        if (row.isNull(column) && problem.empty())
            row.set(column, source.value(column));
    }
    return row != before;
}

Merged mergeUserPart(const DecisionRow& before, const DecisionRow& source, const MergeOptions& options)
{
    if (!isDecided(source))
        return skip({});
    const std::string picked = nameAt(namesOf(before), before.integer("user_selected_index"));
    const std::string pickedThere = nameAt(namesOf(source), source.integer("user_selected_index"));
    if (source.text("user_action") == "skip")
        return before.action() == Action::Reject ? skip("rejected already")
                                                 : skip("no final image was found; the decision here stays");
    if (!source.action())
        return conflict("the action of the source is not known");
    if ((source.action() == Action::Reject) != (before.action() == Action::Reject))
        return conflict("rejected in one of the two");
    if (before.action() == Action::Reject)
        return skip("rejected already");
    if (picked != pickedThere)
        return conflict("another image is selected here: " + displayText(picked));
    const auto crop = cropOf(source, "final_crop_coords");
    if (!crop || isFullFrame(*crop)) {
        const auto stored = cropOf(before, "final_crop_coords");
        const bool isFullHere = stored ? isFullFrame(*stored) : before.action() == Action::Approve;
        return !crop || isFullHere ? skip("the same selection")
                                   : conflict("cropped here, and the full frame in the source");
    }
    if (!source.isNull("image_width") && source.value("image_width") != before.value("image_width"))
        return conflict("the image has another size here");
    // Without a time of its own, the crop is as old as its decision.
    const std::string_view timeColumn = source.isNull("crop_timestamp") ? "timestamp" : "crop_timestamp";
    return mergeCrop(before, *crop, source.value(timeColumn), options);
}

} // namespace

Merged mergeRow(const DecisionRow& before, const DecisionRow& source, const MergeOptions& options)
{
    if (before == source)
        return skip("the same row");
    Merged merged = mergeUserPart(before, source, options);
    if (merged.outcome == ImportOutcome::Conflict)
        return merged;
    DecisionRow after = merged.after.value_or(before);
    if (fillPrediction(after, source, merged.note)) {
        recomputeMatches(after);
        merged.after = std::move(after);
        if (merged.outcome == ImportOutcome::Skipped)
            merged.outcome = ImportOutcome::Filled;
    }
    return merged;
}

std::string rowSummary(const std::optional<DecisionRow>& row)
{
    if (!row)
        return {};
    const auto names = namesOf(*row);
    std::string text = displayText(row->text("user_action").value_or("undecided"));
    text += " " + displayText(nameAt(names, row->integer("user_selected_index")));
    if (const auto crop = row->text("final_crop_coords"))
        text += " " + displayText(*crop);
    if (names.size() > 1)
        text += " of " + std::to_string(names.size());
    if (const auto index = row->integer("ai_selected_index"))
        text += ", AI " + displayText(nameAt(names, index));
    if (const auto crop = row->text("ai_crop_coords"))
        text += " " + displayText(*crop);
    return text;
}

} // namespace ps
