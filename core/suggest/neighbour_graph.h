// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/suggest/bit_codes.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

namespace ps {

/// Vectors of length 1 in memory, one behind the other, with their codes: for graphs of neighbours.
class UnitVectors
{
public:
    /// `rows` are numbers of `vectors`, which have `dimension` numbers each. One without direction becomes all 0.
    UnitVectors(const std::vector<std::vector<float>>& vectors, std::span<const std::uint32_t> rows,
                std::size_t dimension);

    std::size_t size() const { return m_count; }
    std::size_t dimension() const { return m_dimension; }
    const float* row(std::size_t number) const { return m_values.data() + number * m_dimension; }

    struct Neighbour {
        float cosine = 0;
        std::uint32_t row = 0;
        bool operator==(const Neighbour&) const = default;
    };
    /// The `count` most similar rows, best first; `skipped` is left out. Chosen by codes, compared exactly.
    std::vector<Neighbour> nearest(const float* query, std::size_t count, std::optional<std::size_t> skipped) const;

private:
    std::size_t m_count;
    std::size_t m_dimension;
    std::vector<float> m_values;
    std::optional<BitCodes> m_codes; // none for few rows
};

} // namespace ps
