// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/environment.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <dirent.h>
#include <linux/magic.h>
#include <memory>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace ps {

namespace {

// Not in <linux/magic.h> of every release.
constexpr long kXfs = 0x58465342;
constexpr long kZfs = 0x2FC12FC1;
constexpr long kBcachefs = 0xCA451A4E;

constexpr std::array<long, 9> kLocalFileSystems{
    EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC, TMPFS_MAGIC, F2FS_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC, RAMFS_MAGIC, kXfs, kZfs,
    kBcachefs};

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

Folder openFolderStream(const std::string& path)
{
    return {::opendir(path.c_str()), &::closedir};
}

bool holds(const std::string& processFolder, dev_t device, ino_t inode)
{
    const Folder descriptors = openFolderStream(processFolder + "/fd");
    if (!descriptors)
        return false;
    while (const dirent* entry = ::readdir(descriptors.get())) {
        struct stat status{};
        // stat follows the link to the open file itself, also when its name has changed meanwhile.
        if (::stat((processFolder + "/fd/" + entry->d_name).c_str(), &status) == 0 && status.st_dev == device &&
            status.st_ino == inode)
            return true;
    }
    return false;
}

} // namespace

Result<bool> isOnLocalFileSystem(const std::string& path)
{
    struct statfs status{};
    if (::statfs(path.c_str(), &status) != 0)
        return errnoError("cannot ask for the file system", path, errno);
    return std::ranges::find(kLocalFileSystems, status.f_type) != kLocalFileSystems.end();
}

std::vector<int> otherProcessesHolding(const std::string& path)
{
    std::vector<int> holders;
    struct stat status{};
    const Folder processes = openFolderStream("/proc");
    if (!processes || ::stat(path.c_str(), &status) != 0)
        return holders;
    while (const dirent* entry = ::readdir(processes.get())) {
        const auto pid = parseInteger(entry->d_name);
        if (pid && *pid != ::getpid() && holds("/proc/" + std::to_string(*pid), status.st_dev, status.st_ino))
            holders.push_back(static_cast<int>(*pid));
    }
    return holders;
}

} // namespace ps
