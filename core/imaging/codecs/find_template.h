// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/pixel_view.h"
#include "core/imaging/template_match.h"

#include <functional>

namespace ps {

/// What a finished picture has to be like to count as a cut of an original. Source: formats/decisions_v3.md 6.8, R65.
struct MatchLimits {
    double minConfidence = 0.8;      ///< correlation
    double maxMeanDifference = 8;    ///< of the pixels, 0..255, where it was cut without scaling
    double maxScaledDifference = 14; ///< where it was scaled, too
    double minMargin = 1.5;          ///< the next best place must differ by so many levels more, and by twice as much
    double minScale = 0.25;          ///< of the finished picture relative to what was cut
    double maxScale = 6;
};

/// Finds the place, coarse to fine, first at the same scale and then, for finished pictures that were enlarged or reduced, at
/// others. No rotation. `isStopped` is asked between scales; empty: nobody stops it.
/// Cost: 0.2 to 3 s for pictures of 4 megapixels, a search over scales included. Threads: any.
/// Errors: NotFound when it shows nothing of the original well enough; Conflict when two places fit; InvalidInput for a
/// picture without structure, whose place cannot be told; Cancelled.
Result<TemplateMatch> findTemplate(const PixelView& original, const PixelView& finished, const MatchLimits& limits = {},
                                   const std::function<bool()>& isStopped = {});

} // namespace ps
