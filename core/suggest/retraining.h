// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/project_session.h"
#include "core/library/suggestion_settings.h"
#include "core/suggest/model_registry.h"

#include <string_view>

namespace ps {

/// What becomes of a ranker that was trained in the background: the gate of its report decides, which compared it with the
/// baselines and with the active one on the frozen hold-out. A proposed one becomes active; the note that says what changed is kept
/// with the settings of the project. Blocks.
/// Errors: NotFound; Conflict for a file that is not the registered one; those of registry and store.
Result<TrainingNote> takeTrained(const ProjectSession& session, std::string_view modelId);

/// Notes a training that gave no model, and why, in one sentence. Blocks.
Result<TrainingNote> noteFailedTraining(const ProjectSession& session, std::string_view why);

} // namespace ps
