// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/spool.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kWriteBytes = 1 << 20;
constexpr std::size_t kReadBytes = 256 << 10;
constexpr std::size_t kLengthBytes = Spool::kHeadBytes;

} // namespace

Result<Spool> Spool::make(const std::string& folder)
{
    UniqueFd file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!file.isOpen() && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) {
        std::string path = folder + "/" + temporaryName();
        file = UniqueFd(::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600));
        if (file.isOpen())
            ::unlink(path.c_str());
    }
    if (!file.isOpen())
        return errnoError("cannot make a temporary file", folder, errno);
    return Spool(std::move(file));
}

Result<std::int64_t> Spool::append(std::string_view record)
{
    const std::int64_t place = m_size;
    const std::uint64_t length = record.size();
    char head[kLengthBytes];
    std::memcpy(head, &length, sizeof head);
    m_pending.append(head, sizeof head);
    m_pending += record;
    m_size += static_cast<std::int64_t>(sizeof head + record.size());
    if (m_pending.size() >= kWriteBytes)
        PS_TRY_VOID(flush());
    return place;
}

Result<void> Spool::flush()
{
    PS_TRY_VOID(writeAll(m_file.get(), m_pending));
    m_pending.clear();
    return {};
}

void Spool::Reader::moveTo(std::int64_t place)
{
    const std::int64_t bufferStart = m_offset - static_cast<std::int64_t>(m_buffer.size());
    if (place >= bufferStart && place < m_offset) {
        m_used = static_cast<std::size_t>(place - bufferStart);
        return;
    }
    m_buffer.clear();
    m_used = 0;
    m_offset = place;
}

Result<void> Spool::Reader::need(std::size_t count)
{
    if (m_buffer.size() - m_used >= count)
        return {};
    m_buffer.erase(0, m_used);
    m_used = 0;
    while (m_buffer.size() < count) {
        const std::size_t before = m_buffer.size();
        const std::size_t wanted = std::max(count - before, kReadBytes);
        m_buffer.resize(before + wanted);
        const ssize_t got = ::pread(m_fd, m_buffer.data() + before, wanted, m_offset);
        m_buffer.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return errnoError("cannot read a temporary file", {}, got < 0 ? errno : EIO);
        m_offset += got;
    }
    return {};
}

Result<bool> Spool::Reader::next()
{
    const std::int64_t at = m_offset - static_cast<std::int64_t>(m_buffer.size() - m_used);
    if (at >= m_end)
        return false;
    PS_TRY_VOID(need(kLengthBytes));
    std::uint64_t length = 0;
    std::memcpy(&length, m_buffer.data() + m_used, sizeof length);
    m_used += kLengthBytes;
    PS_TRY_VOID(need(length));
    m_record = std::string_view(m_buffer).substr(m_used, length);
    m_used += length;
    return true;
}

std::string exchangeScratchFolder()
{
    const char* const temporary = std::getenv("TMPDIR");
    return temporary && *temporary ? temporary : "/var/tmp";
}

} // namespace ps
