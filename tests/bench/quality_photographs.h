// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/candidate.h"
#include "tests/bench/settings.h"

#include <cstddef>
#include <vector>

namespace ps::bench {

/// A group made from a photograph, with what is known to be right.
struct KnownGroup {
    std::size_t photograph = 0;
    LabelledGroup labelled;
};

/// Views of the photographs of the demo's packages. Of each view one image is as good as the photograph, the others are spoilt
/// moderately, each in another way (soft, noisy, blocky, banded, enlarged, too dark, too bright, over-sharpened); the stages are
/// dealt out by lot. All have embeddings of the built-in embedder. Cost: a minute on two processors.
/// Errors: NotFound when no package with photographs is installed.
Result<std::vector<KnownGroup>> degradedGroups(const Settings& settings);

/// Where the subject of a view was put.
enum class Placing {
    ByFormat, ///< a rule of the format of the view: portrait to the left, square to the right, landscape lower
    AtRandom, ///< anywhere; only the picture says where
};

/// Views whose subject was put somewhere, and the crop that a stated rule gives them: 72 % of the frame around the subject. One
/// image each. Errors: as above.
Result<std::vector<KnownGroup>> croppedViews(const Settings& settings, Placing placing);

} // namespace ps::bench
