// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/server.h"

#include <new>

namespace ps {

namespace {

/// The program bounds every request by its own deadline and kills us; we only wait.
constexpr Deadline kForever = Deadline::max();

Result<std::string> callHandler(const IncomingRequest& request, RequestContext& context,
                                std::span<RequestHandler* const> handlers)
{
    try {
        for (RequestHandler* handler : handlers) {
            if (handler->handles(request.operation))
                return handler->handle(request, context);
        }
        return Error{ErrorCode::Unsupported, "no handler for operation " + std::to_string(request.operation), {}, 0};
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::TooLarge, "not enough memory within the limit of the worker", {}, 0};
    } catch (const std::exception& exception) {
        return Error{ErrorCode::Internal, std::string("exception: ") + exception.what(), {}, 0};
    }
}

Frame answerFrame(std::uint64_t requestId, Result<std::string> outcome)
{
    if (outcome && outcome->size() > kMaxFrameBytes)
        outcome = Error{ErrorCode::Internal, "the answer does not fit into a frame", {}, 0};
    if (!outcome)
        return {FrameType::Failed, requestId, encodeFailed(outcome.error())};
    return {FrameType::Result, requestId, *std::move(outcome)};
}

Frame answerRequest(Channel& channel, ReceivedFrame received, std::span<RequestHandler* const> handlers)
{
    const std::uint64_t id = received.frame.requestId;
    auto message = decodeRequest(received.frame.payload);
    if (!message)
        return answerFrame(id, message.error());
    if (message->descriptorCount != received.descriptors.size())
        return answerFrame(
            id, Error{ErrorCode::InvalidInput, "the request came with another number of descriptors", {}, 0});
    const IncomingRequest request{id, message->operation, std::move(message->body), std::move(received.descriptors)};
    RequestContext context(channel, id);
    return answerFrame(id, callHandler(request, context, handlers));
}

WorkerExit exitFor(const Error& error)
{
    if (isGone(error))
        return WorkerExit::Done;
    return error.code == ErrorCode::VersionMismatch ? WorkerExit::VersionMismatch : WorkerExit::ProtocolError;
}

Result<void> exchangeHello(Channel& channel, const HelloMessage& own)
{
    PS_TRY_VOID(channel.send({FrameType::Hello, 0, encodeHello(own)}, {}, kForever));
    PS_TRY(const ReceivedFrame first, channel.receive(kForever));
    if (first.frame.type != FrameType::Hello)
        return Error{ErrorCode::Corrupt, "the first frame is " + frameTypeName(first.frame.type), {}, 0};
    PS_TRY(const HelloMessage hello, decodeHello(first.frame.payload));
    return checkHello(hello);
}

} // namespace

bool RequestContext::isCancelled()
{
    while (!m_isCancelled) {
        const auto received = m_channel.receive(Deadline::min());
        if (!received && received.error().code == ErrorCode::Timeout)
            return false;
        if (received && received->frame.type == FrameType::Ping) {
            discard(m_channel.send({FrameType::Pong, received->frame.requestId, {}}, {}, kForever),
                    "the answer follows");
            continue;
        }
        if (received && received->frame.type == FrameType::Cancel && received->frame.requestId != m_requestId)
            continue;         // crossed with an earlier answer
        m_isCancelled = true; // by Cancel, by Bye, by a closed connection, or by something that should not come now
    }
    return true;
}

void RequestContext::reportProgress(double fraction, std::string_view text)
{
    discard(
        m_channel.send({FrameType::Progress, m_requestId, encodeProgress({fraction, std::string(text)})}, {}, kForever),
        "the answer follows");
}

void RequestContext::log(std::string_view line)
{
    discard(m_channel.send({FrameType::Log, m_requestId, encodeLog(line)}, {}, kForever), "the answer follows");
}

WorkerExit runServer(Channel& channel, HelloMessage own, std::span<RequestHandler* const> handlers)
{
    own.protocolVersion = kProtocolVersion;
    own.buildId = buildId();
    if (const auto hello = exchangeHello(channel, own); !hello)
        return exitFor(hello.error());
    for (;;) {
        auto received = channel.receive(kForever);
        if (!received)
            return exitFor(received.error());
        Result<void> sent;
        switch (received->frame.type) {
        case FrameType::Request:
            sent = channel.send(answerRequest(channel, *std::move(received), handlers), {}, kForever);
            break;
        case FrameType::Ping:
            sent = channel.send({FrameType::Pong, received->frame.requestId, {}}, {}, kForever);
            break;
        case FrameType::Bye: return WorkerExit::Done;
        case FrameType::Cancel: break; // its request was answered meanwhile
        default: return WorkerExit::ProtocolError;
        }
        if (!sent)
            return isGone(sent.error()) ? WorkerExit::Done : WorkerExit::ConnectionLost;
    }
}

} // namespace ps
