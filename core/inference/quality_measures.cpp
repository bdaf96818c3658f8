// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/quality_measures.h"

namespace ps {

std::string_view qualityMeasureName(QualityMeasure measure)
{
    constexpr std::array<std::string_view, kQualityMeasureCount> kNames = {
        "subject-sharpness", "sharpness", "noise",         "banding",   "blockiness", "clipping",
        "exposure-offset",   "contrast",  "colourfulness", "upscaling", "resolution",
    };
    return kNames[static_cast<std::size_t>(measure)];
}

bool isMoreBetter(QualityMeasure measure)
{
    switch (measure) {
    case QualityMeasure::SubjectSharpness:
    case QualityMeasure::Sharpness:
    case QualityMeasure::Contrast:
    case QualityMeasure::Colourfulness:
    case QualityMeasure::Resolution: return true;
    case QualityMeasure::Noise:
    case QualityMeasure::Banding:
    case QualityMeasure::Blockiness:
    case QualityMeasure::Clipping:
    case QualityMeasure::ExposureOffset:
    case QualityMeasure::Upscaling: return false;
    }
    return true;
}

} // namespace ps
