// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release_selection.h"

namespace ps {

class ImageService;

/// The candidates whose files are there, unchanged and readable, with content hash, format and size.
struct ReleaseFiles {
    Spool candidates;
    std::int64_t candidateCount = 0;
    std::map<std::string, std::int64_t> excluded = {}; ///< reason -> groups
    std::map<std::string, std::int64_t> leftOut =
        {}; ///< reason -> images of groups that are in the release without them
    FindingList findings = {};
};

/// Looks at the files of a selection. Where the format holds image files, each must be there in the state in which it was
/// decided; else files only give content hashes for the split, and none needs to be there. What is learned stays in the
/// catalogue. With a split, images that were never surveyed are surveyed now, also the other images of their groups, because sides
/// are kept for life and must not depend on what was looked at before. Blocks.
/// Errors: Cancelled; those of workers that cannot start, of the disk and of the catalogue.
Result<ReleaseFiles> lookAtReleaseFiles(const ProjectSession& session, ImageService& images,
                                        const ExportRequest& request, const ReleaseSelection& selection,
                                        const std::string& scratchFolder,
                                        const std::function<void(std::int64_t done)>& onProgress, std::stop_token stop);

} // namespace ps
