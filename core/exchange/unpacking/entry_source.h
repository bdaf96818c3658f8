// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/archive_protocol.h"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace ps {

/// The bytes of an archive. The descriptor is another one in every request; the file behind it is the same.
struct ArchiveFile {
    int fd = -1;
    std::int64_t sizeBytes = 0;

    /// Reads up to the size of `into` at `offset`; less only at the end. Errors: Io.
    Result<std::size_t> read(std::int64_t offset, std::span<char> into) const;
    /// Exactly so many. Errors: Corrupt ("truncated").
    Result<std::string> readExactly(std::int64_t offset, std::size_t count) const;
};

struct SourceEntry {
    std::string name;
    bool isFolder = false;
    std::int64_t sizeBytes = 0;
};

/// The entries of an archive one behind the other. Everything that an entry of a hostile archive could be is refused before its
/// first byte. Errors of all functions: Refused, TooLarge, Corrupt, Unsupported; they name the entry.
class EntrySource
{
public:
    virtual ~EntrySource() = default;
    /// The next entry; the one before was read to its end.
    virtual Result<std::optional<SourceEntry>> next() = 0;
    /// The next bytes of the entry, 0 at its end, when size and checksum were right.
    virtual Result<std::size_t> read(std::span<char> into) = 0;

protected:
    EntrySource() = default;
    EntrySource(const EntrySource&) = default;
    EntrySource& operator=(const EntrySource&) = default;
};

/// Finds out what the archive is. `file` and `limits` must outlive the source.
/// Errors: Unsupported for what is neither zip nor tar nor tar.gz; those of the directory of a zip.
Result<std::unique_ptr<EntrySource>> openSource(const ArchiveFile& file, const ArchiveLimits& limits);

Result<std::unique_ptr<EntrySource>> openZipSource(const ArchiveFile& file, const ArchiveLimits& limits);
Result<std::unique_ptr<EntrySource>> openTarSource(const ArchiveFile& file, const ArchiveLimits& limits,
                                                   bool isCompressed);

// ---- errors that name an entry
Error entryError(ErrorCode code, std::string what, std::string_view name);

/// Little-endian numbers in zip structures.
std::uint64_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count);

} // namespace ps
