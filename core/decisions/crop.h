// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace ps {

/// Half-open box [x1, x2) x [y1, y2) as fractions of the upright, full-size image.
struct Crop {
    double x1 = 0;
    double y1 = 0;
    double x2 = 1;
    double y2 = 1;
    bool operator==(const Crop&) const = default;
};

/// 0 <= x1 < x2 <= 1 and the same for y; false for NaN.
bool isValid(const Crop& crop);

/// The pixels that the scripts and we cut: every value times its dimension, truncated, clamped, at least one pixel.
/// Nothing for an invalid crop or an empty size. Source: formats/decisions_v3.md 3.9.
std::optional<PixelBox> toPixels(const Crop& crop, ImageSize size);

/// The crop whose truncation gives exactly `box` again: each value is the smallest double not below px / dim.
/// The box must lie within the size.
Crop fromPixels(const PixelBox& box, ImageSize size);

/// True when the cut would keep every pixel; such a crop is stored as an approval.
bool coversEveryPixel(const Crop& crop, ImageSize size);

/// "[x1, y1, x2, y2]" as json.dumps writes it.
std::string cropText(const Crop& crop);
Json cropJson(const Crop& crop);

/// Reads what cropText() writes, and any JSON list of four numbers that make a valid crop. Errors: InvalidInput.
Result<Crop> parseCrop(std::string_view text);
std::optional<Crop> cropFromJson(const Json& value);

/// The tolerance of crop_match; inclusive, plain IEEE double.
constexpr double kCropMatchTolerance = 0.05;

/// True when each of the four values differs by at most the tolerance.
bool cropsMatch(const Crop& ai, const Crop& user, double tolerance = kCropMatchTolerance);

/// How alike two crops are. Values are rounded to four decimals as Python's round() does; `areSimilar` looks at the
/// unrounded overlap. Source: formats/decisions_v3.md 2.3.
struct CropSimilarity {
    double iou = 0;            ///< intersection over union, 0..1
    double centerDistance = 0; ///< in fractions of the image, not corrected for its aspect ratio
    double sizeDifference = 0; ///< difference of the areas
    bool areSimilar = false;   ///< iou above 0.7
};
CropSimilarity cropSimilarity(const Crop& a, const Crop& b);

} // namespace ps
