// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/decision_store.h"
#include "core/library/file_operator.h"

#include <functional>
#include <stop_token>

namespace ps {

struct ExecutionProgress {
    std::int64_t doneGroups = 0;
    std::int64_t totalGroups = 0;
};

/// A group whose files could not be moved, and why. Its files are where they were.
struct FailedGroup {
    std::string groupKey;
    std::string reason;
};

struct ExecutionReport {
    std::int64_t doneGroups = 0;
    std::vector<FailedGroup> failed;
    std::vector<std::string> groupKeys; ///< all that were touched, for the catalogue
    bool isCancelled = false;
};

/// Carries out whatever is an intent in the database: operations that are returning go back, the newest plan first, then
/// operations that are planned go forward. Each group moves as one or not at all; a group that fails is put back as it was.
/// Forward failures are marked skipped with their reason and can be finalized again; backward ones stay intents.
/// Running it again after a crash at any point ends in the same state.
/// Threads: one at a time; blocks. Cancelling is safe between groups: what has not begun is marked skipped.
Result<ExecutionReport> carryOutIntents(DecisionStore& store, const FileOperator& files, std::stop_token stop,
                                        const std::function<void(const ExecutionProgress&)>& onProgress);

/// Could the transitions be carried out with the files as they are? Looks at every file without touching any.
/// Errors: Conflict or NotFound naming the first file that is not as it was left; AlreadyExists when a name is taken.
Result<void> checkTransitions(const Connection& connection, const ProjectFolders& folders,
                              const std::vector<Transition>& transitions);

} // namespace ps
