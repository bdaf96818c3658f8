// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/image_measures_table.h"
#include "core/library/project_session.h"

#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// Images that look alike.
struct DuplicateCluster {
    struct Member {
        std::string groupKey;
        std::string path; ///< where it is now
        std::string sha256;
        int distance = 0;    ///< bits from the first member
        bool isCopy = false; ///< the same bytes as an earlier member
    };
    std::vector<Member> members; ///< in project order
    bool isAcrossGroups = false;
    bool hasCopies = false;
};

struct DuplicateReport {
    std::int64_t imageCount = 0;   ///< surveyed, and so compared
    std::int64_t withinGroups = 0; ///< clusters inside one group and without copies: its variants, as they should be
    std::vector<DuplicateCluster> clusters; ///< all others, in project order
};

/// Finds images of the project that look alike though they belong to different groups, and files with the same bytes
/// anywhere. Alike are two pictures whose perceptual hashes differ in at most `bits` bits; clusters hang together by such
/// pairs. Pictures without structure (one plain colour) look like nothing; only copies of them count.
/// Blocks; reads the catalogue only. Cost: see NearDuplicates. Errors: Cancelled; those of the catalogue.
Result<DuplicateReport> findDuplicates(const ProjectSession& session, int bits, std::stop_token stop);

/// Keeps the sets across groups in the catalogue, for "duplicate:yes" and the order "duplicates". Blocks.
Result<void> storeDuplicates(const ProjectSession& session, const DuplicateReport& report);

} // namespace ps
