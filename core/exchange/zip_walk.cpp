// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/zip_walk.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <unistd.h>
#include <vector>
#include <zlib.h>

namespace ps {

namespace {

constexpr std::int64_t kEndBytes = 22;
constexpr std::int64_t kLocatorBytes = 20;
constexpr std::int64_t kEnd64Bytes = 56;
constexpr std::int64_t kCentralBytes = 46;
constexpr std::int64_t kLocalBytes = 30;
constexpr std::size_t kPieceBytes = 256 << 10;
constexpr std::uint32_t kFull32 = 0xffffffff;
constexpr std::uint16_t kFull16 = 0xffff;
constexpr std::uint32_t kLocatorSignature = 0x07064b50;
constexpr std::uint16_t kEncrypted = 1;
constexpr std::uint16_t kDescriptor = 8;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
/// What QuaZip leaves free in a local head for sizes that might not fit, when they did.
constexpr std::string_view kRoomForZip64("\x01\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
/// The versions that it takes to unpack, as QuaZip writes them: of stored and of deflated files, of zip64, and the newest of all.
constexpr std::array<std::uint16_t, 4> kVersions{10, 20, 45, 63};

Error corrupt(std::string message)
{
    return Error{ErrorCode::Corrupt, std::move(message), "zip", 0};
}

/// Little-endian numbers of a record that was read whole.
class Fields
{
public:
    explicit Fields(std::string_view bytes) : m_bytes(bytes) {}
    std::uint64_t number(std::size_t count)
    {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < count && i < m_bytes.size(); ++i)
            value |= std::uint64_t{static_cast<unsigned char>(m_bytes[i])} << (8 * i);
        m_bytes.remove_prefix(std::min(count, m_bytes.size()));
        return value;
    }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::string_view take(std::size_t count)
    {
        const std::string_view part = m_bytes.substr(0, count);
        m_bytes.remove_prefix(part.size());
        return part;
    }
    bool isEmpty() const { return m_bytes.empty(); }

private:
    std::string_view m_bytes;
};

Result<std::string> readAt(int fd, std::int64_t offset, std::int64_t count)
{
    std::string bytes(static_cast<std::size_t>(count), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::pread(fd, bytes.data() + done, bytes.size() - done, offset + static_cast<off_t>(done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errnoError("cannot read the archive", {}, errno);
        if (got == 0)
            return corrupt("the archive ends too early");
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

bool isKnownVersion(std::uint16_t version)
{
    return std::ranges::find(kVersions, version) != kVersions.end();
}

struct Directory {
    std::int64_t offset = 0;
    std::int64_t bytes = 0;
    std::int64_t entries = 0;
};

/// What both heads of an entry say.
struct Head {
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t time = 0;
    std::uint32_t crc = 0;
    std::int64_t packed = 0;
    std::int64_t size = 0;
    std::string name;
    bool operator==(const Head&) const = default;
};

struct Entry {
    Head head;
    std::int64_t offset = 0;
    std::string attributes; ///< maker, disk and outer attributes: equal for all entries of ours
};

/// Numbers that did not fit into 32 bits stand in the extra field 1, in this order, each only when it is needed.
void readZip64(std::string_view extra, std::initializer_list<std::pair<std::int64_t*, bool>> numbers)
{
    Fields fields(extra);
    while (!fields.isEmpty()) {
        const std::uint16_t id = fields.u16();
        Fields content(fields.take(fields.u16()));
        if (id != 1)
            continue;
        for (const auto& [number, isNeeded] : numbers) {
            if (isNeeded && !content.isEmpty())
                *number = static_cast<std::int64_t>(content.number(8));
        }
    }
}

class ZipWalk
{
public:
    ZipWalk(int fd, const ZipTaker& taker, std::stop_token stop) : m_fd(fd), m_taker(taker), m_stop(std::move(stop)) {}

    Result<void> run()
    {
        PS_TRY(const FileIdentity identity, identify(m_fd));
        PS_TRY(const Directory directory, findDirectory(identity.sizeBytes));
        std::int64_t at = directory.offset;
        std::int64_t expected = 0;
        for (std::int64_t i = 0; i < directory.entries; ++i) {
            PS_TRY(const Entry entry, readEntry(at, directory.offset + directory.bytes));
            if (m_attributes.empty())
                m_attributes = entry.attributes;
            PS_TRY_VOID(takeEntry(entry, expected, directory.offset));
        }
        if (at != directory.offset + directory.bytes || expected != directory.offset)
            return corrupt("there is something between the entries of the archive");
        return {};
    }

private:
    Result<Directory> findDirectory(std::int64_t fileBytes) const
    {
        if (fileBytes < kEndBytes)
            return corrupt("no zip archive");
        PS_TRY(const std::string bytes, readAt(m_fd, fileBytes - kEndBytes, kEndBytes));
        Fields end(bytes);
        const bool isEnd = end.u32() == 0x06054b50;
        const std::uint32_t disks = end.u32();
        const std::uint16_t here = end.u16();
        const std::uint16_t total = end.u16();
        Directory directory{.offset = 0, .bytes = end.u32(), .entries = total};
        directory.offset = end.u32();
        const std::uint16_t comment = end.u16();
        if (!isEnd || disks != 0 || here != total || comment != 0)
            return corrupt("no zip archive of ours: its end is not where it should be");
        std::int64_t directoryEnd = fileBytes - kEndBytes;
        bool isLarge = directory.bytes == kFull32 || directory.offset == kFull32;
        if (!isLarge && total == kFull16) { // or there are exactly so many
            PS_TRY(isLarge, hasLocator(directoryEnd));
        }
        if (isLarge) {
            PS_TRY(directory, findDirectory64(directoryEnd));
        }
        if (directory.offset < 0 || directory.bytes < 0 || directory.entries < 0 || directory.offset > directoryEnd ||
            directory.bytes != directoryEnd - directory.offset || directory.entries > directory.bytes / kCentralBytes)
            return corrupt("the central directory is not where the archive says");
        return directory;
    }

    Result<bool> hasLocator(std::int64_t directoryEnd) const
    {
        if (directoryEnd < kLocatorBytes)
            return false;
        PS_TRY(const std::string bytes, readAt(m_fd, directoryEnd - kLocatorBytes, 4));
        return Fields(bytes).u32() == kLocatorSignature;
    }

    Result<Directory> findDirectory64(std::int64_t& directoryEnd) const
    {
        if (directoryEnd < kLocatorBytes + kEnd64Bytes)
            return corrupt("the archive ends too early");
        PS_TRY(const std::string locatorBytes, readAt(m_fd, directoryEnd - kLocatorBytes, kLocatorBytes));
        Fields locator(locatorBytes);
        const bool isLocator = locator.u32() == kLocatorSignature;
        locator.u32();
        const auto place = static_cast<std::int64_t>(locator.number(8));
        if (!isLocator || place != directoryEnd - kLocatorBytes - kEnd64Bytes)
            return corrupt("the zip64 end of the archive is not where it should be");
        PS_TRY(const std::string endBytes, readAt(m_fd, place, kEnd64Bytes));
        Fields end(endBytes);
        if (end.u32() != 0x06064b50)
            return corrupt("the zip64 end of the archive is damaged");
        end.take(8 + 2 + 2 + 4 + 4);
        const auto here = static_cast<std::int64_t>(end.number(8));
        Directory directory;
        directory.entries = static_cast<std::int64_t>(end.number(8));
        directory.bytes = static_cast<std::int64_t>(end.number(8));
        directory.offset = static_cast<std::int64_t>(end.number(8));
        if (here != directory.entries)
            return corrupt("the zip64 end of the archive is damaged");
        directoryEnd = place;
        return directory;
    }

    Result<Entry> readEntry(std::int64_t& at, std::int64_t end) const
    {
        if (end - at < kCentralBytes)
            return corrupt("the central directory ends too early");
        PS_TRY(const std::string bytes, readAt(m_fd, at, kCentralBytes));
        Fields fields(bytes);
        Entry entry;
        if (fields.u32() != 0x02014b50)
            return corrupt("the central directory is damaged");
        entry.attributes = fields.take(2); // made by
        const bool isVersion = isKnownVersion(fields.u16());
        if (!isVersion)
            return corrupt("the central directory names an unknown version");
        Head& head = entry.head;
        head.flags = fields.u16();
        head.method = fields.u16();
        head.time = fields.u32();
        head.crc = fields.u32();
        const std::uint32_t packed = fields.u32();
        const std::uint32_t size = fields.u32();
        const std::uint16_t nameBytes = fields.u16();
        const std::uint16_t extraBytes = fields.u16();
        const std::uint16_t commentBytes = fields.u16();
        entry.attributes += fields.take(2);
        fields.u16(); // whether it looks like text, which the packer guesses
        entry.attributes += fields.take(4);
        const std::uint32_t offset = fields.u32();
        if (end - at - kCentralBytes < std::int64_t{nameBytes} + extraBytes + commentBytes)
            return corrupt("the central directory ends too early");
        PS_TRY(const std::string rest, readAt(m_fd, at + kCentralBytes, std::int64_t{nameBytes} + extraBytes));
        head.name = rest.substr(0, nameBytes);
        head.packed = packed;
        head.size = size;
        entry.offset = offset;
        readZip64(
            std::string_view(rest).substr(nameBytes),
            {{&head.size, size == kFull32}, {&head.packed, packed == kFull32}, {&entry.offset, offset == kFull32}});
        at += kCentralBytes + nameBytes + extraBytes + commentBytes;
        return entry;
    }

    /// The local head, and where the data begin.
    Result<Head> readLocal(std::int64_t& at) const
    {
        PS_TRY(const std::string bytes, readAt(m_fd, at, kLocalBytes));
        Fields fields(bytes);
        if (fields.u32() != 0x04034b50)
            return corrupt("its local head is damaged");
        const bool isVersion = isKnownVersion(fields.u16());
        Head head;
        head.flags = fields.u16();
        head.method = fields.u16();
        head.time = fields.u32();
        head.crc = fields.u32();
        const std::uint32_t packed = fields.u32();
        const std::uint32_t size = fields.u32();
        const std::uint16_t nameBytes = fields.u16();
        const std::uint16_t extraBytes = fields.u16();
        PS_TRY(const std::string rest, readAt(m_fd, at + kLocalBytes, std::int64_t{nameBytes} + extraBytes));
        head.name = rest.substr(0, nameBytes);
        head.packed = packed;
        head.size = size;
        const std::string_view extra = std::string_view(rest).substr(nameBytes);
        const bool isLarge = size == kFull32 || packed == kFull32;
        if (!isVersion || (!isLarge && !extra.empty() && extra != kRoomForZip64))
            return corrupt("its local head is damaged");
        readZip64(extra, {{&head.size, size == kFull32}, {&head.packed, packed == kFull32}});
        at += kLocalBytes + nameBytes + extraBytes;
        return head;
    }

    Result<void> takeEntry(const Entry& entry, std::int64_t& expected, std::int64_t end)
    {
        const Head& head = entry.head;
        if (!isContainedPath(head.name))
            return corrupt("an entry leaves the archive: " + displayText(head.name));
        if (head.size < 0 || head.packed < 0 || entry.offset < 0 || entry.offset > end ||
            head.packed > end - entry.offset)
            return corrupt("an entry lies outside of the archive: " + displayText(head.name));
        PS_TRY_VOID(m_taker.begin(head.name, head.size));
        std::string problem;
        if (entry.offset != expected)
            problem = "not behind the entry before it";
        else if (entry.attributes != m_attributes)
            problem = "other attributes than its neighbours";
        std::int64_t at = entry.offset;
        auto local = readLocal(at);
        if (!local && local.error().code != ErrorCode::Corrupt)
            return local.error();
        if (!local)
            problem = local.error().message;
        else if (*local != head)
            problem = "the two heads of its entry differ";
        else if ((head.flags & (kEncrypted | kDescriptor)) != 0 || (head.method != kStored && head.method != kDeflated))
            problem = "of a kind that no release has";
        else if (head.packed > end - at)
            problem = "it goes on behind its end";
        expected = at + head.packed;
        if (problem.empty()) {
            PS_TRY(problem, readData(head, at));
        }
        return m_taker.end(problem);
    }

    Result<std::string> readData(const Head& head, std::int64_t at)
    {
        std::uint32_t crc = 0;
        std::int64_t size = 0;
        const auto take = [&](std::string_view bytes) -> Result<void> {
            crc = static_cast<std::uint32_t>(
                ::crc32(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
            size += static_cast<std::int64_t>(bytes.size());
            return m_taker.bytes(bytes);
        };
        Inflater inflater(head.method == kDeflated, head.size);
        for (std::int64_t left = head.packed; left > 0;) {
            if (m_stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the check was stopped", "zip", 0};
            const auto count = std::min(left, static_cast<std::int64_t>(kPieceBytes));
            PS_TRY(const std::string piece, readAt(m_fd, at, count));
            PS_TRY(const bool isSound, inflater.feed(piece, take));
            if (!isSound)
                return std::string("its compressed data are damaged");
            at += count;
            left -= count;
        }
        if (size != head.size || !inflater.isComplete())
            return std::string("its size differs");
        return crc == head.crc ? std::string() : std::string("CRC-32 differs");
    }

    /// Passes stored bytes through and unpacks deflated ones, never more than were announced.
    class Inflater
    {
    public:
        Inflater(bool isDeflated, std::int64_t maxBytes) : m_isDeflated(isDeflated), m_left(maxBytes)
        {
            if (m_isDeflated)
                m_isReady = ::inflateInit2(&m_stream, -MAX_WBITS) == Z_OK;
        }
        ~Inflater()
        {
            if (m_isReady)
                ::inflateEnd(&m_stream);
        }
        Inflater(const Inflater&) = delete;
        Inflater& operator=(const Inflater&) = delete;

        bool isComplete() const { return m_left == 0 && (!m_isDeflated || m_isAtEnd); }

        template <typename Take>
        Result<bool> feed(std::string_view bytes, const Take& take)
        {
            if (!m_isDeflated) {
                m_left -= static_cast<std::int64_t>(bytes.size());
                PS_TRY_VOID(take(bytes));
                return m_left >= 0;
            }
            if (!m_isReady || m_isAtEnd)
                return false;
            m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
            m_stream.avail_in = static_cast<uInt>(bytes.size());
            while (m_stream.avail_in > 0 && !m_isAtEnd) {
                m_stream.next_out = reinterpret_cast<Bytef*>(m_buffer.data());
                m_stream.avail_out = static_cast<uInt>(m_buffer.size());
                const int code = ::inflate(&m_stream, Z_NO_FLUSH);
                if (code != Z_OK && code != Z_STREAM_END)
                    return false;
                m_isAtEnd = code == Z_STREAM_END;
                const std::size_t count = m_buffer.size() - m_stream.avail_out;
                m_left -= static_cast<std::int64_t>(count);
                if (m_left < 0)
                    return false;
                PS_TRY_VOID(take(std::string_view(m_buffer.data(), count)));
            }
            return m_stream.avail_in == 0;
        }

    private:
        bool m_isDeflated;
        bool m_isReady = false;
        bool m_isAtEnd = false;
        std::int64_t m_left;
        z_stream m_stream{};
        std::vector<char> m_buffer = std::vector<char>(kPieceBytes);
    };

    int m_fd;
    const ZipTaker& m_taker;
    std::stop_token m_stop;
    std::string m_attributes;
};

} // namespace

Result<void> walkZip(int fd, const ZipTaker& taker, std::stop_token stop)
{
    return ZipWalk(fd, taker, std::move(stop)).run();
}

} // namespace ps
