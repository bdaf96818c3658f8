// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/worker/frame.h"

#include <chrono>
#include <span>
#include <vector>

struct msghdr;

namespace ps {

/// A point in time after which a call gives up.
using Deadline = std::chrono::steady_clock::time_point;
Deadline deadlineIn(std::chrono::milliseconds duration);

/// The most descriptors that one frame can carry.
constexpr std::size_t kMaxFrameDescriptors = 20;

/// Whether this end accepts descriptors. The program's ends refuse them: no worker has any reason to send one.
enum class Descriptors { Refuse, Accept };

struct ReceivedFrame {
    Frame frame;
    std::vector<UniqueFd> descriptors;
};

/// One end of the socket between a program and its worker. Threads: one at a time sends, one at a time receives.
/// Errors of send() and receive(): Timeout; Io with native EPIPE when the other side is gone (isGone() tells); Corrupt,
/// TooLarge and VersionMismatch for violations of the protocol, after which the channel is of no more use.
class Channel
{
public:
    Channel(UniqueFd socket, Descriptors policy) : m_socket(std::move(socket)), m_policy(policy) {}

    /// Sends one frame; the descriptors stay the caller's. Blocks until the kernel has taken all of it.
    Result<void> send(const Frame& frame, std::span<const int> descriptors, Deadline deadline);

    /// Waits for one whole frame. After a Timeout the call can be repeated; no byte is lost.
    Result<ReceivedFrame> receive(Deadline deadline);

    /// True when the other side has closed its end or sent something while nothing was asked.
    bool isReadable() const;

    int fd() const { return m_socket.get(); }

private:
    Result<void> readSome(Deadline deadline);
    Result<void> takeDescriptors(const msghdr& message);
    Result<void> waitFor(short events, Deadline deadline) const;

    UniqueFd m_socket;
    Descriptors m_policy;
    FrameDecoder m_decoder;
    std::uint64_t m_skippedSeen = 0;
    std::vector<UniqueFd> m_descriptors; ///< of the frame that is being read
};

/// True when `error` says that the other side of a channel is gone.
bool isGone(const Error& error);

struct SocketPair {
    UniqueFd ours;
    UniqueFd theirs;
};
/// A connected pair of stream sockets, both closed on exec. Errors: Io.
Result<SocketPair> makeSocketPair();

} // namespace ps
