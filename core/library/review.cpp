// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/review.h"

#include "core/base/text.h"
#include "core/decisions/frozen_groups.h"
#include "core/decisions/group_id.h"
#include "core/library/finalize_plan.h"
#include "core/library/suggestions.h"
#include "core/library/take_back.h"

#include <algorithm>
#include <memory>

namespace ps {

namespace {

constexpr std::size_t kMaxGroupImages = 4;

Result<void> checkShownFiles(const ProjectSession& session, const GroupDetail& group)
{
    for (const GroupImage& image : group.images) {
        PS_TRY(const Place place, session.folders().locate(image.currentPath));
        PS_TRY(const auto now, identifyIfThere(place));
        if (now && !isUnchanged(image.identity, *now))
            return Error{ErrorCode::Conflict, "the file was changed since the group was read", displayText(image.path),
                         0};
    }
    return {};
}

/// A reject is about the whole group: it keeps the index that the AI picked, or 0; where that image cannot be read, the
/// first one that can.
Result<int> rejectIndex(const ProjectSession& session, const GroupDetail& group, const DecisionIntent& intent)
{
    int preferred = intent.shown ? intent.shown->imageIndex : 0;
    if (!intent.shown && group.row)
        preferred = static_cast<int>(group.row->integer("ai_selected_index").value_or(0));
    const int count = static_cast<int>(group.images.size());
    if (preferred < 0 || preferred >= count)
        preferred = 0;
    auto first = session.sizeOf(group.images[static_cast<std::size_t>(preferred)]);
    if (first)
        return preferred;
    for (int index = 0; index < count; ++index) {
        if (session.sizeOf(group.images[static_cast<std::size_t>(index)]))
            return index;
    }
    return std::move(first).error();
}

} // namespace

std::optional<Suggestion> suggestionFor(const ProjectSession& session, const Connection& reader,
                                        const GroupDetail& group)
{
    if (group.row) {
        if (auto ofRow = suggestionOfRow(*group.row))
            return ofRow;
    }
    if (auto stored = findSuggestion(reader, group.entry.key); stored && *stored)
        return *stored;
    const auto predictions = Connection::open(session.workspace().predictionsPath(session.projectId()),
                                              OpenMode::ReadOnlyImmutable);
    if (!predictions)
        return std::nullopt;
    std::vector<std::string> names;
    for (const GroupImage& image : group.images)
        names.emplace_back(fileName(image.path));
    auto predicted = findPrediction(*predictions, names);
    return predicted ? *predicted : std::nullopt;
}

Result<DecisionRequest> makeRequest(const ProjectSession& session, const GroupDetail& group,
                                    const DecisionIntent& intent)
{
    if (group.entry.kind == GroupKind::Oversize) {
        return Error{ErrorCode::Refused,
                     "the set has " + std::to_string(group.images.size()) + " images; split it to at most 4 first",
                     group.entry.key, 0};
    }
    PS_TRY_VOID(checkShownFiles(session, group));
    DecisionRequest request;
    request.groupKey = group.entry.key;
    request.directory = group.entry.directory;
    request.position = group.entry.ordinal + 1;
    request.action = intent.action;
    request.crop = intent.crop;
    request.tolerance = intent.tolerance;
    request.shown = intent.shown;
    request.view = intent.view;
    for (const GroupImage& image : group.images)
        request.members.push_back({image.path, image.identity});
    if (group.row) {
        request.groupId = group.entry.groupId;
        request.expectedFingerprint = group.fingerprint;
    }
    request.selectedIndex = intent.selectedIndex;
    if (intent.action == Action::Reject) {
        PS_TRY(request.selectedIndex, rejectIndex(session, group, intent));
    }
    if (request.selectedIndex < 0 || request.selectedIndex >= std::ssize(group.images)) {
        return Error{ErrorCode::InvalidInput,
                     "image " + std::to_string(request.selectedIndex) + " is not one of 0 to " +
                         std::to_string(group.images.size() - 1),
                     group.entry.key, 0};
    }
    const GroupImage& selected = group.images[static_cast<std::size_t>(request.selectedIndex)];
    auto size = session.sizeOf(selected);
    if (!size) {
        return Error{ErrorCode::Refused, "the image cannot be read, so it cannot be decided: " + size.error().message,
                     displayText(selected.path), size.error().native};
    }
    request.selectedSize = *size;
    return request;
}

// ---- deciding ------------------------------------------------------------------------------------------------------

void submitDecision(ProjectSession& session, DecisionRequest request, std::function<void(Result<DecisionReceipt>)> done)
{
    auto store = session.store();
    if (!store) {
        done(store.error());
        return;
    }
    auto receipt = std::make_shared<std::optional<DecisionReceipt>>();
    (*store)->submit(
        [request = std::move(request), receipt](StoreTransaction& transaction) -> Result<void> {
            return takeBackAndChange(
                transaction, request.groupKey, {},
                [&](StoreTransaction& work, std::optional<std::int64_t> earlierSeq) -> Result<void> {
                    PS_TRY(*receipt, applyDecision(work, request, earlierSeq));
                    return {};
                });
        },
        [receipt, done = std::move(done)](Result<void> outcome) {
            done(outcome ? Result<DecisionReceipt>(*std::move(*receipt)) : std::move(outcome).error());
        });
}

Result<DecisionReceipt> decide(ProjectSession& session, const DecisionRequest& request)
{
    DecisionReceipt receipt;
    PS_TRY_VOID(changeGroup(session, request.groupKey,
                            [&](StoreTransaction& transaction, std::optional<std::int64_t> earlierSeq) -> Result<void> {
                                PS_TRY(receipt, applyDecision(transaction, request, earlierSeq));
                                return {};
                            }));
    return receipt;
}

// ---- the crop queue ------------------------------------------------------------------------------------------------

namespace {

/// Where the selected image lies after finalize, or nothing while it is where it was scanned.
std::optional<std::string> placeInCropFolder(const ProjectSession& session, const GroupDetail& group,
                                             std::size_t selected)
{
    const std::string& path = group.images[selected].currentPath;
    for (const std::string_view folder : {kCropFolder, kCropAutoFolder}) {
        if (startsWith(path, session.folders().stagingFolder(folder) + "/"))
            return path;
    }
    return std::nullopt;
}

Result<FinalizePlan> planAfterConfirmation(const ProjectSession& session, const GroupDetail& group,
                                           const DecisionRow& row, std::size_t selected)
{
    const auto place = placeInCropFolder(session, group, selected);
    if (!place && group.entry.isFinalized)
        return Error{ErrorCode::Refused,
                     "the image is no longer in the crop queue; decide the group again to change its crop",
                     group.entry.key, 0};
    if (!place)
        return FinalizePlan{};
    const DecidedGroup decided{group.entry.key, row, {}, false};
    return routeOf(row) == Route::Cropped
               ? planConfirmedCrop(session.folders(), session.projectId(), decided, *place)
               : planConfirmedApproval(session.folders(), session.projectId(), decided, *place);
}

} // namespace

Result<DecisionReceipt> confirmCrop(ProjectSession& session, const GroupDetail& group, const Crop& crop,
                                    const std::optional<CropTolerance>& tolerance)
{
    PS_TRY(DecisionStore* const store, session.store());
    const std::lock_guard lock(session.fileMutex());
    if (!group.row)
        return Error{ErrorCode::Refused, "the group is not decided", group.entry.key, 0};
    const auto selected = static_cast<std::size_t>(group.row->integer("user_selected_index").value_or(-1));
    if (selected >= group.images.size())
        return Error{ErrorCode::InvalidInput, "the selected image is not one of the group", group.entry.key, 0};
    PS_TRY(const DecisionRow row, confirmedRow(*group.row, crop, session.clock().now()));
    PS_TRY(const FinalizePlan plan, planAfterConfirmation(session, group, row, selected));
    const CropConfirmation confirmation{group.entry.groupId, group.entry.key, crop, group.fingerprint, tolerance};
    PS_TRY(DecisionReceipt receipt,
           runForValue<DecisionReceipt>(*store, [&](StoreTransaction& transaction) -> Result<DecisionReceipt> {
               Json detail;
               if (!plan.operations.empty()) {
                   PS_TRY(const std::int64_t planId,
                          insertPlan(transaction, ledger_kind::kConfirmCrop, plan.operations));
                   detail.set("moves", transitionsJson({{planId, {}, {}, true}}));
               }
               PS_TRY(DecisionReceipt done, applyCropConfirmation(transaction, confirmation, detail));
               PS_TRY(done.step,
                      transaction.addStep(ledger_kind::kConfirmCrop, group.entry.key, done.ledgerSeq, done.ledgerSeq));
               return done;
           }));
    if (plan.operations.empty())
        return receipt;
    PS_TRY(const ExecutionReport moved, carryOutIntents(*store, session.fileOperator(), {}, {}));
    PS_TRY_VOID(session.updatePlaces({group.entry.key}));
    if (!moved.failed.empty())
        return Error{ErrorCode::Conflict,
                     "the crop is recorded, but it could not be cut: " + moved.failed.front().reason, group.entry.key,
                     0};
    return receipt;
}

// ---- splitting -----------------------------------------------------------------------------------------------------

Result<std::vector<std::string>> splitGroup(ProjectSession& session, const GroupDetail& group, std::stop_token stop)
{
    PS_TRY(DecisionStore* const store, session.store());
    if (group.images.size() <= kMaxGroupImages)
        return Error{ErrorCode::Refused, "only a set of more than 4 images is split", group.entry.key, 0};
    std::vector<std::string> keys;
    Json::Array parts;
    for (std::size_t begin = 0; begin < group.images.size(); begin += kMaxGroupImages) {
        const std::size_t end = std::min(group.images.size(), begin + kMaxGroupImages);
        std::vector<GroupMember> members;
        std::vector<std::string> paths;
        for (std::size_t i = begin; i < end; ++i) {
            members.push_back({group.images[i].path, group.images[i].identity});
            paths.push_back(group.images[i].path);
        }
        keys.push_back(makeGroupKey(paths));
        parts.push_back(Json::object({{"key", keys.back()}, {"members", membersJson(members)}}));
    }
    PS_TRY_VOID(store->run([&](StoreTransaction& transaction) -> Result<void> {
        for (const Json& part : parts) {
            PS_TRY(const auto members, membersFromJson(part["members"]));
            PS_TRY_VOID(freezeSplitGroup(transaction.connection(), part["key"].toString(), members));
        }
        PS_TRY(const std::int64_t seq, transaction.appendLedger({std::string(ledger_kind::kSplit),
                                                                 {},
                                                                 group.entry.key,
                                                                 {},
                                                                 {},
                                                                 Json::object({{"parts", Json(parts)}})}));
        PS_TRY_VOID(transaction.addStep(ledger_kind::kSplit, group.entry.key, seq, seq));
        return {};
    }));
    PS_TRY_VOID(session.refresh(stop, {}));
    return keys;
}

} // namespace ps
