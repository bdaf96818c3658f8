// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/quality_measures.h"

#include <QString>

namespace ps {

/// "Sharpness of the subject", "Noise" ... in the language of the person.
QString qualityName(QualityMeasure measure);
/// "Confidence of the model".
QString confidenceName();

} // namespace ps
