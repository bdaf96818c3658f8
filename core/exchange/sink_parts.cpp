// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/sink_parts.h"

#include "core/base/sha256.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace ps {

Result<UniqueFd> namelessFile(int folderFd)
{
    UniqueFd file(::openat(folderFd, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600));
    if (file.isOpen())
        return file;
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT && errno != EINVAL)
        return errnoError("cannot make a temporary file", {}, errno);
    const std::string name = temporaryName();
    file = UniqueFd(::openat(folderFd, name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.isOpen())
        return errnoError("cannot make a temporary file", {}, errno);
    PS_TRY_VOID(removeFile(folderFd, name));
    return file;
}

Result<void> readPieces(int fd, std::int64_t beginsAt, std::int64_t endsAt, std::string& buffer,
                        const std::function<Result<void>(std::string_view)>& take, const std::stop_token& stop)
{
    buffer.resize(kCopyBytes);
    for (std::int64_t offset = beginsAt; offset < endsAt;) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "stopped while a file was copied", {}, 0};
        const auto wanted = static_cast<std::size_t>(
            std::min<std::int64_t>(endsAt - offset, static_cast<std::int64_t>(kCopyBytes)));
        const ssize_t count = ::pread(fd, buffer.data(), wanted, offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot read the file", {}, errno);
        if (count == 0)
            return Error{ErrorCode::Conflict, "the file became shorter while it was copied", {}, 0};
        PS_TRY_VOID(take(std::string_view(buffer).substr(0, static_cast<std::size_t>(count))));
        offset += count;
    }
    return {};
}

HashThread::~HashThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void HashThread::add(Sha256& hash, std::string_view bytes)
{
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_hash; });
    m_hash = &hash;
    m_bytes = bytes;
    m_changed.notify_all();
}

void HashThread::wait()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_hash; });
}

void HashThread::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_hash || m_isClosing; });
        if (!m_hash)
            return;
        Sha256& hash = *m_hash;
        const std::string_view bytes = m_bytes;
        lock.unlock();
        hash.add(bytes);
        lock.lock();
        m_hash = nullptr;
        m_changed.notify_all();
    }
}

Result<void> FirstError::check() const
{
    if (m_error)
        return *m_error;
    return {};
}

Result<void> FirstError::keep(Result<void> outcome)
{
    if (!outcome && !m_error)
        m_error = outcome.error();
    return outcome;
}

} // namespace ps
