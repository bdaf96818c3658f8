// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/detected_boxes.h"
#include "core/library/project_session.h"
#include "core/suggest/suggestion_policy.h"

#include <optional>

namespace ps {

/// What there is to say about suggestions for one group, and what of it may be on the screen.
struct SuggestionOffer {
    /// The only thing that may be painted; nothing when it is held back.
    std::optional<Suggestion> visible;
    /// What there is, shown or not: goes with the decision. `wasVisible` is for whoever paints it.
    SuggestionView view;
    bool isEnabled = true;
    double bar = 0;                                 ///< of the project
    std::optional<SuggestionSuspension> suspension; ///< with SuggestionArm::Suspended
    /// The group is decided, so what was held back may be told in words.
    bool isDecided = false;
    std::vector<DetectedBox> boxes; ///< that detectors found in its images
    /// It was shown to measure nothing: the demo's rule.
    bool isDemonstration() const { return view.modelId == kDemoModelId; }
};

/// The offer for a group. An undecided group follows the policy of the project. A decided one shows what its row was decided
/// with, with what was stored beside it; what was held back stays off the pictures, so that a second look is not a third arm.
/// Blocks for a few look-ups; what cannot be read counts as no suggestion.
SuggestionOffer offerFor(const ProjectSession& session, const GroupDetail& group);

} // namespace ps
