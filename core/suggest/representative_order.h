// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/similarity_index.h"

#include <span>
#include <stop_token>
#include <vector>

namespace ps {

/// Puts rows of an index into an order in which the first of them stand for all: the rows are parted into at most 256 clusters
/// around centres that lie far from each other (k-centre, then two rounds of k-means); the clusters take turns, the largest
/// first, and each gives the row next to its middle that it has not given yet. Returns places in `rows`. The same for the same
/// vectors on one kind of processor. Cost: four times 256 comparisons for each row; memory: 8 bytes for each.
/// Errors: Cancelled.
Result<std::vector<std::size_t>> representativeOrder(const SimilarityIndex& index, std::span<const std::int64_t> rows,
                                                     std::stop_token stop);

} // namespace ps
