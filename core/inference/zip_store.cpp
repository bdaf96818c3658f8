// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ZIP format after PKWARE's APPNOTE 6.3.10: local headers 4.3.7, directory 4.3.12, its end 4.3.16.
#include "core/inference/zip_store.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include <zlib.h>

namespace ps {

namespace {

constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kDirectorySignature = 0x02014b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::uint32_t kWideEndSignature = 0x06064b50;
constexpr std::uint32_t kLocatorSignature = 0x07064b50;
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kDirectorySize = 46;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kMaxCommentSize = 0xFFFF;
constexpr std::size_t kExtraHeaderSize = 4;
constexpr std::uint32_t kFirstDayOfDos =
    0x00210000; ///< 1 January 1980, midnight: the only time that is always the same
constexpr unsigned kNamesAreUtf8 = 0x0800;
constexpr unsigned kIsEncrypted = 0x0001;
constexpr std::uint32_t kIsInZip64 = 0xFFFFFFFF;

void append16(std::string& out, std::size_t value)
{
    out.push_back(static_cast<char>(value & 0xFF));
    out.push_back(static_cast<char>((value >> 8) & 0xFF));
}

void append32(std::string& out, std::size_t value)
{
    append16(out, value & 0xFFFF);
    append16(out, (value >> 16) & 0xFFFF);
}

std::uint32_t read16(std::string_view bytes, std::size_t at)
{
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + 1])) << 8;
}

std::uint32_t read32(std::string_view bytes, std::size_t at)
{
    return read16(bytes, at) | read16(bytes, at + 2) << 16;
}

std::uint32_t checksum(std::string_view bytes)
{
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size())); // NOLINT: zlib wants unsigned bytes
}

/// An extra field of the kind that PyTorch pads with.
std::string padding(std::size_t size)
{
    std::string field = "FB";
    append16(field, size - kExtraHeaderSize);
    field.append(size - kExtraHeaderSize, 'Z');
    return field;
}

/// What both headers of an entry have in common, from the version on.
std::string commonHeader(std::string_view name, std::string_view bytes, std::size_t extraSize)
{
    std::string header;
    append16(header, 20);
    append16(header, kNamesAreUtf8);
    append16(header, 0); // stored
    append32(header, kFirstDayOfDos);
    append32(header, checksum(bytes));
    append32(header, bytes.size());
    append32(header, bytes.size());
    append16(header, name.size());
    append16(header, extraSize);
    return header;
}

/// What may stand between directory and end: nothing, or the ZIP64 end with its locator, which PyTorch always writes. They
/// say the same once more for archives that need more bits.
bool isPlainGap(std::string_view gap)
{
    constexpr std::size_t kWideEndSize = 56;
    constexpr std::size_t kLocatorSize = 20;
    return gap.empty() || (gap.size() == kWideEndSize + kLocatorSize && read32(gap, 0) == kWideEndSignature &&
                           read32(gap, kWideEndSize) == kLocatorSignature);
}

Error corrupt(std::string message, std::string_view entry = {})
{
    return {ErrorCode::Corrupt, "the archive " + std::move(message), displayText(entry), 0};
}

Result<std::size_t> findEnd(std::string_view archive)
{
    if (archive.size() < kEndSize)
        return corrupt("is too short");
    const std::size_t last = archive.size() - kEndSize;
    const std::size_t first = last > kMaxCommentSize ? last - kMaxCommentSize : 0;
    for (std::size_t at = last + 1; at-- > first;) {
        if (read32(archive, at) == kEndSignature && read16(archive, at + 20) == archive.size() - at - kEndSize)
            return at;
    }
    return corrupt("has no directory");
}

/// The bytes of an entry, found through its local header.
Result<std::string_view> entryBytes(std::string_view archive, std::size_t localAt, std::size_t size,
                                    std::string_view name)
{
    if (localAt > archive.size() || archive.size() - localAt < kLocalSize ||
        read32(archive, localAt) != kLocalSignature)
        return corrupt("has no entry where its directory says", name);
    const std::size_t nameSize = read16(archive, localAt + 26);
    const std::size_t start = localAt + kLocalSize + nameSize + read16(archive, localAt + 28);
    if (start > archive.size() || archive.size() - start < size)
        return corrupt("ends within an entry", name);
    if (archive.substr(localAt + kLocalSize, nameSize) != name)
        return corrupt("names an entry in two ways", name);
    return archive.substr(start, size);
}

/// One line of the directory; moves `at` behind it.
Result<ZipStoreEntry> readEntry(std::string_view archive, std::size_t& at, std::size_t end)
{
    if (end - at < kDirectorySize || read32(archive, at) != kDirectorySignature)
        return corrupt("has a damaged directory");
    const std::size_t nameSize = read16(archive, at + 28);
    const std::size_t wholeSize = kDirectorySize + nameSize + read16(archive, at + 30) + read16(archive, at + 32);
    if (end - at < wholeSize)
        return corrupt("has a damaged directory");
    const std::string_view name = archive.substr(at + kDirectorySize, nameSize);
    const std::uint32_t storedSize = read32(archive, at + 20);
    const std::uint32_t size = read32(archive, at + 24);
    const std::uint32_t localAt = read32(archive, at + 42);
    if (name.empty())
        return corrupt("has an entry without a name");
    if ((read16(archive, at + 8) & kIsEncrypted) != 0 || read16(archive, at + 10) != 0)
        return Error{ErrorCode::Unsupported, "the archive is compressed or encrypted", displayText(name), 0};
    if (storedSize == kIsInZip64 || size == kIsInZip64 || localAt == kIsInZip64)
        return Error{ErrorCode::Unsupported, "the archive is in the ZIP64 form", displayText(name), 0};
    if (storedSize != size)
        return corrupt("gives two sizes for an entry", name);
    PS_TRY(const std::string_view bytes, entryBytes(archive, localAt, size, name));
    if (checksum(bytes) != read32(archive, at + 16))
        return corrupt("has an entry with a wrong checksum", name);
    at += wholeSize;
    return ZipStoreEntry{name, bytes};
}

} // namespace

void ZipStoreWriter::add(std::string_view name, std::string_view bytes, std::size_t alignment)
{
    const std::size_t localAt = m_bytes.size();
    const std::size_t unpadded = localAt + kLocalSize + name.size() + kExtraHeaderSize;
    const std::size_t extraSize = kExtraHeaderSize + (alignment - unpadded % alignment) % alignment;
    append32(m_bytes, kLocalSignature);
    m_bytes += commonHeader(name, bytes, extraSize);
    m_bytes += name;
    m_bytes += padding(extraSize);
    m_bytes += bytes;

    append32(m_directory, kDirectorySignature);
    append16(m_directory, 20);
    m_directory += commonHeader(name, bytes, 0);
    append16(m_directory, 0); // comment
    append16(m_directory, 0); // disk
    append16(m_directory, 0); // attributes
    append32(m_directory, 0);
    append32(m_directory, localAt);
    m_directory += name;
    ++m_count;
}

std::string ZipStoreWriter::finish()
{
    const std::size_t directoryAt = m_bytes.size();
    m_bytes += m_directory;
    append32(m_bytes, kEndSignature);
    append32(m_bytes, 0); // disks
    append16(m_bytes, m_count);
    append16(m_bytes, m_count);
    append32(m_bytes, m_directory.size());
    append32(m_bytes, directoryAt);
    append16(m_bytes, 0); // comment
    return std::move(m_bytes);
}

Result<std::vector<ZipStoreEntry>> readZipStore(std::string_view archive)
{
    PS_TRY(const std::size_t endAt, findEnd(archive));
    const std::size_t count = read16(archive, endAt + 10);
    const std::size_t size = read32(archive, endAt + 12);
    std::size_t at = read32(archive, endAt + 16);
    if (at > endAt || size > endAt - at || !isPlainGap(archive.substr(at + size, endAt - at - size)))
        return corrupt("has a directory of another size than it says");
    const std::size_t directoryEnd = at + size;
    std::vector<ZipStoreEntry> entries;
    std::set<std::string_view> names;
    std::size_t total = 0;
    for (std::size_t i = 0; i < count; ++i) {
        PS_TRY(const ZipStoreEntry entry, readEntry(archive, at, directoryEnd));
        total += entry.bytes.size();
        if (!names.insert(entry.name).second)
            return corrupt("has two entries of one name", entry.name);
        if (total > archive.size())
            return corrupt("has entries that overlap", entry.name);
        entries.push_back(entry);
    }
    if (at != directoryEnd)
        return corrupt("has more entries than it says");
    return entries;
}

} // namespace ps
