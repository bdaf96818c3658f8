// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/unpacking/entry_source.h"

#include <array>
#include <zlib.h>

namespace ps {

/// The bytes of a tar, unpacked from gzip when they are compressed. Reads on where it stopped, whatever the descriptor.
class TarStream
{
public:
    TarStream(const ArchiveFile& file, const ArchiveLimits& limits, bool isCompressed);
    ~TarStream();
    TarStream(const TarStream&) = delete;
    TarStream& operator=(const TarStream&) = delete;

    /// Fewer only at the end. Errors: Corrupt (damaged, truncated, something behind the end), TooLarge (a bomb).
    Result<std::size_t> read(std::span<char> into);
    std::int64_t givenBytes() const { return m_given; }

private:
    Result<std::size_t> readPlain(std::span<char> into);
    Result<std::size_t> readCompressed(std::span<char> into);
    Result<void> fillInput();
    Result<bool> startNextMember();

    const ArchiveFile& m_file;
    const ArchiveLimits& m_limits;
    bool m_isCompressed;
    std::int64_t m_at = 0;
    std::int64_t m_given = 0;
    z_stream m_stream{};
    bool m_isReady = false;
    bool m_hasEnded = false;
    std::array<char, std::size_t{64} << 10> m_input{};
};

} // namespace ps
