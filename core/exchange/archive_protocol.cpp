// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/archive_protocol.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/worker/wire.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace ps {

namespace {

constexpr std::size_t kMaxPartBytes = 255;
constexpr std::size_t kMaxParts = 64;
constexpr std::size_t kMaxEvents = 1 << 16;
constexpr std::int64_t kHarmlessBytes = 10'000'000; ///< below this no ratio matters

/// Dots and slashes of other scripts, which some program may take for the real ones.
constexpr std::array<char32_t, 14> kLookalikes{0x2024, 0x2025, 0x2026, 0xFE52, 0xFF0E, 0x2044, 0x2215,
                                               0x29F8, 0xFF0F, 0x29F5, 0x2216, 0xFE68, 0xFF3C, 0xFE30};

Error refused(std::string why)
{
    return {ErrorCode::Refused, std::move(why), {}, 0};
}

Result<void> checkPart(std::string_view part)
{
    if (part.empty())
        return refused("the name has an empty part");
    if (part == "." || part == "..")
        return refused("the name leaves the folder");
    if (part.size() > kMaxPartBytes)
        return refused("a part of the name is longer than " + std::to_string(kMaxPartBytes) + " bytes");
    return {};
}

Result<void> checkCharacters(std::string_view name)
{
    for (std::size_t at = 0; at < name.size();) {
        const DecodedChar c = decodeUtf8(name, at);
        at += c.length;
        if (c.isRawByte)
            continue; // a name of another time and encoding
        if (c.codePoint < 0x20 || c.codePoint == 0x7F)
            return refused("the name has a control character");
        if (c.codePoint == '\\')
            return refused("the name has a backslash");
        if (std::ranges::find(kLookalikes, c.codePoint) != kLookalikes.end())
            return refused("the name has a character that looks like a dot or a slash");
    }
    return {};
}

} // namespace

Result<void> checkEntryName(std::string_view name)
{
    if (name.empty() || name.size() > kMaxEntryNameBytes)
        return refused("the name is empty or too long");
    if (name.starts_with('/'))
        return refused("the name is absolute");
    if (name.size() >= 2 && name[1] == ':' && std::isalpha(static_cast<unsigned char>(name[0])) != 0)
        return refused("the name begins with a drive letter");
    PS_TRY_VOID(checkCharacters(name));
    const std::vector<std::string> parts = split(name, '/');
    if (parts.size() > kMaxParts)
        return refused("the name has more than " + std::to_string(kMaxParts) + " parts");
    for (const std::string& part : parts)
        PS_TRY_VOID(checkPart(part));
    return {};
}

bool isBomb(std::int64_t unpackedBytes, std::int64_t packedBytes, const ArchiveLimits& limits)
{
    return unpackedBytes > kHarmlessBytes &&
           static_cast<double>(unpackedBytes) >
               limits.maxRatio * static_cast<double>(std::max<std::int64_t>(packedBytes, 1));
}

std::string encode(const ArchiveRequest& request)
{
    ByteWriter writer;
    writer.i64(request.archiveBytes);
    writer.i64(request.limits.maxEntries);
    writer.i64(request.limits.maxTotalBytes);
    writer.i64(request.limits.maxEntryBytes);
    writer.f64(request.limits.maxRatio);
    writer.i64(request.limits.reserveBytes);
    return writer.take();
}

Result<ArchiveRequest> decodeArchiveRequest(std::string_view body)
{
    ByteReader reader(body);
    ArchiveRequest request;
    request.archiveBytes = reader.i64();
    request.limits.maxEntries = reader.i64();
    request.limits.maxTotalBytes = reader.i64();
    request.limits.maxEntryBytes = reader.i64();
    request.limits.maxRatio = reader.f64();
    request.limits.reserveBytes = reader.i64();
    PS_TRY_VOID(reader.finish("the request about an archive"));
    return request;
}

std::string encode(const std::vector<ArchiveEvent>& events)
{
    ByteWriter writer;
    writer.u32(static_cast<std::uint32_t>(events.size()));
    for (const ArchiveEvent& event : events) {
        writer.u8(static_cast<std::uint8_t>(event.kind));
        writer.text(event.text);
        writer.i64(event.sizeBytes);
    }
    return writer.take();
}

Result<std::vector<ArchiveEvent>> decodeArchiveEvents(std::string_view body)
{
    ByteReader reader(body);
    std::vector<ArchiveEvent> events;
    const std::size_t count = reader.u32();
    if (count > kMaxEvents)
        reader.fail();
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        ArchiveEvent event;
        const std::uint8_t kind = reader.u8();
        if (kind < static_cast<std::uint8_t>(ArchiveEvent::Kind::Folder) ||
            kind > static_cast<std::uint8_t>(ArchiveEvent::Kind::End))
            reader.fail();
        event.kind = static_cast<ArchiveEvent::Kind>(kind);
        event.text = reader.text(event.kind == ArchiveEvent::Kind::Bytes ? kMaxPieceBytes : kMaxEntryNameBytes);
        event.sizeBytes = reader.i64();
        if (event.sizeBytes < 0)
            reader.fail();
        events.push_back(std::move(event));
    }
    PS_TRY_VOID(reader.finish("a piece of an archive"));
    return events;
}

} // namespace ps
