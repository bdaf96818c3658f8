// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// True for one part of a path that every usual file system takes as it is: UTF-8 without control characters, none of
/// < > : " \ | ? * /, no space or dot at its end, no name of a device (CON, nul.txt, LPT1 ...), at most 255 bytes.
bool isPortableName(std::string_view name);

/// Errors: Refused naming the part when `path` is not relative or one of its parts is not portable.
Result<void> checkReleasePath(std::string_view path);

/// The name as file systems that ignore case and forms of accents compare it.
std::string foldedName(std::string_view name);

/// All paths of one release. Memory: at most 16 bytes for each file, and the names of the folders.
class ReleasePathSet
{
public:
    /// Errors: those of checkReleasePath(); InvalidInput when the path was used before, differs from another in case only, or
    /// is a file where another is a folder.
    Result<void> add(std::string_view path);

private:
    Result<void> addFolders(std::string_view path);
    bool holds(std::uint64_t key) const;
    void insert(std::uint64_t key);

    std::vector<std::uint64_t> m_table; ///< open addressing; 0 is free
    std::size_t m_count = 0;
    std::map<std::string, std::string, std::less<>> m_folders; ///< folded -> as it is written
};

} // namespace ps
