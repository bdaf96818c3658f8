// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// Writes a ZIP archive whose entries are not compressed: equal entries in equal order give equal bytes (no times, no
/// attributes). For small files: everything is in memory, and beyond 4 GiB there is no form for it.
class ZipStoreWriter
{
public:
    /// Adds an entry whose first byte lies at a multiple of `alignment`. Precondition: the name is new and not empty.
    void add(std::string_view name, std::string_view bytes, std::size_t alignment);
    /// The archive. The writer is used up.
    std::string finish();

private:
    std::string m_bytes;
    std::string m_directory;
    std::size_t m_count = 0;
};

/// One entry of an archive in memory.
struct ZipStoreEntry {
    std::string_view name;
    std::string_view bytes;
};

/// The entries of an archive that lies in memory, in the order of its directory; the views point into `archive`. Nothing is
/// copied, nothing larger than the archive can come out of it, and every checksum was compared.
/// Errors: Corrupt naming the entry; Unsupported for what compressed, encrypted or ZIP64 archives need.
Result<std::vector<ZipStoreEntry>> readZipStore(std::string_view archive);

} // namespace ps
