// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/unpacking/entry_source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ps {

/// One entry of a zip as its directory and its own header agree on it.
struct ZipEntry {
    std::string name; ///< without the slash at the end of a folder
    bool isFolder = false;
    bool isDeflated = false;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t crc = 0;
    std::int64_t packedBytes = 0;
    std::int64_t unpackedBytes = 0;
    std::int64_t headerOffset = 0;
    std::int64_t dataOffset = 0;
};

/// The directory of a zip, by the place of the entries in the file, after every check that needs no unpacking: names, kinds, both
/// headers of each entry alike, no two entries over the same bytes, sums and ratios within the limits.
Result<std::vector<ZipEntry>> readZipDirectory(const ArchiveFile& file, const ArchiveLimits& limits);

} // namespace ps
