// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/quality_names.h"

#include <QCoreApplication>

namespace ps {

QString qualityName(QualityMeasure measure)
{
    const auto text = [](const char* source) { return QCoreApplication::translate("Quality", source); };
    switch (measure) {
    case QualityMeasure::SubjectSharpness: return text(QT_TRANSLATE_NOOP("Quality", "Sharpness of the subject"));
    case QualityMeasure::Sharpness: return text(QT_TRANSLATE_NOOP("Quality", "Sharpness"));
    case QualityMeasure::Noise: return text(QT_TRANSLATE_NOOP("Quality", "Noise"));
    case QualityMeasure::Banding: return text(QT_TRANSLATE_NOOP("Quality", "Banding"));
    case QualityMeasure::Blockiness: return text(QT_TRANSLATE_NOOP("Quality", "Blockiness"));
    case QualityMeasure::Clipping: return text(QT_TRANSLATE_NOOP("Quality", "Black and white clipping"));
    case QualityMeasure::ExposureOffset: return text(QT_TRANSLATE_NOOP("Quality", "Distance from middle exposure"));
    case QualityMeasure::Contrast: return text(QT_TRANSLATE_NOOP("Quality", "Contrast"));
    case QualityMeasure::Colourfulness: return text(QT_TRANSLATE_NOOP("Quality", "Colourfulness"));
    case QualityMeasure::Upscaling: return text(QT_TRANSLATE_NOOP("Quality", "Looks upscaled"));
    case QualityMeasure::Resolution: return text(QT_TRANSLATE_NOOP("Quality", "Resolution (megapixels)"));
    }
    return {};
}

QString confidenceName()
{
    return QCoreApplication::translate("Quality", "Confidence of the model");
}

} // namespace ps
