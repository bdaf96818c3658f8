// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release_candidate.h"
#include "core/exchange/spool.h"
#include "core/integrity/finding.h"
#include "core/library/project_session.h"

#include <functional>
#include <map>
#include <stop_token>
#include <string>

namespace ps {

/// Why a group is in view and not in the release; these words stand in manifests.
namespace exclusion {
constexpr std::string_view kUndecided = "undecided";
constexpr std::string_view kRejected = "rejected";            ///< the format has no place for rejects
constexpr std::string_view kNoChoice = "no choice";           ///< preferences: fewer than two images
constexpr std::string_view kCropLater = "crop later";         ///< a crop without coordinates
constexpr std::string_view kNoCrop = "no crop";               ///< crops: an approval
constexpr std::string_view kPlaceholder = "placeholder crop"; ///< made up by an extraction
constexpr std::string_view kInvalidRow = "invalid row";       ///< action, images or selected image make no sense
constexpr std::string_view kRepeated = "group id twice";      ///< a second row with the id of the one before
constexpr std::string_view kUnmatched =
    "images not known";                               ///< a row that belongs to no group, and the format has images
constexpr std::string_view kMissing = "file missing"; ///< it is not where the ledger says
constexpr std::string_view kChanged = "file changed"; ///< since the decision
constexpr std::string_view kUnreadable = "unreadable image"; ///< no worker could read it
} // namespace exclusion

/// What the query and the rows give, before any file is looked at.
struct ReleaseSelection {
    std::vector<std::string> columns = {};
    Spool candidates; ///< by group id
    std::int64_t candidateCount = 0;
    std::int64_t inView = 0;
    std::map<std::string, std::int64_t> excluded = {};
    FindingList findings = {};   ///< of the rows in view, and of the database
    std::string ledgerHead = {}; ///< hash of the last entry that is about no release; "" without a ledger
    std::int64_t ledgerSeq = 0;
};

/// Reads the database in one snapshot and the catalogue in another, joins them by group id, and applies what can be told from
/// rows alone. Blocks. Memory: bounded.
/// Errors: InvalidInput for the query; Cancelled; those of the database and of the disk.
Result<ReleaseSelection> selectForRelease(const ProjectSession& session, const ExportRequest& request,
                                          const std::string& scratchFolder,
                                          const std::function<void(std::int64_t done)>& onProgress,
                                          std::stop_token stop);

} // namespace ps
