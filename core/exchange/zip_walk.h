// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace ps {

/// What is done with each file of an archive, in the order of its central directory.
struct ZipTaker {
    std::function<Result<void>(const std::string& path, std::int64_t sizeBytes)> begin;
    std::function<Result<void>(std::string_view bytes)> bytes;
    /// `problem` is "" when the archive says the same everywhere and the check sum holds.
    std::function<Result<void>(const std::string& problem)> end;
};

/// Reads a zip archive of our own making again: central directory, local heads, data and check sums must agree, the entries must
/// lie one behind the other without gaps, be stored or deflated, and give no more bytes than they say. Sizes are checked before
/// anything is allocated; memory does not grow with the archive. No file is made.
/// Errors: Corrupt when it is no such archive; Cancelled; Io.
Result<void> walkZip(int fd, const ZipTaker& taker, std::stop_token stop);

} // namespace ps
