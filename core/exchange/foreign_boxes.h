// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"

namespace ps {

/// What a dataset may overshoot by rounding; such boxes are clipped, others are refused.
constexpr double kFractionSlack = 1e-4;
constexpr double kPixelSlack = 0.5;

/// The widest and highest image that a dataset may claim.
constexpr int kMaxClaimedSide = 1'000'000;

/// The size that a dataset gives an image. Errors: InvalidInput naming what is wrong.
Result<ImageSize> claimedSize(double width, double height);

/// A box from its edges in pixels, half-open. Whole numbers give the crop that cuts exactly these pixels.
/// Errors: InvalidInput: no size ("needs dimensions"), not finite, empty, or outside the image by more than rounding.
Result<Crop> boxFromEdges(double x1, double y1, double x2, double y2, ImageSize size);

/// A box from its centre and size as fractions of the image. Errors: as above.
Result<Crop> boxFromCentre(double x, double y, double width, double height);

} // namespace ps
