// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/unpacking/entry_source.h"
#include "core/worker/server.h"

namespace ps {

/// Answers the requests of unpackArchive() inside a worker, with one thread. Remembers how far it is between requests.
class UnpackHandler final : public RequestHandler
{
public:
    bool handles(std::uint16_t operation) const override;
    Result<std::string> handle(const IncomingRequest& request, RequestContext& context) override;

private:
    Result<void> begin(const IncomingRequest& request);
    Result<std::string> more();

    ArchiveFile m_file;
    ArchiveLimits m_limits;
    std::unique_ptr<EntrySource> m_source; ///< null without an archive, and behind a failure
    bool m_isInFile = false;
};

} // namespace ps
