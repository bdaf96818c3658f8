// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/decisions/crop.h"
#include "core/decisions/provenance.h"
#include "core/decisions/row.h"
#include "core/inference/embedding.h"

#include <optional>
#include <string>
#include <vector>

namespace ps {

/// One image of a group, as models see it. An image without an embedding keeps its slot (R68).
struct Candidate {
    std::string path; ///< workspace-relative
    double stage = 0;
    std::optional<Embedding> embedding;
};

/// The images of one group in the order of the stored row.
struct CandidateGroup {
    std::string projectId;
    std::string groupKey; ///< or the group id for rows without a group
    std::vector<Candidate> candidates;
};

/// What a person decided about it, for training.
struct LabelledGroup {
    CandidateGroup group;
    Action action = Action::Approve;
    int selectedIndex = 0;
    std::optional<Crop> crop; ///< of the selected image; nothing when it was approved whole or is cropped later
    Provenance provenance = Provenance::Human;
};

} // namespace ps
