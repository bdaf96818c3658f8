// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/attach.h"

#include "core/worker/process.h"

#include <csignal>
#include <fcntl.h>
#include <optional>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ps {

namespace {

/// Who made the socket pair; nothing when the descriptor is no local socket.
std::optional<pid_t> peerOf(int fd)
{
    int domain = 0;
    socklen_t length = sizeof domain;
    if (::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &length) != 0 || domain != AF_UNIX)
        return std::nullopt;
    ucred credentials{};
    length = sizeof credentials;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0)
        return std::nullopt;
    return credentials.pid;
}

} // namespace

std::variant<Channel, WorkerExit> attachToProgram()
{
    const auto peer = peerOf(kWorkerSocketFd);
    if (!peer)
        return WorkerExit::NotAWorker;
    UniqueFd socket(kWorkerSocketFd);
    ::fcntl(socket.get(), F_SETFD, FD_CLOEXEC);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The program may have ended before the line above; then somebody else is our parent now.
    if (::getppid() != *peer)
        return WorkerExit::ParentGone;
    return Channel(std::move(socket), Descriptors::Accept);
}

} // namespace ps
