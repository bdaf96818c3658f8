// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace ps {

/// A flat file of float32 vectors of one dimension, mapped into memory: a header of 4096 bytes, then one vector behind the
/// other (docs/formats/similarity.md). Its count is written after the vector, so a crash in between loses that one vector
/// and nothing else. Processes that append take turns by a lock on the file.
/// Threads: reading from any number of them, changing alone.
class VectorFile
{
public:
    /// Opens or makes the file; its folders must be there. The path may not end in a symbolic link.
    /// Errors: Corrupt (no such file, or shorter than its count), VersionMismatch (also another dimension), Refused, Io.
    static Result<VectorFile> open(std::string path, std::size_t dimension);
    VectorFile(VectorFile&& other) noexcept;
    VectorFile& operator=(VectorFile&& other) noexcept;
    ~VectorFile();

    std::int64_t size() const { return m_count; }
    std::size_t dimension() const { return m_dimension; }
    const std::string& path() const { return m_path; }
    const float* row(std::int64_t row) const;

    /// Appends. `m_count` may grow by more than one: what other processes appended meanwhile comes first.
    Result<void> append(std::span<const float> vector);
    /// Whether the file still holds what is mapped; to be asked before rows are read. Errors: Corrupt.
    Result<void> checkLength() const;

    /// What the owner noted last about the vectors, see SimilarityIndex.
    struct Tuning {
        std::int64_t rowCount = 0;
        std::int64_t depth = 0;
    };
    Result<Tuning> tuning() const;
    Result<void> setTuning(const Tuning& tuning);

private:
    VectorFile(UniqueFd fd, std::string path, std::size_t dimension)
        : m_fd(std::move(fd)), m_path(std::move(path)), m_dimension(dimension)
    {
    }

    std::size_t rowBytes() const { return m_dimension * sizeof(float); }
    Result<void> prepareHeader();
    Result<void> readCount();
    Result<void> map(std::int64_t count);
    void unmap();

    UniqueFd m_fd;
    std::string m_path;
    std::size_t m_dimension = 0;
    std::int64_t m_count = 0;
    void* m_mapping = nullptr;
    std::size_t m_mappedBytes = 0;
};

} // namespace ps
