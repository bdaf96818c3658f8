// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/worker/server.h"

namespace ps {

/// A worker answers self-test requests only when this variable was "1" at its start.
constexpr const char* kSelfTestVariable = "PROOFSHEET_WORKER_SELFTEST";

/// The operation of self-test requests; the body is one byte, a SelfTest.
constexpr std::uint16_t kSelfTestOperation = 0x7f00;

/// Things that a worker in hostile hands would try, and ways to die. The answer to an attempt is "denied: <errno name>"
/// or "ALLOWED".
enum class SelfTest : std::uint8_t {
    OpenFile = 1,    ///< read /etc/passwd
    CreateFile,      ///< write a new file in /tmp
    ReadEnvironment, ///< read /proc/self/environ
    Stat,            ///< ask whether /etc/passwd exists
    Socket,          ///< make an internet socket
    UnixSocket,      ///< make a local socket
    Execute,         ///< run /bin/true
    Trace,           ///< ptrace the program
    Fork,            ///< start another process
    SignalParent,    ///< send a signal to the program
    MapExecutable,   ///< make memory executable
    MakeMemfd,       ///< make an anonymous file
    RaiseLimits,     ///< give itself more memory

    Echo = 64, ///< answer "echo" and the number of descriptors
    Abort,     ///< die by SIGABRT
    Segfault,  ///< die by SIGSEGV
    Hang,      ///< never answer
    HangUntilCancelled,
    ThrowException,
    RunOutOfMemory, ///< allocate until the limit says no
    WriteToLog,     ///< put lines on the standard error, one of them with control characters
    SendLogFrames,  ///< put lines into Log frames
};

/// The handler that makes the sandbox provable. Compiled in always, so that the program that people run is the one that
/// is tested.
class SelfTestHandler final : public RequestHandler
{
public:
    bool handles(std::uint16_t operation) const override { return operation == kSelfTestOperation; }
    Result<std::string> handle(const IncomingRequest& request, RequestContext& context) override;

    /// True when the environment asks for it. Call it before the sandbox is entered.
    static bool isWanted();
};

} // namespace ps
