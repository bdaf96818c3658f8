// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/frame.h"

#include "core/worker/wire.h"

#include <zlib.h>

#include <algorithm>

namespace ps {

namespace {

constexpr std::uint32_t kMagic = 0x57465350; // "PSFW" in the stream
constexpr std::size_t kCrcOffset = 20;       // the checksum covers the header before it and the payload

std::uint32_t addToCrc(std::uint32_t crc, std::string_view bytes)
{
    return static_cast<std::uint32_t>(
        ::crc32(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

bool isKnown(std::uint16_t type)
{
    return type >= static_cast<std::uint16_t>(FrameType::Hello) && type <= static_cast<std::uint16_t>(FrameType::Bye);
}

} // namespace

Result<std::string> encodeFrame(const Frame& frame)
{
    if (frame.payload.size() > kMaxFrameBytes)
        return Error{ErrorCode::TooLarge,
                     "frame length " + std::to_string(frame.payload.size()) + " exceeds the limit of " +
                         std::to_string(kMaxFrameBytes),
                     {},
                     0};
    ByteWriter head;
    head.u32(kMagic);
    head.u16(kProtocolVersion);
    head.u16(static_cast<std::uint16_t>(frame.type));
    head.u64(frame.requestId);
    head.u32(static_cast<std::uint32_t>(frame.payload.size()));
    std::string bytes = head.take();
    const std::uint32_t crc = addToCrc(addToCrc(0, bytes), frame.payload);
    ByteWriter tail;
    tail.u32(crc);
    tail.raw(frame.payload);
    return bytes + tail.take();
}

std::size_t FrameDecoder::wantedBytes() const
{
    switch (m_state) {
    case State::Header: return kFrameHeaderBytes - m_headerFill;
    case State::Payload: return m_payloadLeft;
    case State::Ready:
    case State::Broken: return 0;
    }
    return 0;
}

std::size_t FrameDecoder::feed(std::string_view bytes)
{
    const std::string_view used = bytes.substr(0, wantedBytes());
    if (used.empty())
        return 0;
    if (m_state == State::Header) {
        std::copy(used.begin(), used.end(), m_header.begin() + static_cast<std::ptrdiff_t>(m_headerFill));
        m_headerFill += used.size();
        if (m_headerFill == kFrameHeaderBytes)
            parseHeader();
    } else {
        m_runningCrc = addToCrc(m_runningCrc, used);
        if (m_isKnownType)
            m_frame.payload.append(used);
        m_payloadLeft -= static_cast<std::uint32_t>(used.size());
        if (m_payloadLeft == 0)
            finishPayload();
    }
    return used.size();
}

Result<std::optional<Frame>> FrameDecoder::next()
{
    if (m_state == State::Broken)
        return m_error;
    if (m_state != State::Ready)
        return std::optional<Frame>();
    std::optional<Frame> frame = std::move(m_frame);
    restart();
    return frame;
}

void FrameDecoder::parseHeader()
{
    const std::string_view header(m_header.data(), m_header.size());
    ByteReader reader(header);
    const std::uint32_t magic = reader.u32();
    const std::uint16_t version = reader.u16();
    const std::uint16_t type = reader.u16();
    m_frame.requestId = reader.u64();
    const std::uint32_t length = reader.u32();
    m_expectedCrc = reader.u32();

    if (magic != kMagic)
        return breakOff(ErrorCode::Corrupt, "the stream is not at a frame (wrong magic)");
    if (version != kProtocolVersion)
        return breakOff(ErrorCode::VersionMismatch,
                        "frame version " + std::to_string(version) + " instead of " + std::to_string(kProtocolVersion));
    if (length > kMaxFrameBytes)
        return breakOff(ErrorCode::TooLarge, "frame length " + std::to_string(length) + " exceeds the limit of " +
                                                 std::to_string(kMaxFrameBytes));
    m_isKnownType = isKnown(type);
    m_frame.type = static_cast<FrameType>(type);
    m_frame.payload.clear();
    m_payloadLeft = length;
    m_runningCrc = addToCrc(0, header.substr(0, kCrcOffset));
    m_state = State::Payload;
    if (length == 0)
        finishPayload();
}

void FrameDecoder::finishPayload()
{
    if (m_runningCrc != m_expectedCrc)
        return breakOff(ErrorCode::Corrupt, "frame checksum does not match");
    if (m_isKnownType) {
        m_state = State::Ready;
        return;
    }
    ++m_skippedCount;
    restart();
}

void FrameDecoder::restart()
{
    m_state = State::Header;
    m_headerFill = 0;
    m_frame = {};
}

void FrameDecoder::breakOff(ErrorCode code, std::string message)
{
    m_error = {code, std::move(message), {}, 0};
    m_frame = {};
    m_state = State::Broken;
}

std::string frameTypeName(FrameType type)
{
    switch (type) {
    case FrameType::Hello: return "Hello";
    case FrameType::Request: return "Request";
    case FrameType::Result: return "Result";
    case FrameType::Failed: return "Failed";
    case FrameType::Progress: return "Progress";
    case FrameType::Log: return "Log";
    case FrameType::Cancel: return "Cancel";
    case FrameType::Ping: return "Ping";
    case FrameType::Pong: return "Pong";
    case FrameType::Bye: return "Bye";
    }
    return "type " + std::to_string(static_cast<unsigned>(type));
}

} // namespace ps
