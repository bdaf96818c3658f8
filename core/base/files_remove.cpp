// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files_remove.h"

#include "core/base/text.h"

#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr int kMaxDepth = 64;

struct FolderCloser {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

/// The names in a folder, read before anything is removed from it.
Result<std::vector<std::string>> namesIn(UniqueFd folder, const std::string& name)
{
    const std::unique_ptr<DIR, FolderCloser> stream(::fdopendir(folder.get()));
    if (!stream)
        return errnoError("cannot read a folder", displayText(name), errno);
    folder.release(); // the stream closes it
    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent* const entry = ::readdir(stream.get());
        if (!entry && errno != 0)
            return errnoError("cannot read a folder", displayText(name), errno);
        if (!entry)
            return names;
        if (const std::string found = entry->d_name; found != "." && found != "..")
            names.push_back(found);
    }
}

Result<void> removeBeneath(int parent, const std::string& name, dev_t device, int depth)
{
    struct stat status{};
    if (::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? Result<void>() : errnoError("cannot look at a file", displayText(name), errno);
    const bool isFolder = S_ISDIR(status.st_mode);
    if (isFolder && (status.st_dev != device || depth > kMaxDepth))
        return Error{ErrorCode::Refused, "another file system, or too deep", displayText(name), 0};
    if (isFolder) {
        UniqueFd folder(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        UniqueFd listed(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!folder.isOpen() || !listed.isOpen())
            return errnoError("cannot open a folder", displayText(name), errno);
        PS_TRY(const std::vector<std::string> names, namesIn(std::move(listed), name));
        for (const std::string& inner : names)
            PS_TRY_VOID(removeBeneath(folder.get(), inner, device, depth + 1));
    }
    if (::unlinkat(parent, name.c_str(), isFolder ? AT_REMOVEDIR : 0) != 0 && errno != ENOENT)
        return errnoError("cannot remove", displayText(name), errno);
    return {};
}

} // namespace

Result<void> removeTree(int folderFd, const std::string& name)
{
    if (!isContainedPath(name) || name.find('/') != std::string::npos)
        return Error{ErrorCode::Refused, "not a bare name", displayText(name), 0};
    struct stat status{};
    if (::fstat(folderFd, &status) != 0)
        return errnoError("cannot look at a folder", displayText(name), errno);
    return removeBeneath(folderFd, name, status.st_dev, 0);
}

} // namespace ps
