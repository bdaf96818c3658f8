// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/temp_folder.h"

#include <optional>
#include <string>

namespace ps::test {

/// A file system of its own and of a given size, mounted in a temporary folder until the end of the scope. Needs root.
class SmallDisk
{
public:
    explicit SmallDisk(std::size_t bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool isMounted() const { return m_isMounted; }
    const std::string& path() const { return m_folder.path(); }
    std::string pathOf(std::string_view relativePath) const { return m_folder.pathOf(relativePath); }
    /// Writes a file that leaves about `bytes` free; removing it frees them again.
    void fillUpTo(std::size_t freeBytes) const;
    void makeRoom() const;
    /// From now on nothing can be written.
    bool makeReadOnly() const;

private:
    TempFolder m_folder;
    bool m_isMounted = false;
};

/// A folder on another file system than the temporary folders: /dev/shm where that is another one, else a small disk of its
/// own. Its path is empty when this machine offers neither, which a test has to report as a failure.
class OtherFileSystem
{
public:
    OtherFileSystem();
    ~OtherFileSystem();
    OtherFileSystem(const OtherFileSystem&) = delete;
    OtherFileSystem& operator=(const OtherFileSystem&) = delete;

    const std::string& path() const { return m_path; }

private:
    std::optional<SmallDisk> m_disk;
    std::string m_path;
};

} // namespace ps::test
