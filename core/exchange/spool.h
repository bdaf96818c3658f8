// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ps {

/// Records of any length in one nameless temporary file: written once, one behind the other, and then read from the beginning
/// or by their places. The file goes with the process. Threads: one at a time.
class Spool
{
public:
    static constexpr std::int64_t kHeadBytes = 8; ///< of each record, in front of it

    /// Errors: NotFound, NoSpace, Io.
    static Result<Spool> make(const std::string& folder);

    /// Returns the place of the record. Errors: NoSpace, Io.
    Result<std::int64_t> append(std::string_view record);
    Result<void> flush();
    std::int64_t sizeBytes() const { return m_size; }
    int fd() const { return m_file.get(); }

    /// Reads from a place on. Valid while the spool is there; flush() first.
    class Reader
    {
    public:
        Reader(const Spool& spool, std::int64_t from) : m_fd(spool.fd()), m_offset(from), m_end(spool.sizeBytes()) {}
        /// False at the end; the record is valid until the next call.
        Result<bool> next();
        void moveTo(std::int64_t place);
        std::string_view record() const { return m_record; }

    private:
        Result<void> need(std::size_t count);

        int m_fd;
        std::int64_t m_offset; ///< of the next byte that is not in the buffer
        std::int64_t m_end;
        std::string m_buffer;
        std::size_t m_used = 0;
        std::string_view m_record;
    };

private:
    explicit Spool(UniqueFd file) : m_file(std::move(file)) {}

    UniqueFd m_file;
    std::string m_pending;
    std::int64_t m_size = 0; ///< with what is pending
};

/// Where temporary files of an export go: $TMPDIR, else /var/tmp, which is on a disk.
std::string exchangeScratchFolder();

} // namespace ps
