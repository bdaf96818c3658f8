// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// The words behind "quality:", for help.
constexpr std::string_view kQualityWords = "blurry dark bright low-contrast noisy odd-size upscaled duplicate";
constexpr std::string_view kDuplicateWord = "duplicate";

/// One measure by which pictures can be sorted out: a field of the query grammar with a threshold that a person moves. What is
/// beyond it is worth a look, no more: a picture of fog is not blurry.
struct QualityFilter {
    std::string_view word;   ///< behind "quality:"; "odd-size" has two filters
    std::string_view field;  ///< of the query grammar
    std::string_view column; ///< of `groups`
    bool isBelow = true;     ///< what is below the threshold is suspicious, else what is above
    double low = 0;          ///< where a histogram begins; what is less counts to its first bin
    double high = 1;         ///< where it ends; what is more counts to its last bin
    double usual = 0;        ///< the threshold of "quality:word"
    int decimals = 2;        ///< of a threshold, as it is written

    /// "sharpness<4.5": the threshold as a term of the query grammar.
    std::string term(double threshold) const;
    /// The same for the usual threshold as SQL on `groups g`.
    std::string usualCondition() const;
};
std::span<const QualityFilter> qualityFilters();
/// Null when there is none for this field.
const QualityFilter* findQualityFilter(std::string_view field);

/// How a measure is spread over the groups of a project.
struct MeasureHistogram {
    double low = 0;
    double high = 1;
    std::vector<std::int64_t> counts; ///< bins of one width
    std::int64_t total = 0;           ///< groups that were measured

    double binWidth() const { return (high - low) / static_cast<double>(counts.size()); }
    /// Groups in the bins on the suspicious side of a threshold, which is taken to the nearest edge of a bin.
    std::int64_t beyond(const QualityFilter& filter, double threshold) const;
    bool operator==(const MeasureHistogram&) const = default;
};

/// Threads: that of the connection; blocks. Cost: one walk over the index of the measure (0.1 s per million groups), memory of
/// the bins. Errors: InvalidInput for no bins; Cancelled.
Result<MeasureHistogram> measureHistogram(const Connection& catalogue, const QualityFilter& filter, std::size_t bins,
                                          std::stop_token stop);

} // namespace ps
