// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"
#include "core/exchange/release_sink.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

namespace ps {

/// A text file of a release that is written in small pieces while no other one is. Memory: one buffer.
class SinkText
{
public:
    explicit SinkText(ReleaseSink& sink) : m_sink(&sink) {}

    Result<void> begin(std::string_view path);
    /// Where the next pieces go; call flushIfFull() after each line.
    std::string& buffer() { return m_buffer; }
    Result<void> flushIfFull();
    Result<void> append(std::string_view text);
    Result<void> end();

private:
    Result<void> flush();

    ReleaseSink* m_sink;
    std::string m_buffer;
};

/// Bytes that wait on the disk until their turn comes, without a name. Memory: one buffer.
class ScratchBytes
{
public:
    static Result<ScratchBytes> open(ReleaseSink& sink);

    Result<void> append(std::string_view bytes);
    std::int64_t sizeBytes() const { return m_writtenBytes + static_cast<std::int64_t>(m_buffer.size()); }
    /// Everything becomes the file `path` of the release.
    Result<void> moveTo(ReleaseSink& sink, std::string_view path, std::stop_token stop);

    /// Reads from the first byte on, through a buffer of its own. Valid while nothing is appended.
    class Reader
    {
    public:
        explicit Reader(const ScratchBytes& scratch) : m_scratch(&scratch) {}
        /// The next `count` bytes, valid until the next call. Errors: Corrupt when there are fewer; Io.
        Result<std::string_view> take(std::size_t count);
        bool atEnd() const { return m_position == m_scratch->m_writtenBytes && m_begin == m_buffer.size(); }

    private:
        const ScratchBytes* m_scratch;
        std::int64_t m_position = 0; ///< of what is not in the buffer yet
        std::size_t m_begin = 0;
        std::string m_buffer;
    };
    /// Errors: those of writing what is still in memory.
    Result<Reader> reader();

private:
    explicit ScratchBytes(UniqueFd file) : m_file(std::move(file)) {}
    Result<void> flush();

    UniqueFd m_file;
    std::string m_buffer;
    std::int64_t m_writtenBytes = 0;
};

} // namespace ps
