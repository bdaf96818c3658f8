// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/unpacking/unpack_handler.h"

namespace ps {

bool UnpackHandler::handles(std::uint16_t operation) const
{
    return operation >= kFirstArchiveOperation && operation <= kLastArchiveOperation;
}

Result<std::string> UnpackHandler::handle(const IncomingRequest& request, RequestContext&)
{
    if (request.descriptors.size() != 1)
        return Error{ErrorCode::InvalidInput, "a request about an archive has one descriptor", {}, 0};
    m_file.fd = request.descriptors[0].get();
    if (request.operation == static_cast<std::uint16_t>(ArchiveOperation::Begin)) {
        m_source.reset();
        PS_TRY_VOID(begin(request));
    }
    if (!m_source)
        return Error{ErrorCode::InvalidInput, "no archive is open", {}, 0};
    auto answer = more();
    if (!answer)
        m_source.reset();
    m_file.fd = -1;
    return answer;
}

Result<void> UnpackHandler::begin(const IncomingRequest& request)
{
    PS_TRY(const ArchiveRequest message, decodeArchiveRequest(request.body));
    m_file.sizeBytes = message.archiveBytes;
    m_limits = message.limits;
    m_isInFile = false;
    PS_TRY(m_source, openSource(m_file, m_limits));
    return {};
}

Result<std::string> UnpackHandler::more()
{
    using Kind = ArchiveEvent::Kind;
    std::vector<ArchiveEvent> events;
    for (std::size_t bytes = 0; bytes < kFullAnswerBytes;) {
        if (!m_isInFile) {
            PS_TRY(std::optional<SourceEntry> entry, m_source->next());
            if (!entry) {
                events.push_back({Kind::End, {}, 0});
                m_source.reset();
                break;
            }
            m_isInFile = !entry->isFolder;
            constexpr std::size_t kEventBytes = 64; // more than an event takes beside its text
            bytes += entry->name.size() + kEventBytes;
            events.push_back({entry->isFolder ? Kind::Folder : Kind::File, std::move(entry->name), entry->sizeBytes});
            continue;
        }
        std::string piece(kMaxPieceBytes, '\0');
        PS_TRY(const std::size_t count, m_source->read(piece));
        m_isInFile = count > 0;
        if (count == 0)
            continue;
        piece.resize(count);
        bytes += count;
        events.push_back({Kind::Bytes, std::move(piece), 0});
    }
    return encode(events);
}

} // namespace ps
