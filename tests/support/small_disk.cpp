// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/small_disk.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <sys/mount.h>
#include <sys/stat.h>

namespace ps::test {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFiller = "filler";

dev_t deviceOf(const std::string& path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_dev : 0;
}

} // namespace

SmallDisk::SmallDisk(std::size_t bytes)
{
    const std::string options = "size=" + std::to_string(bytes);
    m_isMounted = ::mount("tmpfs", m_folder.path().c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) == 0;
}

SmallDisk::~SmallDisk()
{
    if (m_isMounted)
        ::umount2(m_folder.path().c_str(), MNT_DETACH);
}

void SmallDisk::fillUpTo(std::size_t freeBytes) const
{
    const auto space = fs::space(m_folder.path());
    const UniqueFd file = openReadWrite(m_folder.pathOf(kFiller));
    if (space.available > freeBytes) {
        if (auto written = writeAll(file.get(), std::string(space.available - freeBytes, 'x')); !written)
            throw std::runtime_error("test support: " + written.error().describe());
    }
}

void SmallDisk::makeRoom() const
{
    fs::remove(m_folder.pathOf(kFiller));
}

bool SmallDisk::makeReadOnly() const
{
    return ::mount(nullptr, m_folder.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
}

OtherFileSystem::OtherFileSystem()
{
    const TempFolder here;
    std::string pattern = "/dev/shm/proofsheet-test-XXXXXX";
    if (deviceOf("/dev/shm") != 0 && deviceOf("/dev/shm") != deviceOf(here.path()) && ::mkdtemp(pattern.data())) {
        m_path = pattern;
        return;
    }
    m_disk.emplace(std::size_t{64} << 20U);
    if (m_disk->isMounted())
        m_path = m_disk->path();
}

OtherFileSystem::~OtherFileSystem()
{
    std::error_code ignored;
    if (!m_disk && !m_path.empty())
        fs::remove_all(m_path, ignored);
}

} // namespace ps::test
