// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/colour.h"
#include "core/worker/server.h"

namespace ps {

/// Answers the requests about thumbnails inside a worker.
class SurveyHandler final : public RequestHandler
{
public:
    /// Does everything once before the sandbox. ImageHandler::warmUp() must have run.
    void warmUp();

    bool handles(std::uint16_t operation) const override;
    Result<std::string> handle(const IncomingRequest& request, RequestContext& context) override;

private:
    Result<std::string> dispatch(const IncomingRequest& request, RequestContext& context);
    Result<std::string> survey(const IncomingRequest& request);
    Result<std::string> decodeThumbnails(const IncomingRequest& request, RequestContext& context);
    Result<std::string> adoptThumbnail(const IncomingRequest& request);

    ColourConverter m_converter;
};

} // namespace ps
