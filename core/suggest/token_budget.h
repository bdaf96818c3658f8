// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace ps {

/// Tokens that calls of services may cost in one day of UTC, unless a configuration says otherwise.
constexpr std::int64_t kDefaultDailyTokens = 10'000;

enum class BudgetState {
    Fine,
    Warning, ///< 80 % are used
    Paused,  ///< the next call would go beyond the budget
};
/// "fine", "warning", "paused".
std::string_view budgetStateName(BudgetState state);

/// The budget of a workspace, in FOLDER/budget.json. Several processes share it: each step is made behind a lock file.
class TokenBudget
{
public:
    /// Errors: Io; Corrupt naming the file, which is not replaced: whoever pays decides.
    static Result<TokenBudget> open(std::string folder, std::int64_t dailyTokens, const Clock& clock);

    struct Standing {
        std::string day; ///< "2026-11-21"
        std::int64_t used = 0;
        std::int64_t daily = 0;
        BudgetState state = BudgetState::Fine;
    };
    Result<Standing> standing() const;

    /// Takes `tokens` out of what is left of today. State Paused: they were not taken, and there is to be no call.
    Result<Standing> reserve(std::int64_t tokens);
    /// Corrects a reservation by what a call really cost. What an answer costs beyond the budget counts all the same.
    Result<Standing> settle(std::int64_t reserved, std::int64_t used);

private:
    TokenBudget(std::string folder, std::int64_t dailyTokens, const Clock& clock)
        : m_folder(std::move(folder)), m_dailyTokens(dailyTokens), m_clock(&clock)
    {
    }
    Result<Standing> change(std::int64_t tokens, bool mayExceed);
    Result<Standing> read() const;

    std::string m_folder;
    std::int64_t m_dailyTokens;
    const Clock* m_clock;
};

} // namespace ps
