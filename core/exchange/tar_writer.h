// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/exchange/release_sink.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

namespace ps {

/// Writes a tar archive into the open file of a sink, between beginFile() and endFile(). The form is ustar, with a pax header
/// in front of an entry whose name or size does not fit or is not ASCII. All times are 1980-01-01, all permissions 0644, all
/// owners 0: the same entries give the same bytes. Memory: one buffer.
/// Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block".
class TarWriter
{
public:
    /// `sink` has an open file and outlives the writer.
    explicit TarWriter(ReleaseSink& sink) : m_sink(sink) {}

    /// Errors: Refused for a path that is not portable; those of the sink.
    Result<void> addEntry(std::string_view path, std::string_view bytes);

    /// The first `sizeBytes` bytes of an open regular file, from its beginning; its position is not moved.
    /// Errors also: Conflict when the file is shorter; Io; Cancelled. Then the archive is worthless.
    Result<void> addEntry(std::string_view path, int fromFd, std::int64_t sizeBytes, std::stop_token stop = {});

    /// The end of the archive. The caller ends the sink's file.
    Result<void> finish();

    /// Bytes so far, for those who begin a new shard at some size.
    std::int64_t writtenBytes() const { return m_writtenBytes; }

private:
    Result<void> writeHeader(std::string_view path, std::int64_t sizeBytes);
    Result<void> write(std::string_view bytes);
    Result<void> pad(std::int64_t blockBytes);

    ReleaseSink& m_sink;
    std::int64_t m_writtenBytes = 0;
    std::string m_buffer;
};

} // namespace ps
