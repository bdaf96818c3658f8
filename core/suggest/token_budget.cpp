// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/token_budget.h"

#include "core/base/files.h"
#include "core/suggest/file_lock.h"
#include "core/suggest/json_fields.h"

#include <algorithm>

namespace ps {

namespace {

constexpr const char* kBudgetFile = "budget.json";
constexpr const char* kLockFile = "budget.lock";
constexpr std::size_t kMaxBudgetBytes = 64 * 1024;
constexpr double kWarningShare = 0.8;

std::string today(const Clock& clock)
{
    return formatTimestamp(clock.now()).substr(0, 10);
}

BudgetState stateOf(std::int64_t used, std::int64_t daily)
{
    if (used >= daily)
        return BudgetState::Paused;
    return static_cast<double>(used) >= kWarningShare * static_cast<double>(daily) ? BudgetState::Warning
                                                                                   : BudgetState::Fine;
}

} // namespace

std::string_view budgetStateName(BudgetState state)
{
    switch (state) {
    case BudgetState::Fine: return "fine";
    case BudgetState::Warning: return "warning";
    case BudgetState::Paused: return "paused";
    }
    return "fine";
}

Result<TokenBudget> TokenBudget::open(std::string folder, std::int64_t dailyTokens, const Clock& clock)
{
    TokenBudget budget(std::move(folder), dailyTokens, clock);
    PS_TRY_VOID(budget.read());
    return budget;
}

Result<TokenBudget::Standing> TokenBudget::read() const
{
    Standing standing{today(*m_clock), 0, m_dailyTokens, BudgetState::Fine};
    const std::string path = joinPath(m_folder, kBudgetFile);
    const auto text = readFile(path, kMaxBudgetBytes);
    if (!text && text.error().code != ErrorCode::NotFound)
        return text.error();
    if (text) {
        const auto json = parseJson(*text);
        if (!json)
            return Error{ErrorCode::Corrupt, json.error().message, path, 0};
        const JsonFields fields(*json);
        const auto day = fields.text("day");
        const auto used = fields.integer("tokens");
        if (!day || !used || *used < 0)
            return JsonFields::wrong(day ? "tokens" : "day").in(path);
        if (*day == standing.day)
            standing.used = *used;
    }
    standing.state = stateOf(standing.used, m_dailyTokens);
    return standing;
}

Result<TokenBudget::Standing> TokenBudget::standing() const
{
    return read();
}

Result<TokenBudget::Standing> TokenBudget::change(std::int64_t tokens, bool mayExceed)
{
    PS_TRY(const UniqueFd folder, makeFolders(m_folder));
    PS_TRY(const UniqueFd lock, lockFile(folder.get(), kLockFile));
    PS_TRY(Standing standing, read());
    if (!mayExceed && standing.used + tokens > m_dailyTokens) {
        standing.state = BudgetState::Paused;
        return standing;
    }
    standing.used = std::max<std::int64_t>(0, standing.used + tokens);
    const Json json = Json::object({{"day", standing.day}, {"tokens", standing.used}, {"daily", m_dailyTokens}});
    PS_TRY_VOID(writeFileDurably(folder.get(), kBudgetFile, dumpJsonIndented(json), Replace::Atomic));
    // What was reserved may be used, even if it is the last of the day.
    standing.state = mayExceed || standing.used < m_dailyTokens ? stateOf(standing.used, m_dailyTokens)
                                                                : BudgetState::Warning;
    return standing;
}

Result<TokenBudget::Standing> TokenBudget::reserve(std::int64_t tokens)
{
    return change(tokens, false);
}

Result<TokenBudget::Standing> TokenBudget::settle(std::int64_t reserved, std::int64_t used)
{
    return change(used - reserved, true);
}

} // namespace ps
