// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/channel.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <poll.h>
#include <sys/socket.h>

namespace ps {

namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;

Error goneError()
{
    return {ErrorCode::Io, "the other side closed the connection", {}, EPIPE};
}

Error socketError(const char* what, int errnoValue)
{
    if (errnoValue == EPIPE || errnoValue == ECONNRESET)
        return goneError();
    return errnoError(what, {}, errnoValue);
}

/// Milliseconds for poll(), rounded up so that a loop does not spin in the last one.
int pollTimeout(Deadline deadline)
{
    const auto now = std::chrono::steady_clock::now();
    if (deadline <= now)
        return 0;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count();
    return static_cast<int>(std::min<std::int64_t>(left, std::numeric_limits<int>::max()));
}

/// Space for the control message of kMaxFrameDescriptors descriptors, aligned as cmsghdr needs it.
union ControlBuffer {
    cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * kMaxFrameDescriptors)];
};

} // namespace

Deadline deadlineIn(std::chrono::milliseconds duration)
{
    return std::chrono::steady_clock::now() + duration;
}

bool isGone(const Error& error)
{
    return error.code == ErrorCode::Io && error.native == EPIPE;
}

Result<SocketPair> makeSocketPair()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return errnoError("cannot make a socket pair", {}, errno);
    return SocketPair{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Result<void> Channel::waitFor(short events, Deadline deadline) const
{
    for (;;) {
        pollfd entry{m_socket.get(), events, 0};
        const int count = ::poll(&entry, 1, pollTimeout(deadline));
        if (count > 0)
            return {};
        if (count < 0 && errno != EINTR)
            return errnoError("cannot wait for the worker channel", {}, errno);
        if (std::chrono::steady_clock::now() >= deadline)
            return Error{ErrorCode::Timeout, "no answer within the limit", {}, 0};
    }
}

bool Channel::isReadable() const
{
    pollfd entry{m_socket.get(), POLLIN, 0};
    return ::poll(&entry, 1, 0) != 0;
}

Result<void> Channel::send(const Frame& frame, std::span<const int> descriptors, Deadline deadline)
{
    if (descriptors.size() > kMaxFrameDescriptors)
        return Error{ErrorCode::Internal, "too many descriptors for one frame", {}, 0};
    PS_TRY(const std::string bytes, encodeFrame(frame));

    ControlBuffer control{};
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        iovec part{const_cast<char*>(bytes.data()) + sent, bytes.size() - sent};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        if (sent == 0 && !descriptors.empty()) { // they go with the first byte and must not be sent twice
            message.msg_control = control.bytes;
            message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
            cmsghdr* header = CMSG_FIRSTHDR(&message);
            header->cmsg_level = SOL_SOCKET;
            header->cmsg_type = SCM_RIGHTS;
            header->cmsg_len = CMSG_LEN(descriptors.size_bytes());
            std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size_bytes());
        }
        const ssize_t count = ::sendmsg(m_socket.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0) {
            sent += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN) {
            PS_TRY_VOID(waitFor(POLLOUT, deadline));
        } else if (errno != EINTR) {
            return socketError("cannot send to the worker channel", errno);
        }
    }
    return {};
}

Result<ReceivedFrame> Channel::receive(Deadline deadline)
{
    for (;;) {
        PS_TRY(auto frame, m_decoder.next());
        if (m_decoder.skippedCount() != m_skippedSeen) {
            m_skippedSeen = m_decoder.skippedCount();
            m_descriptors.clear();
        }
        if (frame)
            return ReceivedFrame{*std::move(frame), std::exchange(m_descriptors, {})};
        PS_TRY_VOID(readSome(deadline));
    }
}

Result<void> Channel::readSome(Deadline deadline)
{
    char chunk[kChunkBytes];
    ControlBuffer control{};
    // Never more than the current frame: descriptors that arrive are then surely those of this frame.
    iovec part{chunk, std::min(sizeof chunk, m_decoder.wantedBytes())};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;

    const ssize_t count = ::recvmsg(m_socket.get(), &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN)
        return waitFor(POLLIN, deadline);
    if (count < 0)
        return errno == EINTR ? Result<void>()
                              : Result<void>(socketError("cannot read from the worker channel", errno));
    PS_TRY_VOID(takeDescriptors(message));
    if (count == 0)
        return goneError();
    m_decoder.feed({chunk, static_cast<std::size_t>(count)});
    return {};
}

Result<void> Channel::takeDescriptors(const msghdr& message)
{
    msghdr copy = message; // CMSG_NXTHDR wants a mutable one
    for (cmsghdr* header = CMSG_FIRSTHDR(&copy); header; header = CMSG_NXTHDR(&copy, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(header) + i * sizeof fd, sizeof fd);
            m_descriptors.emplace_back(fd);
        }
    }
    const bool isTooMany = (message.msg_flags & MSG_CTRUNC) != 0 || m_descriptors.size() > kMaxFrameDescriptors;
    if (isTooMany || (m_policy == Descriptors::Refuse && !m_descriptors.empty())) {
        m_descriptors.clear();
        return Error{ErrorCode::Corrupt, "the other side sent descriptors that nobody asked for", {}, 0};
    }
    return {};
}

} // namespace ps
