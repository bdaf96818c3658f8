// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"
#include "core/decisions/row.h"
#include "core/decisions/store_transaction.h"

#include <optional>
#include <string>
#include <vector>

namespace ps {

/// The model that the demo's suggestions are made by; they prove nothing about any model and count for no accuracy.
constexpr std::string_view kDemoModelId = "demo-rule";

/// What a model proposed for one group; never a decision.
struct Suggestion {
    std::string modelId;
    int imageIndex = 0;
    std::optional<Crop> crop;
    std::optional<double> confidence;
    std::vector<std::string> reasons;
    // What else is known where ps_suggestions has it.
    std::string modelSha256 = {};                   ///< over the model files; "" = not known
    std::vector<std::optional<double>> scores = {}; ///< one for each image
    std::string inputsSha256 = {}; ///< over the hashes of the images that were looked at; "" = not known
    bool operator==(const Suggestion&) const = default;
};

/// The suggestion in the AI columns of a row, or nothing when they are empty or not usable.
std::optional<Suggestion> suggestionOfRow(const DecisionRow& row);

/// The suggestion for a group in ps_suggestions: that of the active model (see suggestion_settings.h) or nothing; without an
/// active model the newest. Nothing when the table is not there.
Result<std::optional<Suggestion>> findSuggestion(const Connection& connection, std::string_view groupKey);

/// The suggestion for these images in the scripts' {id}_ai_predictions_temp.db, which is only read.
Result<std::optional<Suggestion>> findPrediction(const Connection& predictions, const std::vector<std::string>& names);

/// Stores or replaces the suggestion of one model for one group.
Result<void> storeSuggestion(StoreTransaction& transaction, std::string_view groupKey, const Suggestion& suggestion);

} // namespace ps
