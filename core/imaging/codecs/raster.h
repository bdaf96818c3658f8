// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <opencv2/core.hpp>

#include <array>
#include <optional>
#include <string>

namespace ps {

/// What the channels of a raster are, in the order in which they lie in memory.
enum class ColourModel {
    Grey,
    GreyAlpha,
    Bgr,
    Bgra,
    Cmyk, ///< largest value = full ink
};

int channelCount(ColourModel model);
bool hasAlpha(ColourModel model);

/// What a file says about the meaning of its colours; written again, unchanged, with unconverted pixels.
struct ColourTags {
    std::string icc;                                ///< the profile's bytes
    std::optional<double> gamma;                    ///< PNG gAMA
    std::optional<std::array<double, 8>> primaries; ///< PNG cHRM: white, red, green, blue as x, y
    std::optional<int> srgbIntent;                  ///< PNG sRGB
    bool operator==(const ColourTags&) const = default;
};

/// Decoded pixels: 8 or 16 bits per channel. Alpha is straight unless isPremultiplied.
struct Raster {
    cv::Mat pixels;
    ColourModel model = ColourModel::Bgr;
    bool isPremultiplied = false;
    ColourTags colour;

    ImageSize size() const { return {pixels.cols, pixels.rows}; }
    bool isDeep() const { return pixels.depth() == CV_16U; }
};

/// A raster of this kind with undefined pixels. Throws cv::Exception or std::bad_alloc when there is no memory.
Raster makeRaster(ImageSize size, ColourModel model, bool isDeep);

/// The picture turned and mirrored as an EXIF orientation (1..8) asks for.
cv::Mat oriented(const cv::Mat& pixels, int orientation);

/// True for the orientations that swap width and height.
bool swapsSides(int orientation);
ImageSize uprightSize(ImageSize raw, int orientation);
/// Where the pixels of a box of the stored picture are in the upright one, and the other way round. `raw` is the size of
/// the stored picture.
PixelBox uprightBox(PixelBox box, ImageSize raw, int orientation);
PixelBox rawBox(PixelBox box, ImageSize raw, int orientation);

/// 8 bits per channel, rounded to the nearest value; a raster that has 8 already is returned as it is.
Raster toEightBit(Raster raster);
/// Straight from premultiplied alpha and back. 8 bits only.
void unpremultiply(Raster& raster);
void premultiply(Raster& raster);

} // namespace ps
