// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/decide.h"
#include "core/library/project_session.h"
#include "core/library/suggestions.h"

#include <functional>

namespace ps {

/// What a person asks for with one key.
struct DecisionIntent {
    Action action = Action::Approve;
    int selectedIndex = 0;                                 ///< 0-based; ignored for a reject
    std::optional<Crop> crop;                              ///< with Action::Crop; nothing = crop later
    std::optional<ShownSuggestion> shown;                  ///< what was on the screen
    std::optional<CropTolerance> tolerance = std::nullopt; ///< of the crop
    std::optional<SuggestionView> view = std::nullopt;     ///< which suggestion there was; see DecisionRequest
};

/// The suggestion that belongs on the screen: what the row was decided with, else what is stored for the group, else what the
/// scripts predicted. Blocks for a few look-ups; what cannot be read counts as no suggestion.
std::optional<Suggestion> suggestionFor(const ProjectSession& session, const Connection& reader,
                                        const GroupDetail& group);

/// Turns an intent into a request: looks up the size of the image and checks that the files are still the ones that were
/// shown. Blocks on the disk.
/// Errors: Refused for a set of more than four images (split it first) and for an image that cannot be read; Conflict when a
/// file was changed since the group was read.
Result<DecisionRequest> makeRequest(const ProjectSession& session, const GroupDetail& group,
                                    const DecisionIntent& intent);

/// Queues a decision about a group that was not finalized. `done` runs on the writer thread after the durable commit.
/// Errors in `done`: as applyDecision(); Refused for a group that was finalized, for which decide() is there.
void submitDecision(ProjectSession& session, DecisionRequest request,
                    std::function<void(Result<DecisionReceipt>)> done);

/// Decides and waits. The moves of a finalized group are taken back first, as part of the same undo step. Blocks.
Result<DecisionReceipt> decide(ProjectSession& session, const DecisionRequest& request);

/// Confirms a crop of the Crop queue: fills the row and, when its image lies in __crop/ or __crop_auto/ already, cuts it into
/// __cropped/. Blocks.
/// Errors: Refused for a finalized image that lies in neither: it was cut or selected already.
Result<DecisionReceipt> confirmCrop(ProjectSession& session, const GroupDetail& group, const Crop& crop,
                                    const std::optional<CropTolerance>& tolerance = {});

/// Splits a set of more than four images into groups of at most four in stage order, and a rest of one into a single.
/// One undo step; the catalogue is refreshed. Returns the keys of the parts. Blocks.
Result<std::vector<std::string>> splitGroup(ProjectSession& session, const GroupDetail& group, std::stop_token stop);

} // namespace ps
