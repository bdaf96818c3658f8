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

/// Finds the vectors nearest to one by cosine. The vectors are in a flat memory-mapped file (vector_file.h), a code of one bit
/// for each dimension in memory: the codes choose who is compared exactly. How many that are is measured on the vectors
/// themselves, so that the ten nearest are found as a full search finds them (recall of at least 0.999; docs/adr says how).
/// Rows are numbered from 0 in the order of adding. Threads: any; adding and tuning let nobody else in.
class SimilarityIndex
{
public:
    struct Match {
        std::int64_t row = 0;
        float cosine = 0; ///< -1 to 1
        bool operator==(const Match&) const = default;
    };

    /// Opens or makes the file; its folder must be there. Reads every vector once: 0.5 to 1 s for a million of 512 numbers that
    /// are in the page cache. Errors: Corrupt (also when a vector is not finite or not of length 1), VersionMismatch (other
    /// dimension), Refused (no regular file), Io.
    static Result<SimilarityIndex> open(std::string path, std::size_t dimension);
    SimilarityIndex(SimilarityIndex&&) noexcept;
    SimilarityIndex& operator=(SimilarityIndex&&) noexcept;
    ~SimilarityIndex();

    std::int64_t size() const;
    std::size_t dimension() const;
    /// Cost: 1 ms at most. Errors: InvalidInput (size, not finite), NoSpace, Io.
    Result<std::int64_t> add(std::span<const float> vector);
    /// Descending by cosine, equal ones by row. The first call, and one whenever the rows have doubled, tunes: see tune().
    /// Errors: InvalidInput; Corrupt when the file has become shorter.
    Result<std::vector<Match>> nearest(std::span<const float> query, std::size_t count) const;
    /// The same by comparing with every vector; for checking.
    Result<std::vector<Match>> nearestExactly(std::span<const float> query, std::size_t count) const;
    /// Measures how many rows must be compared exactly, unless that is known for about so many rows, and notes it in the file.
    /// Cost: about 5 s for a million rows.
    Result<void> tune() const;
    /// So many rows are compared exactly for ten matches; all of them below some 8,000 rows or before tuning.
    std::int64_t comparedRows() const;

    /// The vector of a row, of length 1.
    std::vector<float> vector(std::int64_t row) const;

private:
    struct State;
    explicit SimilarityIndex(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace ps
