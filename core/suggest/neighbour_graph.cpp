// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/neighbour_graph.h"

#include "core/suggest/vector_kernels.h"

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

/// Fewer are all compared with all.
constexpr std::size_t kCodedRows = 2000;
/// So many candidates for each neighbour that is wanted.
constexpr std::size_t kCandidates = 16;

} // namespace

UnitVectors::UnitVectors(const std::vector<std::vector<float>>& vectors, std::span<const std::uint32_t> rows,
                         std::size_t dimension)
    : m_count(rows.size()), m_dimension(dimension), m_values(rows.size() * dimension)
{
    std::vector<double> sums(dimension);
    for (std::size_t i = 0; i < m_count; ++i) {
        const std::vector<float>& vector = vectors[rows[i]];
        double squares = 0;
        for (const float value : vector)
            squares += static_cast<double>(value) * value;
        const double scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
        for (std::size_t j = 0; j < dimension; ++j) {
            m_values[i * dimension + j] = static_cast<float>(vector[j] * scale);
            sums[j] += vector[j] * scale;
        }
    }
    if (m_count < kCodedRows)
        return;
    std::vector<float> mean(dimension);
    std::ranges::transform(sums, mean.begin(),
                           [&](double sum) { return static_cast<float>(sum / static_cast<double>(m_count)); });
    m_codes.emplace(std::move(mean));
    for (std::size_t i = 0; i < m_count; ++i)
        m_codes->add({row(i), dimension});
}

std::vector<UnitVectors::Neighbour> UnitVectors::nearest(const float* query, std::size_t count,
                                                         std::optional<std::size_t> skipped) const
{
    std::vector<Neighbour> found;
    const auto offer = [&](std::size_t number) {
        if (number != skipped)
            found.push_back({dotProduct(query, row(number), m_dimension), static_cast<std::uint32_t>(number)});
    };
    if (m_codes) {
        for (const std::uint32_t number : m_codes->nearest(m_codes->codeOf({query, m_dimension}), kCandidates * count))
            offer(number);
    } else {
        for (std::size_t number = 0; number < m_count; ++number)
            offer(number);
    }
    count = std::min(count, found.size());
    const auto isBetter = [](const Neighbour& a, const Neighbour& b) {
        return a.cosine != b.cosine ? a.cosine > b.cosine : a.row < b.row;
    };
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(count), isBetter);
    found.resize(count);
    return found;
}

} // namespace ps
