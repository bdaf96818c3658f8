// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ps {

/// Finds the vectors nearest to one by cosine. The vectors are in a flat memory-mapped file, a code of one bit for each dimension
/// in memory: the codes choose who is compared exactly (performance.md 4). Rows are numbered from 0 in the order of adding.
class SimilarityIndex
{
public:
    struct Match {
        std::int64_t row = 0;
        float cosine = 0; ///< -1 to 1
        bool operator==(const Match&) const = default;
    };

    /// Opens or makes the file. Errors: Corrupt, VersionMismatch (other dimension), Io.
    static Result<SimilarityIndex> open(std::string path, std::size_t dimension);
    SimilarityIndex(SimilarityIndex&&) noexcept;
    SimilarityIndex& operator=(SimilarityIndex&&) noexcept;
    ~SimilarityIndex();

    std::int64_t size() const;
    std::size_t dimension() const;
    /// Cost: 1 ms at most. Errors: InvalidInput (size, not finite), NoSpace, Io.
    Result<std::int64_t> add(std::span<const float> vector);
    /// Errors: InvalidInput.
    Result<std::vector<Match>> nearest(std::span<const float> query, std::size_t count) const;
    /// The same by comparing with every vector; for checking.
    Result<std::vector<Match>> nearestExactly(std::span<const float> query, std::size_t count) const;
    /// The vector of a row, of length 1.
    std::vector<float> vector(std::int64_t row) const;

private:
    struct State;
    explicit SimilarityIndex(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace ps
