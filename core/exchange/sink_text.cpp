// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/sink_text.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10;

} // namespace

// ---- SinkText ------------------------------------------------------------------------------------------------------

Result<void> SinkText::begin(std::string_view path)
{
    m_buffer.clear();
    return m_sink->beginFile(path);
}

Result<void> SinkText::flush()
{
    if (m_buffer.empty())
        return {};
    PS_TRY_VOID(m_sink->write(m_buffer));
    m_buffer.clear();
    return {};
}

Result<void> SinkText::flushIfFull()
{
    return m_buffer.size() >= kBufferBytes ? flush() : Result<void>();
}

Result<void> SinkText::append(std::string_view text)
{
    m_buffer += text;
    return flushIfFull();
}

Result<void> SinkText::end()
{
    PS_TRY_VOID(flush());
    return m_sink->endFile();
}

// ---- ScratchBytes --------------------------------------------------------------------------------------------------

Result<ScratchBytes> ScratchBytes::open(ReleaseSink& sink)
{
    PS_TRY(UniqueFd file, sink.scratchFile());
    return ScratchBytes(std::move(file));
}

Result<void> ScratchBytes::flush()
{
    PS_TRY_VOID(writeAll(m_file.get(), m_buffer));
    m_writtenBytes += static_cast<std::int64_t>(m_buffer.size());
    m_buffer.clear();
    return {};
}

Result<void> ScratchBytes::append(std::string_view bytes)
{
    m_buffer += bytes;
    return m_buffer.size() >= kBufferBytes ? flush() : Result<void>();
}

Result<void> ScratchBytes::moveTo(ReleaseSink& sink, std::string_view path, std::stop_token stop)
{
    PS_TRY_VOID(flush());
    return sink.copyFile(path, m_file.get(), std::move(stop));
}

Result<ScratchBytes::Reader> ScratchBytes::reader()
{
    PS_TRY_VOID(flush());
    return Reader(*this);
}

Result<std::string_view> ScratchBytes::Reader::take(std::size_t count)
{
    while (m_buffer.size() - m_begin < count) {
        m_buffer.erase(0, m_begin);
        m_begin = 0;
        const std::size_t had = m_buffer.size();
        const auto left = static_cast<std::size_t>(m_scratch->m_writtenBytes - m_position);
        const std::size_t wanted = std::min(left, std::max(kBufferBytes, count - had));
        if (wanted == 0)
            return Error{ErrorCode::Corrupt, "a temporary file ends early", "", 0};
        m_buffer.resize(had + wanted);
        const ssize_t got = ::pread(m_scratch->m_file.get(), m_buffer.data() + had, wanted, m_position);
        m_buffer.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0 && errno != EINTR)
            return errnoError("cannot read a temporary file", "", errno);
        if (got == 0)
            return Error{ErrorCode::Corrupt, "a temporary file ends early", "", 0};
        m_position += std::max<ssize_t>(got, 0);
    }
    const std::string_view taken(m_buffer.data() + m_begin, count);
    m_begin += count;
    return taken;
}

} // namespace ps
