// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace ps::bench {

/// Values of one kind, in the order in which they were measured.
class Series
{
public:
    void add(double value) { m_values.push_back(value); }
    bool isEmpty() const { return m_values.empty(); }
    const std::vector<double>& values() const { return m_values; }

    /// The value that `share` of all are not above: 0.5 is the median, 0 the smallest. 0 without values.
    double quantile(double share) const
    {
        if (m_values.empty())
            return 0;
        std::vector<double> sorted = m_values;
        std::ranges::sort(sorted);
        const double position = share * static_cast<double>(sorted.size() - 1);
        const auto below = static_cast<std::size_t>(position);
        const std::size_t above = std::min(below + 1, sorted.size() - 1);
        return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
    }
    double median() const { return quantile(0.5); }
    double smallest() const { return quantile(0); }
    double largest() const { return quantile(1); }
    double sum() const { return std::accumulate(m_values.begin(), m_values.end(), 0.0); }

private:
    std::vector<double> m_values;
};

} // namespace ps::bench
