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
    const Catalogue* previous = nullptr;                  ///< measures of files that are still there come from it
};

/// Looks at disk and database, works out the groups and puts them into `into`, a catalogue from Catalogue::makeNext(): all
/// known originals (also those that finalize moved) are grouped, frozen groups stay, and every row is matched to the group of
/// the same file names, then by folder. Rows without a group come behind everything else.
/// Threads: any; blocks. Cost: one walk over the folders, one over the table, sorting in between; about 200 MB of memory
/// however many there are, and temporary files beside the catalogue beyond a few hundred thousand.
/// Errors: Cancelled within a second; NoSpace.
Result<IndexProgress> indexProject(const ProjectFolders& folders, const Connection& database,
                                   const IndexOptions& options, const Catalogue& into, std::stop_token stop);

/// True when no folder of the last scan has changed since: no file has come, gone or been renamed. Files whose content was
/// replaced in place do not show. Cost: one look at each folder.
Result<bool> areFoldersAsScanned(const ProjectFolders& folders, const Catalogue& catalogue, std::stop_token stop);

} // namespace ps
