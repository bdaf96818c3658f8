// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/tar_writer.h"

#include "core/exchange/release_path.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::int64_t kBlockBytes = 512;
constexpr std::int64_t kRecordBytes = 20 * kBlockBytes; // what archives are padded to by custom
constexpr std::int64_t kFixedTime = 315'532'800;        // 1980-01-01T00:00:00Z, the earliest that zip can say
constexpr std::int64_t kMaxUstarSize = 077777777777;    // eleven octal digits
constexpr std::size_t kNameBytes = 100;
constexpr std::size_t kPrefixBytes = 155;
constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

/// The fields of a header block by their offsets.
enum Field : std::size_t {
    kName = 0,
    kMode = 100,
    kOwner = 108,
    kGroup = 116,
    kSize = 124,
    kTime = 136,
    kChecksum = 148,
    kType = 156,
    kMagic = 257,
    kPrefix = 345,
};

struct SplitName {
    std::string_view prefix;
    std::string_view name;
};

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// How a path fits into the two fields for it; nothing when it does not.
std::optional<SplitName> splitName(std::string_view path)
{
    if (!isAscii(path))
        return std::nullopt;
    if (path.size() <= kNameBytes)
        return SplitName{{}, path};
    // The last slash that leaves a name of at most 100 bytes and a prefix of at most 155.
    const std::size_t slash = path.find('/', path.size() - kNameBytes - 1);
    if (slash == std::string_view::npos || slash == 0 || slash > kPrefixBytes)
        return std::nullopt;
    return SplitName{path.substr(0, slash), path.substr(slash + 1)};
}

void putText(std::string& block, std::size_t offset, std::string_view text)
{
    block.replace(offset, text.size(), text);
}

void putOctal(std::string& block, std::size_t offset, std::size_t digitCount, std::int64_t value)
{
    for (std::size_t i = digitCount; i > 0; --i) {
        block[offset + i - 1] = static_cast<char>('0' + (value & 7));
        value >>= 3;
    }
}

std::string headerBlock(const SplitName& name, char type, std::int64_t sizeBytes)
{
    std::string block(static_cast<std::size_t>(kBlockBytes), '\0');
    putText(block, kName, name.name);
    putText(block, kPrefix, name.prefix);
    putOctal(block, kMode, 7, 0644);
    putOctal(block, kOwner, 7, 0);
    putOctal(block, kGroup, 7, 0);
    putOctal(block, kSize, 11, sizeBytes);
    putOctal(block, kTime, 11, kFixedTime);
    block[kType] = type;
    putText(block, kMagic, std::string_view("ustar\00000", 8));
    // The sum is taken with its own field as spaces.
    putText(block, kChecksum, "        ");
    std::int64_t sum = 0;
    for (const char c : block)
        sum += static_cast<unsigned char>(c);
    putOctal(block, kChecksum, 6, sum);
    block[kChecksum + 6] = '\0';
    return block;
}

/// "LENGTH key=value\n", where the length counts itself.
std::string paxRecord(std::string_view key, std::string_view value)
{
    const std::size_t rest = key.size() + value.size() + 3; // space, equals sign, newline
    std::size_t length = rest;
    while (rest + std::to_string(length).size() != length)
        length = rest + std::to_string(length).size();
    std::string record = std::to_string(length) + ' ';
    return record.append(key).append("=").append(value).append("\n");
}

/// What readers without pax see as the name: the end of the path, with '_' for what is not ASCII.
std::string plainName(std::string_view path)
{
    std::string name(path.substr(path.size() - std::min(path.size(), kNameBytes)));
    for (char& c : name) {
        if (static_cast<unsigned char>(c) >= 0x80)
            c = '_';
    }
    const std::size_t begin = name.find_first_not_of('/');
    return begin == std::string::npos ? std::string("_") : name.substr(begin);
}

} // namespace

Result<void> TarWriter::addEntry(std::string_view path, std::string_view bytes)
{
    PS_TRY_VOID(writeHeader(path, static_cast<std::int64_t>(bytes.size())));
    PS_TRY_VOID(write(bytes));
    return pad(kBlockBytes);
}

Result<void> TarWriter::addEntry(std::string_view path, int fromFd, std::int64_t sizeBytes, std::stop_token stop)
{
    PS_TRY_VOID(writeHeader(path, sizeBytes));
    m_buffer.resize(kBufferBytes);
    for (std::int64_t done = 0; done < sizeBytes;) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while an archive was written", std::string(path), 0};
        const auto wanted = std::min<std::int64_t>(sizeBytes - done, static_cast<std::int64_t>(m_buffer.size()));
        const ssize_t count = ::pread(fromFd, m_buffer.data(), static_cast<std::size_t>(wanted), done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot read the file", std::string(path), errno);
        if (count == 0)
            return Error{ErrorCode::Conflict, "the file became shorter while it was copied", std::string(path), 0};
        PS_TRY_VOID(write(std::string_view(m_buffer).substr(0, static_cast<std::size_t>(count))));
        done += count;
    }
    return pad(kBlockBytes);
}

Result<void> TarWriter::finish()
{
    PS_TRY_VOID(write(std::string(static_cast<std::size_t>(2 * kBlockBytes), '\0')));
    return pad(kRecordBytes);
}

Result<void> TarWriter::writeHeader(std::string_view path, std::int64_t sizeBytes)
{
    PS_TRY_VOID(checkReleasePath(path));
    const std::optional<SplitName> name = splitName(path);
    const std::string plain = name ? std::string() : plainName(path);
    std::string records;
    if (!name)
        records += paxRecord("path", path);
    if (sizeBytes > kMaxUstarSize)
        records += paxRecord("size", std::to_string(sizeBytes));
    if (!records.empty()) {
        PS_TRY_VOID(
            write(headerBlock({{}, "PaxHeaders/entry"}, 'x', static_cast<std::int64_t>(records.size())) + records));
        PS_TRY_VOID(pad(kBlockBytes));
    }
    return write(headerBlock(name.value_or(SplitName{{}, plain}), '0', sizeBytes > kMaxUstarSize ? 0 : sizeBytes));
}

Result<void> TarWriter::write(std::string_view bytes)
{
    PS_TRY_VOID(m_sink.write(bytes));
    m_writtenBytes += static_cast<std::int64_t>(bytes.size());
    return {};
}

Result<void> TarWriter::pad(std::int64_t blockBytes)
{
    const std::int64_t rest = m_writtenBytes % blockBytes;
    if (rest == 0)
        return {};
    return write(std::string(static_cast<std::size_t>(blockBytes - rest), '\0'));
}

} // namespace ps
