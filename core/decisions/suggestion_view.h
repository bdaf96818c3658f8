// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/decisions/crop.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// What became of a suggestion on its way to the screen. Source: design.md 4.8.
enum class SuggestionArm {
    Shown,
    Hidden,    ///< held back to measure whether suggestions lead people
    BelowBar,  ///< not sure enough
    Suspended, ///< the model agreed with people too rarely of late
    None,      ///< there was none (yet), or suggestions are off
};
std::string_view suggestionArmName(SuggestionArm arm); ///< "shown", "hidden", "below bar", "suspended" or "none"
std::optional<SuggestionArm> parseSuggestionArm(std::string_view name);

/// The suggestion that a decision was made with, or without.
struct SuggestionView {
    SuggestionArm arm = SuggestionArm::None;
    bool wasVisible = false; ///< it was painted before the key; only with Shown
    /// What there was, whether shown or not; "" and empty with None.
    std::string modelId;
    std::string modelSha256; ///< "" = not known
    std::optional<int> imageIndex;
    std::optional<Crop> crop;
    std::optional<double> confidence;
    std::vector<std::optional<double>> scores; ///< of each image
    std::vector<std::string> reasons;          ///< as stored with the suggestion
    bool operator==(const SuggestionView&) const = default;
};

/// A view with the decision that it belongs to: one row of ps_suggestion_views.
struct RecordedView {
    std::int64_t ledgerSeq = 0;
    std::string groupKey;
    std::string groupId;
    std::string timestamp;
    SuggestionView view;
    int imageCount = 0;
    std::string action; ///< "approve", "crop" or "reject"
    int selectedIndex = 0;
    bool isFirst = true;    ///< nobody had decided the group before
    bool isStanding = true; ///< not undone
    bool operator==(const RecordedView&) const = default;
};

/// Stores a view inside the caller's transaction; `isFirst` is found out here and set.
Result<void> recordView(const Connection& connection, RecordedView view);

/// Follows an undo or redo of the decision that the ledger entry `ledgerSeq` made; nothing happens when it has no view.
Result<void> setViewStanding(const Connection& connection, std::int64_t ledgerSeq, bool isStanding);

/// The latest standing view of a group, or nothing. Cost: one key look-up.
Result<std::optional<RecordedView>> findView(const Connection& connection, std::string_view groupKey);

/// The views of first decisions that still stand as rows and count for agreement: at least two images, not a reject, with a
/// suggestion of this model ("" = of every model), newest first, at most `most` (0 = all).
Result<std::vector<RecordedView>> readCountedViews(const Connection& connection, std::string_view modelId,
                                                   std::int64_t most);

/// The JSON lists as the tables keep them.
std::string scoresText(const std::vector<std::optional<double>>& scores);
std::vector<std::optional<double>> scoresFromText(std::string_view text);
std::string reasonsText(const std::vector<std::string>& reasons);
std::vector<std::string> reasonsFromText(std::string_view text);

} // namespace ps
