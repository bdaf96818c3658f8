// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct stat;

namespace ps {

/// Owns one file descriptor.
class UniqueFd
{
public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : m_fd(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept;
    ~UniqueFd() { reset(); }

    int get() const { return m_fd; }
    bool isOpen() const { return m_fd >= 0; }
    int release() { return std::exchange(m_fd, -1); }
    void reset();

private:
    int m_fd = -1;
};

/// Which file it is and in which state; two equal identities are the same bytes as far as the file system can tell.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t sizeBytes = 0;
    std::int64_t modifiedNs = 0; ///< since 1970
    bool operator==(const FileIdentity&) const = default;
};

/// True when a file still has the size and modification time that were recorded. Device and inode may differ: a workspace
/// that was copied with its times is the same workspace.
bool isUnchanged(const FileIdentity& recorded, const FileIdentity& found);

// Paths that come from data are always relative to an open folder and are opened beneath it: no "..", no absolute path,
// no symbolic link in any component. They are raw bytes with '/' between components.

/// True for one or more components, none of which is empty, "." or "..", without NUL.
bool isContainedPath(std::string_view relativePath);
/// The part before the last '/', or "" when there is none.
std::string_view parentPath(std::string_view path);
/// The part behind the last '/'.
std::string_view fileName(std::string_view path);
/// "a/b" from "a" and "b"; an empty side adds nothing.
std::string joinPath(std::string_view folder, std::string_view name);

/// Opens a folder that the user chose; symbolic links in the user's own path are followed.
/// Errors: NotFound, ReadOnly (no permission), Io.
Result<UniqueFd> openFolder(const std::string& path);

/// Opens a regular file beneath `folderFd` for reading. Never blocks on a FIFO or device.
/// Errors: Refused when the path leaves the folder, passes a symbolic link or is not a regular file; NotFound; Io.
Result<UniqueFd> openFileBeneath(int folderFd, std::string_view relativePath);

/// Opens a folder beneath `folderFd`; "" is the folder itself.
Result<UniqueFd> openFolderBeneath(int folderFd, std::string_view relativePath);

/// Makes the missing folders of `relativePath` beneath `folderFd`, durably, and opens the last one.
/// `created` receives the paths that were made, outermost first, when it is not null.
Result<UniqueFd> makeFoldersBeneath(int folderFd, std::string_view relativePath,
                                    std::vector<std::string>* created = nullptr);

/// The identity in what stat() gave.
FileIdentity identityFromStatus(const struct stat& status);

/// Makes the missing folders of an absolute path of the program's own choice and opens the last one.
Result<UniqueFd> makeFolders(const std::string& path);

/// Identity of an open file.
Result<FileIdentity> identify(int fd);

/// Identity of a regular file beneath a folder, without opening it for reading. NotFound when it is absent.
Result<FileIdentity> identifyBeneath(int folderFd, std::string_view relativePath);

/// The whole file. Errors: TooLarge above `maxBytes`.
Result<std::string> readAll(int fd, std::size_t maxBytes);

/// Opens beneath and reads in one step.
Result<std::string> readFileBeneath(int folderFd, std::string_view relativePath, std::size_t maxBytes);

/// Reads a file at a path of the user's own, following links.
Result<std::string> readFile(const std::string& path, std::size_t maxBytes);

/// Writes every byte at the current position.
Result<void> writeAll(int fd, std::string_view bytes);

enum class Replace {
    Never,  ///< AlreadyExists when the name is taken
    Atomic, ///< the old content stays whole until the new one is in place
};

/// Writes `bytes` as `name` in the open folder so that a power cut leaves the old state or the new one: temporary file in
/// the same folder, fsync, rename, fsync of the folder. The temporary file is removed on failure.
/// A caller that repeats the write after a crash names the temporary file itself; what the crash left under it is replaced.
Result<void> writeFileDurably(int folderFd, std::string_view name, std::string_view bytes, Replace replace,
                              const std::string& temporary = {});

/// The same at a path of the user's own.
Result<void> writeFileDurably(const std::string& path, std::string_view bytes, Replace replace);

/// Renames within one file system and never replaces. Errors: AlreadyExists, Refused with native EXDEV across file
/// systems.
Result<void> renameNoReplace(int fromFolderFd, std::string_view fromName, int toFolderFd, std::string_view toName);

/// Makes the folder's entries durable.
Result<void> syncFolder(int folderFd);
Result<void> syncFile(int fd);

/// Removes one regular file; absent is not an error.
Result<void> removeFile(int folderFd, std::string_view name);

/// An unpredictable name for a temporary file, starting with a dot: ".proofsheet-" + 16 hex digits.
std::string temporaryName();
constexpr std::string_view kTemporaryPrefix = ".proofsheet-";

/// Free bytes for this user on the file system of the folder.
Result<std::uint64_t> freeSpaceBytes(int folderFd);

} // namespace ps
