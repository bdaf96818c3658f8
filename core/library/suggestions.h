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

/// What a model proposed for one group; never a decision.
struct Suggestion {
    std::string modelId;
    int imageIndex = 0;
    std::optional<Crop> crop;
    std::optional<double> confidence;
    std::vector<std::string> reasons;
};

/// The suggestion in the AI columns of a row, or nothing when they are empty or not usable.
std::optional<Suggestion> suggestionOfRow(const DecisionRow& row);

/// The newest suggestion for a group in ps_suggestions; nothing when the table is not there.
Result<std::optional<Suggestion>> findSuggestion(const Connection& connection, std::string_view groupKey);

/// The suggestion for these images in the scripts' {id}_ai_predictions_temp.db, which is only read.
Result<std::optional<Suggestion>> findPrediction(const Connection& predictions, const std::vector<std::string>& names);

/// Stores or replaces the suggestion of one model for one group.
Result<void> storeSuggestion(StoreTransaction& transaction, std::string_view groupKey, const Suggestion& suggestion);

} // namespace ps
