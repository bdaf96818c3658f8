// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/hybrid.h"

#include "core/inference/line_file.h"
#include "core/suggest/active_models.h"
#include "core/suggest/hybrid_call.h"
#include "core/suggest/suggestion_policy.h"

namespace ps {

namespace {

constexpr std::string_view kRolloutSeed = "hybrid-rollout";
constexpr std::size_t kMostPendingBytes = 64 * 1024;

class Stopwatch
{
public:
    double milliseconds() const
    {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

std::optional<double> confidenceOf(const std::optional<RankedSuggestion>& ranked)
{
    return ranked ? ranked->suggestion.confidence : std::nullopt;
}

} // namespace

std::string_view hybridArmName(HybridArm arm)
{
    switch (arm) {
    case HybridArm::Local: return "local";
    case HybridArm::Fallback: return "fallback";
    case HybridArm::Provider: return "provider";
    }
    return "local";
}

bool isInRollout(std::string_view groupKey, double share)
{
    return isInHiddenShare(kRolloutSeed, groupKey, share);
}

Result<std::unique_ptr<HybridPredictor>> HybridPredictor::open(std::string folder, HybridConfig config, Predictor local,
                                                               AskProvider ask, const Clock& clock,
                                                               std::function<void(BudgetState)> onNotice)
{
    PS_TRY(TokenBudget budget, TokenBudget::open(folder, config.dailyTokens, clock));
    return std::unique_ptr<HybridPredictor>(new HybridPredictor(std::move(folder), std::move(config), std::move(local),
                                                                std::move(ask), clock, std::move(budget),
                                                                std::move(onNotice)));
}

HybridPredictor::HybridPredictor(std::string folder, HybridConfig config, Predictor local, AskProvider ask,
                                 const Clock& clock, TokenBudget budget, std::function<void(BudgetState)> onNotice)
    : m_folder(std::move(folder)), m_config(std::move(config)), m_local(std::move(local)), m_ask(std::move(ask)),
      m_clock(clock), m_budget(std::move(budget)), m_onNotice(std::move(onNotice))
{
}

Predictor HybridPredictor::predictor()
{
    const std::string id = m_config.isEnabled ? m_local.modelId + std::string(kServiceMark) + m_config.providerName
                                              : m_local.modelId;
    return {id, [this, id](const CandidateGroup& candidates, const GroupToPredict& group) {
                auto ranked = suggest(candidates, group);
                if (ranked)
                    ranked->suggestion.modelId = id;
                return ranked;
            }};
}

std::optional<RankedSuggestion> HybridPredictor::suggest(const CandidateGroup& candidates, const GroupToPredict& group)
{
    if (!m_config.isEnabled || candidates.candidates.size() < 2)
        return m_local.suggest(candidates, group);
    HybridCall call{formatTimestamp(m_clock.now()),
                    candidates.projectId,
                    candidates.groupKey,
                    HybridArm::Provider,
                    {},
                    {},
                    {},
                    0,
                    0,
                    0,
                    {}};
    if (!isInRollout(candidates.groupKey, m_config.rollout))
        return askProvider(candidates, std::nullopt, call);

    const Stopwatch watch;
    auto local = m_local.suggest(candidates, group);
    HybridCall own = call;
    own.arm = HybridArm::Local;
    own.latencyMs = watch.milliseconds();
    own.localConfidence = own.confidence = confidenceOf(local);
    if (local)
        own.imageIndex = local->suggestion.imageIndex;
    if (confidenceOf(local).value_or(0) < m_config.confidenceThreshold) {
        call.arm = HybridArm::Fallback;
        call.localConfidence = own.confidence;
        if (auto answered = askProvider(candidates, local, call))
            return answered;
    }
    if (local)
        noteCall(own);
    return local;
}

std::optional<RankedSuggestion> HybridPredictor::askProvider(const CandidateGroup& candidates,
                                                             const std::optional<RankedSuggestion>& local,
                                                             HybridCall& call)
{
    const auto reserved = m_budget.reserve(m_config.tokensPerCall);
    if (!reserved || reserved->state == BudgetState::Paused) {
        if (!reserved)
            m_error = reserved.error();
        else
            note(BudgetState::Paused);
        call.problem = reserved ? "the budget of the day is used up" : "the budget cannot be kept";
        noteCall(call);
        return std::nullopt;
    }
    const Stopwatch watch;
    const auto answer = m_ask(candidates, local);
    call.latencyMs = watch.milliseconds();
    // A call that failed may have cost as much as any other.
    call.tokens = answer ? answer->tokens : m_config.tokensPerCall;
    call.cost = static_cast<double>(call.tokens) / 1000 * m_config.costPerThousandTokens;
    if (const auto settled = m_budget.settle(m_config.tokensPerCall, call.tokens))
        note(settled->state);
    else
        m_error = settled.error();
    if (!answer) {
        call.problem = std::string(errorCodeName(answer.error().code)) + ": " + answer.error().message;
        noteCall(call);
        return std::nullopt;
    }
    call.imageIndex = answer->imageIndex;
    call.confidence = answer->confidence;
    noteCall(call);
    RankedSuggestion ranked;
    ranked.suggestion.imageIndex = answer->imageIndex;
    ranked.suggestion.confidence = answer->confidence;
    ranked.suggestion.crop = answer->crop;
    ranked.scores.resize(candidates.candidates.size());
    return ranked;
}

void HybridPredictor::note(BudgetState state)
{
    if (state == BudgetState::Fine)
        m_told = state; // a new day
    if (state <= m_told)
        return;
    m_told = state;
    if (m_onNotice)
        m_onNotice(state);
}

void HybridPredictor::noteCall(const HybridCall& call)
{
    m_lines += dumpJson(hybridCallJson(call)) + "\n";
    if (m_lines.size() < kMostPendingBytes)
        return;
    if (const auto written = flush(); !written)
        m_error = written.error();
}

Result<void> HybridPredictor::flush()
{
    if (!m_lines.empty()) {
        PS_TRY(const UniqueFd folder, makeFolders(m_folder));
        PS_TRY_VOID(appendLines(folder.get(), kHybridCallsFile, m_lines));
        m_lines.clear();
    }
    return m_error ? Result<void>(*m_error) : Result<void>();
}

} // namespace ps
