// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace ps {

class Sha256;

// What the sinks share.

/// What a copy reads and writes at once: large enough that calls do not count, small enough for a processor's cache.
constexpr std::size_t kCopyBytes = std::size_t{1} << 20;

/// An empty file without a name in the open folder; where the file system knows no such files, one whose name is removed at
/// once.
Result<UniqueFd> namelessFile(int folderFd);

/// Reads an open file from `beginsAt` to `endsAt` through `buffer` and gives the pieces to `take`.
/// Errors: Conflict when it ends earlier; Cancelled; Io; those of `take`.
Result<void> readPieces(int fd, std::int64_t beginsAt, std::int64_t endsAt, std::string& buffer,
                        const std::function<Result<void>(std::string_view)>& take, const std::stop_token& stop);

/// Hashes on a thread of its own while the caller writes the same bytes. The thread starts with the first piece.
class HashThread
{
public:
    HashThread() = default;
    ~HashThread();
    HashThread(const HashThread&) = delete;
    HashThread& operator=(const HashThread&) = delete;

    /// Adds the bytes to the hash, after those before. Both must stay as they are until wait() or the next add() has returned.
    void add(Sha256& hash, std::string_view bytes);
    /// Blocks until everything is added.
    void wait();

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    Sha256* m_hash = nullptr; ///< null when there is nothing to do
    std::string_view m_bytes;
    bool m_isClosing = false;
    std::thread m_thread;
};

/// Keeps the first error of a sink and gives it to every later call.
class FirstError
{
public:
    Result<void> check() const;
    /// Passes the outcome on.
    Result<void> keep(Result<void> outcome);

private:
    std::optional<Error> m_error;
};

} // namespace ps
