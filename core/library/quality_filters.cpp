// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/quality_filters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace ps {

namespace {

constexpr std::int64_t kRowsBetweenChecks = 4096;

// The ranges are what photographs have; core/imaging/image_measures.h says in which units.
constexpr std::array<QualityFilter, 8> kFilters{{
    {"blurry", "sharpness", "sharpness", true, 0, 60, 6, 1},
    {"dark", "exposure", "exposure", true, 0, 1, 0.15, 2},
    {"bright", "exposure", "exposure", false, 0, 1, 0.85, 2},
    {"low-contrast", "contrast", "contrast", true, 0, 0.5, 0.06, 3},
    {"noisy", "noise", "noise", false, 0, 30, 9, 1},
    {"odd-size", "megapixels", "megapixels", true, 0, 4, 0.3, 2},
    {"odd-size", "aspect", "aspect", false, 1, 5, 2.5, 2},
    {"upscaled", "upscaling", "upscaling", false, 0, 1, 0.7, 2},
}};

std::string number(double value, int decimals)
{
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    std::string result(text.data(), static_cast<std::size_t>(std::clamp(length, 0, 63)));
    std::ranges::replace(result, ',', '.'); // of a locale
    if (result.find('.') != std::string::npos) {
        result.erase(result.find_last_not_of('0') + 1);
        if (result.ends_with('.'))
            result.pop_back();
    }
    return result;
}

} // namespace

std::string QualityFilter::term(double threshold) const
{
    return std::string(field) + (isBelow ? "<" : ">") + number(threshold, decimals);
}

std::string QualityFilter::usualCondition() const
{
    return "g." + std::string(column) + (isBelow ? " < " : " > ") + number(usual, decimals);
}

std::span<const QualityFilter> qualityFilters()
{
    return kFilters;
}

const QualityFilter* findQualityFilter(std::string_view field)
{
    const auto found = std::ranges::find(kFilters, field, &QualityFilter::field);
    return found == kFilters.end() ? nullptr : &*found;
}

std::int64_t MeasureHistogram::beyond(const QualityFilter& filter, double threshold) const
{
    const auto edge = std::clamp<std::int64_t>(std::llround((threshold - low) / binWidth()), 0, std::ssize(counts));
    std::int64_t below = 0;
    for (std::int64_t i = 0; i < edge; ++i)
        below += counts[static_cast<std::size_t>(i)];
    return filter.isBelow ? below : total - below;
}

Result<MeasureHistogram> measureHistogram(const Connection& catalogue, const QualityFilter& filter, std::size_t bins,
                                          std::stop_token stop)
{
    if (bins == 0)
        return Error{ErrorCode::InvalidInput, "a histogram without bins", {}, 0};
    const std::stop_callback interrupt(stop, [&] { catalogue.interrupt(); });
    const std::string column(filter.column);
    PS_TRY(Statement rows,
           catalogue.prepare("SELECT " + column + " FROM groups WHERE " + column + " IS NOT NULL ORDER BY " + column));
    MeasureHistogram histogram{filter.low, filter.high, std::vector<std::int64_t>(bins), 0};
    const auto last = static_cast<double>(bins - 1);
    for (;;) {
        if (histogram.total % kRowsBetweenChecks == 0 && stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the histogram was stopped", catalogue.path(), 0};
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return histogram;
        const double place = (rows.real(0) - filter.low) / histogram.binWidth();
        ++histogram.counts[static_cast<std::size_t>(std::clamp(std::floor(place), 0.0, last))];
        ++histogram.total;
    }
}

} // namespace ps
