// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/geometry.h"
#include "core/decisions/crop.h"
#include "core/decisions/outcomes.h"
#include "core/decisions/row.h"
#include "core/decisions/suggestion_view.h"

#include <optional>
#include <string>
#include <vector>

namespace ps {

/// One image of a group as it was when it was shown: which file and in which state.
struct GroupMember {
    std::string path; ///< workspace-relative, raw bytes
    FileIdentity identity;
    bool operator==(const GroupMember&) const = default;
};

/// The suggestion that was on the screen when the decision was made.
struct ShownSuggestion {
    std::string modelId;
    int imageIndex = 0;       ///< 0-based
    std::optional<Crop> crop; ///< of the suggested image
    std::optional<double> confidence;
    bool isCropAccepted = false; ///< the crop was visible on the chosen image and was kept
};

/// Everything that one decision needs; all of it was looked up before, so that applying it touches only the database.
struct DecisionRequest {
    std::string groupKey;
    std::vector<GroupMember> members; ///< 1 to 4, in stage order
    std::string directory;            ///< of the first image: workspace-relative, '/' between parts, valid UTF-8
    std::int64_t position = 1;        ///< of the group in the project, from 1
    Action action = Action::Approve;
    int selectedIndex = 0;                  ///< 0-based into members
    ImageSize selectedSize;                 ///< upright size of the selected image
    std::optional<Crop> crop;               ///< with Action::Crop: the final crop, or nothing to crop later
    std::optional<CropTolerance> tolerance; ///< of that crop
    std::optional<ShownSuggestion> shown;
    /// Which suggestion there was, shown or not. Nothing: made from `shown`, and nothing is stored without that either.
    std::optional<SuggestionView> view = std::nullopt;

    /// The row that this group has in the database as far as the caller knows.
    std::optional<std::string> groupId;
    /// Fingerprint of that row as the person saw it. Set and different: Conflict, and nothing is written.
    std::optional<std::string> expectedFingerprint;
};

/// What was stored.
struct DecisionReceipt {
    std::string groupId;
    std::string groupKey;
    DecisionRow row;
    std::int64_t ledgerSeq = 0;
    std::int64_t step = 0; ///< 0 when the caller adds the undo step
};

} // namespace ps
