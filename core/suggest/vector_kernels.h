// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ps {

/// Sum of a[i] * b[i]. Uses the widest instructions of this processor; the last bits of the sum depend on which.
float dotProduct(const float* a, const float* b, std::size_t count);

/// What code distances are computed with here: "avx512", "avx2", "popcnt" or "plain". For reports.
const char* codeDistanceKernel();

/// Codes lie in blocks of eight: word w of all eight rows, then word w + 1.
constexpr std::size_t kRowsPerCodeBlock = 8;

/// Number of different bits between `query` (words of 64 bits) and each code of `blockCount` blocks; eight results a block.
void codeDistances(const std::uint64_t* blocks, std::size_t blockCount, std::span<const std::uint64_t> query,
                   std::uint16_t* distances);

/// For tests: every kernel that this processor has must give the same. `kernel` counts from 0.
std::size_t codeDistanceKernelCount();
void codeDistancesWith(std::size_t kernel, const std::uint64_t* blocks, std::size_t blockCount,
                       std::span<const std::uint64_t> query, std::uint16_t* distances);

} // namespace ps
