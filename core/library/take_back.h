// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/operation.h"
#include "core/library/project_session.h"

#include <functional>

namespace ps {

/// Finished operations of the group, as the transitions that take them back: the newest plan first. Each one is named, so that
/// an undo brings back these and not what was taken back before.
/// Errors: Refused while files of the group are being moved, and after staged files were purged.
Result<std::vector<Transition>> takeBackTransitions(const Connection& connection, const std::string& groupKey);

/// A change of one group inside a job; `earlierSeq` is the first entry that belongs to its undo step.
using GroupChange = std::function<Result<void>(StoreTransaction&, std::optional<std::int64_t> earlierSeq)>;

/// Takes back `transitions` and makes the change, in one transaction and one step. The caller carries out the intents.
/// Errors: Conflict when the group was finalized meanwhile.
Result<void> takeBackAndChange(StoreTransaction& transaction, const std::string& groupKey,
                               const std::vector<Transition>& transitions, const GroupChange& change);

/// Changes a group that may have been finalized, and waits: its moves are taken back first, as part of the same undo step, and
/// the files follow. Blocks.
/// Errors: as above; Conflict when the files are not as the ledger left them (then nothing is changed), or could not all be
/// moved back.
Result<void> changeGroup(ProjectSession& session, const std::string& groupKey, const GroupChange& change);

} // namespace ps
