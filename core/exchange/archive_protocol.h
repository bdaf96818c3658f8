// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/exchange/foreign_reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

// The bodies of the requests about an archive and of their answers. Every decode function gives Corrupt for anything but exactly
// one well-formed body. The program asks for piece after piece until the archive has ended.

/// Names the role of a worker that reads archives, and what it says in its Hello.
constexpr std::string_view kArchiveCapability = "archives";

enum class ArchiveOperation : std::uint16_t {
    Begin = 0x0140, ///< descriptor: the archive. Forgets an earlier one, looks at the whole directory of a zip.
    More = 0x0141,  ///< descriptor: the same archive. Goes on where the last answer stopped.
};
constexpr std::uint16_t kFirstArchiveOperation = 0x0140;
constexpr std::uint16_t kLastArchiveOperation = 0x0141;

struct ArchiveRequest {
    std::int64_t archiveBytes = 0;
    ArchiveLimits limits;
};
std::string encode(const ArchiveRequest& request);
Result<ArchiveRequest> decodeArchiveRequest(std::string_view body);

/// What comes out of an archive, in order: an entry, its bytes in pieces, the next entry, ..., the end.
struct ArchiveEvent {
    enum class Kind : std::uint8_t { Folder = 1, File = 2, Bytes = 3, End = 4 };
    Kind kind = Kind::End;
    std::string text;           ///< the name of an entry without a slash at its end, or a piece of its bytes
    std::int64_t sizeBytes = 0; ///< of a file: what the archive says
    bool operator==(const ArchiveEvent&) const = default;
};
/// The most bytes in one event.
constexpr std::size_t kMaxPieceBytes = std::size_t{128} << 10;
/// So many bytes make an answer full; one event more fits behind it.
constexpr std::size_t kFullAnswerBytes = std::size_t{768} << 10;
constexpr std::size_t kMaxEntryNameBytes = 4096;

std::string encode(const std::vector<ArchiveEvent>& events);
Result<std::vector<ArchiveEvent>> decodeArchiveEvents(std::string_view body);

/// Success for a name that can only mean a place inside the folder, to every program on every system: relative, without "..", ".",
/// empty parts, backslashes, colons behind a drive letter, control characters, and without characters that look like dots or
/// slashes; at most 255 bytes in each part, 64 parts. Errors: Refused, saying which rule.
Result<void> checkEntryName(std::string_view name);

/// Whether so many bytes out of so many are more than an honest archive gives.
bool isBomb(std::int64_t unpackedBytes, std::int64_t packedBytes, const ArchiveLimits& limits);

} // namespace ps
