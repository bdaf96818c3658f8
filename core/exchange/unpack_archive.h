// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/foreign_reader.h"
#include "core/worker/process.h"

#include <chrono>

namespace ps {

/// How unpackArchive() talks to its worker; everything but the path is for tests.
struct UnpackWorker {
    std::string path;
    std::vector<std::string> environment;        ///< "NAME=value"
    std::chrono::milliseconds timeLimit{15'000}; ///< of one piece
};

/// unpackArchive() with another worker.
Result<std::int64_t> unpackArchiveWith(const UnpackWorker& worker, int archiveFd, int folderFd,
                                       const ArchiveLimits& limits,
                                       const std::function<void(std::int64_t bytes)>& onProgress, std::stop_token stop);

/// Removes everything beneath a folder, without following links. Errors: Io.
Result<void> emptyFolder(int folderFd);

} // namespace ps
