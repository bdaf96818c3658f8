// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/file_lock.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>

namespace ps {

Result<UniqueFd> lockFile(int folderFd, const std::string& name)
{
    UniqueFd fd(::openat(folderFd, name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!fd.isOpen())
        return errnoError("cannot open the lock file", name, errno);
    int outcome = 0;
    do {
        outcome = ::flock(fd.get(), LOCK_EX);
    } while (outcome != 0 && errno == EINTR);
    if (outcome != 0)
        return errnoError("cannot lock", name, errno);
    return fd;
}

} // namespace ps
