// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Compiles a function twice, the second time for processors with AVX2, between which the loader chooses. Only for loops whose
/// results do not depend on it: whole numbers, and floats that are summed in fixed lanes.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&               \
    !defined(__SANITIZE_THREAD__)
#define PS_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define PS_CLONES
#endif
