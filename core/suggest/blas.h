// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace ps {

/// A matrix in memory, row after row.
struct MatrixView {
    const float* values = nullptr;
    std::size_t rows = 0;
    std::size_t columns = 0;
    bool isTransposed = false; ///< use it as if rows were columns
};

/// Multiplies matrices: by OpenBLAS when the system has it, by a loop of ours otherwise, which gives the same to rounding and
/// takes about ten times as long. The same kernel and number of threads give the same bits.
///
/// OpenBLAS chooses its kernel when it is loaded, and as Debian builds it, it takes one of 2004 for processors that are newer
/// than itself. So the kernel is named in the environment (OPENBLAS_CORETYPE) before it is loaded, unless the user has named one.
class Blas
{
public:
    /// The one of this process; the first call loads the library and must come before threads that read the environment.
    /// A later call with another number of threads changes it.
    static const Blas& ofProcess(int threads = 1);
    /// The loop of ours.
    static const Blas& builtin();

    Blas(const Blas&) = delete;
    Blas& operator=(const Blas&) = delete;

    /// "OpenBLAS 0.3.21 SkylakeX" or "built-in": together with the threads, everything that the bits of a training depend on.
    const std::string& name() const { return m_name; }
    int threads() const { return m_threads; }
    bool isBuiltin() const { return m_sgemm == nullptr; }

    /// c = a b, or c += a b; c has the rows of a and the columns of b, row after row.
    /// Precondition: the columns of a are as many as the rows of b. Threads: one at a time.
    void multiply(const MatrixView& a, const MatrixView& b, float* c, bool adds) const;

    /// What OPENBLAS_CORETYPE is set to for this processor, "" when OpenBLAS knows best.
    static std::string kernelOfProcessor();

private:
    Blas() = default;
    void load(int threads);
    void setThreads(int threads);

    using Sgemm = void (*)(int order, int transA, int transB, int m, int n, int k, float alpha, const float* a, int lda,
                           const float* b, int ldb, float beta, float* c, int ldc);
    using SetThreads = void (*)(int);

    Sgemm m_sgemm = nullptr;
    SetThreads m_setThreads = nullptr;
    std::string m_name = "built-in";
    int m_threads = 1;
};

} // namespace ps
