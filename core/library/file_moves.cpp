// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/file_moves.h"

#include "core/base/sha256.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace ps {

void ChangedFolders::add(const Place& file)
{
    m_folders.emplace(file.root, std::string(parentPath(file.path)));
}

Result<void> ChangedFolders::sync()
{
    for (const auto& [root, path] : m_folders) {
        PS_TRY(const UniqueFd folder, openFolderBeneath(root->get(), path));
        PS_TRY_VOID(syncFolder(folder.get()));
    }
    m_folders.clear();
    return {};
}

Result<std::optional<FileIdentity>> identifyIfThere(const Place& place)
{
    auto identity = identifyBeneath(place.rootFd(), place.path);
    if (!identity && identity.error().code == ErrorCode::NotFound)
        return std::optional<FileIdentity>();
    if (!identity)
        return identity.error();
    return std::optional(*identity);
}

Result<std::string> sha256At(const Place& place)
{
    PS_TRY(const UniqueFd fd, openFileBeneath(place.rootFd(), place.path));
    return sha256OfFile(fd.get());
}

namespace {

Result<void> copyBytes(int from, int to)
{
    std::vector<char> chunk(1U << 20U);
    for (;;) {
        // The kernel copies or shares the blocks itself where both sides can.
        const ssize_t copied = ::copy_file_range(from, nullptr, to, nullptr, chunk.size() * 64, 0);
        if (copied > 0)
            continue;
        if (copied == 0)
            return {};
        if (errno == EINTR)
            continue;
        if (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)
            break;
        return errnoError("cannot copy the file", {}, errno);
    }
    for (;;) {
        const ssize_t count = ::read(from, chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot read the file", {}, errno);
        if (count == 0)
            return {};
        PS_TRY_VOID(writeAll(to, {chunk.data(), static_cast<std::size_t>(count)}));
    }
}

Result<void> keepModeAndTimes(int from, int to)
{
    struct stat status{};
    if (::fstat(from, &status) != 0)
        return errnoError("cannot examine the file", {}, errno);
    const timespec times[2] = {status.st_atim, status.st_mtim};
    if (::fchmod(to, status.st_mode & 07777) != 0 || ::futimens(to, times) != 0)
        return errnoError("cannot keep the mode and time of the file", {}, errno);
    return {};
}

/// Fills the temporary file and proves that it holds the same bytes.
Result<void> makeVerifiedCopy(int source, int folderFd, const std::string& temporaryName)
{
    UniqueFd copy(::openat(folderFd, temporaryName.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!copy.isOpen())
        return errnoError("cannot create a file", temporaryName, errno);
    PS_TRY_VOID(copyBytes(source, copy.get()));
    PS_TRY_VOID(keepModeAndTimes(source, copy.get()));
    PS_TRY_VOID(syncFile(copy.get()));
    PS_TRY(const std::string sourceHash, sha256OfFile(source));
    PS_TRY(const std::string copyHash, sha256OfFile(copy.get()));
    if (sourceHash != copyHash)
        return Error{ErrorCode::Io, "the copy differs from the file", temporaryName, 0};
    return {};
}

} // namespace

Result<void> copyFile(const Place& source, const Place& target, const std::string& temporaryName,
                      ChangedFolders& changed)
{
    PS_TRY(const UniqueFd file, openFileBeneath(source.rootFd(), source.path));
    PS_TRY(const UniqueFd folder, openFolderBeneath(target.rootFd(), parentPath(target.path)));
    PS_TRY_VOID(removeFile(folder.get(), temporaryName)); // of an earlier attempt that was cut short
    Result<void> outcome = makeVerifiedCopy(file.get(), folder.get(), temporaryName);
    if (outcome)
        outcome = renameNoReplace(folder.get(), temporaryName, folder.get(), fileName(target.path));
    if (!outcome) {
        discard(removeFile(folder.get(), temporaryName), "the first failure is the one to report");
        return outcome.error().in(target.path);
    }
    changed.add(target);
    return {};
}

Result<void> moveFile(const Place& source, const Place& target, const FileIdentity& expected,
                      const std::string& temporaryName, ChangedFolders& changed)
{
    PS_TRY(const UniqueFd sourceFolder, openFolderBeneath(source.rootFd(), parentPath(source.path)));
    PS_TRY(const UniqueFd targetFolder, openFolderBeneath(target.rootFd(), parentPath(target.path)));
    PS_TRY(const FileIdentity found, identifyBeneath(source.rootFd(), source.path));
    if (!isUnchanged(expected, found))
        return Error{ErrorCode::Conflict, "the file was changed since it was decided", source.path, 0};
    const auto renamed = renameNoReplace(sourceFolder.get(), fileName(source.path), targetFolder.get(),
                                         fileName(target.path));
    if (renamed) {
        changed.add(source);
        changed.add(target);
        return {};
    }
    if (renamed.error().native != EXDEV)
        return renamed.error().in(target.path);
    PS_TRY_VOID(copyFile(source, target, temporaryName, changed));
    PS_TRY_VOID(changed.sync()); // the copy is safe before the source goes
    return removeFileIfSame(source, expected, changed);
}

Result<void> removeFileIfSame(const Place& place, const FileIdentity& expected, ChangedFolders& changed)
{
    PS_TRY(const auto found, identifyIfThere(place));
    if (!found)
        return {};
    if (!isUnchanged(expected, *found))
        return Error{ErrorCode::Conflict, "the file was changed since", place.path, 0};
    PS_TRY(const UniqueFd folder, openFolderBeneath(place.rootFd(), parentPath(place.path)));
    PS_TRY_VOID(removeFile(folder.get(), fileName(place.path)));
    changed.add(place);
    return {};
}

} // namespace ps
