// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/unpacking/entry_source.h"
#include "core/exchange/unpacking/zip_directory.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <zlib.h>

namespace ps {

namespace {

constexpr std::size_t kInputBytes = std::size_t{64} << 10;

/// Reads the entries in the order in which their bytes lie in the file.
class ZipSource final : public EntrySource
{
public:
    ZipSource(const ArchiveFile& file, const ArchiveLimits& limits, std::vector<ZipEntry> entries)
        : m_file(file), m_limits(limits), m_entries(std::move(entries))
    {
    }
    ~ZipSource() override { endInflate(); }
    ZipSource(const ZipSource&) = delete;
    ZipSource& operator=(const ZipSource&) = delete;

    Result<std::optional<SourceEntry>> next() override
    {
        endInflate();
        if (m_next == m_entries.size())
            return std::optional<SourceEntry>();
        m_entry = &m_entries[m_next++];
        m_inputAt = m_entry->dataOffset;
        m_inputLeft = m_entry->packedBytes;
        m_given = 0;
        m_crc = ::crc32(0, nullptr, 0);
        m_stream = {};
        m_hasEnded = false;
        if (m_entry->isDeflated) {
            if (::inflateInit2(&m_stream, -MAX_WBITS) != Z_OK)
                return Error{ErrorCode::TooLarge, "not enough memory to inflate", {}, 0};
            m_isInflating = true;
        }
        return std::optional(SourceEntry{m_entry->name, m_entry->isFolder, m_entry->unpackedBytes});
    }

    Result<std::size_t> read(std::span<char> into) override
    {
        PS_TRY(const std::size_t count, m_entry->isDeflated ? inflateSome(into) : copySome(into));
        m_given += static_cast<std::int64_t>(count);
        m_crc = ::crc32(m_crc, reinterpret_cast<const Bytef*>(into.data()), static_cast<uInt>(count));
        if (m_given > m_entry->unpackedBytes)
            return bad(ErrorCode::TooLarge, "more bytes than its header says");
        if (isBomb(m_given, m_entry->packedBytes - m_inputLeft, m_limits))
            return bad(ErrorCode::TooLarge,
                       "unpacks to more than " + std::to_string(m_limits.maxRatio) + " times its size");
        if (count > 0)
            return count;
        if (m_given != m_entry->unpackedBytes || m_inputLeft != 0 || m_stream.avail_in != 0)
            return bad(ErrorCode::Corrupt, "other sizes than its header says");
        if (static_cast<std::uint32_t>(m_crc) != m_entry->crc)
            return bad(ErrorCode::Corrupt, "the checksum differs");
        return std::size_t{0};
    }

private:
    Error bad(ErrorCode code, std::string what) const { return entryError(code, std::move(what), m_entry->name); }

    void endInflate()
    {
        if (std::exchange(m_isInflating, false))
            ::inflateEnd(&m_stream);
    }

    Result<std::size_t> copySome(std::span<char> into)
    {
        const auto wanted = static_cast<std::size_t>(std::min<std::int64_t>(m_inputLeft, std::ssize(into)));
        PS_TRY(const std::size_t count, m_file.read(m_inputAt, into.first(wanted)));
        if (count != wanted)
            return bad(ErrorCode::Corrupt, "truncated");
        m_inputAt += static_cast<std::int64_t>(count);
        m_inputLeft -= static_cast<std::int64_t>(count);
        return count;
    }

    Result<void> fillInput()
    {
        PS_TRY(const std::size_t count, copySome(m_input));
        m_stream.next_in = reinterpret_cast<Bytef*>(m_input.data());
        m_stream.avail_in = static_cast<uInt>(count);
        return {};
    }

    Result<std::size_t> inflateSome(std::span<char> into)
    {
        m_stream.next_out = reinterpret_cast<Bytef*>(into.data());
        m_stream.avail_out = static_cast<uInt>(into.size());
        while (m_stream.avail_out > 0 && !m_hasEnded) {
            if (m_stream.avail_in == 0 && m_inputLeft > 0)
                PS_TRY_VOID(fillInput());
            const int code = ::inflate(&m_stream, Z_NO_FLUSH);
            m_hasEnded = code == Z_STREAM_END;
            if (code == Z_BUF_ERROR && m_inputLeft == 0)
                return bad(ErrorCode::Corrupt, "its compressed data end early");
            if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
                return bad(ErrorCode::Corrupt, "its compressed data are damaged");
        }
        return into.size() - m_stream.avail_out;
    }

    const ArchiveFile& m_file;
    const ArchiveLimits& m_limits;
    std::vector<ZipEntry> m_entries;
    std::size_t m_next = 0;
    const ZipEntry* m_entry = nullptr;
    std::int64_t m_inputAt = 0;
    std::int64_t m_inputLeft = 0;
    std::int64_t m_given = 0;
    uLong m_crc = 0;
    z_stream m_stream{};
    bool m_isInflating = false;
    bool m_hasEnded = false;
    std::array<char, kInputBytes> m_input{};
};

} // namespace

Result<std::unique_ptr<EntrySource>> openZipSource(const ArchiveFile& file, const ArchiveLimits& limits)
{
    PS_TRY(std::vector<ZipEntry> entries, readZipDirectory(file, limits));
    return std::unique_ptr<EntrySource>(std::make_unique<ZipSource>(file, limits, std::move(entries)));
}

} // namespace ps
