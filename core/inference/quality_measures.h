// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/fraction_box.h"

#include <array>
#include <optional>
#include <string_view>

namespace ps {

/// What the built-in embedder measures besides its vector: the stored measures to which every reason that a person is shown is
/// tied. All of it is measured on the normal form of ImageMeasures (upright, sRGB, within 512 x 512), so that images of one
/// group compare. The order of kQualityMeasures is part of file formats: append, never insert.
enum class QualityMeasure {
    SubjectSharpness, ///< of the region that stands out; more is better
    Sharpness,        ///< of the whole picture; more is better
    Noise,            ///< standard deviation in grey levels; less is better
    Banding,          ///< share of smooth areas that are stepped, 0 to 1; less is better
    Blockiness,       ///< jumps at the 8-pixel grid above those beside it; less is better
    Clipping,         ///< share of pixels that are black or white, 0 to 1; less is better
    ExposureOffset,   ///< distance of mean luma from the middle, 0 to 0.5; less is better
    Contrast,         ///< standard deviation of luma, 0 to 0.5; more is better
    Colourfulness,    ///< after Hasler and Suesstrunk; more is better
    Upscaling,        ///< how empty the top of the spectrum is, 0 to 1; less is better
    Resolution,       ///< megapixels of the upright full-size image; more is better
};
constexpr std::size_t kQualityMeasureCount = 11;

/// "subject-sharpness", "sharpness", ... as files and queries name them.
std::string_view qualityMeasureName(QualityMeasure measure);
/// True when more of it is better.
bool isMoreBetter(QualityMeasure measure);

struct QualityMeasures {
    std::array<float, kQualityMeasureCount> values{};
    std::optional<FractionBox> subject; ///< the region that stands out, of the upright image
    std::optional<FractionBox> worst;   ///< where banding or blocking is worst
    float operator[](QualityMeasure measure) const { return values[static_cast<std::size_t>(measure)]; }
    float& operator[](QualityMeasure measure) { return values[static_cast<std::size_t>(measure)]; }
    bool operator==(const QualityMeasures&) const = default;
};

} // namespace ps
