// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release_candidate.h"
#include "core/exchange/split.h"
#include "core/imaging/near_duplicates.h"
#include "core/library/project_session.h"

#include <stop_token>

namespace ps {

/// Two pictures are near duplicates for a split when their perceptual hashes differ in at most so many of 64 bits.
constexpr int kSplitDuplicateBits = 6;

/// Gathers the images of a release and all that ties them together, and the sides of earlier releases.
class ReleaseSides
{
public:
    ReleaseSides(std::string projectId, Connection database, SplitShares shares, std::uint64_t seed,
                 const std::string& scratchFolder);

    /// Groups are added in the order in which their sides are wanted back.
    Result<void> add(const ReleaseCandidate& candidate);

    /// Errors: Cancelled, NoSpace, Io.
    Result<void> finish(std::stop_token stop);

    const std::vector<SplitLeak>& leaks() const { return m_sides.leaks; }
    /// The side of the next group in the order of adding.
    ReleaseSide next() { return m_sides.ofImage[m_firstImages[m_next++]]; }

private:
    Result<std::uint32_t> addImage(const ReleaseTie& image, std::string_view link, std::string_view stratum,
                                   std::optional<ReleaseSide> published, bool isCounted);
    Result<void> addPublished(std::stop_token stop);
    Result<std::optional<ReleaseSide>> publishedSide(const std::string& key) const;

    std::string m_projectId;
    Connection m_database;
    bool m_hasPublished = false;
    SplitMaker m_maker;
    std::vector<NearDuplicates::Item> m_hashes;
    std::vector<std::uint32_t> m_firstImages; ///< of each group
    std::size_t m_next = 0;
    SplitMaker::Sides m_sides;
};

/// The ties of the candidate's images, and then of its relatives.
std::vector<ReleaseTie> releaseTies(const ReleaseCandidate& candidate, std::string_view directory);

} // namespace ps
