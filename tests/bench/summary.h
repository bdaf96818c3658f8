// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "tests/bench/observation.h"

#include <vector>

namespace ps::bench {

/// One run of a measurement as its child printed it, with the load of the machine around it.
struct Run {
    Json observation;
    double loadBefore = 0;
    double loadAfter = 0;
};

/// All runs of one measurement as one object: of each figure and baseline the median, the smallest and largest value and
/// every run; of each figure its ratio to each of its baselines.
Json summaryJson(const Measurement& measurement, const std::vector<Run>& runs);

} // namespace ps::bench
