// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/colour.h"
#include "core/imaging/codecs/header.h"
#include "core/inference/fraction_box.h"

#include <opencv2/core.hpp>

namespace ps {

/// One decode of an image, in the forms in which models and measures look at it. All of them upright, sRGB, 8 bits, B G R,
/// transparency on white.
struct LoadedPicture {
    ImageSize fullSize; ///< upright
    /// The normal form of ImageMeasures: within 512 x 512, never enlarged, within 5 % of that where a decoder reduces cheaply.
    cv::Mat normal;
    /// The middle of the picture as it was decoded, at most kDetailSide on a side: what is lost by reducing shows here.
    cv::Mat detail;
    FractionBox detailBox;  ///< where it lies in the picture
    double detailScale = 1; ///< pixels of `detail` per pixel of the full-size image
    cv::Mat tensorSource;   ///< the whole picture, at least as large as was asked for; empty when nothing was asked for
    int estimatedQuality = 0;
    std::int64_t fileBytes = 0;
};

constexpr int kDetailSide = 768;

/// Decodes the image once, at the smallest size that its decoder offers and all forms allow. `atLeast` is what a model needs
/// on each side, upright (see neededSize()); empty for the built-in embedder.
/// Errors: those of decodeRaster().
Result<LoadedPicture> loadPicture(FileReader& file, const ImageHeader& header, ImageSize atLeast,
                                  ColourConverter& converter);

} // namespace ps
