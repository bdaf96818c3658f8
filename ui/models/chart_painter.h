// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/models/chart_content.h"

#include <QFont>
#include <QPainter>

namespace ps {

/// Where the parts of a chart are in its rectangle.
struct ChartGeometry {
    QRectF title;
    QRectF subtitle;
    QRectF legend;
    QRectF plot;
    ChartAxis x;
    ChartAxis y;

    /// From axis coordinates to the widget.
    QPointF toPixel(const QPointF& value) const;
    QRectF toPixels(const QRectF& area) const;
};

/// Lays a chart out. Pure; the same for painting and for hit testing.
ChartGeometry layoutChart(const ChartContent& content, const QRectF& rect, const QFont& font);

/// The item at a place, or -1: the one whose area holds it, else the one that is nearest in x within the plot.
int chartItemAt(const ChartContent& content, const ChartGeometry& geometry, const QPointF& place);

/// Paints a chart; `hovered` is the item whose numbers are shown, or -1. Lines of the frame lie on whole device pixels at any
/// scale.
void paintChart(QPainter& painter, const ChartContent& content, const ChartGeometry& geometry,
                const ThemeColors& colors, int hovered);

QColor chartColor(ChartTone tone, const ThemeColors& colors);

} // namespace ps
