// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/zip_output.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

} // namespace

Result<void> ZipOutput::flush()
{
    if (!m_buffer.empty() && writeAt(m_bufferBegin, m_buffer)) {
        m_bufferBegin += static_cast<qint64>(m_buffer.size());
        m_buffer.clear();
    }
    if (m_error)
        return *m_error;
    return {};
}

Result<void> ZipOutput::patch(qint64 offset, std::string_view bytes)
{
    for (const char byte : bytes) {
        if (offset >= m_bufferBegin)
            m_buffer[static_cast<std::size_t>(offset - m_bufferBegin)] = byte;
        else if (!writeAt(offset, {&byte, 1}))
            return *m_error;
        ++offset;
    }
    return {};
}

qint64 ZipOutput::readData(char*, qint64)
{
    return -1;
}

qint64 ZipOutput::writeData(const char* data, qint64 size)
{
    if (m_error)
        return -1;
    std::string_view bytes(data, static_cast<std::size_t>(size));
    qint64 offset = pos();
    // Heads of entries that are completed later.
    if (offset < m_bufferBegin) {
        const auto before = static_cast<std::size_t>(std::min(size, m_bufferBegin - offset));
        if (!writeAt(offset, bytes.substr(0, before)))
            return -1;
        bytes.remove_prefix(before);
        offset += static_cast<qint64>(before);
    }
    if (bytes.empty())
        return size;
    const auto place = static_cast<std::size_t>(offset - m_bufferBegin);
    if (place > m_buffer.size()) // nobody leaves gaps
        return -1;
    const std::size_t overlap = std::min(m_buffer.size() - place, bytes.size());
    m_buffer.replace(place, overlap, bytes);
    if (m_buffer.size() >= kBufferBytes && !flush())
        return -1;
    return size;
}

bool ZipOutput::writeAt(qint64 offset, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(m_file.get(), bytes.data(), bytes.size(), offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            m_error = errnoError("cannot write the archive", {}, errno);
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
        offset += count;
    }
    return true;
}

} // namespace ps
