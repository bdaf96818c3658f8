// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/suggestion_view.h"
#include "core/library/suggestion_settings.h"
#include "core/library/suggestions.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

// Which suggestions people get to see. Pure: nothing here reads a file or a clock.

/// What becomes of a suggestion. In this order: none when there is none or suggestions are off; suspended when its model is;
/// below bar when its confidence is less than the bar, or not known while there is a bar (a single image has none: only a crop is proposed); hidden when the group belongs to the
/// hidden share; else shown. The hidden ones are so drawn from what would have been shown, and the two compare.
SuggestionArm armOf(const SuggestionSettings& settings, std::string_view projectId, std::string_view groupKey,
                    std::size_t imageCount, const std::optional<Suggestion>& suggestion);

/// True for a fixed share of the groups: those whose hash with the seed is small. A larger share keeps the groups of a smaller
/// one.
bool isInHiddenShare(std::string_view seed, std::string_view groupKey, double share);

/// The record of a suggestion that is on the screen, or not. `wasVisible` is left false.
SuggestionView viewOf(SuggestionArm arm, const std::optional<Suggestion>& suggestion);

/// So many of so many, with the 95 % Wilson interval of the share.
struct Agreement {
    std::int64_t count = 0;
    std::int64_t agreed = 0;
    double share() const { return count > 0 ? static_cast<double>(agreed) / static_cast<double>(count) : 0; }
    std::array<double, 2> interval() const;
    bool operator==(const Agreement&) const = default;
};

/// True when the person chose the suggested image.
bool agrees(const RecordedView& view);

/// The latest shown suggestions of one model that were really visible. `newestFirst` as readCountedViews() gives it.
constexpr std::int64_t kRollingWindow = 50;
Agreement rollingAgreement(std::span<const RecordedView> newestFirst);

/// When a model is to be suspended: the agreement of at least 20 of the latest 50 shown suggestions is below the bar; or, from
/// 10 on, the upper end of its Wilson interval is. The bar is the one for the confidence: what is shown as surer than the bar
/// must be right that often. (The lower end would suspend a model that is right in 7 of 10 cases half of the time.)
bool isSuspensionDue(const Agreement& rolling, double bar);

/// What shown suggestions do to people: for one model, and for all together under the id "".
struct ModelAgreement {
    std::string modelId;
    Agreement shown;
    Agreement hidden;
    Agreement belowBar;
    Agreement suspended;
    double meanConfidence = 0; ///< of what was shown
    /// Share agreed when shown, less the share when hidden, and its 95 % interval (Newcombe's, from both Wilson intervals).
    double difference() const { return shown.share() - hidden.share(); }
    std::array<double, 2> differenceInterval() const;
    /// The whole interval is above 0: people agree more often because they see it. From 10 of each on.
    bool leads() const;
};
struct AgreementReport {
    std::vector<ModelAgreement> models; ///< by id, without the demo's rule
    ModelAgreement all;
};
AgreementReport agreementReport(std::span<const RecordedView> views);
Json agreementJson(const AgreementReport& report);

} // namespace ps
