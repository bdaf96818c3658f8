// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

namespace ps {

/// Where an image lies on the map. The map lies within -1 to 1 in both directions; directions and distances between far
/// points mean nothing, points beside each other are alike.
struct MapPoint {
    float x = 0;
    float y = 0;
    bool operator==(const MapPoint&) const = default;
};

struct MapOptions {
    std::uint64_t seed = 1;
    int neighbours = 15; ///< of each point that pull it; 2 to 100
    int rounds = 0;      ///< of the optimisation; 0: 500 for few points, 200 for many
    std::int64_t landmarks =
        25'000; ///< that are laid out by themselves; the points beyond lie among their nearest ones
};

/// Lays out embeddings in two dimensions: two main components to begin with, a graph of the nearest neighbours by cosine, then
/// neighbours attract and others repel each other (after UMAP, McInnes et al. 2018, and LargeVis, Tang et al. 2016).
/// All embeddings have one length and are finite; one without direction (all 0) lies somewhere. The result has their order and
/// is the same for the same embeddings, options and kind of processor.
/// `progress` (may be empty) is called with 0 to 1 from this thread. Blocks, one thread. Cost: some 4 s for 10,000 embeddings
/// of 512 numbers; memory: 4 bytes for each number besides, 200 bytes for each neighbour of a landmark.
/// Errors: InvalidInput, Cancelled.
Result<std::vector<MapPoint>> layOut(const std::vector<std::vector<float>>& embeddings, const MapOptions& options,
                                     const std::function<void(double)>& progress, std::stop_token stop);

/// Share of the `neighbours` nearest points on the map that are among as many nearest by cosine, over at most 500 points; a
/// measure of the map. At random it is neighbours / (count - 1). Errors: InvalidInput when the two do not belong together.
Result<double> neighbourPreservation(const std::vector<std::vector<float>>& embeddings,
                                     const std::vector<MapPoint>& points, int neighbours);

} // namespace ps
