// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A worker that misbehaves as the variable PS_FAKE says, for tests of the program's side.
#include "core/worker/attach.h"
#include "core/worker/server.h"

#include <csignal>
#include <cstdlib>
#include <string>
#include <unistd.h>

namespace {

using namespace ps;

std::string mode()
{
    const char* value = std::getenv("PS_FAKE");
    return value ? value : "";
}

HelloMessage goodHello()
{
    HelloMessage hello;
    hello.buildId = buildId();
    hello.sandbox = "none (fake)";
    return hello;
}

void send(Channel& channel, FrameType type, std::uint64_t id, std::string payload,
          std::span<const int> descriptors = {})
{
    if (!channel.send({type, id, std::move(payload)}, descriptors, Deadline::max()))
        std::exit(1);
}

void sendGarbage(const Channel& channel)
{
    const std::string garbage(4096, '\x5a');
    if (::write(channel.fd(), garbage.data(), garbage.size()) < 0)
        std::exit(1);
}

/// Says hello, properly or not. False when nothing more is to be done.
bool sayHello(Channel& channel, const std::string& how)
{
    HelloMessage hello = goodHello();
    if (how == "exit-early")
        std::exit(static_cast<int>(WorkerExit::Defect));
    if (how == "silent") {
        ::pause();
        return false;
    }
    if (how == "hello-garbage") {
        sendGarbage(channel);
        ::pause();
    }
    if (how == "hello-missing")
        send(channel, FrameType::Ping, 0, {});
    if (how == "hello-build")
        hello.buildId = "0.0.0-other";
    if (how == "hello-protocol")
        hello.protocolVersion = 99;
    send(channel, FrameType::Hello, 0, encodeHello(hello));
    return channel.receive(Deadline::max()).has_value(); // the program's hello
}

/// Answers one request, properly or not.
void answer(Channel& channel, const std::string& how, const ReceivedFrame& received)
{
    const std::uint64_t id = received.frame.requestId;
    const auto request = decodeRequest(received.frame.payload);
    const std::string body = request ? request->body : std::string();
    if (how == "work")
        ::usleep(2000);
    if (how == "answer-garbage")
        return sendGarbage(channel);
    if (how == "answer-wrong-id")
        return send(channel, FrameType::Result, id + 1, body);
    if (how == "answer-request")
        return send(channel, FrameType::Request, id, body);
    if (how == "answer-descriptors") {
        const int descriptors[] = {0, 1};
        return send(channel, FrameType::Result, id, body, descriptors);
    }
    if (how == "answer-twice")
        send(channel, FrameType::Result, id, body);
    if (how == "flood") {
        for (;;)
            send(channel, FrameType::Progress, id, encodeProgress({0.5, "half"}));
    }
    if (body == "kill")
        ::raise(SIGKILL);
    if (body == "stop")
        ::raise(SIGSTOP);
    if (body.starts_with("kill-once:")) { // the rest is a file that is there until somebody has died
        if (::unlink(body.c_str() + 10) == 0)
            ::raise(SIGKILL);
    }
    send(channel, FrameType::Result, id, body);
    if (how == "exit-when-idle")
        std::exit(0);
}

} // namespace

int main()
{
    auto attached = attachToProgram();
    if (const auto* refusal = std::get_if<WorkerExit>(&attached))
        return static_cast<int>(*refusal);
    Channel channel = std::get<Channel>(std::move(attached));
    const std::string how = mode();
    if (!sayHello(channel, how))
        return 1;
    for (;;) {
        const auto received = channel.receive(Deadline::max());
        if (!received || received->frame.type == FrameType::Bye)
            return 0;
        if (received->frame.type == FrameType::Request)
            answer(channel, how, *received);
    }
}
