// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integrity/finding.h"
#include "core/library/project_session.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace ps {

/// Every image and sidecar in the folders where the project's files can be: the images, the "__" folders and their older
/// names, and the originals of finished crops.
struct FileIndex {
    std::unordered_multimap<std::string, std::string> imagePaths; ///< bare name -> workspace-relative path
    std::vector<std::string> sidecars;                            ///< workspace-relative paths, sorted
    std::vector<SkippedEntry> skipped;
};

/// Walks the folders. Blocks. Memory: about 200 bytes for each image.
Result<FileIndex> indexFiles(const ProjectSession& session, std::stop_token stop);

struct FileCheckOptions {
    std::int64_t maxMeasured = 5000; ///< images that may be opened to learn their size; the rest is left unchecked
};

struct FileCheckResult {
    FindingList findings;
    std::int64_t unmeasuredImages = 0; ///< size not compared, because the limit was reached
};

/// Rows against files against sidecars, both ways. Source: formats/decisions_v3.md 8.2, 8.3, R80.
Result<FileCheckResult> checkFiles(const ProjectSession& session, const FileCheckOptions& options,
                                   std::stop_token stop);

} // namespace ps
