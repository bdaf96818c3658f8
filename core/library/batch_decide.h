// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/review.h"

#include <array>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// What many groups are to be decided as.
struct BatchChoice {
    Action action = Action::Approve; ///< Approve (without crop) or Reject
    int selectedIndex = 0;           ///< 0-based, in each group; ignored for a reject
};

/// Why a group of a batch is left as it is.
enum class BatchSkip {
    Gone,        ///< it is no longer in the project
    Finalized,   ///< its files were moved; it is decided again one by one
    Oversize,    ///< more than 4 images: to be split first
    NoSuchImage, ///< it has fewer images
    Missing,     ///< the image to be kept is not there
    Unreadable,  ///< the image to be kept cannot be read; of a reject, none can
    FileChanged, ///< a file is not the one that was grouped
    AlreadySo,   ///< it is decided like this already, and its row keeps its time
};
constexpr std::size_t kBatchSkipCount = 8;

/// The most groups of one batch: a batch is one transaction and one undo step, which hold every row of it in memory.
constexpr std::size_t kMostBatchGroups = 20'000;

/// Exactly what a batch would do.
struct BatchPlan {
    BatchChoice choice;
    std::vector<DecisionRequest> requests;                    ///< one for each group that would be decided
    std::array<std::int64_t, kGroupStateCount> stateBefore{}; ///< of these groups; the first counts the undecided
    std::array<std::int64_t, kBatchSkipCount> skipped{};

    std::int64_t decided() const { return std::ssize(requests); }
    std::int64_t firstDecisions() const { return stateBefore.front(); }
    std::int64_t changesOfMind() const { return decided() - firstDecisions(); }
    std::int64_t skippedTotal() const;
};

/// What a batch has done.
struct BatchReceipt {
    std::int64_t decided = 0;
    std::int64_t step = 0; ///< the one undo step
};

/// Called with the number of groups that are done, after each one, on the thread that does them.
using BatchProgress = std::function<void(std::int64_t done)>;

/// Looks at every group as a single decision would: row, files, size of the image. Changes nothing. decided() and
/// skippedTotal() add up to the number of keys. Blocks on the disk.
/// Cost: some look-ups for each group; images that were never measured are opened by a worker.
/// Errors: Refused for more than kMostBatchGroups groups and for a choice that is neither approve nor reject; Cancelled.
Result<BatchPlan> planBatch(const ProjectSession& session, std::span<const std::string> groupKeys,
                            const BatchChoice& choice, std::stop_token stop, const BatchProgress& onProgress);

/// Does what the plan says, all of it or nothing, in one transaction and one undo step. Blocks; `onProgress` comes from the
/// writer thread.
/// Errors: Conflict when a group is no longer as the plan saw it (row, files, finalized); Refused for an empty plan;
/// Cancelled; as applyDecision(). After any error nothing is changed.
Result<BatchReceipt> runBatch(ProjectSession& session, const BatchPlan& plan, std::stop_token stop,
                              const BatchProgress& onProgress);

} // namespace ps
