// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/image_types.h"

#include <cstdint>
#include <variant>
#include <vector>

namespace ps {

// A recipe makes a new image file from an old one: steps in order, applied to the upright full-size image, then an
// encoding. The same source, recipe and codec versions give the same bytes.

/// Keeps the pixels inside the box.
struct CropStep {
    PixelBox box;
    bool operator==(const CropStep&) const = default;
};

enum class ResizeFilter : std::uint8_t {
    Area = 1, ///< averages; for making smaller
    Cubic = 2,
};
struct ResizeStep {
    ImageSize size;
    ResizeFilter filter = ResizeFilter::Area;
    bool operator==(const ResizeStep&) const = default;
};

/// Units: px.
struct BlurStep {
    double sigma = 1;
    bool operator==(const BlurStep&) const = default;
};

/// Adds the same noise for the same seed on every machine. Units: 8-bit levels.
struct NoiseStep {
    std::uint64_t seed = 0;
    double sigma = 1;
    bool operator==(const NoiseStep&) const = default;
};

/// Adds `amount` times the difference to the blurred image.
struct SharpenStep {
    double amount = 1;
    double sigma = 1;
    bool operator==(const SharpenStep&) const = default;
};

/// Multiplies linear light by 2^stops.
struct ExposureStep {
    double stops = 0;
    bool operator==(const ExposureStep&) const = default;
};

/// Adds the artefacts of one JPEG compression (4:2:0).
struct JpegStep {
    std::int32_t quality = 75;
    bool operator==(const JpegStep&) const = default;
};

using RecipeStep = std::variant<CropStep, ResizeStep, BlurStep, NoiseStep, SharpenStep, ExposureStep, JpegStep>;

/// How the result is written. Fields that a format does not know are ignored.
struct Encoding {
    ImageFormat format = ImageFormat::Png;
    std::int32_t quality = 95; ///< JPEG and lossy WebP, 1..100
    bool halvesChroma = false; ///< JPEG: 4:2:0 instead of 4:4:4
    bool isLossless = true;    ///< WebP
    std::int32_t pngLevel = 6; ///< 0..9
    bool operator==(const Encoding&) const = default;
};

/// With no step but CropStep the pixels stay as they are in the file: 16 bits stay 16 bits where the target format has
/// them, values are not converted, and the embedded profile is kept. Every other step works on 8-bit sRGB.
struct Recipe {
    std::vector<RecipeStep> steps;
    Encoding encoding;
    bool operator==(const Recipe&) const = default;

    bool isCropOnly() const;
};

/// What was written.
struct RenderReport {
    ImageSize size;
    std::int64_t fileBytes = 0;
    bool operator==(const RenderReport&) const = default;
};

/// What became of a file that was to be upright and, unless they are kept, without metadata.
struct UprightReport {
    ImageFormat format = ImageFormat::Jpeg;
    ImageSize size;             ///< upright
    std::int64_t fileBytes = 0; ///< of what is to be used: the original when nothing changed
    bool isUnchanged = false;   ///< no byte of the file has to change; nothing was written
    bool isTurned = false;      ///< it was not upright
    bool isReencoded = false;   ///< by a lossy encoder, because its size allowed no lossless turn
    bool lostMetadata = false;  ///< there were some, and they are gone
    bool operator==(const UprightReport&) const = default;
};

constexpr std::size_t kMaxRecipeSteps = 64;

/// Errors: InvalidInput naming the first value that is out of range. Boxes are checked against the image later.
Result<void> validate(const Recipe& recipe);

/// How a cut of this image is written: JPEG as JPEG quality 95 4:4:4, lossy WebP as WebP quality 95, and everything
/// lossless in its own format without loss. Source: design.md 4.12.
Encoding cutEncoding(const ImageInfo& info);

/// The recipe of a cut.
Recipe cutRecipe(const ImageInfo& info, PixelBox box);

} // namespace ps
