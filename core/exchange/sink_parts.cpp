// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/sink_parts.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace ps {

Result<UniqueFd> namelessFile(int folderFd)
{
    UniqueFd file(::openat(folderFd, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600));
    if (file.isOpen())
        return file;
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT && errno != EINVAL)
        return errnoError("cannot make a temporary file", {}, errno);
    const std::string name = temporaryName();
    file = UniqueFd(::openat(folderFd, name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.isOpen())
        return errnoError("cannot make a temporary file", {}, errno);
    PS_TRY_VOID(removeFile(folderFd, name));
    return file;
}

Result<void> readPieces(int fd, std::int64_t beginsAt, std::int64_t endsAt, std::string& buffer,
                        const std::function<Result<void>(std::string_view)>& take, const std::stop_token& stop)
{
    buffer.resize(kCopyBytes);
    for (std::int64_t offset = beginsAt; offset < endsAt;) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while a file was copied", {}, 0};
        const auto wanted = static_cast<std::size_t>(
            std::min<std::int64_t>(endsAt - offset, static_cast<std::int64_t>(kCopyBytes)));
        const ssize_t count = ::pread(fd, buffer.data(), wanted, offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot read the file", {}, errno);
        if (count == 0)
            return Error{ErrorCode::Conflict, "the file became shorter while it was copied", {}, 0};
        PS_TRY_VOID(take(std::string_view(buffer).substr(0, static_cast<std::size_t>(count))));
        offset += count;
    }
    return {};
}

Result<void> FirstError::check() const
{
    if (m_error)
        return *m_error;
    return {};
}

Result<void> FirstError::keep(Result<void> outcome)
{
    if (!outcome && !m_error)
        m_error = outcome.error();
    return outcome;
}

} // namespace ps
