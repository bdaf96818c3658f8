// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temp_folder.h"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace ps::test {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& what)
{
    throw std::runtime_error("test support: " + what);
}

std::string binFolder()
{
    const char* folder = std::getenv("PS_BIN_DIR");
    if (!folder)
        fail("PS_BIN_DIR is not set; run the tests with ctest");
    return folder;
}

} // namespace

TempFolder::TempFolder()
{
    std::string pattern = (fs::temp_directory_path() / "proofsheet-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        fail("cannot make " + pattern);
    m_path = pattern;
    auto handle = openFolder(m_path);
    if (!handle)
        fail(handle.error().describe());
    m_handle = std::make_shared<const UniqueFd>(*std::move(handle));
}

TempFolder::~TempFolder()
{
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

std::string TempFolder::pathOf(std::string_view relativePath) const
{
    return joinPath(m_path, relativePath);
}

std::string TempFolder::write(std::string_view relativePath, std::string_view bytes) const
{
    const std::string path = pathOf(relativePath);
    fs::create_directories(fs::path(path).parent_path());
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (const auto outcome = writeAll(fd.get(), bytes); !outcome)
        fail(outcome.error().in(path).describe());
    return path;
}

std::string TempFolder::read(std::string_view relativePath) const
{
    auto bytes = readFile(pathOf(relativePath), std::size_t{1} << 30);
    if (!bytes)
        fail(bytes.error().describe());
    return *std::move(bytes);
}

void TempFolder::makeFifo(std::string_view relativePath) const
{
    if (::mkfifo(pathOf(relativePath).c_str(), 0600) != 0)
        fail("cannot make a FIFO");
}

void TempFolder::makeSymlink(std::string_view relativePath, const std::string& target) const
{
    if (::symlink(target.c_str(), pathOf(relativePath).c_str()) != 0)
        fail("cannot make a symbolic link");
}

UniqueFd openReadWrite(const std::string& path)
{
    UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!fd.isOpen())
        fail("cannot open " + path);
    return fd;
}

std::size_t openDescriptorCount()
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator("/proc/self/fd"))
        ++count;
    return count - 1; // the one of the iteration
}

std::string programPath(std::string_view name)
{
    return joinPath(binFolder(), name);
}

std::string testProgramPath(std::string_view name)
{
    return joinPath(joinPath(binFolder(), "../tests"), name);
}

} // namespace ps::test
