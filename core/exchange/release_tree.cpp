// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_tree.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/exchange/zip_walk.h"
#include "core/library/workspace.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kPieceBytes = 1 << 20;
constexpr int kMaxDepth = 16;

class FolderWalk
{
public:
    FolderWalk(const TreeTaker& taker, std::stop_token stop) : m_taker(taker), m_stop(std::move(stop)) {}

    Result<void> walk(int folder, const std::string& prefix, int depth)
    {
        PS_TRY(const std::vector<std::string> names, folderEntries(folder));
        for (const std::string& name : names) {
            if (m_stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the check was stopped", displayText(prefix), 0};
            struct stat status{};
            const std::string path = joinPath(prefix, name);
            if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
                return errnoError("cannot look at a file", displayText(path), errno);
            if (S_ISDIR(status.st_mode) && depth < kMaxDepth) {
                PS_TRY(const UniqueFd inner, openFolderBeneath(folder, name));
                PS_TRY_VOID(walk(inner.get(), path, depth + 1));
            } else {
                PS_TRY_VOID(readFile(folder, name, path, S_ISREG(status.st_mode)));
            }
        }
        return {};
    }

    Result<void> pour(int fd, const std::string& path)
    {
        for (;;) {
            const ssize_t got = ::read(fd, m_buffer.data(), m_buffer.size());
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return errnoError("cannot read a file", displayText(path), errno);
            if (got == 0)
                return {};
            PS_TRY_VOID(m_taker.bytes({m_buffer.data(), static_cast<std::size_t>(got)}));
            if (m_stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the check was stopped", displayText(path), 0};
        }
    }

private:
    Result<void> readFile(int folder, const std::string& name, const std::string& path, bool isRegular)
    {
        PS_TRY_VOID(m_taker.begin(path));
        if (!isRegular)
            return m_taker.end("no regular file");
        const auto file = openFileBeneath(folder, name);
        if (!file)
            return m_taker.end("cannot be opened: " + file.error().message);
        if (auto poured = pour(file->get(), path); !poured) {
            if (poured.error().code != ErrorCode::Io)
                return poured;
            return m_taker.end("cannot be read: " + poured.error().message);
        }
        return m_taker.end("");
    }

    const TreeTaker& m_taker;
    std::stop_token m_stop;
    std::string m_buffer = std::string(kPieceBytes, '\0');
};

Result<UniqueFd> openRelease(const std::string& path, bool& isFolder)
{
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status{};
    if (!fd.isOpen() || ::fstat(fd.get(), &status) != 0)
        return errnoError("cannot open the release", displayText(path), errno);
    isFolder = S_ISDIR(status.st_mode);
    if (!isFolder && !S_ISREG(status.st_mode))
        return Error{ErrorCode::InvalidInput, "a release is a folder or a zip", displayText(path), 0};
    return fd;
}

} // namespace

Result<void> walkRelease(const std::string& path, const TreeTaker& taker, std::stop_token stop)
{
    bool isFolder = false;
    PS_TRY(const UniqueFd fd, openRelease(path, isFolder));
    if (isFolder)
        return FolderWalk(taker, std::move(stop)).walk(fd.get(), "", 0);
    const ZipTaker zip{[&](const std::string& name, std::int64_t) { return taker.begin(name); }, taker.bytes,
                       taker.end};
    auto walked = walkZip(fd.get(), zip, std::move(stop));
    return walked ? Result<void>() : Result<void>(walked.error().in(displayText(path)));
}

Result<void> readReleaseFile(const std::string& path, std::string_view name,
                             const std::function<Result<void>(std::string_view bytes)>& take, std::stop_token stop)
{
    bool isFolder = false;
    PS_TRY(const UniqueFd fd, openRelease(path, isFolder));
    bool isFound = false;
    bool isWanted = false;
    std::string wrong;
    const TreeTaker taker{[&](const std::string& file) {
                              isWanted = file == name;
                              isFound = isFound || isWanted;
                              return Result<void>();
                          },
                          [&](std::string_view bytes) { return isWanted ? take(bytes) : Result<void>(); },
                          [&](const std::string& problem) {
                              if (isWanted)
                                  wrong = problem;
                              return Result<void>();
                          }};
    if (isFolder) {
        PS_TRY(const UniqueFd file, openFileBeneath(fd.get(), name));
        isWanted = true;
        return FolderWalk(taker, std::move(stop)).pour(file.get(), std::string(name));
    }
    PS_TRY_VOID(walkRelease(path, taker, std::move(stop)));
    if (!isFound)
        return Error{ErrorCode::NotFound, "the release does not hold " + displayText(name), displayText(path), 0};
    if (!wrong.empty())
        return Error{ErrorCode::Corrupt, wrong, displayText(path) + ": " + displayText(name), 0};
    return {};
}

} // namespace ps
