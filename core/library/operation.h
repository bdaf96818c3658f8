// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/decisions/store_transaction.h"

#include <optional>
#include <string>
#include <vector>

namespace ps {

enum class OperationKind {
    Folder, ///< make a folder
    Move,   ///< source -> target
    Cut,    ///< cut the crop in `payload` out of source into a new file
    Write,  ///< write `payload` as a new file
};

/// What the file is to its group; decides what staging shows and purges.
enum class OperationRole { Folder, Winner, Loser, Companion, Sidecar, Crop, Original, Archive };

enum class OperationState {
    Planned, ///< intent: to be carried out
    Done,
    Returning, ///< intent: to be taken back
    Undone,
    Skipped, ///< not carried out; `note` says why
    Purged,  ///< done, and the staged file was deleted for good
};

/// One file operation of a plan. Paths are workspace-relative raw bytes.
struct Operation {
    std::int64_t planId = 0;
    std::int64_t ordinal = 0;
    std::string groupKey; ///< "" for folders, which belong to the whole plan
    OperationKind kind = OperationKind::Move;
    OperationRole role = OperationRole::Winner;
    std::string source;
    std::string target;
    std::string payload;                  ///< Cut: "[x1, y1, x2, y2]" in pixels; Write: the content
    std::optional<FileIdentity> identity; ///< of the file where it is now; nothing before a file of ours exists
    std::string sha256;                   ///< of a file that we made
    OperationState state = OperationState::Planned;
    std::string note;
};

/// Note of a move whose target holds the same bytes already: the source goes, and comes back as a copy.
constexpr std::string_view kNoteSameBytes = "same bytes at the target";

std::string_view operationStateName(OperationState state);
std::string_view operationRoleName(OperationRole role);

/// Stores a plan with all its operations as intents, in the job's transaction, before the first file moves. `kind` is a
/// ledger kind. Returns the plan's number.
Result<std::int64_t> insertPlan(StoreTransaction& transaction, std::string_view kind,
                                const std::vector<Operation>& operations);

/// Stores state, identity, hash and note of operations that were carried out.
Result<void> updateOperations(const Connection& connection, const std::vector<Operation>& operations);

/// Which operations to read; what is not set does not restrict.
struct OperationQuery {
    std::optional<std::int64_t> planId;
    std::optional<std::string> groupKey;
    std::vector<OperationState> states;
};

/// In plan order. An empty list for a database without ps_ tables.
Result<std::vector<Operation>> readOperations(const Connection& connection, const OperationQuery& query);

/// Where the original files are now: every path that a finished operation moved, and where it went in the end.
struct MovedFile {
    std::string originalPath;
    std::string currentPath;
    FileIdentity identity;
    OperationRole role = OperationRole::Winner;
    std::string groupKey;
    bool isPurged = false; ///< it was deleted from there for good
};
Result<std::vector<MovedFile>> readMovedFiles(const Connection& connection);

// ---- transitions: what a ledger entry says happened to the files, so that undo can turn it round -----------------------

/// A set of operations of one plan that goes from undone to done, or back.
struct Transition {
    std::int64_t planId = 0;
    std::string groupKey;               ///< "" = every group of the plan
    std::vector<std::int64_t> ordinals; ///< empty = every operation
    bool toDone = true;
};

Json transitionsJson(const std::vector<Transition>& transitions);
std::vector<Transition> transitionsFromJson(const Json& value);
/// The same in reverse order and the other way round.
std::vector<Transition> inverse(std::vector<Transition> transitions);

/// Turns the finished operations of the transition into intents to go the other way. Operations that are there already, or
/// were skipped, stay. Returns how many changed. Errors: Refused when a staged file has been purged.
Result<std::int64_t> requestTransition(const Connection& connection, const Transition& transition);

} // namespace ps
