// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/project_session.h"
#include "core/suggest/suggestion_policy.h"

#include <functional>
#include <optional>

namespace ps {

/// Which model the rolling agreement is about: the active one, or else the one of the newest counted view.
Result<Agreement> readRollingAgreement(const Connection& connection, const SuggestionSettings& settings,
                                       std::string& modelId);

/// Looks whether the latest decisions call for a suspension (see isSuspensionDue()) and stores it. Returns it when it is new.
/// Blocks; a transaction only in that case. Meant to run after each decision, off the UI thread.
Result<std::optional<SuggestionSuspension>> suspendIfDue(const ProjectSession& session);

/// True when so many decisions came since the last training as the settings say. Blocks for a short read.
Result<bool> isTrainingDue(const ProjectSession& session);
/// Notes that a training has begun with everything that is decided now. Blocks.
Result<void> noteTraining(const ProjectSession& session);

/// Changes the settings of a project in one transaction and gives what is stored then. Blocks. Errors: those of the store;
/// ReadOnly while viewing; InvalidInput.
Result<SuggestionSettings> changeSuggestionSettings(const ProjectSession& session,
                                                    const std::function<void(SuggestionSettings&)>& change);

/// Shows the suggestions of a suspended model again; what it was suspended for counts no more. Blocks.
Result<void> resumeSuggestions(const ProjectSession& session);

/// The report over all counted decisions of the project. Reads them once.
Result<AgreementReport> readAgreement(const Connection& connection);

} // namespace ps
