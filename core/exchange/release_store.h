// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release_plan.h"

namespace ps {

// Kinds of ledger entries beside those in core/decisions/ledger.h.
namespace ledger_kind {
constexpr std::string_view kRelease = "release"; ///< an export, with its name and the hash of its manifest
constexpr std::string_view kReleaseWithdrawn = "release withdrawn"; ///< it could not be published after all
} // namespace ledger_kind

/// A release as the project remembers it.
struct StoredRelease {
    std::string name;
    std::string timestamp;
    std::string annotator;
    std::string format;
    std::string manifestSha256;
    Json manifest; ///< release.json without its list of files
};

/// All releases of the project in the order in which they were made; none for a database without the tables.
Result<std::vector<StoredRelease>> listReleases(const ProjectSession& session);
Result<std::optional<StoredRelease>> findRelease(const ProjectSession& session, const std::string& name);

/// Stores the release and the sides of its images in one transaction, with a ledger entry "release". The same release again
/// changes nothing. Returns whether it was new. Errors: AlreadyExists when another one has the name; Conflict when an image is
/// on another side meanwhile; ReadOnly.
Result<bool> storeRelease(ProjectSession& session, const ReleasePlan& plan, const std::string& format,
                          const std::string& manifestSha256, const Json& manifestHead, std::stop_token stop);

/// Takes a release that could not be published away again, with the sides that it alone gave.
Result<void> withdrawRelease(ProjectSession& session, const std::string& name);

} // namespace ps
