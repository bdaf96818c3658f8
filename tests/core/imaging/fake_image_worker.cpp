// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A worker that answers requests for images with lies, as the variable PS_FAKE says.
#include "core/imaging/image_protocol.h"
#include "core/worker/attach.h"
#include "core/worker/server.h"

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <random>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace ps;

ImageInfo infoOf(ImageSize size)
{
    ImageInfo info;
    info.size = size;
    return info;
}

class LyingHandler final : public RequestHandler
{
public:
    explicit LyingHandler(std::string mode) : m_mode(std::move(mode)) {}

    bool handles(std::uint16_t) const override { return true; }

    Result<std::string> handle(const IncomingRequest& request, RequestContext&) override
    {
        if (m_mode == "crash")
            ::raise(SIGSEGV);
        if (m_mode == "hang") {
            for (;;)
                ::pause();
        }
        if (m_mode == "slow")
            ::usleep(300'000);
        if (request.operation != static_cast<std::uint16_t>(ImageOperation::Decode))
            return m_mode == "compare-lie" ? Result<std::string>("yes") : encode(infoOf({64, 48}));
        const auto decode = decodeDecodeRequest(request.body);
        return decode ? answer(*decode, request.descriptors[1].get()) : Result<std::string>(decode.error());
    }

private:
    Result<std::string> answer(const DecodeRequest& request, int memory)
    {
        const ImageSize honest = fittedSize({64, 48}, request.fitBox);
        PixelLayout layout{honest, static_cast<std::int32_t>(rowBytes(honest.width)), false};
        ImageInfo info = infoOf({64, 48});
        if (m_mode == "keep-mapping")
            m_kept = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
        if (m_mode == "other-size")
            layout.size.width -= 1;
        if (m_mode == "larger-than-asked") {
            layout.size = {1000, 1000};
            info.size = {1000, 1000};
        }
        if (m_mode == "random-layout") {
            layout = {{side(), side()}, static_cast<int>(static_cast<unsigned>(side()) * 4U), m_random() % 2 == 0};
            info.size = m_random() % 2 == 0 ? layout.size : ImageSize{side(), side()};
        }
        std::string body = encode(DecodeAnswer{layout, info});
        if (m_mode == "random-bytes") {
            for (int i = 0; i < 3; ++i)
                body[m_random() % body.size()] = static_cast<char>(m_random());
            body.resize(m_random() % 4 == 0 ? m_random() % body.size() : body.size());
        }
        return body;
    }

    int side() { return static_cast<int>(m_random() % 3 == 0 ? m_random() : m_random() % 70); }

    std::string m_mode;
    std::mt19937 m_random{static_cast<std::mt19937::result_type>(::getpid())};
    void* m_kept = nullptr;
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
