// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/line_file.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

Result<bool> endsInsideLine(int fd)
{
    const off_t size = ::lseek(fd, 0, SEEK_END);
    if (size <= 0)
        return false;
    char last = '\n';
    if (::pread(fd, &last, 1, size - 1) != 1)
        return errnoError("cannot read the end of the file", {}, errno);
    return last != '\n';
}

} // namespace

Result<bool> readLines(int folderFd, const std::string& name, const std::function<void(std::string_view)>& take)
{
    auto opened = openFileBeneath(folderFd, name);
    if (!opened && opened.error().code == ErrorCode::NotFound)
        return false;
    PS_TRY(const UniqueFd file, std::move(opened));
    std::string rest;
    std::string piece(kPieceBytes, '\0');
    for (;;) {
        const ssize_t count = ::read(file.get(), piece.data(), piece.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot read the file", name, errno);
        if (count == 0)
            return !rest.empty();
        rest.append(piece, 0, static_cast<std::size_t>(count));
        std::size_t begin = 0;
        for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n', begin)) {
            take(std::string_view(rest).substr(begin, end - begin));
            begin = end + 1;
        }
        rest.erase(0, begin);
    }
}

Result<void> appendLines(int folderFd, const std::string& name, std::string_view lines)
{
    if (lines.empty())
        return {};
    const UniqueFd file(
        ::openat(folderFd, name.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644));
    if (!file.isOpen())
        return errnoError("cannot open the file for appending", name, errno);
    PS_TRY(const bool isTorn, endsInsideLine(file.get()));
    PS_TRY_VOID(writeAll(file.get(), isTorn ? '\n' + std::string(lines) : std::string(lines)));
    PS_TRY_VOID(syncFile(file.get()));
    return syncFolder(folderFd);
}

} // namespace ps
