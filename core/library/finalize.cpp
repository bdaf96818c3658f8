// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/finalize.h"

#include "core/decisions/frozen_groups.h"

#include <algorithm>
#include <map>

namespace ps {

namespace {

constexpr std::int64_t kPageEntries = 512;

/// Every decided group that is where it was scanned, with what was recorded of its files.
Result<std::vector<DecidedGroup>> collectDecided(const ProjectSession& session, FinalizeSummary& summary,
                                                 std::stop_token stop)
{
    std::vector<DecidedGroup> decided;
    PS_TRY(const Connection reader, session.openReader());
    PS_TRY(const std::vector<FrozenGroup> frozen, readFrozenGroups(reader));
    std::map<std::string, const FrozenGroup*> frozenByKey;
    for (const FrozenGroup& group : frozen)
        frozenByKey.emplace(group.groupKey, &group);
    for (std::int64_t ordinal = 0;; ++ordinal) {
        auto detail = session.groupAt(ordinal);
        if (!detail && detail.error().code == ErrorCode::NotFound)
            return decided;
        if (!detail)
            return std::move(detail).error();
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while planning", {}, 0};
        if (detail->entry.isFinalized) {
            ++summary.alreadyFinalized;
            continue;
        }
        if (!detail->row || !detail->row->action()) {
            ++summary.undecidedGroups;
            continue;
        }
        DecidedGroup group{detail->entry.key, *detail->row, {}, false};
        const auto known = frozenByKey.find(detail->entry.key);
        if (known != frozenByKey.end() && !known->second->isSplit) {
            group.members = known->second->members;
            group.hasRecordedIdentities = true;
        } else {
            for (const GroupImage& image : detail->images)
                group.members.push_back({image.path, image.identity});
        }
        decided.push_back(std::move(group));
    }
}

/// Groups of the scripts become frozen by being finalized: their files are about to leave the scanned folder.
Result<void> freezeFinalized(StoreTransaction& transaction, const std::vector<DecidedGroup>& groups)
{
    for (const DecidedGroup& group : groups)
        PS_TRY_VOID(freezeGroup(transaction.connection(), group.groupKey, group.row.groupId(), group.members));
    return {};
}

} // namespace

Result<FinalizePlan> prepareFinalize(const ProjectSession& session, bool acceptChanged, std::stop_token stop)
{
    FinalizeSummary counts;
    PS_TRY(const std::vector<DecidedGroup> groups, collectDecided(session, counts, stop));
    PS_TRY(FinalizePlan plan, planFinalize(session.folders(), session.projectId(), groups, acceptChanged, stop));
    plan.summary.undecidedGroups = counts.undecidedGroups;
    plan.summary.alreadyFinalized = counts.alreadyFinalized;
    for (const DecidedGroup& group : groups) {
        const bool isSkipped = std::ranges::any_of(
            plan.summary.skipped, [&](const SkippedGroup& skipped) { return skipped.groupKey == group.groupKey; });
        if (!isSkipped)
            plan.groups.push_back(group);
    }
    return plan;
}

Result<FinalizeOutcome> finalize(ProjectSession& session, const FinalizePlan& plan, std::stop_token stop,
                                 const std::function<void(const ExecutionProgress&)>& onProgress)
{
    PS_TRY(DecisionStore* const store, session.store());
    if (plan.summary.groupCount() == 0)
        return FinalizeOutcome{};
    const std::lock_guard lock(session.fileMutex());
    PS_TRY_VOID(store->snapshotBeforeBulk());
    PS_TRY(const std::int64_t planId,
           runForValue<std::int64_t>(*store, [&](StoreTransaction& transaction) -> Result<std::int64_t> {
               PS_TRY_VOID(freezeFinalized(transaction, plan.groups));
               PS_TRY(const std::int64_t id, insertPlan(transaction, ledger_kind::kFinalize, plan.operations));
               const Json detail = Json::object(
                   {{"moves", transitionsJson({{id, {}, {}, true}})}, {"summary", summaryJson(plan.summary)}});
               PS_TRY(const std::int64_t seq,
                      transaction.appendLedger({std::string(ledger_kind::kFinalize), {}, {}, {}, {}, detail}));
               PS_TRY_VOID(transaction.addStep(ledger_kind::kFinalize, {}, seq, seq));
               return id;
           }));
    auto report = carryOutIntents(*store, session.fileOperator(), stop, onProgress);
    if (!report)
        return std::move(report).error();
    PS_TRY_VOID(session.updatePlaces(report->groupKeys));
    return FinalizeOutcome{planId, *std::move(report)};
}

std::string_view routeName(Route route)
{
    switch (route) {
    case Route::Selected: return "selected";
    case Route::CropAuto: return "crop_auto";
    case Route::Crop: return "crop";
    case Route::Cropped: return "cropped";
    case Route::Rejected: return "rejected";
    }
    return "";
}

Json summaryJson(const FinalizeSummary& summary)
{
    Json routes{Json::Object{}};
    for (const Route route : {Route::Selected, Route::CropAuto, Route::Crop, Route::Cropped, Route::Rejected}) {
        const auto found = summary.groupsByRoute.find(route);
        routes.set(routeName(route), found == summary.groupsByRoute.end() ? std::int64_t{0} : found->second);
    }
    Json::Array skipped;
    for (const SkippedGroup& group : summary.skipped)
        skipped.push_back(
            Json::object({{"group", group.groupKey}, {"group_id", group.groupId}, {"reason", group.reason}}));
    return Json::object({{"groups", summary.groupCount()},
                         {"routes", std::move(routes)},
                         {"losers_staged", summary.losersStaged},
                         {"rejected_staged", summary.rejectedStaged},
                         {"companions_moved", summary.companionsMoved},
                         {"sidecars_written", summary.sidecarsWritten},
                         {"undecided", summary.undecidedGroups},
                         {"already_finalized", summary.alreadyFinalized},
                         {"skipped", Json(std::move(skipped))}});
}

} // namespace ps
