// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/detected_boxes.h"
#include "ui/common/theme.h"

#include <QFont>
#include <QPainter>
#include <QRectF>

#include <vector>

namespace ps {

/// Thin boxes with their classes. `picture` is where the whole picture is painted, `seen` what of it can be seen.
void paintDetectedBoxes(QPainter& painter, const QRectF& picture, const QRectF& seen,
                        const std::vector<DetectedBox>& boxes, int imageIndex, const ThemeColors& colors,
                        const QFont& font);

/// Where a box in fractions of a picture is when the whole picture is painted there.
QRectF fractionBoxOn(const QRectF& picture, double x1, double y1, double x2, double y2);

/// A short text on a shade, its lower left at `place` or as near as it fits into `inside`.
void paintBoxLabel(QPainter& painter, const QPointF& place, const QRectF& inside, const QString& text,
                   const QColor& color, const QFont& font);

} // namespace ps
