// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/representative_order.h"

#include "core/suggest/vector_kernels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ps {

namespace {

constexpr std::size_t kMostClusters = 256;
constexpr int kRounds = 2;
constexpr std::size_t kRowsBetweenChecks = 1024;

class Clustering
{
public:
    Clustering(const SimilarityIndex& index, std::span<const std::int64_t> rows, std::stop_token stop)
        : m_index(index), m_rows(rows), m_stop(std::move(stop)), m_cluster(rows.size()), m_cosine(rows.size(), -2)
    {
    }

    Result<void> run()
    {
        PS_TRY_VOID(chooseCentres());
        for (int round = 0; round < kRounds; ++round) {
            moveCentres();
            PS_TRY_VOID(assign());
        }
        return {};
    }

    std::vector<std::size_t> order() const
    {
        std::vector<std::vector<std::size_t>> members(m_centres.size());
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            members[m_cluster[i]].push_back(i);
        for (std::vector<std::size_t>& cluster : members) {
            std::ranges::stable_sort(cluster, [&](std::size_t a, std::size_t b) { return m_cosine[a] > m_cosine[b]; });
        }
        std::ranges::stable_sort(members, [](const auto& a, const auto& b) { return a.size() > b.size(); });
        std::vector<std::size_t> order;
        for (std::size_t turn = 0; order.size() < m_rows.size(); ++turn) {
            for (const std::vector<std::size_t>& cluster : members) {
                if (turn < cluster.size())
                    order.push_back(cluster[turn]);
            }
        }
        return order;
    }

private:
    Result<void> goOn(std::size_t step) const
    {
        if (step % kRowsBetweenChecks == 0 && m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the order was stopped", {}, 0};
        return {};
    }

    /// The first is next to the mean; each further one is the row that is least like all centres so far.
    Result<void> chooseCentres()
    {
        const auto wanted = std::min(
            kMostClusters, static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(m_rows.size())))));
        std::vector<float> next(m_index.dimension());
        for (const std::int64_t row : m_rows) {
            const std::vector<float> vector = m_index.vector(row);
            for (std::size_t j = 0; j < next.size(); ++j)
                next[j] += vector[j];
        }
        while (m_centres.size() < wanted) {
            m_centres.push_back(next);
            std::size_t farthest = 0;
            for (std::size_t i = 0; i < m_rows.size(); ++i) {
                PS_TRY_VOID(goOn(i));
                const std::vector<float> vector = m_index.vector(m_rows[i]);
                take(i, m_centres.size() - 1, vector);
                farthest = m_cosine[i] < m_cosine[farthest] ? i : farthest;
            }
            if (m_cosine[farthest] > 0.9999F)
                return {}; // all that is left equals a centre
            next = m_index.vector(m_rows[farthest]);
        }
        return {};
    }

    void take(std::size_t row, std::size_t cluster, const std::vector<float>& vector)
    {
        const std::vector<float>& centre = m_centres[cluster];
        const float length = std::sqrt(dotProduct(centre.data(), centre.data(), centre.size()));
        const float cosine = length > 0 ? dotProduct(centre.data(), vector.data(), vector.size()) / length : -1;
        if (cosine > m_cosine[row]) {
            m_cosine[row] = cosine;
            m_cluster[row] = static_cast<std::uint32_t>(cluster);
        }
    }

    void moveCentres()
    {
        for (std::vector<float>& centre : m_centres)
            std::ranges::fill(centre, 0.0F);
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            const std::vector<float> vector = m_index.vector(m_rows[i]);
            std::vector<float>& centre = m_centres[m_cluster[i]];
            for (std::size_t j = 0; j < vector.size(); ++j)
                centre[j] += vector[j];
        }
        for (std::vector<float>& centre : m_centres) {
            const float length = std::sqrt(dotProduct(centre.data(), centre.data(), centre.size()));
            if (length > 0)
                std::ranges::for_each(centre, [&](float& value) { value /= length; });
        }
    }

    Result<void> assign()
    {
        std::ranges::fill(m_cosine, -2.0F);
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            PS_TRY_VOID(goOn(i));
            const std::vector<float> vector = m_index.vector(m_rows[i]);
            for (std::size_t cluster = 0; cluster < m_centres.size(); ++cluster)
                take(i, cluster, vector);
        }
        return {};
    }

    const SimilarityIndex& m_index;
    std::span<const std::int64_t> m_rows;
    std::stop_token m_stop;
    std::vector<std::vector<float>> m_centres;
    std::vector<std::uint32_t> m_cluster;
    std::vector<float> m_cosine; ///< with the centre of its cluster
};

} // namespace

Result<std::vector<std::size_t>> representativeOrder(const SimilarityIndex& index, std::span<const std::int64_t> rows,
                                                     std::stop_token stop)
{
    if (rows.empty())
        return std::vector<std::size_t>();
    Clustering clustering(index, rows, std::move(stop));
    PS_TRY_VOID(clustering.run());
    return clustering.order();
}

} // namespace ps
