// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ps {

constexpr std::uint16_t kProtocolVersion = 1;
constexpr std::size_t kFrameHeaderBytes = 24;
/// The largest payload. Pixels never travel in frames, so this is generous.
constexpr std::uint32_t kMaxFrameBytes = 1024 * 1024;

enum class FrameType : std::uint16_t {
    Hello = 1,
    Request = 2,
    Result = 3,
    Failed = 4,
    Progress = 5,
    Log = 6,
    Cancel = 7,
    Ping = 8,
    Pong = 9,
    Bye = 10,
};

/// One message between a program and its worker. See docs/formats/worker_frame.md.
struct Frame {
    FrameType type = FrameType::Ping;
    std::uint64_t requestId = 0;
    std::string payload;
    bool operator==(const Frame&) const = default;
};

/// The bytes of `frame`. Errors: TooLarge for a payload above kMaxFrameBytes.
Result<std::string> encodeFrame(const Frame& frame);

/// Cuts a stream of bytes into frames, whatever the pieces in which it arrives. Types of a newer program are skipped
/// and counted. The first violation is final: every later call returns the same error.
class FrameDecoder
{
public:
    /// How many bytes may be fed before the next decision: the rest of the header or of the payload. A reader that
    /// feeds no more than this never touches the bytes of the following frame. 0 while a frame waits or after an error.
    std::size_t wantedBytes() const;

    /// Takes `bytes`, of which at most wantedBytes() are used, and returns how many that were.
    std::size_t feed(std::string_view bytes);

    /// The frame that is complete, if one is.
    /// Errors: Corrupt (magic, checksum), TooLarge (length, before anything is allocated), VersionMismatch.
    Result<std::optional<Frame>> next();

    /// Frames of unknown type so far.
    std::uint64_t skippedCount() const { return m_skippedCount; }
    /// True in the middle of a frame.
    bool isInsideFrame() const { return m_state == State::Payload || m_headerFill > 0; }

private:
    enum class State { Header, Payload, Ready, Broken };

    void parseHeader();
    void finishPayload();
    void restart();
    void breakOff(ErrorCode code, std::string message);

    State m_state = State::Header;
    std::array<char, kFrameHeaderBytes> m_header{};
    std::size_t m_headerFill = 0;
    std::uint32_t m_payloadLeft = 0;
    std::uint32_t m_expectedCrc = 0;
    std::uint32_t m_runningCrc = 0;
    bool m_isKnownType = false;
    std::uint64_t m_skippedCount = 0;
    Frame m_frame;
    Error m_error;
};

/// "Request" and so on, or "type 77".
std::string frameTypeName(FrameType type);

} // namespace ps
