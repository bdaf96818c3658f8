// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/header.h"

namespace ps {

/// How far a lossy cut may be from its original, as mean absolute differences in levels of 255. Both are taken tile by
/// tile, and the worst tile counts, so that a damaged corner is not averaged away.
struct LossyBounds {
    double brightness; ///< at full size, tiles of 16 x 16: shifts, mirror images, other pictures
    double colours;    ///< averaged over 4 x 4 pixels, tiles of 32 x 32: swapped channels, other profiles
};
// Measured on 700 cuts of photographs and of pure noise from originals of quality 60 to 100, the worst were 1.8 and 0.5
// for JPEG 4:4:4, and 5.1 and 4.5 for WebP, whose colours have half the resolution (docs/adr/0005). A cut that is smaller
// than a tile may differ twice as much: there are fewer pixels over which the differences even out.
constexpr LossyBounds kJpegBounds{3, 1.5};
constexpr LossyBounds kWebPBounds{8, 6};

/// Proves that `cut` holds the pixels of `original` inside the box. Both are decoded without conversion and compared
/// upright: exactly (values, depth, channels, alpha, profile) when the format of the cut is lossless, else by size,
/// channels, profile and the bounds above. Errors: Corrupt saying how they differ; those of decodeRaster(); InvalidInput for a box outside.
Result<void> checkCut(FileReader& original, const ImageHeader& originalHeader, PixelBox box, FileReader& cut,
                      const ImageHeader& cutHeader);

} // namespace ps
