// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/db/connection.h"
#include "core/library/suggestions.h"

#include <map>
#include <set>
#include <stop_token>
#include <string>

namespace ps {

/// A share with what it was counted over; nothing to divide by gives no share.
struct Share {
    std::int64_t hits = 0;
    std::int64_t of = 0;
    Json json() const; ///< {"hits", "of", "percent"}, percent null when `of` is 0
};

/// Numbers of one database. Rejects and singles count for no accuracy; nor do suggestions of models that are marked as
/// demonstrations.
struct DecisionStatistics {
    std::int64_t rows = 0;
    std::map<std::string, std::int64_t, std::less<>> byAction;
    std::map<std::string, std::int64_t, std::less<>> byProject;
    std::map<std::int64_t, std::int64_t> byImageCount;
    std::int64_t openCrops = 0;
    Share selectionAccuracy;            ///< the AI's pick is the person's, over kept groups with an AI pick
    Share cropAccuracy;                 ///< crop_match, over crops where both cropped the same image
    Share cropAcceptance;               ///< accepted suggestions, over approvals with a suggestion on the image
    double meanCropIou = 0;             ///< over the same rows as cropAccuracy
    std::int64_t demonstrationRows = 0; ///< left out of all accuracies
};

/// Cost: reads the table once.
Result<DecisionStatistics> decisionStatistics(const Connection& connection, std::stop_token stop);
Json statisticsJson(const DecisionStatistics& statistics);

} // namespace ps
