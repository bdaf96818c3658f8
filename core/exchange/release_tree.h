// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace ps {

/// What is done with each file of a published release.
struct TreeTaker {
    std::function<Result<void>(const std::string& path)> begin;
    std::function<Result<void>(std::string_view bytes)> bytes;
    std::function<Result<void>(const std::string& problem)> end; ///< "" when nothing is wrong with it
};

/// Reads every file of a release folder or zip once. What is no regular file is a problem; links are not followed. Blocks.
/// Errors: NotFound; Corrupt for a damaged archive; Cancelled; Io.
Result<void> walkRelease(const std::string& path, const TreeTaker& taker, std::stop_token stop);

/// Reads one file of a release, piece by piece. Errors: NotFound when the release does not hold it.
Result<void> readReleaseFile(const std::string& path, std::string_view name,
                             const std::function<Result<void>(std::string_view bytes)>& take, std::stop_token stop);

} // namespace ps
