// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/unpacking/entry_source.h"

#include "core/base/text.h"
#include "core/exchange/unpacking/tar_header.h"

#include <array>
#include <cerrno>
#include <unistd.h>

namespace ps {

Result<std::size_t> ArchiveFile::read(std::int64_t offset, std::span<char> into) const
{
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t count = ::pread(fd, into.data() + done, into.size() - done,
                                      offset + static_cast<std::int64_t>(done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot read the archive", {}, errno);
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

Result<std::string> ArchiveFile::readExactly(std::int64_t offset, std::size_t count) const
{
    if (offset < 0 || offset > sizeBytes || static_cast<std::int64_t>(count) > sizeBytes - offset)
        return Error{ErrorCode::Corrupt, "the archive is truncated", {}, 0};
    std::string bytes(count, '\0');
    PS_TRY(const std::size_t done, read(offset, bytes));
    if (done != count)
        return Error{ErrorCode::Corrupt, "the archive is truncated", {}, 0};
    return bytes;
}

Error entryError(ErrorCode code, std::string what, std::string_view name)
{
    // Only the message travels to the program.
    return {code, displayText(name.substr(0, 512)) + ": " + what, {}, 0};
}

std::uint64_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i)
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return value;
}

Result<std::unique_ptr<EntrySource>> openSource(const ArchiveFile& file, const ArchiveLimits& limits)
{
    std::array<char, 512> head{};
    PS_TRY(const std::size_t count, file.read(0, head));
    const std::string_view bytes(head.data(), count);
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"))
        return openZipSource(file, limits);
    if (bytes.starts_with("\x1F\x8B"))
        return openTarSource(file, limits, true);
    // Old ones have no mark but their checksum; an empty one is zeros.
    if (count == head.size() && (bytes.substr(257, 5) == "ustar" || isZeroBlock(bytes) || parseTarHeader(bytes)))
        return openTarSource(file, limits, false);
    return Error{ErrorCode::Unsupported, "neither zip nor tar nor tar.gz", {}, 0};
}

} // namespace ps
