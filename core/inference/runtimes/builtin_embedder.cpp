// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/builtin_embedder.h"

#include "core/imaging/codecs/measure.h"
#include "core/inference/model_spec.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace ps {

BuiltinEmbedding embedBuiltin(const LoadedPicture& picture)
{
    BuiltinEmbedding made;
    made.values.resize(kBuiltinEmbeddingSize);
    cv::Mat small;
    cv::resize(picture.normal, small, {12, 12}, 0, 0, cv::INTER_AREA);
    for (std::size_t i = 0; i < 432; ++i)
        made.values[i] = static_cast<float>(small.data[i]) / 255.0F;
    made.measures = measureQuality(picture);
    for (std::size_t i = 0; i < kQualityMeasureCount; ++i)
        made.values[432 + i] = made.measures.values[i];
    return made;
}

QualityMeasures measureQuality(const LoadedPicture& picture)
{
    QualityMeasures measures;
    const ImageMeasures luma = measureLuma(lumaOf(picture.normal));
    measures[QualityMeasure::Sharpness] = static_cast<float>(luma.sharpness);
    measures[QualityMeasure::SubjectSharpness] = static_cast<float>(luma.sharpness);
    measures[QualityMeasure::Noise] = static_cast<float>(luma.noise);
    measures[QualityMeasure::Clipping] = static_cast<float>(luma.darkShare + luma.brightShare);
    measures[QualityMeasure::ExposureOffset] = static_cast<float>(std::abs(luma.exposure - 0.5));
    measures[QualityMeasure::Contrast] = static_cast<float>(luma.contrast);
    measures[QualityMeasure::Resolution] = static_cast<float>(picture.fullSize.width) *
                                           static_cast<float>(picture.fullSize.height) / 1e6F;
    return measures;
}

} // namespace ps
