// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/hybrid_call.h"

#include "core/inference/line_file.h"
#include "core/suggest/json_fields.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace ps {

namespace {

constexpr std::array kArms{HybridArm::Local, HybridArm::Fallback, HybridArm::Provider};
constexpr double kPercentile = 0.95;

Json orNull(const std::optional<double>& value)
{
    return value ? Json(*value) : Json();
}

Result<std::optional<double>> optionalNumber(const JsonFields& fields, const char* key)
{
    if (fields.at(key).isNull())
        return std::optional<double>();
    PS_TRY(const double value, fields.number(key));
    return std::optional(value);
}

/// By nearest rank: the smallest value that so many percent do not exceed.
double percentile(std::vector<double>& values, double share)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::max<std::size_t>(rank, 1) - 1];
}

/// What a suggestion has to be compared with people's decision.
struct LastSuggestion {
    std::size_t arm = 0;
    int imageIndex = 0;
};

void countDecision(const HybridDecision& decision, int imageIndex, HybridArmFigures& figures)
{
    ++figures.decided;
    const bool isReject = decision.action == Action::Reject;
    const bool isSame = !isReject && decision.selectedIndex == imageIndex;
    figures.corrected += isSame ? 0 : 1;
    if (isReject || decision.imageCount < 2) // as in every accuracy: rejects and singles count for none (R14)
        return;
    ++figures.compared;
    figures.agreed += isSame ? 1 : 0;
}

} // namespace

Json hybridCallJson(const HybridCall& call)
{
    return Json::object({{"timestamp", call.timestamp},
                         {"project_id", call.projectId},
                         {"group", call.groupKey},
                         {"arm", std::string(hybridArmName(call.arm))},
                         {"index", call.imageIndex ? Json(*call.imageIndex) : Json()},
                         {"confidence", orNull(call.confidence)},
                         {"local_confidence", orNull(call.localConfidence)},
                         {"latency_ms", call.latencyMs},
                         {"tokens", call.tokens},
                         {"cost", call.cost},
                         {"error", call.problem.empty() ? Json() : Json(call.problem)}});
}

Result<HybridCall> hybridCallFromJson(const Json& json)
{
    const JsonFields fields(json);
    HybridCall call;
    PS_TRY(call.timestamp, fields.text("timestamp"));
    PS_TRY(call.projectId, fields.text("project_id"));
    PS_TRY(call.groupKey, fields.text("group"));
    PS_TRY(const std::string arm, fields.text("arm"));
    const auto* const known = std::ranges::find(kArms, arm, hybridArmName);
    if (known == kArms.end())
        return JsonFields::wrong("arm");
    call.arm = *known;
    if (!fields.at("index").isNull()) {
        PS_TRY(const std::int64_t index, fields.integer("index"));
        call.imageIndex = static_cast<int>(index);
    }
    PS_TRY(call.confidence, optionalNumber(fields, "confidence"));
    PS_TRY(call.localConfidence, optionalNumber(fields, "local_confidence"));
    PS_TRY(call.latencyMs, fields.number("latency_ms"));
    PS_TRY(call.tokens, fields.integer("tokens"));
    PS_TRY(call.cost, fields.number("cost"));
    if (!fields.at("error").isNull()) {
        PS_TRY(call.problem, fields.text("error"));
    }
    return call;
}

Result<HybridReport> hybridReport(const std::string& folder, const FindDecision& find)
{
    HybridReport report;
    std::array<std::vector<double>, kHybridArmCount> latencies;
    std::map<std::pair<std::string, std::string>, LastSuggestion> last;
    const auto folderFd = openFolder(folder);
    if (!folderFd)
        return folderFd.error().code == ErrorCode::NotFound ? Result<HybridReport>(report)
                                                            : Result<HybridReport>(folderFd.error());
    PS_TRY(const bool isTorn, readLines(folderFd->get(), kHybridCallsFile, [&](std::string_view line) {
               const auto json = parseJson(line);
               const auto call = json ? hybridCallFromJson(*json) : Result<HybridCall>(json.error());
               if (!call) {
                   ++report.skippedLines;
                   return;
               }
               const auto arm = static_cast<std::size_t>(call->arm);
               HybridArmFigures& figures = report.arms[arm];
               figures.tokens += call->tokens;
               figures.cost += call->cost;
               if (call->latencyMs > 0)
                   latencies[arm].push_back(call->latencyMs);
               if (!call->imageIndex) {
                   ++figures.failures;
                   return;
               }
               ++figures.suggestions;
               last[{call->projectId, call->groupKey}] = {arm, *call->imageIndex};
           }));
    report.skippedLines += isTorn ? 1 : 0;
    for (std::size_t arm = 0; arm < kHybridArmCount; ++arm)
        report.arms[arm].p95LatencyMs = percentile(latencies[arm], kPercentile);
    for (const auto& [group, suggestion] : last) {
        PS_TRY(const auto decision, find(group.first, group.second));
        if (decision)
            countDecision(*decision, suggestion.imageIndex, report.arms[suggestion.arm]);
    }
    return report;
}

} // namespace ps
