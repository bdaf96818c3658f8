// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/staging.h"

#include "core/base/text.h"
#include "core/decisions/snapshots.h"

#include <algorithm>
#include <map>
#include <set>

namespace ps {

namespace {

/// The finished moves of this project into __delete_staging/.
Result<std::vector<Operation>> stagedOperations(const ProjectSession& session, const Connection& connection)
{
    PS_TRY(std::vector<Operation> operations, readOperations(connection, {{}, {}, {OperationState::Done}}));
    const std::string folder = session.folders().stagingFolder(kDeleteStagingFolder) + "/";
    std::erase_if(operations, [&](const Operation& operation) {
        return operation.kind != OperationKind::Move || !startsWith(operation.target, folder);
    });
    return operations;
}

Result<std::int64_t> countForeignFiles(const ProjectSession& session, const std::vector<StagedFile>& known)
{
    const std::string folder = session.folders().stagingFolder(kDeleteStagingFolder);
    PS_TRY(const Place place, session.folders().locate(joinPath(folder, "x")));
    const auto fd = openFolderBeneath(place.rootFd(), parentPath(place.path));
    if (!fd)
        return std::int64_t{0};
    PS_TRY(const std::vector<std::string> names, folderEntries(fd->get()));
    std::set<std::string> ours;
    for (const StagedFile& file : known)
        ours.insert(file.path);
    return std::ranges::count_if(names,
                                 [&](const std::string& name) { return !ours.contains(joinPath(folder, name)); });
}

/// All operations of each plan as one transition back.
std::vector<Transition> transitionsBack(const std::vector<Operation>& operations)
{
    std::map<std::int64_t, std::vector<std::int64_t>> ordinalsByPlan;
    for (const Operation& operation : operations)
        ordinalsByPlan[operation.planId].push_back(operation.ordinal);
    std::vector<Transition> transitions;
    for (auto& [planId, ordinals] : ordinalsByPlan)
        transitions.insert(transitions.begin(), {planId, {}, std::move(ordinals), false});
    return transitions;
}

} // namespace

Result<StagingContent> listStaging(const ProjectSession& session)
{
    StagingContent content;
    PS_TRY(const Connection reader, session.openReader());
    PS_TRY(const std::vector<Operation> operations, stagedOperations(session, reader));
    for (const Operation& operation : operations) {
        StagedFile file{operation, operation.source, operation.target, 0, false};
        PS_TRY(const Place place, session.folders().locate(operation.target));
        PS_TRY(const auto identity, identifyIfThere(place));
        file.isMissing = !identity;
        file.sizeBytes = identity ? identity->sizeBytes : 0;
        content.totalBytes += file.sizeBytes;
        content.files.push_back(std::move(file));
    }
    PS_TRY(content.foreignFiles, countForeignFiles(session, content.files));
    return content;
}

Result<RestoreOutcome> restoreStaging(ProjectSession& session, const std::vector<std::string>& groupKeys)
{
    PS_TRY(DecisionStore* const store, session.store());
    const std::lock_guard lock(session.fileMutex());
    std::vector<Transition> transitions;
    RestoreOutcome outcome;
    {
        PS_TRY(const Connection reader, session.openReader());
        PS_TRY(std::vector<Operation> operations, stagedOperations(session, reader));
        if (!groupKeys.empty()) {
            std::erase_if(operations, [&](const Operation& operation) {
                return std::ranges::find(groupKeys, operation.groupKey) == groupKeys.end();
            });
        }
        if (operations.empty())
            return Error{ErrorCode::Refused, "there is nothing to restore", session.projectId(), 0};
        transitions = transitionsBack(operations);
        outcome.restoredFiles = std::ssize(operations);
        PS_TRY_VOID(checkTransitions(reader, session.folders(), transitions));
    }
    PS_TRY_VOID(store->run([&](StoreTransaction& transaction) -> Result<void> {
        for (const Transition& transition : transitions)
            PS_TRY_VOID(requestTransition(transaction.connection(), transition));
        const Json detail = Json::object({{"moves", transitionsJson(transitions)}});
        PS_TRY(const std::int64_t seq,
               transaction.appendLedger({std::string(ledger_kind::kRestore), {}, {}, {}, {}, detail}));
        PS_TRY_VOID(transaction.addStep(ledger_kind::kRestore, {}, seq, seq));
        return {};
    }));
    PS_TRY(ExecutionReport moved, carryOutIntents(*store, session.fileOperator(), {}, {}));
    PS_TRY_VOID(session.updatePlaces(moved.groupKeys));
    outcome.failed = std::move(moved.failed);
    return outcome;
}

// ---- purging -------------------------------------------------------------------------------------------------------

namespace {

/// The operations that the newest verified backup knows as finished.
Result<std::set<std::pair<std::int64_t, std::int64_t>>> coveredByBackup(const ProjectSession& session)
{
    std::set<std::pair<std::int64_t, std::int64_t>> covered;
    const SnapshotShelf shelf(session.workspace().snapshotFolder(session.projectId()), session.projectId());
    PS_TRY(const std::vector<Snapshot> snapshots, shelf.list());
    if (snapshots.empty())
        return covered;
    PS_TRY(const Connection backup, Connection::open(snapshots.back().path, OpenMode::ReadOnlyImmutable));
    PS_TRY(const std::vector<Operation> operations, readOperations(backup, {{}, {}, {OperationState::Done}}));
    for (const Operation& operation : operations)
        covered.emplace(operation.planId, operation.ordinal);
    return covered;
}

Result<void> deleteStaged(const ProjectSession& session, Operation& operation, PurgeOutcome& outcome,
                          ChangedFolders& changed)
{
    PS_TRY(const Place place, session.folders().locate(operation.target));
    PS_TRY(const auto found, identifyIfThere(place));
    PS_TRY_VOID(removeFileIfSame(place, operation.identity.value_or(FileIdentity{}), changed));
    operation.state = OperationState::Purged;
    if (!found)
        return {}; // somebody else has deleted it
    ++outcome.deletedFiles;
    outcome.freedBytes += operation.identity ? operation.identity->sizeBytes : 0;
    return {};
}

} // namespace

Result<PurgeOutcome> purgeStaging(ProjectSession& session)
{
    PS_TRY(DecisionStore* const store, session.store());
    const std::lock_guard lock(session.fileMutex());
    PS_TRY_VOID(store->snapshotBeforeBulk());
    PS_TRY(const auto covered, coveredByBackup(session));
    PS_TRY(std::vector<Operation> operations,
           runForValue<std::vector<Operation>>(*store, [&](StoreTransaction& transaction) {
               return stagedOperations(session, transaction.connection());
           }));
    PurgeOutcome outcome;
    std::erase_if(operations, [&](const Operation& operation) {
        const bool isCovered = covered.contains({operation.planId, operation.ordinal});
        if (!isCovered)
            outcome.refused.push_back({operation.groupKey, displayText(operation.target) + ": no backup covers it"});
        return !isCovered;
    });
    if (operations.empty())
        return outcome;
    // The ledger says what is about to go before the first file goes.
    Json::Array files;
    for (const Operation& operation : operations)
        files.push_back(
            Json::object({{"plan", operation.planId}, {"operation", operation.ordinal}, {"file", operation.target}}));
    PS_TRY_VOID(store->run([&](StoreTransaction& transaction) -> Result<void> {
        PS_TRY_VOID(transaction.appendLedger(
            {std::string(ledger_kind::kPurge), {}, {}, {}, {}, Json::object({{"files", Json(std::move(files))}})}));
        return {};
    }));
    ChangedFolders changed;
    for (Operation& operation : operations) {
        if (auto deleted = deleteStaged(session, operation, outcome, changed); !deleted)
            outcome.refused.push_back({operation.groupKey, deleted.error().describe()});
    }
    PS_TRY_VOID(changed.sync());
    PS_TRY_VOID(store->run(
        [&](StoreTransaction& transaction) { return updateOperations(transaction.connection(), operations); }));
    return outcome;
}

} // namespace ps
