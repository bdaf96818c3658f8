// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

namespace ps {

/// Where a finished picture was cut out of an original.
struct TemplateMatch {
    PixelBox box;              ///< in pixels of the upright original
    double scale = 1;          ///< of the finished picture relative to the box
    double confidence = 0;     ///< correlation at that place, -1..1
    double meanDifference = 0; ///< of the luma there, in levels
    double margin = 0;         ///< levels by which the next best place differs more; 255 when there is none
    bool operator==(const TemplateMatch&) const = default;
};

/// What a worker says of a finished picture that it looked for.
struct LocateReport {
    ImageSize originalSize; ///< upright
    TemplateMatch match;
    bool operator==(const LocateReport&) const = default;
};

} // namespace ps
