// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/project_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace ps {

Result<ProjectLock> ProjectLock::acquire(const std::string& path, const std::string& holder, UtcTime now)
{
    UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!fd.isOpen())
        return errnoError("cannot open the lock file", path, errno);
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return errnoError("cannot lock", path, errno);
        const auto text = readAll(fd.get(), 4096);
        return Error{ErrorCode::Locked, "the project is being worked on elsewhere", text.value_or(path), 0};
    }
    const std::string text = holder + ", process " + std::to_string(::getpid()) + ", since " + formatTimestamp(now);
    if (::ftruncate(fd.get(), 0) != 0 || ::pwrite(fd.get(), text.data(), text.size(), 0) < 0)
        return errnoError("cannot write the lock file", path, errno);
    return ProjectLock(std::move(fd));
}

ProjectLock::~ProjectLock()
{
    // The file stays: removing it would let two processes lock two different files of the same name.
    if (m_fd.isOpen() && ::ftruncate(m_fd.get(), 0) != 0)
        return; // the text is only for messages
}

} // namespace ps
