// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/unpacking/tar_header.h"
#include "core/exchange/unpacking/tar_stream.h"

#include <algorithm>
#include <limits>

namespace ps {

namespace {

constexpr std::int64_t kMaxExtensionBytes = std::int64_t{1} << 20; ///< of a pax header
constexpr std::int64_t kMaxPaddingBytes = std::int64_t{16} << 20;  ///< zeros behind the end

class TarSource final : public EntrySource
{
public:
    TarSource(const ArchiveFile& file, const ArchiveLimits& limits, bool isCompressed)
        : m_limits(limits), m_stream(file, limits, isCompressed)
    {
    }

    Result<std::optional<SourceEntry>> next() override
    {
        PS_TRY_VOID(skipPadding());
        PaxFacts pax;
        std::optional<std::string> longName;
        for (;;) {
            PS_TRY(const std::string block, readBlock());
            if (isZeroBlock(block))
                return finish(pax.path || longName);
            auto header = parseTarHeader(block);
            if (!header)
                return header.error();
            if (header->type == 'x' || header->type == 'g') {
                PS_TRY_VOID(readPax(*header, pax));
            } else if (header->type == 'L') {
                if (header->sizeBytes > static_cast<std::int64_t>(kMaxEntryNameBytes) + 1)
                    return entryError(ErrorCode::Refused, "the name is too long", header->name);
                PS_TRY(std::string name, readExtension(*header));
                if (name.ends_with('\0'))
                    name.pop_back();
                longName = std::move(name);
            } else {
                header->name = pax.path ? *pax.path : longName ? *longName : header->name;
                header->sizeBytes = pax.sizeBytes.value_or(header->sizeBytes);
                PS_TRY(const bool isEntry, begin(*header));
                if (isEntry)
                    return std::optional(m_entry);
                pax = {};
                longName.reset();
            }
        }
    }

    Result<std::size_t> read(std::span<char> into) override
    {
        const auto wanted = static_cast<std::size_t>(std::min<std::int64_t>(m_left, std::ssize(into)));
        if (wanted == 0)
            return std::size_t{0};
        PS_TRY(const std::size_t count, m_stream.read(into.first(wanted)));
        if (count != wanted)
            return entryError(ErrorCode::Corrupt, "truncated", m_entry.name);
        m_left -= static_cast<std::int64_t>(count);
        return count;
    }

private:
    Result<std::string> readBlock()
    {
        std::string block(kTarBlockBytes, '\0');
        PS_TRY(const std::size_t count, m_stream.read(block));
        if (count != block.size())
            return Error{ErrorCode::Corrupt, "the archive is truncated", {}, 0};
        return block;
    }

    Result<void> skipPadding()
    {
        const auto past = static_cast<std::size_t>(m_stream.givenBytes() % static_cast<std::int64_t>(kTarBlockBytes));
        if (past == 0)
            return {};
        std::string rest(kTarBlockBytes - past, '\0');
        PS_TRY(const std::size_t count, m_stream.read(rest));
        return count == rest.size() ? Result<void>()
                                    : Result<void>(Error{ErrorCode::Corrupt, "the archive is truncated", {}, 0});
    }

    Result<std::string> readExtension(const TarHeader& header)
    {
        if (header.sizeBytes > kMaxExtensionBytes)
            return Error{ErrorCode::TooLarge, "an extended header is too large", {}, 0};
        std::string bytes(static_cast<std::size_t>(header.sizeBytes), '\0');
        PS_TRY(const std::size_t count, m_stream.read(bytes));
        if (count != bytes.size())
            return Error{ErrorCode::Corrupt, "the archive is truncated", {}, 0};
        if (++m_extensions > 2 * m_limits.maxEntries + 2)
            return Error{ErrorCode::TooLarge, "too many extended headers", {}, 0};
        PS_TRY_VOID(skipPadding());
        return bytes;
    }

    /// A global header counts for all entries behind it, so one with a path or a size in it would be a trick.
    Result<void> readPax(const TarHeader& header, PaxFacts& pax)
    {
        PS_TRY(const std::string records, readExtension(header));
        auto facts = parsePax(records);
        if (!facts)
            return entryError(facts.error().code, facts.error().message, header.name);
        if (header.type == 'g' && (facts->path || facts->sizeBytes))
            return entryError(ErrorCode::Refused, "a global header with a path or a size", header.name);
        if (header.type == 'x')
            pax = *std::move(facts);
        return {};
    }

    /// False for the folder "./", which is the target itself.
    Result<bool> begin(const TarHeader& header)
    {
        PS_TRY_VOID(checkType(header));
        std::string_view name = header.name;
        while (name.starts_with("./"))
            name.remove_prefix(2);
        // Old archives mark folders by their names alone.
        const bool isFolder = header.type == '5' || (header.type == '\0' && name.ends_with('/'));
        if (isFolder && name.ends_with('/'))
            name.remove_suffix(1);
        if (isFolder && (name.empty() || name == "."))
            return header.sizeBytes == 0 ? Result<bool>(false)
                                         : entryError(ErrorCode::Corrupt, "a folder with bytes", header.name);
        if (const auto checked = checkEntryName(name); !checked)
            return entryError(ErrorCode::Refused, checked.error().message, name);
        if (isFolder && header.sizeBytes != 0)
            return entryError(ErrorCode::Corrupt, "a folder with bytes", name);
        if (header.sizeBytes > m_limits.maxEntryBytes)
            return entryError(ErrorCode::TooLarge, "larger than the limit of one entry", name);
        m_total += header.sizeBytes;
        if (++m_count > m_limits.maxEntries)
            return Error{ErrorCode::TooLarge, "more than " + std::to_string(m_limits.maxEntries) + " entries", {}, 0};
        if (m_total > m_limits.maxTotalBytes)
            return entryError(ErrorCode::TooLarge,
                              "unpacks to more than " + std::to_string(m_limits.maxTotalBytes) + " bytes", name);
        m_entry = {std::string(name), isFolder, header.sizeBytes};
        m_left = header.sizeBytes;
        return true;
    }

    static Result<void> checkType(const TarHeader& header)
    {
        switch (header.type) {
        case '0':
        case '\0':
        case '7': // contiguous: an ordinary file on every system of today
        case '5': return {};
        case '1':
        case '2':
        case 'K': return entryError(ErrorCode::Refused, "a link", header.name);
        case '3':
        case '4':
        case '6': return entryError(ErrorCode::Refused, "a device or another special file", header.name);
        case 'S': return entryError(ErrorCode::Refused, "a sparse file", header.name);
        default: return entryError(ErrorCode::Refused, "an entry of an unknown kind", header.name);
        }
    }

    /// Behind the end there are zeros only.
    Result<std::optional<SourceEntry>> finish(bool hasDanglingName)
    {
        if (hasDanglingName)
            return Error{ErrorCode::Corrupt, "an extended header without its entry", {}, 0};
        std::string chunk(std::size_t{64} << 10, '\0');
        for (std::int64_t padding = 0;;) {
            PS_TRY(const std::size_t count, m_stream.read(chunk));
            if (!isZeroBlock(std::string_view(chunk).substr(0, count)))
                return Error{ErrorCode::Corrupt, "something stands behind the end of the archive", {}, 0};
            padding += static_cast<std::int64_t>(count);
            if (padding > kMaxPaddingBytes)
                return Error{ErrorCode::TooLarge, "too many zeros behind the end of the archive", {}, 0};
            if (count < chunk.size())
                return std::optional<SourceEntry>();
        }
    }

    const ArchiveLimits& m_limits;
    TarStream m_stream;
    SourceEntry m_entry;
    std::int64_t m_left = 0;
    std::int64_t m_count = 0;
    std::int64_t m_total = 0;
    std::int64_t m_extensions = 0;
};

} // namespace

Result<std::unique_ptr<EntrySource>> openTarSource(const ArchiveFile& file, const ArchiveLimits& limits,
                                                   bool isCompressed)
{
    return std::unique_ptr<EntrySource>(std::make_unique<TarSource>(file, limits, isCompressed));
}

} // namespace ps
