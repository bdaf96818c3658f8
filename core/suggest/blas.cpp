// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/blas.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstdlib>
#include <dlfcn.h>
#include <vector>

namespace ps {

namespace {

// Of cblas.h, which is not needed for anything else.
constexpr int kRowMajor = 101;
constexpr int kNoTranspose = 111;
constexpr int kTranspose = 112;

/// "OpenBLAS 0.3.21 DYNAMIC_ARCH ..." to "OpenBLAS 0.3.21".
std::string versionOf(const char* config)
{
    const std::vector<std::string> words = split(config ? config : "", ' ');
    return words.size() >= 2 && words[0] == "OpenBLAS" ? words[0] + " " + words[1] : "OpenBLAS";
}

template <typename Function>
Function symbol(void* library, const char* name)
{
    return reinterpret_cast<Function>(::dlsym(library, name));
}

/// The matrix as it is meant, without transposition.
std::vector<float> plain(const MatrixView& view)
{
    if (!view.isTransposed)
        return {view.values, view.values + view.rows * view.columns};
    std::vector<float> values(view.rows * view.columns);
    for (std::size_t row = 0; row < view.rows; ++row) {
        for (std::size_t column = 0; column < view.columns; ++column)
            values[column * view.rows + row] = view.values[row * view.columns + column];
    }
    return values;
}

void multiplyPlain(const float* a, const float* b, float* c, std::size_t m, std::size_t n, std::size_t k)
{
    for (std::size_t row = 0; row < m; ++row) {
        float* const target = c + row * n;
        for (std::size_t inner = 0; inner < k; ++inner) {
            const float factor = a[row * k + inner];
            const float* const source = b + inner * n;
            for (std::size_t column = 0; column < n; ++column)
                target[column] += factor * source[column];
        }
    }
}

} // namespace

std::string Blas::kernelOfProcessor()
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl"))
        return "SKYLAKEX";
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return "HASWELL";
    if (__builtin_cpu_supports("avx"))
        return "SANDYBRIDGE";
    if (__builtin_cpu_supports("sse4.2"))
        return "NEHALEM";
#endif
    return {};
}

const Blas& Blas::ofProcess(int threads)
{
    static Blas& blas = [threads]() -> Blas& {
        static Blas made;
        made.load(threads);
        return made;
    }();
    blas.setThreads(threads);
    return blas;
}

const Blas& Blas::builtin()
{
    static const Blas blas;
    return blas;
}

void Blas::load(int threads)
{
    const std::string kernel = kernelOfProcessor();
    if (!kernel.empty())
        ::setenv("OPENBLAS_CORETYPE", kernel.c_str(), 0);
    // Otherwise it starts as many threads as there are processors, which then wait by turning round.
    ::setenv("OPENBLAS_NUM_THREADS", std::to_string(std::max(1, threads)).c_str(), 0);
    void* const library = ::dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return;
    m_sgemm = symbol<Sgemm>(library, "cblas_sgemm");
    if (!m_sgemm)
        return; // a BLAS of another kind under this name: ours works
    m_setThreads = symbol<SetThreads>(library, "openblas_set_num_threads");
    const auto config = symbol<char* (*)()>(library, "openblas_get_config");
    const auto core = symbol<char* (*)()>(library, "openblas_get_corename");
    m_name = versionOf(config ? config() : nullptr) + " " + (core ? core() : "unknown");
}

void Blas::setThreads(int threads)
{
    m_threads = m_setThreads ? std::max(1, threads) : 1;
    if (m_setThreads)
        m_setThreads(m_threads);
}

void Blas::multiply(const MatrixView& a, const MatrixView& b, float* c, bool adds) const
{
    const std::size_t m = a.isTransposed ? a.columns : a.rows;
    const std::size_t k = a.isTransposed ? a.rows : a.columns;
    const std::size_t n = b.isTransposed ? b.rows : b.columns;
    if (m_sgemm) {
        m_sgemm(kRowMajor, a.isTransposed ? kTranspose : kNoTranspose, b.isTransposed ? kTranspose : kNoTranspose,
                static_cast<int>(m), static_cast<int>(n), static_cast<int>(k), 1.0F, a.values,
                static_cast<int>(a.columns), b.values, static_cast<int>(b.columns), adds ? 1.0F : 0.0F, c,
                static_cast<int>(n));
        return;
    }
    if (!adds)
        std::fill_n(c, m * n, 0.0F);
    multiplyPlain(plain(a).data(), plain(b).data(), c, m, n, k);
}

} // namespace ps
