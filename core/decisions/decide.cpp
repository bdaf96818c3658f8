// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/decide.h"

#include "core/base/text.h"
#include "core/decisions/frozen_groups.h"
#include "core/decisions/group_id.h"
#include "core/decisions/known_row.h"

#include <algorithm>

namespace ps {

namespace {

Error refusal(std::string message, const DecisionRequest& request)
{
    return {ErrorCode::InvalidInput, std::move(message), request.groupKey, 0};
}

/// What the AI columns get must be what was on the screen, and nothing else. Source: design.md 4.8.
Result<void> checkView(const DecisionRequest& request)
{
    if (!request.view)
        return {};
    const SuggestionView& view = *request.view;
    const bool hasSuggestion = view.imageIndex.has_value();
    if (hasSuggestion && (*view.imageIndex < 0 || *view.imageIndex >= std::ssize(request.members)))
        return refusal("the suggested image is not one of the group", request);
    if (hasSuggestion == (view.arm == SuggestionArm::None) || (view.wasVisible && view.arm != SuggestionArm::Shown))
        return refusal("what is said about the suggestion contradicts itself", request);
    const bool isSame = view.wasVisible == request.shown.has_value() &&
                        (!request.shown ||
                         (request.shown->imageIndex == view.imageIndex && request.shown->modelId == view.modelId));
    if (!isSame)
        return refusal("the suggestion of the row is not the one that was visible", request);
    return {};
}

Result<void> checkRequest(const DecisionRequest& request)
{
    const auto count = std::ssize(request.members);
    if (count < 1 || count > 4)
        return refusal("a decision needs 1 to 4 images, this group has " + std::to_string(count), request);
    if (request.selectedIndex < 0 || request.selectedIndex >= count) {
        return refusal("image " + std::to_string(request.selectedIndex) + " is not one of 0 to " +
                           std::to_string(count - 1),
                       request);
    }
    if (request.selectedSize.isEmpty())
        return refusal("the size of the selected image is not known, so it cannot be decided", request);
    if (request.crop && !isValid(*request.crop))
        return refusal("the crop must satisfy 0 <= x1 < x2 <= 1 and 0 <= y1 < y2 <= 1", request);
    if (request.shown && (request.shown->imageIndex < 0 || request.shown->imageIndex >= count))
        return refusal("the suggested image is not one of the group", request);
    if (request.shown && request.shown->confidence &&
        !(*request.shown->confidence >= 0.0 && *request.shown->confidence <= 1.0))
        return refusal("the confidence of the suggestion is not within 0 and 1", request);
    return checkView(request);
}

SqlValue orNull(std::optional<bool> value)
{
    return value ? SqlValue(std::int64_t{*value}) : SqlValue();
}

void setAiColumns(DecisionRow& row, const ShownSuggestion& shown)
{
    row.set("ai_selected_index", std::int64_t{shown.imageIndex});
    row.set("ai_crop_coords", shown.crop ? SqlValue(cropText(*shown.crop)) : SqlValue());
    row.set("ai_confidence", shown.confidence ? SqlValue(*shown.confidence) : SqlValue());
}

/// The crop that the model proposed for the image that the person chose; nothing when it was for another image.
std::optional<Crop> aiCropOfSelected(const DecisionRow& row)
{
    const auto text = row.text("ai_crop_coords");
    const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
    if (!crop || row.integer("ai_selected_index") != row.integer("user_selected_index"))
        return std::nullopt;
    return *crop;
}

/// selection_match; nothing for rejects and singles, which count for no accuracy.
std::optional<bool> selectionMatch(const DecisionRow& row, std::size_t imageCount)
{
    const auto ai = row.integer("ai_selected_index");
    if (!ai || imageCount < 2 || row.action() == Action::Reject)
        return std::nullopt;
    return *ai == row.integer("user_selected_index");
}

void setFinalCrop(DecisionRow& row, const std::optional<Crop>& crop, UtcTime now)
{
    row.set("final_crop_coords", crop ? SqlValue(cropText(*crop)) : SqlValue());
    row.set("crop_timestamp", crop ? SqlValue(formatTimestamp(now)) : SqlValue());
    const auto aiCrop = crop ? aiCropOfSelected(row) : std::nullopt;
    row.set("crop_match", orNull(aiCrop ? std::optional(cropsMatch(*aiCrop, *crop)) : std::nullopt));
}

/// ai_crop_accepted: what became of a crop that was shown on the image that was approved.
std::optional<bool> cropAccepted(const DecisionRequest& request, Action action)
{
    const auto& shown = request.shown;
    if (action != Action::Approve || !shown || !shown->crop || shown->imageIndex != request.selectedIndex)
        return std::nullopt;
    return shown->isCropAccepted;
}

/// A row of nothing but NULLs in the order of the table.
DecisionRow emptyRow(const DecisionTable& table)
{
    std::vector<DecisionRow::Cell> cells;
    for (const std::string& column : table.columns)
        cells.emplace_back(column, SqlValue());
    return DecisionRow(std::move(cells));
}

} // namespace

void recomputeMatches(DecisionRow& row)
{
    const auto names = row.imageNames();
    row.set("selection_match", orNull(selectionMatch(row, names ? names->size() : 0)));
    const auto text = row.text("final_crop_coords");
    const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
    const auto aiCrop = crop && row.action() != Action::Reject ? aiCropOfSelected(row) : std::nullopt;
    row.set("crop_match", orNull(aiCrop ? std::optional(cropsMatch(*aiCrop, *crop)) : std::nullopt));
}

Result<DecisionRow> makeRow(const DecisionRequest& request, const DecisionTable& table, std::string_view projectId,
                            const std::string& newGroupId, std::int64_t batch, UtcTime now,
                            const std::optional<DecisionRow>& existing)
{
    PS_TRY_VOID(checkRequest(request));
    DecisionRow row = existing.value_or(emptyRow(table));
    if (!existing) {
        row.set("group_id", newGroupId);
        row.set("project_id", std::string(projectId));
        row.set("directory", request.directory);
        row.set("batch_number", batch);
        row.set("images", imagesText(request.members));
    }
    if (request.shown)
        setAiColumns(row, *request.shown);

    const bool isFullFrame = request.crop && coversEveryPixel(*request.crop, request.selectedSize);
    const Action action = request.action == Action::Crop && isFullFrame ? Action::Approve : request.action;
    const bool hasFinalCrop = action == Action::Crop && request.crop;
    row.set("timestamp", formatTimestamp(now));
    row.set("user_action", std::string(actionName(action)));
    row.set("user_selected_index", std::int64_t{request.selectedIndex});
    row.set("image_width", std::int64_t{request.selectedSize.width});
    row.set("image_height", std::int64_t{request.selectedSize.height});
    row.set("selection_match", orNull(selectionMatch(row, request.members.size())));
    setFinalCrop(row, hasFinalCrop ? request.crop : std::nullopt, now);
    if (table.has("ai_crop_accepted"))
        row.set("ai_crop_accepted", orNull(cropAccepted(request, action)));
    return row;
}

namespace {

/// A new id: the time moves on by a microsecond until the key is free.
Result<std::string> freeGroupId(const StoreTransaction& transaction, std::int64_t batch, std::int64_t position)
{
    for (UtcTime time = transaction.now();; time += std::chrono::microseconds(1)) {
        std::string groupId = makeGroupId(transaction.projectId(), time, batch, position);
        PS_TRY(const auto taken, transaction.findRow(groupId));
        if (!taken)
            return groupId;
    }
}

Json shownDetail(const std::optional<ShownSuggestion>& shown)
{
    if (!shown)
        return {};
    Json detail;
    detail.set("model_id", shown->modelId);
    detail.set("image_index", shown->imageIndex);
    detail.set("crop", shown->crop ? cropJson(*shown->crop) : Json());
    detail.set("confidence", shown->confidence ? Json(*shown->confidence) : Json());
    detail.set("crop_accepted", shown->isCropAccepted);
    return Json::object({{"shown", detail}});
}

/// What a decision does to the marks: it settles the outcome, and the limits of a crop go with that crop.
/// Errors: InvalidInput when the crop does not lie between its limits.
Result<MarksChange> marksAfterDecision(const StoreTransaction& transaction, const std::string& groupKey,
                                       const DecisionRow& row, const std::optional<CropTolerance>& tolerance)
{
    PS_TRY(const GroupMarks before, findMarks(transaction.connection(), groupKey));
    MarksChange change{before, before};
    change.after.outcome.reset();
    change.after.tolerance.reset();
    if (row.action() == Action::Reject)
        change.after.outcome = OutcomeMark{Outcome::AllBad, {}, transaction.stamp()};
    const auto text = row.text("final_crop_coords");
    const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
    if (tolerance && crop) {
        if (!holdsFor(*tolerance, *crop))
            return Error{ErrorCode::InvalidInput, "the crop does not lie between what must and what may be kept",
                         groupKey, 0};
        const int index = static_cast<int>(row.integer("user_selected_index").value_or(0));
        change.after.tolerance = ToleranceMark{index, *crop, *tolerance, transaction.stamp()};
    }
    return change;
}

/// What was on the screen, beside the decision. A caller that only knows what was shown has no other arm.
Result<void> recordViewOf(const StoreTransaction& transaction, const DecisionRequest& request, const DecisionRow& row,
                          std::int64_t seq, bool isFirst)
{
    if (!request.view && !request.shown)
        return {};
    RecordedView recorded;
    if (request.view) {
        recorded.view = *request.view;
    } else {
        recorded.view = {SuggestionArm::Shown,
                         true,
                         request.shown->modelId,
                         {},
                         request.shown->imageIndex,
                         request.shown->crop,
                         request.shown->confidence,
                         {},
                         {}};
    }
    recorded.ledgerSeq = seq;
    recorded.groupKey = request.groupKey;
    recorded.groupId = row.groupId();
    recorded.timestamp = formatTimestamp(transaction.now());
    recorded.imageCount = static_cast<int>(request.members.size());
    recorded.action = row.text("user_action").value_or(std::string());
    recorded.selectedIndex = request.selectedIndex;
    recorded.isFirst = isFirst;
    return recordView(transaction.connection(), std::move(recorded));
}

} // namespace

Result<DecisionReceipt> storeDecision(StoreTransaction& transaction, const DecisionRequest& request)
{
    PS_TRY(const auto existing, findKnownRow(transaction, {request.groupKey, request.members, request.directory,
                                                           request.groupId, request.expectedFingerprint}));
    PS_TRY(const std::int64_t batch,
           transaction.connection().queryInteger("SELECT 1 + count(*) FROM ps_plans WHERE kind='finalize'"));
    PS_TRY(const std::string newGroupId,
           existing ? Result<std::string>(existing->groupId()) : freeGroupId(transaction, batch, request.position));
    PS_TRY(const DecisionRow row, makeRow(request, transaction.table(), transaction.projectId(), newGroupId, batch,
                                          transaction.now(), existing));
    PS_TRY(const MarksChange marks, marksAfterDecision(transaction, request.groupKey, row, request.tolerance));
    PS_TRY(const std::int64_t seq, transaction.changeRow(ledger_kind::kDecide, request.groupKey, existing, row,
                                                         shownDetail(request.shown), marks));
    PS_TRY_VOID(recordViewOf(transaction, request, row, seq, !existing));
    PS_TRY_VOID(freezeGroup(transaction.connection(), request.groupKey, newGroupId, request.members));
    return DecisionReceipt{newGroupId, request.groupKey, row, seq, 0};
}

Result<DecisionReceipt> applyDecision(StoreTransaction& transaction, const DecisionRequest& request,
                                      std::optional<std::int64_t> earlierSeq)
{
    PS_TRY(DecisionReceipt receipt, storeDecision(transaction, request));
    PS_TRY(receipt.step, transaction.addStep(ledger_kind::kDecide, request.groupKey,
                                             earlierSeq.value_or(receipt.ledgerSeq), receipt.ledgerSeq));
    return receipt;
}

Result<DecisionRow> confirmedRow(const DecisionRow& existing, const Crop& crop, UtcTime now)
{
    if (!isValid(crop))
        return Error{ErrorCode::InvalidInput, "the crop must satisfy 0 <= x1 < x2 <= 1 and 0 <= y1 < y2 <= 1",
                     existing.groupId(), 0};
    const auto action = existing.action();
    if (action != Action::Crop && action != Action::Approve)
        return Error{ErrorCode::Refused, "only a kept image can be cropped", existing.groupId(), 0};
    DecisionRow row = existing;
    const ImageSize size{static_cast<int>(row.integer("image_width").value_or(0)),
                         static_cast<int>(row.integer("image_height").value_or(0))};
    const bool isFullFrame = coversEveryPixel(crop, size);
    if (isFullFrame) {
        row.set("user_action", std::string(actionName(Action::Approve)));
        if (row.integer("ai_crop_accepted") == 1)
            row.set("ai_crop_accepted", std::int64_t{0});
    }
    setFinalCrop(row, isFullFrame ? std::nullopt : std::optional(crop), now);
    return row;
}

Result<DecisionReceipt> applyCropConfirmation(StoreTransaction& transaction, const CropConfirmation& confirmation,
                                              Json detail)
{
    PS_TRY(const auto existing, transaction.findRow(confirmation.groupId));
    PS_TRY_VOID(checkUnchanged(existing, confirmation.groupId, confirmation.expectedFingerprint));
    if (!existing)
        return changedMeanwhile(confirmation.groupId);
    PS_TRY(const DecisionRow row, confirmedRow(*existing, confirmation.crop, transaction.now()));
    PS_TRY(const MarksChange marks,
           marksAfterDecision(transaction, confirmation.groupKey, row, confirmation.tolerance));
    PS_TRY(const std::int64_t seq, transaction.changeRow(ledger_kind::kConfirmCrop, confirmation.groupKey, existing,
                                                         row, std::move(detail), marks));
    return DecisionReceipt{confirmation.groupId, confirmation.groupKey, row, seq, 0};
}

} // namespace ps
