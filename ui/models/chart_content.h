// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <array>
#include <optional>
#include <vector>

namespace ps {

/// Which colour of the theme something in a chart has; which of them it is never says anything alone.
enum class ChartTone {
    Main,  ///< blue: what the chart is about
    Other, ///< amber: what it is compared with
    Quiet, ///< grey: background
};

struct ChartTick {
    double at = 0;
    QString text;
};

/// One axis. Charts have linear axes; names in place of numbers are ticks with texts.
struct ChartAxis {
    QString label; ///< with the unit: "Loss (nats)"
    double min = 0;
    double max = 1;
    std::vector<ChartTick> ticks;
    bool hasGrid = false;
};

struct ChartLine {
    QString name; ///< for the legend; "" = not in it
    ChartTone tone = ChartTone::Main;
    bool isDashed = false;
    bool hasDots = false;
    std::vector<QPointF> points; ///< in axis coordinates
};

/// A box from the axis, or anywhere, with an interval about its end.
struct ChartBar {
    QRectF area; ///< in axis coordinates
    ChartTone tone = ChartTone::Main;
    std::optional<std::array<double, 2>> interval; ///< on the axis along which the bar is long
    QString text;                                  ///< the number beside its end
};

/// One field of a heat map.
struct ChartCell {
    QRectF area;
    double share = 0; ///< 0 to 1: how strong its colour is
    QString text;
};

/// A line across the whole plot.
struct ChartMarker {
    double at = 0;
    bool isUpright = true; ///< at an x; otherwise at a y
    QString text;
};

/// Something that the pointer or the arrow keys can be on.
struct ChartItem {
    QPointF at;   ///< in axis coordinates
    QRectF area;  ///< that belongs to it; null for a point, which is found by its x
    QString text; ///< its numbers, a line for each
};

/// Everything that one chart shows, as a value: what paints it, what finds the item under the pointer and what writes its
/// numbers down all read this.
struct ChartContent {
    QString title;
    QString subtitle; ///< what it is counted over
    ChartAxis x;
    ChartAxis y;
    bool barsLieDown = false; ///< bars are long along x, and their names are on y
    std::vector<ChartCell> cells;
    std::vector<ChartBar> bars;
    std::vector<ChartLine> lines;
    std::vector<ChartMarker> markers;
    std::vector<ChartItem> items; ///< in reading order
    QString emptyText;            ///< why there is nothing to draw; "" = there is
    QString description;          ///< the chart in a sentence or two, for who does not see it
    QStringList columns;          ///< of the table of its numbers
    std::vector<QStringList> rows;

    bool isEmpty() const { return !emptyText.isEmpty(); }
    /// The table as CSV (RFC 4180) with a header line; numbers have a point whatever the language is.
    QString csv() const;
};

/// Steps of 1, 2 or 5 times a power of ten, between `min` and `max`, about `wanted` of them.
std::vector<double> niceTicks(double min, double max, int wanted);
/// "87 %", or with decimals "87.3 %", in the language.
QString percentText(double share, int decimals = 0);
/// "1,204".
QString countText(std::int64_t count);
/// A number with three significant digits, in the language.
QString numberText(double value);
/// The same for files: always with a point.
QString plainNumber(double value);

} // namespace ps
