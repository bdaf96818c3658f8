// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/finalize_plan.h"
#include "core/library/project_session.h"

#include <functional>

namespace ps {

struct FinalizeOutcome {
    std::optional<std::int64_t> planId; ///< nothing when there was nothing to do
    ExecutionReport report;
};

/// Works out what finalize would do with every decided group that was not finalized yet. Touches nothing. Blocks.
/// `acceptChanged` takes files as they are even when they are not the ones that were decided.
Result<FinalizePlan> prepareFinalize(const ProjectSession& session, bool acceptChanged, std::stop_token stop);

/// Carries a plan out: snapshot, intents, moves. One undo step. Groups that fail are put back and can be finalized again.
/// Blocks; cancelling is safe between groups.
Result<FinalizeOutcome> finalize(ProjectSession& session, const FinalizePlan& plan, std::stop_token stop,
                                 const std::function<void(const ExecutionProgress&)>& onProgress);

/// The counts as JSON, for reports and the command line.
Json summaryJson(const FinalizeSummary& summary);
std::string_view routeName(Route route);

} // namespace ps
