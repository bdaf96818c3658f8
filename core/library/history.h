// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/undo.h"
#include "core/library/project_session.h"

namespace ps {

/// What undo or redo did.
struct StepOutcome {
    UndoStep step;
    std::vector<FailedGroup> failed; ///< files that could not be moved; they stay intents
    bool changesGroups = false;      ///< groups were split or joined again, so lists must be read anew
};

/// The steps that undo and redo would take next, for their menu texts.
Result<std::optional<UndoStep>> nextUndo(const ProjectSession& session);
Result<std::optional<UndoStep>> nextRedo(const ProjectSession& session);

/// Takes the last step back, or makes the next one again: rows and files together, as new ledger entries. Blocks.
/// Errors: Refused when there is nothing to do, and after staged files were purged; Conflict when a row or a file is not as
/// the ledger left it, with what differs: then nothing is changed.
Result<StepOutcome> undo(ProjectSession& session);
Result<StepOutcome> redo(ProjectSession& session);

} // namespace ps
