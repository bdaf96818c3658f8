// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/candidate.h"
#include "core/suggest/model_metadata.h"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace ps {

/// "project/group id": what splits are stored by.
std::string splitIdOf(const CandidateGroup& group);

struct SplitOptions {
    double validationShare = 0.15;
    double holdOutShare = 0.15;
    std::set<std::string> holdOutProjects; ///< all of their groups are held out
    SplitIds previous;                     ///< of an earlier model: what was held out stays held out
};

/// The groups in three parts.
struct TrainingSplit {
    std::vector<LabelledGroup> training;
    std::vector<LabelledGroup> validation; ///< chooses the epoch and the calibration
    std::vector<LabelledGroup> holdOut;    ///< gives the figures, and is used for nothing else
    SplitIds ids() const;
};

/// Splits by group: which part a group is in follows from a hash of its id, so it stays there when others come. Groups that
/// share an image (by content, even across projects) are in one part. No part is left empty when there are three such sets or
/// more. Groups keep their order. Same groups and options give the same split.
TrainingSplit splitGroups(std::vector<LabelledGroup> groups, const SplitOptions& options);

} // namespace ps
