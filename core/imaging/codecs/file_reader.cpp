// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/file_reader.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace ps {

bool FileReader::readDirect(std::int64_t offset, std::span<std::uint8_t> out)
{
    while (!out.empty()) {
        const ssize_t count = ::pread(m_fd, out.data(), out.size(), m_beginsAt + offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            m_readError = errno;
        if (count <= 0)
            return false;
        offset += count;
        out = out.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

bool FileReader::fillWindow(std::int64_t offset)
{
    const std::int64_t count = std::min<std::int64_t>(kWindowBytes, m_sizeBytes - offset);
    m_windowBytes = 0;
    if (!readDirect(offset, {m_window.data(), static_cast<std::size_t>(count)}))
        return false;
    m_windowBegin = offset;
    m_windowBytes = static_cast<std::size_t>(count);
    return true;
}

bool FileReader::readAt(std::int64_t offset, std::span<std::uint8_t> out)
{
    if (offset < 0 || offset > m_sizeBytes || static_cast<std::int64_t>(out.size()) > m_sizeBytes - offset)
        return false;
    if (out.size() > kWindowBytes)
        return readDirect(offset, out);
    const auto isInWindow = [&] {
        return offset >= m_windowBegin && offset + static_cast<std::int64_t>(out.size()) <=
                                              m_windowBegin + static_cast<std::int64_t>(m_windowBytes);
    };
    if (!isInWindow() && !fillWindow(offset))
        return false;
    std::copy_n(m_window.begin() + (offset - m_windowBegin), out.size(), out.begin());
    return true;
}

bool FileReader::readAt(std::int64_t offset, std::size_t count, std::string& out)
{
    if (offset < 0 || offset > m_sizeBytes || static_cast<std::int64_t>(count) > m_sizeBytes - offset)
        return false;
    out.resize(count);
    return readAt(offset, {reinterpret_cast<std::uint8_t*>(out.data()), count});
}

Result<FileBytes> FileReader::readAll()
{
    const auto size = static_cast<std::size_t>(m_sizeBytes);
    FileBytes bytes{std::make_unique_for_overwrite<std::uint8_t[]>(size), size};
    if (!readDirect(0, {bytes.data.get(), size})) {
        if (m_readError != 0)
            return errnoError("cannot read the file", {}, m_readError);
        return Error{ErrorCode::Conflict, "the file became shorter while it was read", {}, 0};
    }
    return bytes;
}

} // namespace ps
