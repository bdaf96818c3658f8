// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/project_session.h"

#include <string>
#include <vector>

namespace ps {

/// A file that finalize put into __delete_staging/.
struct StagedFile {
    Operation operation;
    std::string originalPath; ///< where it was scanned
    std::string path;         ///< where it lies now
    std::int64_t sizeBytes = 0;
    bool isMissing = false;
};

struct StagingContent {
    std::vector<StagedFile> files;
    std::int64_t totalBytes = 0;
    std::int64_t foreignFiles = 0; ///< files in the folder that no plan of this project put there
};

/// What lies in __delete_staging/ for this project. Blocks.
Result<StagingContent> listStaging(const ProjectSession& session);

struct RestoreOutcome {
    std::int64_t restoredFiles = 0;
    std::vector<FailedGroup> failed;
};

/// Puts staged files back where they came from: those of `groupKeys`, or all when it is empty. One undo step. Blocks.
/// Errors: Conflict when a file is not as it was staged, or its old name is taken: then nothing is changed.
Result<RestoreOutcome> restoreStaging(ProjectSession& session, const std::vector<std::string>& groupKeys);

struct PurgeOutcome {
    std::int64_t deletedFiles = 0;
    std::int64_t freedBytes = 0;
    std::vector<FailedGroup> refused; ///< files that were changed since, or that no backup covers
};

/// Deletes staged files for good. A verified backup that knows of them is made first; a file that no backup covers, or that
/// was changed since it was staged, is refused. Cannot be undone. Blocks.
Result<PurgeOutcome> purgeStaging(ProjectSession& session);

} // namespace ps
