// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include "core/base/text.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ps {

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    if (this != &other) {
        reset();
        m_fd = std::exchange(other.m_fd, -1);
    }
    return *this;
}

void UniqueFd::reset()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

bool isUnchanged(const FileIdentity& recorded, const FileIdentity& found)
{
    return recorded.sizeBytes == found.sizeBytes && recorded.modifiedNs == found.modifiedNs;
}

// ---- paths ---------------------------------------------------------------------------------------------------------

bool isContainedPath(std::string_view relativePath)
{
    if (relativePath.empty() || relativePath.find('\0') != std::string_view::npos)
        return false;
    std::size_t begin = 0;
    for (;;) {
        const std::size_t end = relativePath.find('/', begin);
        const std::string_view component = relativePath.substr(begin, end - begin);
        if (component.empty() || component == "." || component == "..")
            return false;
        if (end == std::string_view::npos)
            return true;
        begin = end + 1;
    }
}

std::string_view parentPath(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view fileName(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string joinPath(std::string_view folder, std::string_view name)
{
    if (folder.empty() || name.empty())
        return std::string(folder.empty() ? name : folder);
    std::string path(folder);
    if (path.back() != '/')
        path.push_back('/');
    return path.append(name);
}

// ---- opening -------------------------------------------------------------------------------------------------------

namespace {

/// openat2(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS), or the same guarantee component by component where the kernel or a
/// container's filter does not offer it. Returns the descriptor or -1 with errno.
int openBeneath(int folderFd, const std::string& path, int flags)
{
    open_how how{};
    how.flags = static_cast<__u64>(flags | O_CLOEXEC | O_NOFOLLOW);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const long fd = ::syscall(SYS_openat2, folderFd, path.c_str(), &how, sizeof how);
    if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
        return static_cast<int>(fd);

    UniqueFd current;
    int parent = folderFd;
    const std::vector<std::string> components = split(path, '/');
    for (std::size_t i = 0; i + 1 < components.size(); ++i) {
        UniqueFd next(::openat(parent, components[i].c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!next.isOpen())
            return -1;
        current = std::move(next);
        parent = current.get();
    }
    return ::openat(parent, components.back().c_str(), flags | O_CLOEXEC | O_NOFOLLOW);
}

Error openError(std::string_view what, std::string_view path, int errnoValue)
{
    return errnoError("cannot open the " + std::string(what), std::string(path), errnoValue);
}

Error notContained(std::string_view path)
{
    return {ErrorCode::Refused, "the path leaves its folder", std::string(path), 0};
}

/// Opens the folder that holds the last component, for calls that take a folder and a name.
Result<UniqueFd> openParent(int folderFd, std::string_view relativePath)
{
    if (!isContainedPath(relativePath))
        return notContained(relativePath);
    return openFolderBeneath(folderFd, parentPath(relativePath));
}

} // namespace

Result<UniqueFd> openFolder(const std::string& path)
{
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.isOpen())
        return openError("folder", path, errno);
    return fd;
}

Result<UniqueFd> openFileBeneath(int folderFd, std::string_view relativePath)
{
    if (!isContainedPath(relativePath))
        return notContained(relativePath);
    // O_NONBLOCK: a FIFO or device must not make us wait before fstat can refuse it.
    UniqueFd fd(openBeneath(folderFd, std::string(relativePath), O_RDONLY | O_NONBLOCK));
    if (!fd.isOpen())
        return openError("file", relativePath, errno);
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0)
        return errnoError("cannot examine the file", std::string(relativePath), errno);
    if (!S_ISREG(status.st_mode))
        return Error{ErrorCode::Refused, "not a regular file", std::string(relativePath), 0};
    return fd;
}

Result<UniqueFd> openFolderBeneath(int folderFd, std::string_view relativePath)
{
    if (relativePath.empty()) {
        UniqueFd fd(::openat(folderFd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!fd.isOpen())
            return openError("folder", ".", errno);
        return fd;
    }
    if (!isContainedPath(relativePath))
        return notContained(relativePath);
    UniqueFd fd(openBeneath(folderFd, std::string(relativePath), O_RDONLY | O_DIRECTORY));
    if (!fd.isOpen())
        return openError("folder", relativePath, errno);
    return fd;
}

Result<UniqueFd> makeFoldersBeneath(int folderFd, std::string_view relativePath, std::vector<std::string>* created)
{
    PS_TRY(UniqueFd current, openFolderBeneath(folderFd, {}));
    if (relativePath.empty())
        return current;
    if (!isContainedPath(relativePath))
        return notContained(relativePath);
    std::string walked;
    for (const std::string& component : split(relativePath, '/')) {
        walked = joinPath(walked, component);
        if (::mkdirat(current.get(), component.c_str(), 0777) == 0) {
            PS_TRY_VOID(syncFolder(current.get()));
            if (created)
                created->push_back(walked);
        } else if (errno != EEXIST) {
            return errnoError("cannot make the folder", walked, errno);
        }
        auto next = openFolderBeneath(current.get(), component);
        if (!next)
            return next.error().in(walked);
        current = *std::move(next);
    }
    return current;
}

Result<UniqueFd> makeFolders(const std::string& path)
{
    UniqueFd existing(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (existing.isOpen())
        return existing;
    const std::string parent(parentPath(path));
    if (errno != ENOENT || parent.empty())
        return openError("folder", path, errno);
    PS_TRY(const UniqueFd parentFolder, makeFolders(parent));
    return makeFoldersBeneath(parentFolder.get(), fileName(path));
}

FileIdentity identityFromStatus(const struct stat& status)
{
    return {status.st_dev, status.st_ino, status.st_size,
            std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

Result<FileIdentity> identify(int fd)
{
    struct stat status{};
    if (::fstat(fd, &status) != 0)
        return errnoError("cannot examine the file", {}, errno);
    return identityFromStatus(status);
}

Result<FileIdentity> identifyBeneath(int folderFd, std::string_view relativePath)
{
    PS_TRY(const UniqueFd parent, openParent(folderFd, relativePath));
    struct stat status{};
    if (::fstatat(parent.get(), std::string(fileName(relativePath)).c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errnoError("cannot examine the file", std::string(relativePath), errno);
    if (!S_ISREG(status.st_mode))
        return Error{ErrorCode::Refused, "not a regular file", std::string(relativePath), 0};
    return identityFromStatus(status);
}

// ---- reading and writing -------------------------------------------------------------------------------------------

Result<std::string> readAll(int fd, std::size_t maxBytes)
{
    struct stat status{};
    if (::fstat(fd, &status) != 0)
        return errnoError("cannot examine the file", {}, errno);
    std::string bytes;
    bytes.reserve(std::min(maxBytes, static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)) + 1));
    char chunk[65536];
    for (;;) {
        const ssize_t count = ::read(fd, chunk, sizeof chunk);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot read the file", {}, errno);
        if (count == 0)
            return bytes;
        if (bytes.size() + static_cast<std::size_t>(count) > maxBytes)
            return Error{
                ErrorCode::TooLarge, "file exceeds the limit of " + std::to_string(maxBytes) + " bytes", {}, 0};
        bytes.append(chunk, static_cast<std::size_t>(count));
    }
}

Result<std::string> readFileBeneath(int folderFd, std::string_view relativePath, std::size_t maxBytes)
{
    PS_TRY(const UniqueFd fd, openFileBeneath(folderFd, relativePath));
    auto bytes = readAll(fd.get(), maxBytes);
    if (!bytes)
        return bytes.error().in(relativePath);
    return bytes;
}

Result<std::string> readFile(const std::string& path, std::size_t maxBytes)
{
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd.isOpen())
        return openError("file", path, errno);
    auto bytes = readAll(fd.get(), maxBytes);
    if (!bytes)
        return bytes.error().in(path);
    return bytes;
}

Result<void> writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot write the file", {}, errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> writeFileDurably(int folderFd, std::string_view name, std::string_view bytes, Replace replace,
                              const std::string& givenTemporary)
{
    if (!isContainedPath(name) || name.find('/') != std::string_view::npos)
        return notContained(name);
    const std::string target(name);
    const std::string temporary = givenTemporary.empty() ? temporaryName() : givenTemporary;
    if (!givenTemporary.empty()) {
        PS_TRY_VOID(removeFile(folderFd, temporary));
    }
    UniqueFd fd(::openat(folderFd, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!fd.isOpen())
        return errnoError("cannot create a file", target, errno);

    Result<void> outcome = writeAll(fd.get(), bytes);
    if (outcome)
        outcome = syncFile(fd.get());
    if (outcome && replace == Replace::Never)
        outcome = renameNoReplace(folderFd, temporary, folderFd, target);
    else if (outcome && ::renameat(folderFd, temporary.c_str(), folderFd, target.c_str()) != 0)
        outcome = errnoError("cannot put the new file in place", target, errno);
    if (!outcome) {
        ::unlinkat(folderFd, temporary.c_str(), 0);
        return outcome.error().in(target);
    }
    return syncFolder(folderFd);
}

Result<void> writeFileDurably(const std::string& path, std::string_view bytes, Replace replace)
{
    const std::string_view parent = parentPath(path);
    const std::string folderPath = parent.empty() ? (startsWith(path, "/") ? "/" : ".") : std::string(parent);
    PS_TRY(const UniqueFd folder, openFolder(folderPath));
    return writeFileDurably(folder.get(), fileName(path), bytes, replace);
}

Result<void> renameNoReplace(int fromFolderFd, std::string_view fromName, int toFolderFd, std::string_view toName)
{
    const std::string from(fromName);
    const std::string to(toName);
    if (::renameat2(fromFolderFd, from.c_str(), toFolderFd, to.c_str(), RENAME_NOREPLACE) == 0)
        return {};
    if (errno != EINVAL)
        return errnoError("cannot rename the file", from, errno);
    // Some network file systems know no RENAME_NOREPLACE: a hard link is as exclusive, the old name goes afterwards.
    if (::linkat(fromFolderFd, from.c_str(), toFolderFd, to.c_str(), 0) != 0)
        return errnoError("cannot link the file to its new name", from, errno);
    if (::unlinkat(fromFolderFd, from.c_str(), 0) != 0)
        return errnoError("cannot remove the old name", from, errno);
    return {};
}

Result<void> syncFolder(int folderFd)
{
    // Some file systems cannot sync a folder and say EINVAL; there the entry is as durable as it gets.
    if (::fsync(folderFd) != 0 && errno != EINVAL)
        return errnoError("cannot make the folder durable", {}, errno);
    return {};
}

Result<void> syncFile(int fd)
{
    if (::fsync(fd) != 0)
        return errnoError("cannot make the file durable", {}, errno);
    return {};
}

Result<void> removeFile(int folderFd, std::string_view name)
{
    if (::unlinkat(folderFd, std::string(name).c_str(), 0) != 0 && errno != ENOENT)
        return errnoError("cannot remove the file", std::string(name), errno);
    return {};
}

std::string temporaryName()
{
    std::uint64_t random = 0;
    if (::getrandom(&random, sizeof random, 0) != sizeof random)
        random = static_cast<std::uint64_t>(::getpid());
    return std::string(kTemporaryPrefix) + hexEncode({reinterpret_cast<const char*>(&random), sizeof random});
}

Result<std::uint64_t> freeSpaceBytes(int folderFd)
{
    struct statvfs status{};
    if (::fstatvfs(folderFd, &status) != 0)
        return errnoError("cannot ask for the free space", {}, errno);
    return std::uint64_t{status.f_bavail} * status.f_frsize;
}

} // namespace ps
