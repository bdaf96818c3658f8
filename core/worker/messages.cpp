// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/messages.h"

#include "core/worker/wire.h"

#include <cmath>

namespace ps {

namespace {

constexpr std::size_t kMaxNameBytes = 256;
constexpr std::size_t kMaxTextBytes = 4096;
constexpr std::uint16_t kMaxCapabilities = 64;

std::string shortened(std::string_view text)
{
    return std::string(text.substr(0, kMaxTextBytes));
}

} // namespace

std::string_view buildId()
{
    return PS_VERSION;
}

std::string encodeHello(const HelloMessage& hello)
{
    ByteWriter writer;
    writer.u16(hello.protocolVersion);
    writer.text(hello.buildId);
    writer.u16(static_cast<std::uint16_t>(hello.capabilities.size()));
    for (const std::string& capability : hello.capabilities)
        writer.text(capability);
    writer.u32(hello.sandboxMask);
    writer.text(hello.sandbox);
    return writer.take();
}

Result<HelloMessage> decodeHello(std::string_view payload)
{
    ByteReader reader(payload);
    HelloMessage hello;
    hello.protocolVersion = reader.u16();
    hello.buildId = reader.text(kMaxNameBytes);
    const std::uint16_t count = reader.u16();
    if (count > kMaxCapabilities)
        reader.fail();
    for (std::uint16_t i = 0; i < count && reader.isGood(); ++i)
        hello.capabilities.push_back(reader.text(kMaxNameBytes));
    hello.sandboxMask = reader.u32();
    hello.sandbox = reader.text(kMaxTextBytes);
    PS_TRY_VOID(reader.finish("the Hello payload"));
    return hello;
}

Result<void> checkHello(const HelloMessage& hello)
{
    if (hello.protocolVersion != kProtocolVersion)
        return Error{ErrorCode::VersionMismatch,
                     "the other side speaks protocol " + std::to_string(hello.protocolVersion) + ", this one " +
                         std::to_string(kProtocolVersion),
                     {},
                     0};
    if (hello.buildId != buildId())
        return Error{ErrorCode::VersionMismatch,
                     "the other side is build " + hello.buildId + ", this one " + std::string(buildId()),
                     {},
                     0};
    return {};
}

std::string encodeRequest(const RequestMessage& request)
{
    ByteWriter writer;
    writer.u16(request.operation);
    writer.u8(request.descriptorCount);
    writer.raw(request.body);
    return writer.take();
}

Result<RequestMessage> decodeRequest(std::string_view payload)
{
    ByteReader reader(payload);
    RequestMessage request;
    request.operation = reader.u16();
    request.descriptorCount = reader.u8();
    request.body = std::string(reader.rest());
    PS_TRY_VOID(reader.finish("the Request payload"));
    return request;
}

std::string encodeFailed(const Error& error)
{
    ByteWriter writer;
    writer.u16(static_cast<std::uint16_t>(error.code));
    writer.text(shortened(error.message));
    return writer.take();
}

Error decodeFailed(std::string_view payload)
{
    ByteReader reader(payload);
    const std::uint16_t code = reader.u16();
    std::string message = reader.text(kMaxTextBytes);
    if (code > static_cast<std::uint16_t>(ErrorCode::Internal))
        reader.fail();
    if (const auto outcome = reader.finish("the Failed payload"); !outcome)
        return outcome.error();
    return {static_cast<ErrorCode>(code), std::move(message), {}, 0};
}

std::string encodeProgress(const ProgressMessage& progress)
{
    ByteWriter writer;
    writer.f64(progress.fraction);
    writer.text(shortened(progress.text));
    return writer.take();
}

Result<ProgressMessage> decodeProgress(std::string_view payload)
{
    ByteReader reader(payload);
    ProgressMessage progress;
    progress.fraction = reader.f64();
    progress.text = reader.text(kMaxTextBytes);
    if (!(progress.fraction >= 0 && progress.fraction <= 1))
        reader.fail();
    PS_TRY_VOID(reader.finish("the Progress payload"));
    return progress;
}

std::string encodeLog(std::string_view line)
{
    ByteWriter writer;
    writer.text(shortened(line));
    return writer.take();
}

Result<std::string> decodeLog(std::string_view payload)
{
    ByteReader reader(payload);
    std::string line = reader.text(kMaxTextBytes);
    PS_TRY_VOID(reader.finish("the Log payload"));
    return line;
}

} // namespace ps
