// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/worker/channel.h"
#include "core/worker/exit_code.h"
#include "core/worker/messages.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// One request as its handler sees it, inside the worker. The descriptors are closed after the answer.
struct IncomingRequest {
    std::uint64_t id = 0;
    std::uint16_t operation = 0;
    std::string body;
    std::vector<UniqueFd> descriptors;
};

/// What a handler can do besides answering.
class RequestContext
{
public:
    RequestContext(Channel& channel, std::uint64_t requestId) : m_channel(channel), m_requestId(requestId) {}

    /// True when the program no longer wants the answer or is gone. Cheap enough to ask between steps of some
    /// milliseconds; answers pings on the way.
    bool isCancelled();
    void reportProgress(double fraction, std::string_view text);
    void log(std::string_view line);

private:
    Channel& m_channel;
    std::uint64_t m_requestId;
    bool m_isCancelled = false;
};

/// Answers requests inside the worker. An exception that leaves handle() becomes a Failed frame.
class RequestHandler
{
public:
    virtual ~RequestHandler() = default;
    virtual bool handles(std::uint16_t operation) const = 0;
    /// The body of the answer, at most kMaxFrameBytes.
    virtual Result<std::string> handle(const IncomingRequest& request, RequestContext& context) = 0;
};

/// The life of a worker: sends `own` hello, checks the program's, then gives each request to the first handler that
/// takes its operation and sends exactly one answer. Returns when the program says goodbye or closes the connection.
WorkerExit runServer(Channel& channel, HelloMessage own, std::span<RequestHandler* const> handlers);

} // namespace ps
