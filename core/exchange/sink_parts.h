// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace ps {

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
