// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/colour.h"
#include "core/worker/server.h"

namespace ps {

/// Answers the requests of ImageService inside a worker.
class ImageHandler final : public RequestHandler
{
public:
    /// Uses every codec once, so that whatever the libraries open or look up at first use is there before the sandbox.
    void warmUp();

    bool handles(std::uint16_t operation) const override;
    Result<std::string> handle(const IncomingRequest& request, RequestContext& context) override;

private:
    Result<std::string> dispatch(const IncomingRequest& request, RequestContext& context);
    Result<std::string> probe(const IncomingRequest& request);
    Result<std::string> decode(const IncomingRequest& request);
    Result<std::string> region(const IncomingRequest& request);
    Result<std::string> render(const IncomingRequest& request, RequestContext& context);
    Result<std::string> compare(const IncomingRequest& request);
    Result<std::string> upright(const IncomingRequest& request);
    Result<std::string> locate(const IncomingRequest& request, RequestContext& context);

    ColourConverter m_converter;
};

} // namespace ps
