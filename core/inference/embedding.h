// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/inference/quality_measures.h"

#include <string>
#include <vector>

namespace ps {

/// What a model sees in one image.
struct Embedding {
    std::vector<float> values; ///< finite
    std::string sha256;        ///< of the image file, 64 lower-case hex digits
    ImageSize size;            ///< upright, full size
    QualityMeasures measures;
    bool operator==(const Embedding&) const = default;
};

/// One box that a detector found. Coords: `box` is half-open, fractions of the upright image.
struct Detection {
    FractionBox box;
    int classIndex = 0;
    float confidence = 0; ///< 0 to 1
    bool operator==(const Detection&) const = default;
};

} // namespace ps
