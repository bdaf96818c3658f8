// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/vector_kernels.h"

#include <array>
#include <bit>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace ps {

namespace {

using Dot = float (*)(const float*, const float*, std::size_t);
using Distances = void (*)(const std::uint64_t*, std::size_t, std::span<const std::uint64_t>, std::uint16_t*);

float dotPlain(const float* a, const float* b, std::size_t count)
{
    std::array<float, 8> sums{};
    std::size_t i = 0;
    for (; i + sums.size() <= count; i += sums.size()) {
        for (std::size_t lane = 0; lane < sums.size(); ++lane)
            sums[lane] += a[i + lane] * b[i + lane];
    }
    float sum = 0;
    for (; i < count; ++i)
        sum += a[i] * b[i];
    for (const float part : sums)
        sum += part;
    return sum;
}

void distancesPlain(const std::uint64_t* blocks, std::size_t blockCount, std::span<const std::uint64_t> query,
                    std::uint16_t* distances)
{
    for (std::size_t block = 0; block < blockCount; ++block) {
        std::array<int, kRowsPerCodeBlock> sums{};
        for (const std::uint64_t word : query) {
            for (int& sum : sums)
                sum += std::popcount(*blocks++ ^ word);
        }
        for (const int sum : sums)
            *distances++ = static_cast<std::uint16_t>(sum);
    }
}

#if defined(__x86_64__)

// The same text as above: what differs is what the compiler may use for it.
__attribute__((target("popcnt"))) void distancesPopcnt(const std::uint64_t* blocks, std::size_t blockCount,
                                                       std::span<const std::uint64_t> query, std::uint16_t* distances)
{
    for (std::size_t block = 0; block < blockCount; ++block) {
        std::uint64_t sums[kRowsPerCodeBlock] = {};
        for (const std::uint64_t word : query) {
            for (std::uint64_t& sum : sums)
                sum += static_cast<std::uint64_t>(_mm_popcnt_u64(*blocks++ ^ word));
        }
        for (const std::uint64_t sum : sums)
            *distances++ = static_cast<std::uint16_t>(sum);
    }
}

/// Bits of each of four words, by a table of half bytes.
__attribute__((target("avx2"))) inline __m256i countBits(__m256i words)
{
    const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2,
                                           2, 3, 2, 3, 3, 4);
    const __m256i low = _mm256_set1_epi8(15);
    const __m256i bytes = _mm256_add_epi8(
        _mm256_shuffle_epi8(table, _mm256_and_si256(words, low)),
        _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(words, 4), low)));
    return _mm256_sad_epu8(bytes, _mm256_setzero_si256());
}

__attribute__((target("avx2"))) void distancesAvx2(const std::uint64_t* blocks, std::size_t blockCount,
                                                   std::span<const std::uint64_t> query, std::uint16_t* distances)
{
    const auto* at = reinterpret_cast<const __m256i*>(blocks);
    for (std::size_t block = 0; block < blockCount; ++block) {
        __m256i first = _mm256_setzero_si256();
        __m256i second = _mm256_setzero_si256();
        for (const std::uint64_t word : query) {
            const __m256i wanted = _mm256_set1_epi64x(static_cast<long long>(word));
            first = _mm256_add_epi64(first, countBits(_mm256_xor_si256(_mm256_loadu_si256(at), wanted)));
            second = _mm256_add_epi64(second, countBits(_mm256_xor_si256(_mm256_loadu_si256(at + 1), wanted)));
            at += 2;
        }
        alignas(32) std::uint64_t sums[kRowsPerCodeBlock];
        _mm256_store_si256(reinterpret_cast<__m256i*>(sums), first);
        _mm256_store_si256(reinterpret_cast<__m256i*>(sums) + 1, second);
        for (const std::uint64_t sum : sums)
            *distances++ = static_cast<std::uint16_t>(sum);
    }
}

__attribute__((target("avx512f,avx512vpopcntdq"))) void distancesAvx512(const std::uint64_t* blocks,
                                                                        std::size_t blockCount,
                                                                        std::span<const std::uint64_t> query,
                                                                        std::uint16_t* distances)
{
    for (std::size_t block = 0; block < blockCount; ++block) {
        __m512i sums = _mm512_setzero_si512();
        for (const std::uint64_t word : query) {
            const __m512i different = _mm512_xor_si512(_mm512_loadu_si512(blocks),
                                                       _mm512_set1_epi64(static_cast<long long>(word)));
            sums = _mm512_add_epi64(sums, _mm512_popcnt_epi64(different));
            blocks += kRowsPerCodeBlock;
        }
        _mm_storeu_si128(reinterpret_cast<__m128i*>(distances), _mm512_maskz_cvtepi64_epi16(0xff, sums));
        distances += kRowsPerCodeBlock;
    }
}

__attribute__((target("avx2,fma"))) float dotAvx2(const float* a, const float* b, std::size_t count)
{
    __m256 sums[4] = {_mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps()};
    std::size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        for (std::size_t part = 0; part < 4; ++part)
            sums[part] = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8 * part), _mm256_loadu_ps(b + i + 8 * part),
                                         sums[part]);
    }
    alignas(32) float lanes[8];
    _mm256_store_ps(lanes, _mm256_add_ps(_mm256_add_ps(sums[0], sums[1]), _mm256_add_ps(sums[2], sums[3])));
    float sum = 0;
    for (const float lane : lanes)
        sum += lane;
    for (; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
}

__attribute__((target("avx512f"))) float dotAvx512(const float* a, const float* b, std::size_t count)
{
    __m512 sums[4] = {_mm512_setzero_ps(), _mm512_setzero_ps(), _mm512_setzero_ps(), _mm512_setzero_ps()};
    std::size_t i = 0;
    for (; i + 64 <= count; i += 64) {
        for (std::size_t part = 0; part < 4; ++part)
            sums[part] = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 16 * part), _mm512_loadu_ps(b + i + 16 * part),
                                         sums[part]);
    }
    alignas(64) float lanes[16];
    _mm512_store_ps(lanes, _mm512_add_ps(_mm512_add_ps(sums[0], sums[1]), _mm512_add_ps(sums[2], sums[3])));
    float sum = 0;
    for (const float lane : lanes)
        sum += lane;
    for (; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
}

#endif

struct Kernel {
    const char* name;
    Distances run;
};

/// Of this processor, best first.
const std::vector<Kernel>& kernels()
{
    static const std::vector<Kernel> found = [] {
        std::vector<Kernel> list;
#if defined(__x86_64__)
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq"))
            list.push_back({"avx512", &distancesAvx512});
        if (__builtin_cpu_supports("avx2"))
            list.push_back({"avx2", &distancesAvx2});
        if (__builtin_cpu_supports("popcnt"))
            list.push_back({"popcnt", &distancesPopcnt});
#endif
        list.push_back({"plain", &distancesPlain});
        return list;
    }();
    return found;
}

Dot bestDot()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        return &dotAvx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return &dotAvx2;
#endif
    return &dotPlain;
}

} // namespace

float dotProduct(const float* a, const float* b, std::size_t count)
{
    static const Dot dot = bestDot();
    return dot(a, b, count);
}

const char* codeDistanceKernel()
{
    return kernels().front().name;
}

void codeDistances(const std::uint64_t* blocks, std::size_t blockCount, std::span<const std::uint64_t> query,
                   std::uint16_t* distances)
{
    kernels().front().run(blocks, blockCount, query, distances);
}

std::size_t codeDistanceKernelCount()
{
    return kernels().size();
}

void codeDistancesWith(std::size_t kernel, const std::uint64_t* blocks, std::size_t blockCount,
                       std::span<const std::uint64_t> query, std::uint16_t* distances)
{
    kernels()[kernel].run(blocks, blockCount, query, distances);
}

} // namespace ps
