// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A worker that answers requests about models with lies, as the variable PS_FAKE says.
#include "core/base/sha256.h"
#include "core/inference/inference_protocol.h"
#include "core/worker/attach.h"
#include "core/worker/server.h"

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <random>
#include <unistd.h>

namespace {

using namespace ps;

constexpr std::string_view kPoison = "poison";

class LyingHandler final : public RequestHandler
{
public:
    explicit LyingHandler(std::string mode) : m_mode(std::move(mode)) {}

    bool handles(std::uint16_t) const override { return true; }

    Result<std::string> handle(const IncomingRequest& request, RequestContext& context) override
    {
        switch (static_cast<InferenceOperation>(request.operation)) {
        case InferenceOperation::Inspect: return encode(InspectAnswer{{}, std::string(64, '0')});
        case InferenceOperation::ReadCheckpoint: return checkpoint(request);
        case InferenceOperation::Detect: return detections(request);
        case InferenceOperation::Embed: break;
        }
        return embeddings(request, context);
    }

private:
    /// From the beginning: the position of the file is shared with everybody who has read it before.
    static std::string contentOf(int fd)
    {
        std::string content(1 << 10, '\0');
        const ssize_t count = ::pread(fd, content.data(), content.size(), 0);
        content.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
        return content;
    }

    /// What one image in the company of others can do to a worker.
    void misbehave(const std::string& content, RequestContext& context) const
    {
        const bool isPoison = content == kPoison;
        if (m_mode == "crash" && isPoison)
            ::raise(SIGSEGV);
        if (m_mode == "hang" && isPoison) {
            for (;;)
                ::pause();
        }
        for (int i = 0; m_mode == "flood" && i < 100'000; ++i)
            context.log(std::string(1000, 'x'));
    }

    Result<std::string> embeddings(const IncomingRequest& request, RequestContext& context)
    {
        EmbedAnswer answer;
        for (const UniqueFd& fd : request.descriptors) {
            const std::string content = contentOf(fd.get());
            misbehave(content, context);
            Embedding embedding;
            embedding.values.assign(m_mode == "short" ? 511 : 512, 0.5F);
            if (m_mode == "nan")
                embedding.values[7] = std::nanf("");
            embedding.sha256 = sha256Hex(content);
            embedding.size = m_mode == "no-size" ? ImageSize{0, 0} : ImageSize{10, 10};
            answer.embeddings.emplace_back(embedding);
        }
        if (m_mode == "one-less")
            answer.embeddings.pop_back();
        if (m_mode == "one-more")
            answer.embeddings.push_back(answer.embeddings.front());
        std::string body = encode(answer);
        if (m_mode == "random-bytes") {
            for (int i = 0; i < 3; ++i)
                body[m_random() % body.size()] = static_cast<char>(m_random());
            body.resize(m_random() % 4 == 0 ? m_random() % body.size() : body.size());
        }
        return body;
    }

    Result<std::string> detections(const IncomingRequest& request) const
    {
        DetectAnswer answer;
        const std::size_t images = request.descriptors.size() - 1; // the first is the model
        answer.detections.assign(images, std::vector<Detection>(m_mode == "million-boxes" ? kMaxDetections : 1,
                                                                Detection{{0, 0, 0.5, 0.5}, 0, 0.5F}));
        if (m_mode == "sure")
            (*answer.detections[0])[0].confidence = 1.5F;
        return encode(answer);
    }

    Result<std::string> checkpoint(const IncomingRequest& request) const
    {
        std::string bytes = encode(std::vector<NamedTensor>{{"a", {2}, {1, 2}}});
        if (m_mode == "short")
            bytes.pop_back();
        PS_TRY_VOID(writeAll(request.descriptors[1].get(), bytes));
        return m_mode == "talk" ? std::string("tensors") : std::string();
    }

    std::string m_mode;
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
