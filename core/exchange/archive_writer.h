// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/exchange/archive_protocol.h"

#include <map>
#include <string>

namespace ps {

/// Makes the files of an archive in an empty folder. Trusts nothing that a worker says: every name, size, sum and order is
/// checked here again, as if there were no other check.
class ArchiveWriter
{
public:
    ArchiveWriter(int folderFd, const ArchiveLimits& limits, std::int64_t archiveBytes)
        : m_folderFd(folderFd), m_limits(limits), m_archiveBytes(archiveBytes)
    {
    }

    /// Errors: Refused naming the entry; TooLarge; Corrupt for an order or a size that cannot be; NoSpace; Io.
    Result<void> take(const ArchiveEvent& event);
    bool hasEnded() const { return m_hasEnded; }
    std::int64_t writtenBytes() const { return m_written; }

private:
    Result<void> finishFile();
    Result<void> checkEntry(const ArchiveEvent& event);
    Result<void> checkSpace(std::int64_t wantedBytes);
    Result<int> folderOf(std::string_view path);
    Result<void> beginFile(const ArchiveEvent& event);
    Result<void> addBytes(std::string_view bytes);
    Error named(ErrorCode code, std::string what) const;

    int m_folderFd;
    ArchiveLimits m_limits;
    std::int64_t m_archiveBytes;
    /// Name without case and in one Unicode form -> name as it is, of all entries and of the folders above them.
    std::map<std::string, std::string> m_taken;
    std::int64_t m_entries = 0;
    std::int64_t m_declared = 0; ///< sum of the sizes that were announced
    std::int64_t m_written = 0;
    std::int64_t m_sinceSpaceCheck = 0;
    std::string m_openFolderPath;
    UniqueFd m_openFolder;
    UniqueFd m_file;
    std::string m_name; ///< of the current entry
    std::int64_t m_left = 0;
    bool m_hasEnded = false;
};

} // namespace ps
