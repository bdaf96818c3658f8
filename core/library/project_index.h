// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/frozen_groups.h"
#include "core/library/catalogue.h"
#include "core/library/grouping.h"
#include "core/library/operation.h"
#include "core/library/project_folders.h"

#include <functional>
#include <stop_token>

namespace ps {

struct IndexProgress {
    std::int64_t images = 0;
    std::int64_t rows = 0;
};

struct IndexOptions {
    GroupingOptions grouping;
    bool perFolder = false;
    std::function<void(const IndexProgress&)> onProgress; ///< on the calling thread, a few times a second
};

/// Looks at disk and database and works out the groups: all known originals (also those that finalize moved) are grouped,
/// frozen groups stay, and every row is matched to the group of the same file names, then by folder.
/// Threads: any; blocks. Cost: one walk over the folders, one over the table; about 700 bytes of memory for each
/// image and 300 for each row while it runs.
Result<CatalogueContent> indexProject(const ProjectFolders& folders, const Connection& database,
                                      const IndexOptions& options, std::stop_token stop);

} // namespace ps
