// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/request.h"
#include "core/library/operation.h"
#include "core/library/project_folders.h"

#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// Where the chosen image of a decided group goes. Source: formats/decisions_v3.md 3.5 and design.md 4.6.
enum class Route {
    Selected, ///< to __selected/
    CropAuto, ///< accepted suggestion: to __crop_auto/ with a sidecar
    Crop,     ///< to be cropped by hand: to __crop/ with a sidecar
    Cropped,  ///< cut into __cropped/, the original to data/originals/{id}/
    Rejected, ///< every image to __delete_staging/
};
Route routeOf(const DecisionRow& row);

/// A decided group whose files are still where they were scanned.
struct DecidedGroup {
    std::string groupKey;
    DecisionRow row;
    std::vector<GroupMember> members;   ///< in the order of the row's images
    bool hasRecordedIdentities = false; ///< false for rows of the scripts: what is on the disk is taken as it is
};

struct SkippedGroup {
    std::string groupKey;
    std::string groupId;
    std::string reason; ///< developer English with the file
};

/// What finalize would do, in numbers that a person can check.
struct FinalizeSummary {
    std::map<Route, std::int64_t> groupsByRoute;
    std::int64_t losersStaged = 0;   ///< images of kept groups that go to __delete_staging/
    std::int64_t rejectedStaged = 0; ///< images of rejected groups
    std::int64_t companionsMoved = 0;
    std::int64_t sidecarsWritten = 0;
    std::int64_t undecidedGroups = 0; ///< never touched
    std::int64_t alreadyFinalized = 0;
    std::vector<SkippedGroup> skipped;

    std::int64_t groupCount() const;
};

struct FinalizePlan {
    std::vector<Operation> operations;
    FinalizeSummary summary;
    std::vector<DecidedGroup> groups; ///< those that the operations are about
};

/// Works out every file operation without touching anything. Threads: any; blocks on the disk. Cost: lists each folder once
/// and examines each file once.
Result<FinalizePlan> planFinalize(const ProjectFolders& folders, std::string_view projectId,
                                  const std::vector<DecidedGroup>& groups, bool acceptChanged, std::stop_token stop);

/// The operations that cut a crop which was confirmed after its image had gone to __crop/ or __crop_auto/: the cut, the
/// original with its companions to data/originals/{id}/, the sidecar to the archive.
Result<FinalizePlan> planConfirmedCrop(const ProjectFolders& folders, std::string_view projectId,
                                       const DecidedGroup& group, std::string_view currentPath);

/// The same for a row that became an approval: the image goes on to __selected/, the sidecar to the archive.
Result<FinalizePlan> planConfirmedApproval(const ProjectFolders& folders, std::string_view projectId,
                                           const DecidedGroup& group, std::string_view currentPath);

} // namespace ps
