// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace ps {

/// One bit for each dimension of many vectors: the sign after the mean is taken away and the rest is turned by a fixed random
/// rotation (two rounds of sign flips and a fast Hadamard transform), so that vectors whose few dimensions hold most of the
/// variance make as good codes as others. Vectors at a small angle differ in few bits.
/// Memory: dimension / 8 bytes a row (dimension rounded up to a power of two, at least 64). Threads: reading from any number
/// of them, adding alone.
class BitCodes
{
public:
    /// `mean` has the dimension of the vectors.
    explicit BitCodes(std::vector<float> mean);

    std::int64_t size() const { return m_size; }
    std::size_t bits() const { return m_bits; }
    /// Cost: about 2 us at 512 dimensions.
    void add(std::span<const float> vector);

    /// The code of a vector that need not be among the rows.
    std::vector<std::uint64_t> codeOf(std::span<const float> vector) const;
    /// The rows whose codes are nearest, ascending by row: `depth` of them and those that are as near as the last.
    std::vector<std::uint32_t> nearest(std::span<const std::uint64_t> code, std::size_t depth) const;
    /// Bits between `code` and each row.
    std::vector<std::uint16_t> distances(std::span<const std::uint64_t> code) const;

private:
    struct FreeAligned {
        void operator()(std::uint64_t* words) const;
    };
    using Chunk = std::unique_ptr<std::uint64_t[], FreeAligned>;

    std::size_t wordsPerRow() const { return m_bits / 64; }

    std::vector<float> m_mean;
    std::vector<float> m_signs; ///< of both rounds
    std::size_t m_bits = 0;
    std::int64_t m_size = 0;
    std::vector<Chunk> m_chunks; // a vector of all would be copied whenever it grows
};

} // namespace ps
