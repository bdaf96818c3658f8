// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/hybrid.h"
#include "core/suggest/json_fields.h"

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr double kMaxTimeLimitSeconds = 600;
constexpr std::int64_t kMostTokens = 1'000'000'000;
constexpr std::int64_t kMostTokensPerCall = 1'000'000;

/// A number between two bounds, or what it is without one.
Result<double> numberWithin(const JsonFields& fields, const char* key, double fallback, double low, double high)
{
    if (fields.at(key).isNull())
        return fallback;
    PS_TRY(const double value, fields.number(key));
    return value >= low && value <= high ? Result<double>(value) : JsonFields::wrong(key);
}

Result<std::int64_t> countWithin(const JsonFields& fields, const char* key, std::int64_t fallback, std::int64_t low,
                                 std::int64_t high)
{
    if (fields.at(key).isNull())
        return fallback;
    PS_TRY(const std::int64_t value, fields.integer(key));
    return value >= low && value <= high ? Result<std::int64_t>(value) : JsonFields::wrong(key);
}

/// A header must not end its line, or it could become another one.
bool isHeaderText(std::string_view text)
{
    return !text.empty() && std::ranges::none_of(text, [](unsigned char c) { return c < ' ' || c == 0x7F; });
}

bool isName(std::string_view name)
{
    return !name.empty() &&
           std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.'; });
}

Result<void> readProvider(const Json& json, HybridConfig& config)
{
    const JsonFields fields(json);
    PS_TRY(config.providerName, fields.text("name"));
    if (!isName(config.providerName))
        return JsonFields::wrong("name");
    PS_TRY(config.url, fields.text("url"));
    for (const auto& [name, value] : fields.at("headers").members()) {
        if (!value.isString() || !isHeaderText(name) || !isHeaderText(value.toString()))
            return JsonFields::wrong("headers");
        config.headers.emplace_back(name, value.toString());
    }
    if (!fields.at("allowed_hosts").isNull()) {
        PS_TRY(config.allowedHosts, fields.texts("allowed_hosts"));
    }
    PS_TRY(const double seconds, numberWithin(fields, "timeout_seconds", 20, 0.1, kMaxTimeLimitSeconds));
    config.timeLimit = std::chrono::milliseconds(std::llround(seconds * 1000));
    PS_TRY(config.tokensPerCall, countWithin(fields, "tokens_per_call", 500, 1, kMostTokensPerCall));
    PS_TRY(config.costPerThousandTokens, numberWithin(fields, "cost_per_1000_tokens", 0, 0, 1e6));
    return {};
}

std::optional<double> shareOf(const Json& value)
{
    if (!value.isNumber())
        return std::nullopt;
    const double number = value.toDouble();
    return number >= 0 && number <= 1 ? std::optional(number) : std::nullopt;
}

} // namespace

Result<HybridConfig> hybridConfigFromJson(std::string_view text)
{
    const auto json = parseJson(text);
    if (!json)
        return Error{ErrorCode::Corrupt, json.error().message, {}, 0};
    const JsonFields fields(*json);
    HybridConfig config;
    PS_TRY(config.isEnabled, fields.boolean("enabled"));
    if (const auto provider = readProvider(fields.at("provider"), config); !provider)
        return provider.error().in("provider");
    PS_TRY(config.confidenceThreshold, numberWithin(fields, "confidence_threshold", 0.6, 0, 1));
    PS_TRY(config.rollout, numberWithin(fields, "rollout", 1, 0, 1));
    PS_TRY(config.dailyTokens, countWithin(fields, "daily_tokens", kDefaultDailyTokens, 0, kMostTokens));
    return config;
}

Result<ProviderAnswer> parseProviderAnswer(std::string_view text, std::size_t imageCount, std::int64_t usualTokens)
{
    const auto json = parseJson(text);
    if (!json) // the text of the answer is a stranger's and stays out of the message
        return Error{ErrorCode::Corrupt, "the answer of the service is not JSON", {}, 0};
    const JsonFields fields(*json);
    ProviderAnswer answer;
    PS_TRY(const std::int64_t index, fields.integer("index"));
    if (index < 0 || std::cmp_greater_equal(index, imageCount))
        return JsonFields::wrong("index");
    answer.imageIndex = static_cast<int>(index);
    if (!fields.at("confidence").isNull()) {
        answer.confidence = shareOf(fields.at("confidence"));
        if (!answer.confidence)
            return JsonFields::wrong("confidence");
    }
    if (!fields.at("crop").isNull()) {
        answer.crop = cropFromJson(fields.at("crop"));
        if (!answer.crop || !isValid(*answer.crop))
            return JsonFields::wrong("crop");
    }
    PS_TRY(answer.tokens, countWithin(fields, "tokens", usualTokens, 0, kMostTokensPerCall));
    return answer;
}

std::string providerRequest(const CandidateGroup& group, const std::optional<RankedSuggestion>& local)
{
    Json::Array images;
    for (const Candidate& candidate : group.candidates) {
        Json image = Json::object({{"name", std::string(fileName(candidate.path))}, {"stage", candidate.stage}});
        if (candidate.embedding) {
            image.set("width", candidate.embedding->size.width);
            image.set("height", candidate.embedding->size.height);
            Json measures = Json(Json::Object{});
            for (std::size_t i = 0; i < kQualityMeasureCount; ++i) {
                const auto measure = static_cast<QualityMeasure>(i);
                measures.set(qualityMeasureName(measure), double{candidate.embedding->measures[measure]});
            }
            image.set("measures", std::move(measures));
        }
        images.push_back(std::move(image));
    }
    Json own;
    if (local)
        own = Json::object(
            {{"index", local->suggestion.imageIndex},
             {"confidence", local->suggestion.confidence ? Json(*local->suggestion.confidence) : Json()}});
    return dumpJson(Json::object({{"project", group.projectId},
                                  {"group", group.groupKey},
                                  {"images", Json(std::move(images))},
                                  {"local", std::move(own)}}));
}

} // namespace ps
