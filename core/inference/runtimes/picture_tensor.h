// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/inference/fraction_box.h"
#include "core/inference/preprocessing.h"

#include <opencv2/core.hpp>

#include <span>

namespace ps {

/// The size on each side to which an image of this (upright) size is resized before it is cut or padded.
ImageSize resizedSize(const Preprocessing& preprocessing, ImageSize image);

/// Where the picture lies inside the input of the model; boxes of detectors are turned back with it.
struct TensorPlacement {
    ImageSize resized; ///< of the whole picture
    int left = 0;      ///< of the picture in the input; negative when a crop cuts it off
    int top = 0;
    /// A box in pixels of the input as fractions of the image, cut off at its borders.
    FractionBox toImage(double x1, double y1, double x2, double y2) const;
};
TensorPlacement placementOf(const Preprocessing& preprocessing, ImageSize image);

/// Resizes as Pillow does: each output pixel is the weighted mean of the input pixels under its filter, which grows with the
/// ratio of a reduction (so nothing aliases), rounded to 8 bits after each direction, columns first. Bicubic with a = -0.5.
/// Within one level of PIL.Image.resize(). `picture` has 8 bits and 3 channels.
/// Source of the rule: Pillow, src/libImaging/Resample.c.
cv::Mat resampled(const cv::Mat& picture, ImageSize size, Preprocessing::Filter filter);

/// Fills `out` (3 x height x width) with the picture as the model wants it. `picture` is B G R, upright, and may be a reduced
/// form of the image whose full size is `image`.
void fillTensor(const Preprocessing& preprocessing, const cv::Mat& picture, ImageSize image, std::span<float> out);

} // namespace ps
