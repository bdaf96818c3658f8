// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/store_transaction.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ps {

/// Why a model's suggestions are held back, and since when.
struct SuggestionSuspension {
    std::string modelId;
    std::string since;    ///< UTC timestamp
    double agreement = 0; ///< with people, over the last `count` shown suggestions
    std::int64_t count = 0;
    double bar = 0; ///< what it fell below
    bool operator==(const SuggestionSuspension&) const = default;
};

/// What the latest training in the background came to.
struct TrainingNote {
    std::string at;      ///< UTC timestamp
    std::string modelId; ///< "" = it gave no model
    std::string previousId;
    double accuracy = 0; ///< share of right picks on the hold-out, 0 to 1
    std::optional<double> previousAccuracy;
    std::int64_t holdOut = 0; ///< groups that both were measured on
    bool isActivated = false;
    std::string why; ///< one English sentence: the verdict, or why there is no model
    bool operator==(const TrainingNote&) const = default;
};

/// How suggestions are treated in one project. Kept in ps_meta of its database, so that it goes with the decisions.
struct SuggestionSettings {
    bool isEnabled = true;
    double bar = 0.6;            ///< calibrated confidence, 0 to 1, below which nothing is shown
    double hiddenShare = 0.1;    ///< share of the groups, 0 to 1, whose suggestion is held back to measure agreement
    std::string seed;            ///< which groups those are; "" = the project id
    int retrainEvery = 200;      ///< decisions after which the ranker is trained anew; 0 = never
    std::string activeModel;     ///< the id under which the active models store their suggestions; "" = none
    std::int64_t trainedSeq = 0; ///< the ledger entry up to which decisions were trained on
    std::optional<SuggestionSuspension> suspension;
    std::optional<TrainingNote> lastTraining;
    std::int64_t resumedSeq = 0; ///< decisions up to this ledger entry do not count for a suspension any more
    bool operator==(const SuggestionSettings&) const = default;
};

/// The settings of a project; what is not set is as above, also in a database without our tables. Values that make no sense
/// count as not set. Cost: one look-up.
Result<SuggestionSettings> readSuggestionSettings(const Connection& connection);

/// Stores all of them. Errors: InvalidInput for a share or a bar outside 0 to 1, or a negative number.
Result<void> storeSuggestionSettings(const StoreTransaction& transaction, const SuggestionSettings& settings);

/// How many decisions came after `seq` in the ledger, undone ones included, counted up to `most`. Cost: reads the ledger behind
/// it until there are so many.
Result<std::int64_t> countDecisionsAfter(const Connection& connection, std::int64_t seq, std::int64_t most);

} // namespace ps
