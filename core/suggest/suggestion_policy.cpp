// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/suggestion_policy.h"

#include "core/base/sha256.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace ps {

namespace {

constexpr std::int64_t kLeastForSuspension = 20;
constexpr std::int64_t kLeastForEarlySuspension = 10;
constexpr std::int64_t kLeastForLeading = 10;

/// The first 13 hex digits of the hash as a number from 0 to below 1: exact in a double.
double fractionOf(std::string_view seed, std::string_view groupKey)
{
    constexpr std::size_t kDigits = 13;
    const std::string hex = sha256Hex(std::string(seed) + "\n" + std::string(groupKey));
    std::uint64_t number = 0;
    std::from_chars(hex.data(), hex.data() + kDigits, number, 16);
    return std::ldexp(static_cast<double>(number), -4 * static_cast<int>(kDigits));
}

void count(Agreement& into, bool isAgreed)
{
    ++into.count;
    into.agreed += isAgreed ? 1 : 0;
}

void add(ModelAgreement& into, const RecordedView& view)
{
    const bool isAgreed = agrees(view);
    switch (view.view.arm) {
    case SuggestionArm::Shown:
        if (!view.view.wasVisible)
            return; // the person was faster, or had switched it off
        into.meanConfidence += view.view.confidence.value_or(0);
        count(into.shown, isAgreed);
        return;
    case SuggestionArm::Hidden: count(into.hidden, isAgreed); return;
    case SuggestionArm::BelowBar: count(into.belowBar, isAgreed); return;
    case SuggestionArm::Suspended: count(into.suspended, isAgreed); return;
    case SuggestionArm::None: return;
    }
}

void finish(ModelAgreement& agreement)
{
    if (agreement.shown.count > 0)
        agreement.meanConfidence /= static_cast<double>(agreement.shown.count);
}

Json intervalJson(const std::array<double, 2>& interval)
{
    return Json(Json::Array{Json(interval[0]), Json(interval[1])});
}

Json countsJson(const Agreement& agreement)
{
    return Json::object({{"count", agreement.count},
                         {"agreed", agreement.agreed},
                         {"share", agreement.count > 0 ? Json(agreement.share()) : Json()},
                         {"interval", intervalJson(agreement.interval())}});
}

Json modelJson(const ModelAgreement& model)
{
    return Json::object(
        {{"model_id", model.modelId},
         {"shown", countsJson(model.shown)},
         {"hidden", countsJson(model.hidden)},
         {"below_bar", countsJson(model.belowBar)},
         {"suspended", countsJson(model.suspended)},
         {"mean_confidence", model.shown.count > 0 ? Json(model.meanConfidence) : Json()},
         {"difference", model.shown.count > 0 && model.hidden.count > 0 ? Json(model.difference()) : Json()},
         {"difference_interval", intervalJson(model.differenceInterval())},
         {"leads", model.leads()}});
}

} // namespace

SuggestionArm armOf(const SuggestionSettings& settings, std::string_view projectId, std::string_view groupKey,
                    std::size_t imageCount, const std::optional<Suggestion>& suggestion)
{
    if (!settings.isEnabled || !suggestion)
        return SuggestionArm::None;
    if (settings.suspension && settings.suspension->modelId == suggestion->modelId)
        return SuggestionArm::Suspended;
    const bool isCropAlone = imageCount == 1 && !suggestion->confidence;
    if (!isCropAlone && !(suggestion->confidence.value_or(0) >= settings.bar)) // also what is no number
        return SuggestionArm::BelowBar;
    const std::string_view seed = settings.seed.empty() ? projectId : std::string_view(settings.seed);
    return isInHiddenShare(seed, groupKey, settings.hiddenShare) ? SuggestionArm::Hidden : SuggestionArm::Shown;
}

bool isInHiddenShare(std::string_view seed, std::string_view groupKey, double share)
{
    return share > 0 && fractionOf(seed, groupKey) < share;
}

SuggestionView viewOf(SuggestionArm arm, const std::optional<Suggestion>& suggestion)
{
    if (arm == SuggestionArm::None || !suggestion)
        return {};
    return {arm,
            false,
            suggestion->modelId,
            suggestion->modelSha256,
            suggestion->imageIndex,
            suggestion->crop,
            suggestion->confidence,
            suggestion->scores,
            suggestion->reasons};
}

std::array<double, 2> Agreement::interval() const
{
    if (count == 0)
        return {0, 1};
    constexpr double kZ = 1.959963984540054;
    const auto n = static_cast<double>(count);
    const double middle = share() + kZ * kZ / (2 * n);
    const double half = kZ * std::sqrt(share() * (1 - share()) / n + kZ * kZ / (4 * n * n));
    const double scale = 1 + kZ * kZ / n;
    return {std::max(0.0, (middle - half) / scale), std::min(1.0, (middle + half) / scale)};
}

bool agrees(const RecordedView& view)
{
    return view.view.imageIndex == view.selectedIndex;
}

Agreement rollingAgreement(std::span<const RecordedView> newestFirst)
{
    Agreement rolling;
    for (const RecordedView& view : newestFirst) {
        const bool counts = view.view.arm == SuggestionArm::Shown && view.view.wasVisible &&
                            view.view.modelId != kDemoModelId;
        if (counts)
            count(rolling, agrees(view));
        if (rolling.count == kRollingWindow)
            break;
    }
    return rolling;
}

bool isSuspensionDue(const Agreement& rolling, double bar)
{
    if (rolling.count >= kLeastForSuspension && rolling.share() < bar)
        return true;
    return rolling.count >= kLeastForEarlySuspension && rolling.interval()[1] < bar;
}

std::array<double, 2> ModelAgreement::differenceInterval() const
{
    if (shown.count == 0 || hidden.count == 0)
        return {-1, 1};
    const auto s = shown.interval();
    const auto h = hidden.interval();
    const double lower = std::hypot(shown.share() - s[0], h[1] - hidden.share());
    const double upper = std::hypot(s[1] - shown.share(), hidden.share() - h[0]);
    return {std::max(-1.0, difference() - lower), std::min(1.0, difference() + upper)};
}

bool ModelAgreement::leads() const
{
    return shown.count >= kLeastForLeading && hidden.count >= kLeastForLeading && differenceInterval()[0] > 0;
}

AgreementReport agreementReport(std::span<const RecordedView> views)
{
    std::map<std::string, ModelAgreement> byModel;
    AgreementReport report;
    for (const RecordedView& view : views) {
        if (view.view.modelId == kDemoModelId || view.view.arm == SuggestionArm::None)
            continue;
        add(byModel[view.view.modelId], view);
        add(report.all, view);
    }
    for (auto& [id, agreement] : byModel) {
        agreement.modelId = id;
        finish(agreement);
        report.models.push_back(std::move(agreement));
    }
    finish(report.all);
    return report;
}

Json agreementJson(const AgreementReport& report)
{
    Json::Array models;
    for (const ModelAgreement& model : report.models)
        models.push_back(modelJson(model));
    return Json::object({{"all", modelJson(report.all)}, {"models", Json(std::move(models))}});
}

} // namespace ps
