// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace ps::test {

/// Random numbers that are the same in every run. note() names the seed for the message of a failure.
class SeededRandom
{
public:
    explicit SeededRandom(std::uint64_t seed) : m_seed(seed), m_engine(seed) {}

    /// A whole number in [smallest, largest], both included.
    std::int64_t between(std::int64_t smallest, std::int64_t largest)
    {
        const auto width = static_cast<std::uint64_t>(largest) - static_cast<std::uint64_t>(smallest) + 1;
        const std::uint64_t drawn = width == 0 ? m_engine() : m_engine() % width;
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(smallest) + drawn);
    }
    int intBetween(int smallest, int largest) { return static_cast<int>(between(smallest, largest)); }
    std::size_t below(std::size_t end) { return m_engine() % end; }
    bool oneIn(std::size_t n) { return below(n) == 0; }
    std::uint64_t bits() { return m_engine(); }
    double fraction() { return static_cast<double>(m_engine() >> 11) * 0x1p-53; }

    template <typename T>
    const T& pick(std::span<const T> choices)
    {
        return choices[below(choices.size())];
    }

    std::string bytes(std::size_t count)
    {
        std::string text;
        for (std::size_t i = 0; i < count; ++i)
            text.push_back(static_cast<char>(m_engine() & 0xFF));
        return text;
    }

    std::string note() const { return "seed " + std::to_string(m_seed); }

private:
    std::uint64_t m_seed;
    std::mt19937_64 m_engine;
};

} // namespace ps::test
