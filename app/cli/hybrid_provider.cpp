// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/hybrid_provider.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <cstdlib>

namespace ps::cli {

namespace {

constexpr std::size_t kMaxConfigBytes = 64 * 1024;
constexpr std::size_t kMaxAnswerBytes = 64 * 1024;
constexpr std::string_view kFromEnvironment = "env:";

Result<std::string> headerValue(const std::string& text)
{
    if (!startsWith(text, kFromEnvironment))
        return text;
    const std::string name = text.substr(kFromEnvironment.size());
    const char* value = std::getenv(name.c_str());
    if (!value || !*value)
        return Error{ErrorCode::NotFound, "the environment has no such variable", name, 0};
    return std::string(value);
}

} // namespace

Result<HybridConfig> readHybridConfig(const std::string& path)
{
    PS_TRY(const std::string text, readFile(path, kMaxConfigBytes));
    auto config = hybridConfigFromJson(text);
    return config ? std::move(config) : config.error().in(path);
}

Result<AskProvider> askOverHttp(const HybridConfig& config, std::stop_token stop)
{
    HttpClient::Options options;
    options.timeLimit = config.timeLimit;
    options.maxResponseBytes = kMaxAnswerBytes;
    options.allowedHosts = config.allowedHosts;
    HttpRequest request;
    request.url = config.url;
    for (const auto& [name, value] : config.headers) {
        PS_TRY(std::string text, headerValue(value));
        request.headers.emplace_back(name, std::move(text));
    }
    auto client = std::make_shared<HttpClient>(std::move(options));
    return AskProvider([client, request, stop, usual = config.tokensPerCall](
                           const CandidateGroup& group,
                           const std::optional<RankedSuggestion>& local) mutable -> Result<ProviderAnswer> {
        request.body = providerRequest(group, local);
        PS_TRY(const HttpResponse response, client->send(request, stop));
        return parseProviderAnswer(response.body, group.candidates.size(), usual);
    });
}

std::string hybridFolder(const std::string& workspacePath)
{
    return joinPath(workspacePath, "data/ai_data/hybrid");
}

} // namespace ps::cli
