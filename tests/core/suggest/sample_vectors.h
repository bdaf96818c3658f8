// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace ps::test {

/// Vectors around planted centres: number i belongs to cluster i % clusterCount. The same for the same seed.
class SampleVectors
{
public:
    SampleVectors(std::size_t dimension, std::size_t clusterCount, float spread, std::uint64_t seed)
        : m_random(seed), m_spread(spread), m_centres(clusterCount)
    {
        for (std::vector<float>& centre : m_centres) {
            centre.resize(dimension);
            for (float& value : centre)
                value = m_normal(m_random);
        }
    }

    std::vector<float> next()
    {
        std::vector<float> vector = m_centres[m_count++ % m_centres.size()];
        for (float& value : vector)
            value += m_spread * m_normal(m_random);
        return vector;
    }

    std::vector<std::vector<float>> take(std::size_t count)
    {
        std::vector<std::vector<float>> vectors;
        for (std::size_t i = 0; i < count; ++i)
            vectors.push_back(next());
        return vectors;
    }

private:
    std::mt19937_64 m_random;
    std::normal_distribution<float> m_normal;
    float m_spread;
    std::size_t m_count = 0;
    std::vector<std::vector<float>> m_centres;
};

} // namespace ps::test
