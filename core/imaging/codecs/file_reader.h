// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ps {

/// Bytes that were read, without the cost of clearing them first.
struct FileBytes {
    std::unique_ptr<std::uint8_t[]> data;
    std::size_t size = 0;
    std::string_view view() const { return {reinterpret_cast<const char*>(data.get()), size}; }
};

/// Reads an open file at any place without moving its position, so that a descriptor can be shared. The file is not
/// mapped: a mapping of a file that somebody else truncates would kill this process.
class FileReader
{
public:
    /// `sizeBytes` is what the program saw when it opened the file; reading beyond is an end of the file.
    FileReader(int fd, std::int64_t sizeBytes) : m_fd(fd), m_sizeBytes(sizeBytes) {}
    /// A file that lies inside another one, `beginsAt` bytes behind its start.
    FileReader(int fd, std::int64_t beginsAt, std::int64_t sizeBytes)
        : m_fd(fd), m_beginsAt(beginsAt), m_sizeBytes(sizeBytes)
    {
    }

    std::int64_t sizeBytes() const { return m_sizeBytes; }

    /// Fills `out` from the bytes at `offset`. False at the end of the file or after a read error.
    bool readAt(std::int64_t offset, std::span<std::uint8_t> out);
    /// The same as bytes of text; nothing is allocated when the file is shorter.
    bool readAt(std::int64_t offset, std::size_t count, std::string& out);

    /// The whole file. Errors: Io, Conflict when it has become shorter.
    Result<FileBytes> readAll();

    /// errno of the first read error, 0 if there was none: then a short read means a short file.
    int readError() const { return m_readError; }

private:
    bool readDirect(std::int64_t offset, std::span<std::uint8_t> out);
    bool fillWindow(std::int64_t offset);

    static constexpr std::size_t kWindowBytes = 16 * 1024;

    int m_fd;
    std::int64_t m_beginsAt = 0;
    std::int64_t m_sizeBytes;
    int m_readError = 0;
    std::array<std::uint8_t, kWindowBytes> m_window; ///< the last small reads; headers are read in tiny pieces
    std::int64_t m_windowBegin = 0;
    std::size_t m_windowBytes = 0;
};

} // namespace ps
