// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integrity/finding.h"
#include "core/library/project_session.h"

#include <string>
#include <vector>

namespace ps {

/// One row or file that repair would change.
struct PlannedRepair {
    std::string_view check;
    std::string groupId;
    std::string change; ///< "images: '[\"a/b.png\"]' -> '[\"b.png\"]'", or the move of a file
};

struct RepairPlan {
    std::vector<std::pair<DecisionRow, DecisionRow>> rows; ///< before, after
    std::vector<Operation> operations;
    std::vector<PlannedRepair> repairs;
};

/// Works out what can be repaired without asking anybody: values that follow from other values, names without their paths,
/// sizes of images that are there, sidecars that belong elsewhere. Nothing is changed. Only checks in `onlyChecks` when it
/// is not empty. Blocks.
Result<RepairPlan> planRepair(const ProjectSession& session, const std::vector<std::string>& onlyChecks,
                              std::stop_token stop);

struct RepairOutcome {
    std::int64_t changedRows = 0;
    std::vector<FailedGroup> failed;
};

/// Carries the plan out after a snapshot, as one undo step. Blocks.
/// Errors: Conflict when a row was changed since the plan was made: then nothing is changed.
Result<RepairOutcome> repair(ProjectSession& session, const RepairPlan& plan);

} // namespace ps
