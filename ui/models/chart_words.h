// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Words and axes that the charts of a training report share; for them only.
#include "core/suggest/training_report.h"
#include "ui/models/chart_content.h"

namespace ps {

/// "2.5".
QString stageText(double stage);
/// "312 groups".
QString groupsText(std::int64_t count);
QString imagesText(std::int64_t count);
/// "Hold-out: 312 groups".
QString denominator(std::int64_t count, TrainingReport::Kind kind);
/// "95 % interval: 82.1 % to 90.7 %".
QString intervalText(const std::array<double, 2>& interval);
/// From 0 to 100 %, with a grid.
ChartAxis shareAxis(const QString& label, int ticks = 5);

} // namespace ps
