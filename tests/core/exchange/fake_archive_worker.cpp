// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A worker that answers requests about archives with lies, as the variable PS_FAKE says.
#include "core/exchange/archive_protocol.h"
#include "core/worker/attach.h"
#include "core/worker/server.h"

#include <csignal>
#include <cstdlib>
#include <random>
#include <unistd.h>

namespace {

using namespace ps;
using Kind = ArchiveEvent::Kind;
using Events = std::vector<ArchiveEvent>;

ArchiveEvent file(std::string name, std::int64_t size)
{
    return {Kind::File, std::move(name), size};
}

ArchiveEvent bytes(std::string text)
{
    return {Kind::Bytes, std::move(text), 0};
}

const ArchiveEvent kEnd{Kind::End, {}, 0};

class LyingHandler final : public RequestHandler
{
public:
    explicit LyingHandler(std::string mode) : m_mode(std::move(mode)) {}

    bool handles(std::uint16_t) const override { return true; }

    Result<std::string> handle(const IncomingRequest&, RequestContext&) override
    {
        ++m_round;
        if (m_mode.starts_with("name:"))
            return encode(Events{file("good", 1), bytes("g"), file(m_mode.substr(5), 4), bytes("evil"), kEnd});
        if (m_mode.starts_with("folder:"))
            return encode(Events{{Kind::Folder, m_mode.substr(7), 0}, kEnd});
        if (m_mode == "endless-bytes") // 1 TB was announced, and the archive is small
            return encode(m_round == 1 ? Events{file("big", 8'000'000), bytes(std::string(kMaxPieceBytes, 'x'))}
                                       : Events(5, bytes(std::string(kMaxPieceBytes, 'x'))));
        if (m_mode == "endless-entries")
            return encode(manyEntries());
        if (m_mode == "random-bytes")
            return randomBody();
        if (m_mode == "crash" && m_round == 2)
            ::raise(SIGSEGV);
        if (m_mode == "hang" && m_round == 2) {
            for (;;)
                ::pause();
        }
        return encode(eventsOf());
    }

private:
    Events eventsOf() const
    {
        const std::string mode = m_mode;
        if (mode == "good")
            return {{Kind::Folder, "a", 0}, file("a/b", 4), bytes("ab"), bytes("cd"), file("c", 0), kEnd};
        if (mode == "more")
            return {file("x", 4), bytes("12345"), kEnd};
        if (mode == "fewer")
            return {file("x", 4), bytes("123"), kEnd};
        if (mode == "fewer-then-next")
            return {file("x", 4), bytes("123"), file("y", 0), kEnd};
        if (mode == "no-file")
            return {bytes("1234"), kEnd};
        if (mode == "into-folder")
            return {{Kind::Folder, "x", 0}, bytes("1234"), kEnd};
        if (mode == "folder-with-size")
            return {{Kind::Folder, "x", 5}, kEnd};
        if (mode == "twice")
            return {file("x", 1), bytes("1"), file("x", 1), bytes("2"), kEnd};
        if (mode == "case")
            return {file("x", 1), bytes("1"), file("X", 1), bytes("2"), kEnd};
        if (mode == "file-folder")
            return {file("x", 1), bytes("1"), file("x/y", 1), bytes("2"), kEnd};
        if (mode == "behind-end")
            return {file("x", 1), bytes("1"), kEnd, file("y", 0)};
        if (mode == "nothing")
            return {};
        if (mode == "empty-piece")
            return {file("x", 1), bytes(""), kEnd};
        if (mode == "huge")
            return {file("x", std::int64_t{1} << 62), kEnd};
        if (mode == "sum") // each is allowed, their sum overflows
            return Events(20, file("x", std::int64_t{1} << 35));
        return {file("x", 4), bytes("12")}; // and more to come
    }

    Events manyEntries()
    {
        Events events;
        for (int i = 0; i < 1000; ++i)
            events.push_back(file(std::to_string(m_round) + '-' + std::to_string(i), 0));
        return events;
    }

    std::string randomBody()
    {
        std::string body = encode(Events{{Kind::Folder, "a", 0}, file("a/b", 4), bytes("abcd"), file("c", 0), kEnd});
        for (int i = 0; i < 3; ++i)
            body[m_random() % body.size()] = static_cast<char>(m_random());
        body.resize(m_random() % 4 == 0 ? m_random() % body.size() : body.size());
        return body;
    }

    std::string m_mode;
    int m_round = 0;
    std::mt19937 m_random{static_cast<std::mt19937::result_type>(::getpid())};
};

} // namespace

int main()
{
    auto attached = ps::attachToProgram();
    if (const auto* refusal = std::get_if<ps::WorkerExit>(&attached))
        return static_cast<int>(*refusal);
    ps::Channel channel = std::get<ps::Channel>(std::move(attached));
    const char* mode = std::getenv("PS_FAKE");
    LyingHandler handler(mode ? mode : "");
    ps::RequestHandler* const handlers[] = {&handler};
    return static_cast<int>(ps::runServer(channel, {}, handlers));
}
