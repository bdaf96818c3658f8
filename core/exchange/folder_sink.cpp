// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/exchange/release_path.h"
#include "core/exchange/release_sink.h"
#include "core/exchange/sink_parts.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/fs.h>
#include <optional>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

class FolderSink final : public ReleaseSink
{
public:
    FolderSink(UniqueFd folder, SinkOptions options) : m_folder(std::move(folder)), m_options(options) {}

    Result<void> beginFile(std::string_view path) override;
    Result<void> write(std::string_view bytes) override;
    Result<void> endFile() override;
    Result<void> copyFile(std::string_view path, int fromFd, std::stop_token stop) override;
    Result<UniqueFd> scratchFile() override { return namelessFile(m_folder.get()); }
    Result<void> finish() override;

private:
    /// The file that grows.
    struct Growing {
        UniqueFd fd;
        ReleaseFile file;
        Sha256 hash;
    };

    Result<void> create(std::string_view path);
    Result<void> openParent(std::string_view path);
    Result<void> flush();
    Result<void> close();
    Result<void> fill(int fromFd, std::int64_t sizeBytes, const std::stop_token& stop);
    Result<bool> clone(int fromFd, std::int64_t sizeBytes, const std::stop_token& stop);
    Result<bool> copyInKernel(int fromFd, std::int64_t sizeBytes, const std::stop_token& stop);
    Result<bool> link(std::string_view path, int fromFd);
    Result<void> hashFrom(int fd, std::int64_t begin, std::int64_t end, const std::stop_token& stop);
    Result<void> copy(std::string_view path, int fromFd, const std::stop_token& stop);

    UniqueFd m_folder;
    SinkOptions m_options;
    ReleasePathSet m_paths;
    FirstError m_firstError;
    bool m_isFinished = false;
    std::string m_parentPath; ///< of the last file; files come folder by folder
    UniqueFd m_parent;
    std::optional<Growing> m_growing;
    std::string m_pending; ///< written to the file when it is full
    std::string m_buffer;
};

// ---- files that grow -----------------------------------------------------------------------------------------------

Result<void> FolderSink::beginFile(std::string_view path)
{
    PS_TRY_VOID(endFile());
    PS_TRY_VOID(m_paths.add(path));
    return m_firstError.keep(create(path));
}

Result<void> FolderSink::write(std::string_view bytes)
{
    PS_TRY_VOID(m_firstError.check());
    if (!m_growing)
        return Error{ErrorCode::Internal, "no file of the release is open", {}, 0};
    m_growing->hash.add(bytes);
    m_growing->file.sizeBytes += static_cast<std::int64_t>(bytes.size());
    if (m_pending.size() + bytes.size() >= kCopyBytes) {
        PS_TRY_VOID(m_firstError.keep(flush()));
    }
    if (bytes.size() < kCopyBytes) {
        m_pending.append(bytes);
        return {};
    }
    auto outcome = writeAll(m_growing->fd.get(), bytes);
    return m_firstError.keep(outcome ? outcome : outcome.error().in(m_growing->file.path));
}

Result<void> FolderSink::endFile()
{
    PS_TRY_VOID(m_firstError.check());
    return m_growing ? m_firstError.keep(close()) : Result<void>();
}

Result<void> FolderSink::finish()
{
    PS_TRY_VOID(endFile());
    m_isFinished = true;
    m_parent.reset();
    // One call for all files: as many fsyncs as there are pictures would take longer than writing them.
    if (::syncfs(m_folder.get()) != 0)
        return m_firstError.keep(errnoError("cannot make the release durable", {}, errno));
    return m_firstError.keep(syncFolder(m_folder.get()));
}

Result<void> FolderSink::create(std::string_view path)
{
    if (m_isFinished)
        return Error{ErrorCode::Internal, "the release is finished", std::string(path), 0};
    PS_TRY_VOID(openParent(path));
    const std::string name(fileName(path));
    UniqueFd fd(::openat(m_parent.get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!fd.isOpen())
        return errnoError("cannot create a file of the release", std::string(path), errno);
    m_growing.emplace();
    m_growing->fd = std::move(fd);
    m_growing->file.path = path;
    return {};
}

Result<void> FolderSink::openParent(std::string_view path)
{
    const std::string_view parent = parentPath(path);
    if (m_parent.isOpen() && m_parentPath == parent)
        return {};
    PS_TRY(m_parent, makeFoldersBeneath(m_folder.get(), parent));
    m_parentPath = parent;
    return {};
}

Result<void> FolderSink::flush()
{
    const Result<void> outcome = writeAll(m_growing->fd.get(), m_pending);
    m_pending.clear();
    return outcome ? outcome : outcome.error().in(m_growing->file.path);
}

Result<void> FolderSink::close()
{
    PS_TRY_VOID(flush());
    // Network file systems say only now that the disk is full.
    if (::close(m_growing->fd.release()) != 0 && errno != EINTR)
        return errnoError("cannot close a file of the release", m_growing->file.path, errno);
    ReleaseFile file = std::move(m_growing->file);
    file.sha256 = m_growing->hash.hex();
    m_growing.reset();
    return onFile ? onFile(file) : Result<void>();
}

// ---- whole files ---------------------------------------------------------------------------------------------------

Result<void> FolderSink::copyFile(std::string_view path, int fromFd, std::stop_token stop)
{
    PS_TRY_VOID(endFile());
    PS_TRY_VOID(m_paths.add(path));
    auto outcome = copy(path, fromFd, stop);
    return m_firstError.keep(outcome ? outcome : outcome.error().in(path));
}

Result<void> FolderSink::copy(std::string_view path, int fromFd, const std::stop_token& stop)
{
    PS_TRY(const FileIdentity identity, identify(fromFd));
    if (m_options.hardLinks) {
        PS_TRY(const bool isLinked, link(path, fromFd));
        if (isLinked) {
            PS_TRY(const std::string hash, sha256OfFile(fromFd));
            return onFile ? onFile({std::string(path), identity.sizeBytes, hash}) : Result<void>();
        }
    }
    PS_TRY_VOID(create(path));
    PS_TRY_VOID(fill(fromFd, identity.sizeBytes, stop));
    m_growing->file.sizeBytes = identity.sizeBytes;
    PS_TRY(const FileIdentity after, identify(fromFd));
    if (!isUnchanged(identity, after))
        return Error{ErrorCode::Conflict, "the file changed while it was copied", {}, 0};
    return close();
}

Result<void> FolderSink::fill(int fromFd, std::int64_t sizeBytes, const std::stop_token& stop)
{
    PS_TRY(const bool isCloned, clone(fromFd, sizeBytes, stop));
    if (isCloned)
        return {};
    PS_TRY(const bool isCopied, copyInKernel(fromFd, sizeBytes, stop));
    if (isCopied)
        return {};
    return readPieces(
        fromFd, 0, sizeBytes, m_buffer,
        [this](std::string_view piece) {
            m_growing->hash.add(piece);
            return writeAll(m_growing->fd.get(), piece);
        },
        stop);
}

/// The two files share their blocks. Only some file systems can: Btrfs, XFS, bcachefs, NFS 4.2.
Result<bool> FolderSink::clone(int fromFd, std::int64_t sizeBytes, const std::stop_token& stop)
{
    if (::ioctl(m_growing->fd.get(), FICLONE, fromFd) != 0)
        return false;
    PS_TRY(const FileIdentity made, identify(m_growing->fd.get()));
    if (made.sizeBytes != sizeBytes)
        return Error{ErrorCode::Conflict, "the file changed while it was copied", {}, 0};
    PS_TRY_VOID(hashFrom(m_growing->fd.get(), 0, sizeBytes, stop));
    return true;
}

/// False when the kernel cannot do it between these two, before a byte was written.
Result<bool> FolderSink::copyInKernel(int fromFd, std::int64_t sizeBytes, const std::stop_token& stop)
{
    const int toFd = m_growing->fd.get();
    off_t from = 0;
    while (from < sizeBytes) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while a file was copied", {}, 0};
        const off_t begin = from;
        const auto wanted = std::min<std::int64_t>(sizeBytes - from, static_cast<std::int64_t>(8 * kCopyBytes));
        const ssize_t count = ::copy_file_range(fromFd, &from, toFd, nullptr, static_cast<std::size_t>(wanted), 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 && begin == 0)
            return false; // also an error that the ordinary way meets again, and can name
        if (count < 0)
            return errnoError("cannot copy the file", {}, errno);
        if (count == 0)
            return Error{ErrorCode::Conflict, "the file became shorter while it was copied", {}, 0};
        // What was written is hashed, not what was read: it is in the system's memory now.
        PS_TRY_VOID(hashFrom(toFd, begin, begin + count, stop));
    }
    return true;
}

Result<void> FolderSink::hashFrom(int fd, std::int64_t begin, std::int64_t end, const std::stop_token& stop)
{
    return readPieces(
        fd, begin, end, m_buffer,
        [this](std::string_view piece) {
            m_growing->hash.add(piece);
            return Result<void>();
        },
        stop);
}

/// A second name for the file. False when it has no name, or is on another file system, or may not have one more.
Result<bool> FolderSink::link(std::string_view path, int fromFd)
{
    if (m_isFinished)
        return Error{ErrorCode::Internal, "the release is finished", {}, 0};
    PS_TRY_VOID(openParent(path));
    const std::string handle = "/proc/self/fd/" + std::to_string(fromFd);
    struct stat status{};
    if (::fstat(fromFd, &status) != 0)
        return errnoError("cannot examine the file", {}, errno);
    // A scratch file has no name; a worker may still hold it open for writing.
    if (status.st_nlink == 0)
        return false;
    const std::string name(fileName(path));
    if (::linkat(AT_FDCWD, handle.c_str(), m_parent.get(), name.c_str(), AT_SYMLINK_FOLLOW) == 0)
        return true;
    if (errno == ENOSPC || errno == EDQUOT || errno == EEXIST)
        return errnoError("cannot link the file", {}, errno);
    return false;
}

} // namespace

Result<std::unique_ptr<ReleaseSink>> openFolderSink(UniqueFd folder, const SinkOptions& options)
{
    if (!folder.isOpen())
        return Error{ErrorCode::Internal, "the folder of the release is not open", {}, 0};
    return std::unique_ptr<ReleaseSink>(std::make_unique<FolderSink>(std::move(folder), options));
}

} // namespace ps
