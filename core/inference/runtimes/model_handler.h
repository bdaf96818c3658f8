// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/colour.h"
#include "core/inference/inference_protocol.h"
#include "core/inference/runtimes/model_shelf.h"
#include "core/inference/runtimes/picture_loader.h"
#include "core/worker/server.h"

namespace ps {

/// Answers the requests of InferenceService inside a worker, with one thread.
class ModelHandler final : public RequestHandler
{
public:
    /// Does everything once before the sandbox. ImageHandler::warmUp() must have run.
    void warmUp();

    bool handles(std::uint16_t operation) const override;
    Result<std::string> handle(const IncomingRequest& request, RequestContext& context) override;

private:
    Result<std::string> dispatch(const IncomingRequest& request, RequestContext& context);
    Result<std::string> inspect(const IncomingRequest& request);
    Result<std::string> embed(const IncomingRequest& request, RequestContext& context);
    Result<std::string> detect(const IncomingRequest& request, RequestContext& context);
    Result<std::string> readCheckpointFile(const IncomingRequest& request);

    Result<LoadedPicture> load(int fd, std::int64_t fileBytes, const ImagesRequest& request);
    Result<std::vector<Detection>> detectIn(int fd, std::int64_t fileBytes, const ImagesRequest& request,
                                            Session& session);
    Result<Embedding> describeImage(const LoadedPicture& picture, int fd);

    ColourConverter m_converter;
    ModelShelf m_models;
};

} // namespace ps
