// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/unpacking/zip_directory.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <sys/stat.h>

namespace ps {

namespace {

// Field places: APPNOTE.TXT 4.3.
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kEndZip64Bytes = 56;
constexpr std::size_t kLocatorBytes = 20;
constexpr std::size_t kCentralBytes = 46;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kMaxCommentBytes = 65535;
constexpr std::int64_t kMaxDirectoryBytes = std::int64_t{64} << 20;
constexpr std::uint16_t kZip64Extra = 0x0001;
constexpr std::uint16_t kUnicodeNameExtra = 0x7075;
constexpr std::uint16_t kEncryptedFlags = 0x0001 | 0x0040 | 0x2000;
constexpr std::uint16_t kDescriptorFlag = 0x0008;
constexpr std::uint16_t kPatchFlag = 0x0020;
constexpr std::uint32_t kReparsePoint = 0x400; ///< DOS attribute of links on Windows
constexpr std::uint64_t kUnknown32 = 0xFFFFFFFF;

Error corrupt(std::string what)
{
    return {ErrorCode::Corrupt, std::move(what), {}, 0};
}

struct DirectoryPlace {
    std::int64_t offset = 0;
    std::int64_t bytes = 0;
    std::int64_t count = 0;
};

struct ExtraFields {
    std::optional<std::string_view> zip64;
    std::optional<std::string_view> unicodeName;
    bool isBroken = false;
};

ExtraFields parseExtra(std::string_view extra)
{
    ExtraFields fields;
    while (extra.size() >= 4) {
        const auto id = static_cast<std::uint16_t>(littleEndian(extra, 0, 2));
        const std::size_t bytes = littleEndian(extra, 2, 2);
        if (bytes > extra.size() - 4) {
            fields.isBroken = true;
            return fields;
        }
        const std::string_view content = extra.substr(4, bytes);
        if ((id == kZip64Extra && fields.zip64) || (id == kUnicodeNameExtra && fields.unicodeName))
            fields.isBroken = true; // which of the two would count?
        if (id == kZip64Extra)
            fields.zip64 = content;
        if (id == kUnicodeNameExtra)
            fields.unicodeName = content;
        extra.remove_prefix(4 + bytes);
    }
    return fields;
}

class DirectoryReader
{
public:
    DirectoryReader(const ArchiveFile& file, const ArchiveLimits& limits) : m_file(file), m_limits(limits) {}

    Result<std::vector<ZipEntry>> read()
    {
        PS_TRY(const DirectoryPlace place, findDirectory());
        if (place.count > m_limits.maxEntries)
            return Error{ErrorCode::TooLarge, "more than " + std::to_string(m_limits.maxEntries) + " entries", {}, 0};
        if (place.bytes > kMaxDirectoryBytes)
            return Error{ErrorCode::TooLarge, "the directory is too large", {}, 0};
        PS_TRY(const std::string bytes, m_file.readExactly(place.offset, static_cast<std::size_t>(place.bytes)));
        PS_TRY(std::vector<ZipEntry> entries, parseEntries(bytes, place));
        PS_TRY_VOID(checkSums(entries));
        for (ZipEntry& entry : entries)
            PS_TRY_VOID(compareLocalHeader(entry));
        std::ranges::stable_sort(entries, {}, &ZipEntry::headerOffset);
        PS_TRY_VOID(checkOverlaps(entries, place.offset));
        return entries;
    }

private:
    /// The end record is the one whose comment reaches exactly to the end of the file.
    Result<DirectoryPlace> findDirectory()
    {
        const auto tailBytes = static_cast<std::size_t>(
            std::min<std::int64_t>(m_file.sizeBytes, static_cast<std::int64_t>(kEndBytes + kMaxCommentBytes)));
        const std::int64_t tailOffset = m_file.sizeBytes - static_cast<std::int64_t>(tailBytes);
        PS_TRY(const std::string tail, m_file.readExactly(tailOffset, tailBytes));
        for (std::size_t back = kEndBytes; back <= tail.size(); ++back) {
            const std::string_view record = std::string_view(tail).substr(tail.size() - back);
            if (record.starts_with("PK\x05\x06") && littleEndian(record, 20, 2) == back - kEndBytes)
                return parseEnd(record, m_file.sizeBytes - static_cast<std::int64_t>(back));
        }
        return corrupt("the archive has no end record; it is truncated");
    }

    Result<DirectoryPlace> parseEnd(std::string_view record, std::int64_t endOffset)
    {
        if (littleEndian(record, 4, 2) != 0 || littleEndian(record, 6, 2) != 0)
            return Error{ErrorCode::Unsupported, "an archive of several parts", {}, 0};
        DirectoryPlace place;
        place.count = static_cast<std::int64_t>(littleEndian(record, 10, 2));
        place.bytes = static_cast<std::int64_t>(littleEndian(record, 12, 4));
        place.offset = static_cast<std::int64_t>(littleEndian(record, 16, 4));
        if (littleEndian(record, 8, 2) != littleEndian(record, 10, 2))
            return corrupt("the end record contradicts itself");
        const bool isZip64 = place.count == 0xFFFF || static_cast<std::uint64_t>(place.bytes) == kUnknown32 ||
                             static_cast<std::uint64_t>(place.offset) == kUnknown32;
        std::int64_t directoryEnd = endOffset;
        if (isZip64 && endOffset >= static_cast<std::int64_t>(kLocatorBytes)) {
            PS_TRY(const std::string locator,
                   m_file.readExactly(endOffset - static_cast<std::int64_t>(kLocatorBytes), kLocatorBytes));
            if (locator.starts_with("PK\x06\x07")) {
                PS_TRY(directoryEnd, parseZip64End(locator, endOffset, place));
            }
        }
        if (place.offset < 0 || place.bytes < 0 || place.count < 0 || place.offset > directoryEnd ||
            place.bytes != directoryEnd - place.offset)
            return corrupt("the directory does not lie where the end record says");
        return place;
    }

    Result<std::int64_t> parseZip64End(std::string_view locator, std::int64_t endOffset, DirectoryPlace& place)
    {
        const std::uint64_t offset = littleEndian(locator, 8, 8);
        if (offset > static_cast<std::uint64_t>(endOffset) || littleEndian(locator, 4, 4) != 0 ||
            littleEndian(locator, 16, 4) > 1)
            return corrupt("the zip64 locator is damaged");
        PS_TRY(const std::string record, m_file.readExactly(static_cast<std::int64_t>(offset), kEndZip64Bytes));
        if (!record.starts_with("PK\x06\x06") || littleEndian(record, 24, 8) != littleEndian(record, 32, 8))
            return corrupt("the zip64 end record is damaged");
        const std::uint64_t largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        if (littleEndian(record, 32, 8) > largest || littleEndian(record, 40, 8) > largest ||
            littleEndian(record, 48, 8) > largest)
            return corrupt("the zip64 end record is damaged");
        place.count = static_cast<std::int64_t>(littleEndian(record, 32, 8));
        place.bytes = static_cast<std::int64_t>(littleEndian(record, 40, 8));
        place.offset = static_cast<std::int64_t>(littleEndian(record, 48, 8));
        return static_cast<std::int64_t>(offset);
    }

    Result<std::vector<ZipEntry>> parseEntries(std::string_view bytes, const DirectoryPlace& place)
    {
        std::vector<ZipEntry> entries;
        while (!bytes.empty()) {
            if (static_cast<std::int64_t>(entries.size()) >= m_limits.maxEntries)
                return Error{
                    ErrorCode::TooLarge, "more than " + std::to_string(m_limits.maxEntries) + " entries", {}, 0};
            if (bytes.size() < kCentralBytes || !bytes.starts_with("PK\x01\x02"))
                return corrupt("the directory is damaged behind entry " + std::to_string(entries.size()));
            const std::size_t nameBytes = littleEndian(bytes, 28, 2);
            const std::size_t extraBytes = littleEndian(bytes, 30, 2);
            const std::size_t commentBytes = littleEndian(bytes, 32, 2);
            const std::size_t whole = kCentralBytes + nameBytes + extraBytes + commentBytes;
            if (whole > bytes.size())
                return corrupt("the directory is damaged behind entry " + std::to_string(entries.size()));
            PS_TRY(ZipEntry entry, parseEntry(bytes.substr(0, whole), nameBytes, extraBytes));
            entries.push_back(std::move(entry));
            bytes.remove_prefix(whole);
        }
        if (static_cast<std::int64_t>(entries.size()) != place.count)
            return corrupt("the directory has another number of entries than the end record says");
        return entries;
    }

    Result<ZipEntry> parseEntry(std::string_view header, std::size_t nameBytes, std::size_t extraBytes)
    {
        ZipEntry entry;
        entry.name = header.substr(kCentralBytes, nameBytes);
        entry.isFolder = entry.name.ends_with('/');
        if (entry.isFolder)
            entry.name.pop_back();
        if (const auto checked = checkEntryName(entry.name); !checked)
            return entryError(ErrorCode::Refused, checked.error().message, entry.name);
        entry.flags = static_cast<std::uint16_t>(littleEndian(header, 8, 2));
        entry.method = static_cast<std::uint16_t>(littleEndian(header, 10, 2));
        entry.crc = static_cast<std::uint32_t>(littleEndian(header, 16, 4));
        PS_TRY_VOID(checkMethod(entry));
        PS_TRY_VOID(checkAttributes(entry, header));
        const ExtraFields extra = parseExtra(header.substr(kCentralBytes + nameBytes, extraBytes));
        PS_TRY_VOID(takeSizes(entry, header, extra));
        if (littleEndian(header, 34, 2) != 0)
            return entryError(ErrorCode::Unsupported, "in another part of the archive", entry.name);
        return entry;
    }

    static Result<void> checkMethod(ZipEntry& entry)
    {
        if ((entry.flags & kEncryptedFlags) != 0)
            return entryError(ErrorCode::Unsupported, "encrypted", entry.name);
        if ((entry.method != 0 && entry.method != 8) || (entry.flags & kPatchFlag) != 0)
            return entryError(ErrorCode::Unsupported,
                              "compressed by method " + std::to_string(entry.method) + ", which is not read",
                              entry.name);
        entry.isDeflated = entry.method == 8;
        return {};
    }

    /// Whatever system wrote it: a mode that is no file and no folder is refused.
    static Result<void> checkAttributes(const ZipEntry& entry, std::string_view header)
    {
        const auto attributes = static_cast<std::uint32_t>(littleEndian(header, 38, 4));
        const std::uint32_t kind = (attributes >> 16) & S_IFMT;
        if (kind == S_IFLNK || (attributes & kReparsePoint) != 0)
            return entryError(ErrorCode::Refused, "a link", entry.name);
        if (kind != 0 && kind != S_IFREG && kind != S_IFDIR)
            return entryError(ErrorCode::Refused, "a device or another special file", entry.name);
        if (kind != 0 && (kind == S_IFDIR) != entry.isFolder)
            return entryError(ErrorCode::Refused, "file and folder at once", entry.name);
        return {};
    }

    static Result<void> takeSizes(ZipEntry& entry, std::string_view header, const ExtraFields& extra)
    {
        std::uint64_t packed = littleEndian(header, 20, 4);
        std::uint64_t unpacked = littleEndian(header, 24, 4);
        std::uint64_t offset = littleEndian(header, 42, 4);
        std::size_t at = 0;
        const std::string_view zip64 = extra.zip64.value_or(std::string_view());
        for (std::uint64_t* value : {&unpacked, &packed, &offset}) { // in this order, each only when it is needed
            if (*value != kUnknown32 || !extra.zip64)
                continue;
            if (at + 8 > zip64.size())
                return entryError(ErrorCode::Corrupt, "its zip64 sizes are damaged", entry.name);
            *value = littleEndian(zip64, at, 8);
            at += 8;
        }
        const auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() / 4);
        if (extra.isBroken || packed > largest || unpacked > largest || offset > largest)
            return entryError(ErrorCode::Corrupt, "its header is damaged", entry.name);
        if (extra.unicodeName &&
            (extra.unicodeName->size() < 5 || nameWithoutSlash(extra.unicodeName->substr(5)) != entry.name))
            return entryError(ErrorCode::Refused, "two names", entry.name);
        entry.packedBytes = static_cast<std::int64_t>(packed);
        entry.unpackedBytes = static_cast<std::int64_t>(unpacked);
        entry.headerOffset = static_cast<std::int64_t>(offset);
        if (entry.isFolder && entry.unpackedBytes != 0)
            return entryError(ErrorCode::Corrupt, "a folder with bytes", entry.name);
        if (!entry.isDeflated && entry.packedBytes != entry.unpackedBytes)
            return entryError(ErrorCode::Corrupt, "two sizes", entry.name);
        return {};
    }

    static std::string_view nameWithoutSlash(std::string_view name)
    {
        return name.ends_with('/') ? name.substr(0, name.size() - 1) : name;
    }

    Result<void> checkSums(const std::vector<ZipEntry>& entries) const
    {
        std::int64_t total = 0;
        for (const ZipEntry& entry : entries) {
            if (entry.unpackedBytes > m_limits.maxEntryBytes)
                return entryError(ErrorCode::TooLarge, "larger than the limit of one entry", entry.name);
            if (isBomb(entry.unpackedBytes, entry.packedBytes, m_limits))
                return entryError(ErrorCode::TooLarge, "unpacks to more than 100 times its size", entry.name);
            total += entry.unpackedBytes;
            if (total > m_limits.maxTotalBytes)
                return Error{ErrorCode::TooLarge,
                             "unpacks to more than " + std::to_string(m_limits.maxTotalBytes) + " bytes",
                             {},
                             0};
        }
        if (isBomb(total, m_file.sizeBytes, m_limits))
            return Error{ErrorCode::TooLarge, "unpacks to " + std::to_string(total) + " bytes, a bomb", {}, 0};
        return {};
    }

    /// The header in front of the data says the same as the directory.
    Result<void> compareLocalHeader(ZipEntry& entry) const
    {
        const auto differs = [&](std::string_view what) {
            return entryError(ErrorCode::Refused, "its two headers differ in " + std::string(what), entry.name);
        };
        PS_TRY(const std::string header, m_file.readExactly(entry.headerOffset, kLocalBytes));
        if (!header.starts_with("PK\x03\x04"))
            return entryError(ErrorCode::Corrupt, "there is no header where the directory says", entry.name);
        const std::size_t nameBytes = littleEndian(header, 26, 2);
        const std::size_t extraBytes = littleEndian(header, 28, 2);
        PS_TRY(const std::string rest,
               m_file.readExactly(entry.headerOffset + static_cast<std::int64_t>(kLocalBytes), nameBytes + extraBytes));
        const std::string_view name = std::string_view(rest).substr(0, nameBytes);
        if (nameWithoutSlash(name) != entry.name || name.ends_with('/') != entry.isFolder)
            return differs("the name");
        constexpr std::uint16_t kCompared = kEncryptedFlags | kDescriptorFlag;
        if ((littleEndian(header, 6, 2) & kCompared) != (entry.flags & kCompared))
            return differs("the flags");
        if (littleEndian(header, 8, 2) != entry.method)
            return differs("the method");
        const ExtraFields extra = parseExtra(std::string_view(rest).substr(nameBytes));
        if (extra.isBroken)
            return entryError(ErrorCode::Corrupt, "its header is damaged", entry.name);
        if (extra.unicodeName &&
            (extra.unicodeName->size() < 5 || nameWithoutSlash(extra.unicodeName->substr(5)) != entry.name))
            return entryError(ErrorCode::Refused, "two names", entry.name);
        if (!agreesOnSizes(entry, header, extra))
            return differs("the sizes or the checksum");
        entry.dataOffset = entry.headerOffset + static_cast<std::int64_t>(kLocalBytes + nameBytes + extraBytes);
        return {};
    }

    static bool agreesOnSizes(const ZipEntry& entry, std::string_view header, const ExtraFields& extra)
    {
        const bool comesLater = (entry.flags & kDescriptorFlag) != 0;
        const auto agrees = [&](std::uint64_t local, std::int64_t central) {
            return local == static_cast<std::uint64_t>(central) || (comesLater && local == 0);
        };
        std::uint64_t packed = littleEndian(header, 18, 4);
        std::uint64_t unpacked = littleEndian(header, 22, 4);
        if (extra.zip64 && (packed == kUnknown32 || unpacked == kUnknown32)) {
            if (extra.zip64->size() < 16)
                return false;
            unpacked = unpacked == kUnknown32 ? littleEndian(*extra.zip64, 0, 8) : unpacked;
            packed = packed == kUnknown32 ? littleEndian(*extra.zip64, 8, 8) : packed;
        }
        return agrees(packed, entry.packedBytes) && agrees(unpacked, entry.unpackedBytes) &&
               agrees(littleEndian(header, 14, 4), entry.crc);
    }

    /// No byte of the file belongs to two entries or to an entry and the directory.
    static Result<void> checkOverlaps(const std::vector<ZipEntry>& entries, std::int64_t directoryOffset)
    {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const std::int64_t end = entries[i].dataOffset + entries[i].packedBytes;
            const std::int64_t limit = i + 1 < entries.size() ? entries[i + 1].headerOffset : directoryOffset;
            if (end > limit)
                return entryError(ErrorCode::Refused, "its bytes overlap with others", entries[i].name);
        }
        return {};
    }

    const ArchiveFile& m_file;
    const ArchiveLimits& m_limits;
};

} // namespace

Result<std::vector<ZipEntry>> readZipDirectory(const ArchiveFile& file, const ArchiveLimits& limits)
{
    return DirectoryReader(file, limits).read();
}

} // namespace ps
