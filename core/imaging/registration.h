// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/pixel_view.h"

#include <optional>
#include <stop_token>

namespace ps {

/// Where the content of one picture is found in another: a point p of the reference shows what is at
/// `scale * p + (shiftX, shiftY)` of the moving picture. Coords: pixels of the views, (0, 0) is the corner of the first one.
struct Registration {
    double scale = 1;
    double shiftX = 0;
    double shiftY = 0;
    double confidence = 0; ///< correlation of the two where they overlap, -1..1
    double overlap = 1;    ///< part of the reference that the moving picture covers

    /// The one that puts equal fractions of both pictures on each other.
    static Registration sameFraction(ImageSize reference, ImageSize moving);
};

/// Finds shift and scale between two pictures of the same thing, whatever their sizes in pixels. Content may be scaled by
/// 0.45 to 2.2 relative to the frames and shifted as long as a fifth of the reference is covered; light and contrast may
/// differ. Nothing when the pictures do not correlate well enough, and when asked to stop.
/// Cost: 0.1 to 0.3 s for a screen-size pair. Threads: any; never the one that paints.
/// Accuracy: better than half a pixel of the reference at its corners (tests/core/imaging/tst_registration.cpp).
std::optional<Registration> registerPictures(const PixelView& reference, const PixelView& moving,
                                             const std::stop_token& stop = {});

} // namespace ps
