// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_lines.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 18;
constexpr std::size_t kShownBytes = std::size_t{1} << 16; ///< of a line that is too long

} // namespace

Result<bool> TextLines::fill()
{
    if (m_isAtEnd)
        return false;
    m_buffer.erase(0, m_at);
    m_at = 0;
    const std::size_t kept = m_buffer.size();
    m_buffer.resize(kept + kChunkBytes);
    ssize_t count = 0;
    do {
        count = ::read(m_fd, m_buffer.data() + kept, kChunkBytes);
    } while (count < 0 && errno == EINTR);
    m_buffer.resize(kept + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0)
        return errnoError("cannot read the file", {}, errno);
    m_isAtEnd = count == 0;
    m_doneBytes += count;
    return count > 0;
}

Result<bool> TextLines::next()
{
    m_isTooLong = false;
    std::size_t searched = 0;
    std::size_t end = std::string::npos;
    for (;;) {
        end = m_buffer.find('\n', m_at + searched);
        if (end != std::string::npos)
            break;
        searched = m_buffer.size() - m_at;
        if (searched > kMaxLineBytes) { // the rest of it is of no use
            if (!m_isTooLong)
                m_long = m_buffer.substr(m_at, kShownBytes);
            m_isTooLong = true;
            m_at = m_buffer.size();
            searched = 0;
        }
        PS_TRY(const bool isMore, fill());
        if (!isMore)
            break;
    }
    const bool isLast = end == std::string::npos;
    if (isLast && m_at == m_buffer.size() && !m_isTooLong)
        return false;
    if (!m_isTooLong && (isLast ? m_buffer.size() : end) - m_at > kMaxLineBytes) {
        m_long = m_buffer.substr(m_at, kShownBytes);
        m_isTooLong = true;
    }
    m_text = std::string_view(m_buffer).substr(m_at, (isLast ? m_buffer.size() : end) - m_at);
    m_at = isLast ? m_buffer.size() : end + 1;
    if (m_isTooLong)
        m_text = m_long;
    else if (m_text.ends_with('\r'))
        m_text.remove_suffix(1);
    if (++m_number == 1 && m_text.starts_with("\xEF\xBB\xBF"))
        m_text.remove_prefix(3);
    return true;
}

} // namespace ps
