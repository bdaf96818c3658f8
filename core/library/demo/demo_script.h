// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"
#include "core/decisions/row.h"
#include "core/imaging/recipe.h"

#include <optional>
#include <string>
#include <vector>

namespace ps {

/// A photograph that a package of the distribution brings.
struct Photograph {
    std::string path;
    std::string package;
    std::string author;
    std::string licence;
    double subjectX = 0.5; ///< where the subject is, as fractions
    double subjectY = 0.5;
    ImageSize size; ///< filled in by whoever has looked at the file
};

/// The list in resources/demo/photographs.tsv. Errors: Internal when the list itself is broken.
Result<std::vector<Photograph>> demoPhotographs();

/// One file to make.
struct DemoImage {
    std::string name;
    Recipe recipe;
    std::vector<std::string> companionSuffixes;
};

/// One group of the demo: what its files are and what the stated rule decides.
///
/// The rule: the best known variant is the one that is native, not degraded. It is kept; a portrait or square view whose
/// subject is off the centre is cropped to 72 % of its width and height around the subject, keeping the aspect ratio; a
/// group without a good variant is rejected.
struct DemoGroup {
    std::size_t photograph = 0; ///< index into the list
    std::vector<DemoImage> images;
    int bestIndex = 0; ///< -1: none is good
    Action action = Action::Approve;
    std::optional<Crop> crop; ///< of the best image
    bool isDecided = false;
    bool hasSuggestion = false; ///< the AI columns, or a suggestion for an undecided group
    int suggestedIndex = 0;     ///< the highest stage, which is not always the best
    Crop suggestedCrop;
    double confidence = 0.5;
};

/// All groups in the order of their timestamps, the same every time. `decideAll` decides every one.
std::vector<DemoGroup> demoGroups(const std::vector<Photograph>& photographs, bool decideAll);

} // namespace ps
