// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/unpacking/tar_stream.h"

#include <string_view>

namespace ps {

namespace {

constexpr int kGzipWindow = 16 + MAX_WBITS;

Error corrupt(std::string what)
{
    return {ErrorCode::Corrupt, std::move(what), {}, 0};
}

} // namespace

TarStream::TarStream(const ArchiveFile& file, const ArchiveLimits& limits, bool isCompressed)
    : m_file(file), m_limits(limits), m_isCompressed(isCompressed)
{
    m_isReady = !isCompressed || ::inflateInit2(&m_stream, kGzipWindow) == Z_OK;
}

TarStream::~TarStream()
{
    if (m_isCompressed && m_isReady)
        ::inflateEnd(&m_stream);
}

Result<std::size_t> TarStream::read(std::span<char> into)
{
    if (!m_isReady)
        return Error{ErrorCode::TooLarge, "not enough memory to inflate", {}, 0};
    PS_TRY(const std::size_t count, m_isCompressed ? readCompressed(into) : readPlain(into));
    m_given += static_cast<std::int64_t>(count);
    if (m_isCompressed && isBomb(m_given, m_at - static_cast<std::int64_t>(m_stream.avail_in), m_limits))
        return Error{ErrorCode::TooLarge, "unpacks to more than 100 times its size", {}, 0};
    return count;
}

Result<std::size_t> TarStream::readPlain(std::span<char> into)
{
    PS_TRY(const std::size_t count, m_file.read(m_at, into));
    m_at += static_cast<std::int64_t>(count);
    return count;
}

Result<void> TarStream::fillInput()
{
    PS_TRY(const std::size_t count, m_file.read(m_at, m_input));
    m_at += static_cast<std::int64_t>(count);
    m_stream.next_in = reinterpret_cast<Bytef*>(m_input.data());
    m_stream.avail_in = static_cast<uInt>(count);
    return {};
}

/// Behind a gzip member another may follow; zeros are padding, anything else is hidden data.
Result<bool> TarStream::startNextMember()
{
    for (;;) {
        if (m_stream.avail_in == 0)
            PS_TRY_VOID(fillInput());
        if (m_stream.avail_in == 0)
            return false;
        if (*m_stream.next_in == 0x1F)
            return ::inflateReset(&m_stream) == Z_OK;
        if (*m_stream.next_in != 0)
            return corrupt("something stands behind the compressed data");
        ++m_stream.next_in;
        --m_stream.avail_in;
    }
}

Result<std::size_t> TarStream::readCompressed(std::span<char> into)
{
    m_stream.next_out = reinterpret_cast<Bytef*>(into.data());
    m_stream.avail_out = static_cast<uInt>(into.size());
    while (m_stream.avail_out > 0 && !m_hasEnded) {
        if (m_stream.avail_in == 0)
            PS_TRY_VOID(fillInput());
        const bool isAtEnd = m_stream.avail_in == 0;
        const int code = ::inflate(&m_stream, Z_NO_FLUSH);
        if (code == Z_STREAM_END) {
            PS_TRY(const bool goesOn, startNextMember());
            m_hasEnded = !goesOn;
        } else if (isAtEnd) {
            return corrupt("the compressed data end early");
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            return corrupt("the compressed data are damaged");
        }
    }
    return into.size() - m_stream.avail_out;
}

} // namespace ps
