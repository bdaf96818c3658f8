// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

#include <memory>
#include <string>
#include <string_view>

namespace ps::test {

/// A new empty folder that is removed with everything in it at the end of the scope. Failures end the test program:
/// without its folder no test means anything.
class TempFolder
{
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::string& path() const { return m_path; }
    /// The absolute path of something inside.
    std::string pathOf(std::string_view relativePath) const;
    /// The open folder, for functions that work beneath one.
    std::shared_ptr<const UniqueFd> handle() const { return m_handle; }

    /// Writes a file, with its folders, and returns its absolute path.
    std::string write(std::string_view relativePath, std::string_view bytes) const;
    std::string read(std::string_view relativePath) const;
    void makeFifo(std::string_view relativePath) const;
    void makeSymlink(std::string_view relativePath, const std::string& target) const;

private:
    std::string m_path;
    std::shared_ptr<const UniqueFd> m_handle;
};

/// Opens a path of the test's own for reading and writing, making the file when it is absent.
UniqueFd openReadWrite(const std::string& path);

/// Number of open descriptors of this process, to find leaks.
std::size_t openDescriptorCount();

/// The path of a program that was built, for example "proofsheet-worker".
std::string programPath(std::string_view name);
/// The path of a helper program that only tests use.
std::string testProgramPath(std::string_view name);

} // namespace ps::test
