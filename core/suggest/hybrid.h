// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/suggest/prediction_run.h"
#include "core/suggest/token_budget.h"

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

// The local models first, a service that a person has configured where they are not sure. Off unless a configuration says so.
// This part knows no network: whoever builds the program hands it a function that asks the service.

/// A configuration file; see docs/formats/hybrid.md.
struct HybridConfig {
    bool isEnabled = false;
    std::string providerName; ///< letters, digits, '-', '.': stands in the id of the suggestions
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers; ///< a value "env:NAME" is taken from the environment
    std::vector<std::string> allowedHosts;                    ///< "host:port" that may be private or plain http
    std::chrono::milliseconds timeLimit{20'000};
    double confidenceThreshold = 0.6; ///< below it the service is asked
    double rollout =
        1; ///< share of the groups for which the local models come first; for the others only the service is asked
    std::int64_t dailyTokens = kDefaultDailyTokens;
    std::int64_t tokensPerCall = 500; ///< taken from the budget before a call, whose answer then says how many it were
    double costPerThousandTokens = 0; ///< in whatever currency
};
/// Errors: Corrupt naming the member.
Result<HybridConfig> hybridConfigFromJson(std::string_view text);

/// What the service says about one group.
struct ProviderAnswer {
    int imageIndex = 0;
    std::optional<double> confidence; ///< 0 to 1
    std::optional<Crop> crop;
    std::int64_t tokens = 0;
};
/// Reads {"index": 1, "confidence": 0.9, "crop": [0.1, 0.1, 0.9, 0.9], "tokens": 412}; the last three may be missing or null.
/// Everything is checked: an answer that is not possible is no answer. Errors: Corrupt naming the member.
Result<ProviderAnswer> parseProviderAnswer(std::string_view text, std::size_t imageCount, std::int64_t usualTokens);
/// The body of a request: names, sizes, stages and measures of the images, and what the local models said. No pixels.
std::string providerRequest(const CandidateGroup& group, const std::optional<RankedSuggestion>& local);

using AskProvider =
    std::function<Result<ProviderAnswer>(const CandidateGroup& group, const std::optional<RankedSuggestion>& local)>;

/// Who gave a suggestion. The first two are the arm in which the local models come first; the third is what they are compared with.
enum class HybridArm { Local, Fallback, Provider };
constexpr std::size_t kHybridArmCount = 3;
/// "local", "fallback", "provider".
std::string_view hybridArmName(HybridArm arm);

/// True for a share of the groups that depends on the key alone: a group stays where it is, and a larger share keeps the groups
/// of a smaller one.
bool isInRollout(std::string_view groupKey, double share);

/// One suggestion as calls.jsonl keeps it.
struct HybridCall {
    std::string timestamp;
    std::string projectId;
    std::string groupKey;
    HybridArm arm = HybridArm::Local;
    std::optional<int> imageIndex; ///< nothing when there was no suggestion
    std::optional<double> confidence;
    std::optional<double> localConfidence;
    double latencyMs = 0;
    std::int64_t tokens = 0;
    double cost = 0;
    std::string problem; ///< why the service was not asked or did not answer; ""
};

/// Makes suggestions by both. Keeps its state in a folder (WORKSPACE/data/ai_data/hybrid): calls.jsonl and the budget.
/// One thread.
class HybridPredictor
{
public:
    /// `local` and `ask` are kept. `onNotice` is told once when 80 % of the day's budget are used, and once when calls pause.
    static Result<std::unique_ptr<HybridPredictor>> open(std::string folder, HybridConfig config, Predictor local,
                                                         AskProvider ask, const Clock& clock,
                                                         std::function<void(BudgetState)> onNotice);

    /// To be given to predictProject(); must not outlive this. Its model id names the service, too.
    Predictor predictor();
    /// Writes what was noted. Errors: Io, NoSpace; also those of earlier writes.
    Result<void> flush();

private:
    HybridPredictor(std::string folder, HybridConfig config, Predictor local, AskProvider ask, const Clock& clock,
                    TokenBudget budget, std::function<void(BudgetState)> onNotice);
    std::optional<RankedSuggestion> suggest(const CandidateGroup& candidates, const GroupToPredict& group);
    std::optional<RankedSuggestion> askProvider(const CandidateGroup& candidates,
                                                const std::optional<RankedSuggestion>& local, HybridCall& call);
    void note(BudgetState state);
    void noteCall(const HybridCall& call);

    std::string m_folder;
    HybridConfig m_config;
    Predictor m_local;
    AskProvider m_ask;
    const Clock& m_clock;
    TokenBudget m_budget;
    std::function<void(BudgetState)> m_onNotice;
    BudgetState m_told = BudgetState::Fine;
    std::string m_lines; ///< not yet written
    std::optional<Error> m_error;
};

/// What people did with the suggestions of one arm.
struct HybridArmFigures {
    std::int64_t suggestions = 0;
    std::int64_t failures = 0;  ///< the service was to be asked, and there was no answer
    std::int64_t decided = 0;   ///< groups with a suggestion that a person has decided
    std::int64_t compared = 0;  ///< of these, kept groups of several images: the denominator of the accuracy
    std::int64_t agreed = 0;    ///< the person chose the suggested image
    std::int64_t corrected = 0; ///< another image was chosen, or all were rejected
    double p95LatencyMs = 0;    ///< by nearest rank
    std::int64_t tokens = 0;
    double cost = 0;

    double accuracy() const { return compared > 0 ? static_cast<double>(agreed) / static_cast<double>(compared) : 0; }
    double correctionRate() const
    {
        return decided > 0 ? static_cast<double>(corrected) / static_cast<double>(decided) : 0;
    }
};
struct HybridReport {
    std::array<HybridArmFigures, kHybridArmCount> arms;
    std::int64_t skippedLines = 0; ///< of calls.jsonl that cannot be read
};
/// What a person decided about a group, or nothing.
struct HybridDecision {
    Action action = Action::Approve;
    int selectedIndex = 0;
    std::size_t imageCount = 0;
};
using FindDecision =
    std::function<Result<std::optional<HybridDecision>>(const std::string& projectId, const std::string& groupKey)>;
/// The table over everything in calls.jsonl; of several suggestions for one group the last one counts for people's answers.
/// Errors: Io; those of `find`.
Result<HybridReport> hybridReport(const std::string& folder, const FindDecision& find);

} // namespace ps
