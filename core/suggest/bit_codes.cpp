// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/bit_codes.h"

#include "core/suggest/vector_kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>

namespace ps {

namespace {

constexpr std::size_t kRowsPerChunk = std::size_t{1} << 16;
/// So many distances are compared while they are in the first cache.
constexpr std::size_t kRowsAtOnce = 4096;
constexpr std::size_t kSmallestBits = 64;

/// splitmix64; the sequence is part of nothing that is stored.
std::uint64_t nextRandom(std::uint64_t& state)
{
    std::uint64_t value = state += 0x9e3779b97f4a7c15;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    return value ^ (value >> 31);
}

using Four = float __attribute__((vector_size(16)));

Four load(const float* at)
{
    Four value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

void store(float* at, Four value)
{
    std::memcpy(at, &value, sizeof value);
}

/// The Hadamard transform without its scale; only signs are wanted.
void transform(std::vector<float>& values)
{
    const std::size_t count = values.size();
    float* const data = values.data();
    for (std::size_t i = 0; i < count; i += 4) { // strides 1 and 2 inside of four
        const Four value = load(data + i);
        const Four near = value * Four{1, -1, 1, -1} + __builtin_shufflevector(value, value, 1, 0, 3, 2);
        store(data + i, near * Four{1, 1, -1, -1} + __builtin_shufflevector(near, near, 2, 3, 0, 1));
    }
    for (std::size_t stride = 4; stride < count; stride *= 2) {
        for (std::size_t begin = 0; begin < count; begin += 2 * stride) {
            for (std::size_t i = begin; i < begin + stride; i += 4) {
                const Four a = load(data + i);
                const Four b = load(data + i + stride);
                store(data + i, a + b);
                store(data + i + stride, a - b);
            }
        }
    }
}

} // namespace

void BitCodes::FreeAligned::operator()(std::uint64_t* words) const
{
    std::free(words);
}

BitCodes::BitCodes(std::vector<float> mean)
    : m_mean(std::move(mean)), m_bits(std::max(kSmallestBits, std::bit_ceil(m_mean.size())))
{
    std::uint64_t state = 1;
    m_signs.resize(2 * m_bits);
    std::ranges::generate(m_signs, [&] { return nextRandom(state) >> 63 ? 1.0F : -1.0F; });
}

std::vector<std::uint64_t> BitCodes::codeOf(std::span<const float> vector) const
{
    std::vector<float> turned(m_bits);
    for (std::size_t i = 0; i < m_mean.size(); ++i)
        turned[i] = (vector[i] - m_mean[i]) * m_signs[i];
    transform(turned);
    for (std::size_t i = 0; i < m_bits; ++i)
        turned[i] *= m_signs[m_bits + i];
    transform(turned);
    std::vector<std::uint64_t> code(wordsPerRow());
    for (std::size_t word = 0; word < code.size(); ++word) {
        for (std::size_t bit = 0; bit < 64; ++bit)
            code[word] |= std::uint64_t{std::bit_cast<std::uint32_t>(turned[64 * word + bit]) >> 31} << bit;
    }
    return code;
}

void BitCodes::add(std::span<const float> vector)
{
    const std::size_t row = static_cast<std::size_t>(m_size) % kRowsPerChunk;
    if (row == 0) {
        const std::size_t bytes = kRowsPerChunk * wordsPerRow() * sizeof(std::uint64_t);
        auto* const words = static_cast<std::uint64_t*>(std::aligned_alloc(64, bytes));
        if (!words)
            throw std::bad_alloc();
        m_chunks.emplace_back(words);
    }
    const std::vector<std::uint64_t> code = codeOf(vector);
    std::uint64_t* const block = m_chunks.back().get() + row / kRowsPerCodeBlock * kRowsPerCodeBlock * code.size();
    for (std::size_t word = 0; word < code.size(); ++word) {
        if (row % kRowsPerCodeBlock == 0) // the rest of a block is read before it is written
            std::fill_n(block + word * kRowsPerCodeBlock, kRowsPerCodeBlock, std::uint64_t{0});
        block[word * kRowsPerCodeBlock + row % kRowsPerCodeBlock] = code[word];
    }
    ++m_size;
}

std::vector<std::uint32_t> BitCodes::nearest(std::span<const std::uint64_t> code, std::size_t depth) const
{
    struct Found {
        std::uint32_t row;
        std::uint16_t distance;
    };
    const auto total = static_cast<std::size_t>(m_size);
    std::vector<Found> found;
    found.reserve(std::min(total, 8 * depth + kRowsAtOnce));
    std::vector<std::size_t> countAt(m_bits + 1); // of what was found
    std::size_t limit = m_bits;                   // the largest distance that still matters
    std::size_t within = 0;                       // found, and at most as far as the limit
    std::array<std::uint16_t, kRowsAtOnce> distances;
    for (std::size_t first = 0; first < total; first += kRowsAtOnce) {
        const std::size_t count = std::min(kRowsAtOnce, total - first);
        const std::uint64_t* const blocks = m_chunks[first / kRowsPerChunk].get() +
                                            first % kRowsPerChunk * wordsPerRow();
        codeDistances(blocks, (count + kRowsPerCodeBlock - 1) / kRowsPerCodeBlock, code, distances.data());
        for (std::size_t i = 0; i < count; ++i) {
            if (distances[i] > limit)
                continue;
            found.push_back({static_cast<std::uint32_t>(first + i), distances[i]});
            ++countAt[distances[i]];
            ++within;
        }
        while (limit > 0 && within - countAt[limit] >= depth)
            within -= countAt[limit--];
    }
    std::vector<std::uint32_t> rows;
    rows.reserve(within);
    for (const Found& one : found) {
        if (one.distance <= limit)
            rows.push_back(one.row);
    }
    return rows;
}

std::vector<std::uint16_t> BitCodes::distances(std::span<const std::uint64_t> code) const
{
    const auto total = static_cast<std::size_t>(m_size);
    std::vector<std::uint16_t> all((total + kRowsPerCodeBlock - 1) / kRowsPerCodeBlock * kRowsPerCodeBlock);
    for (std::size_t first = 0; first < total; first += kRowsPerChunk) {
        const std::size_t count = std::min(kRowsPerChunk, total - first);
        codeDistances(m_chunks[first / kRowsPerChunk].get(), (count + kRowsPerCodeBlock - 1) / kRowsPerCodeBlock, code,
                      all.data() + first);
    }
    all.resize(total);
    return all;
}

} // namespace ps
