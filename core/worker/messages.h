// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/worker/frame.h"

#include <string>
#include <string_view>
#include <vector>

namespace ps {

// The payloads of the frames that the protocol itself defines. What a Request asks for and what a Result answers is
// between the caller and the handler of that operation. Every decode function gives Corrupt for anything but exactly
// one well-formed payload.

/// Says what a worker is for by the capability that it then names in its Hello: "models" or "archives"; anything else gives one
/// for pictures only.
constexpr const char* kWorkerRoleVariable = "PROOFSHEET_WORKER_ROLE";

/// Names the build; both sides must be of the same one, because the bodies of requests carry no versions of their own.
std::string_view buildId();

/// The first frame each way. The program leaves capabilities and sandbox empty.
struct HelloMessage {
    std::uint16_t protocolVersion = kProtocolVersion;
    std::string buildId;
    std::vector<std::string> capabilities; ///< what the worker can do, for example "images"
    std::uint32_t sandboxMask = 0;         ///< SandboxPart values
    std::string sandbox;                   ///< the same for people
    bool operator==(const HelloMessage&) const = default;
};
std::string encodeHello(const HelloMessage& hello);
Result<HelloMessage> decodeHello(std::string_view payload);
/// Errors: VersionMismatch when the other side is of another protocol or build.
Result<void> checkHello(const HelloMessage& hello);

/// Asks for one operation. The descriptors themselves travel beside the frame, in this number.
struct RequestMessage {
    std::uint16_t operation = 0;
    std::uint8_t descriptorCount = 0;
    std::string body;
    bool operator==(const RequestMessage&) const = default;
};
std::string encodeRequest(const RequestMessage& request);
Result<RequestMessage> decodeRequest(std::string_view payload);

/// The error of a Failed frame; code and message only, the program knows the context.
std::string encodeFailed(const Error& error);
/// The error that the other side reported, or Corrupt for a malformed payload.
Error decodeFailed(std::string_view payload);

struct ProgressMessage {
    double fraction = 0; ///< 0..1
    std::string text;
    bool operator==(const ProgressMessage&) const = default;
};
std::string encodeProgress(const ProgressMessage& progress);
Result<ProgressMessage> decodeProgress(std::string_view payload);

/// One line for the log. Nothing in it can be trusted.
std::string encodeLog(std::string_view line);
Result<std::string> decodeLog(std::string_view payload);

} // namespace ps
