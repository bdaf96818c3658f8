// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/pane_layout.h"

#include <algorithm>

namespace ps {

namespace {

QSize paneSize(int columns, int rows, QSize area)
{
    return {(area.width() - kPaneGap * (columns + 1)) / columns, (area.height() - kPaneGap * (rows + 1)) / rows};
}

QRect canvasOf(const QRect& frame)
{
    return frame.adjusted(kPaneBorder, kPaneBorder, -kPaneBorder, -kPaneCaptionHeight);
}

} // namespace

std::vector<PaneFrame> layoutPanes(int count, QSize area, double aspect)
{
    std::vector<PaneFrame> panes;
    if (count <= 0)
        return panes;
    constexpr double kWorthAnotherRow = 1.02; // a new order of the pictures costs the eye more than that
    int columns = count;
    double largest = 0;
    for (int candidate = count; candidate >= 1; --candidate) {
        const int rows = (count + candidate - 1) / candidate;
        if ((rows - 1) * candidate >= count || (count + rows - 1) / rows != candidate)
            continue; // the same rows with fewer columns
        const QSize canvas = canvasOf(QRect({}, paneSize(candidate, rows, area))).size();
        const double width = std::min<double>(canvas.width(), canvas.height() * aspect);
        if (width > largest * kWorthAnotherRow) {
            largest = width;
            columns = candidate;
        }
    }
    const QSize size = paneSize(columns, (count + columns - 1) / columns, area);
    for (int i = 0; i < count; ++i) {
        const QPoint corner(kPaneGap + (i % columns) * (size.width() + kPaneGap),
                            kPaneGap + (i / columns) * (size.height() + kPaneGap));
        const QRect frame(corner, size);
        panes.push_back({frame, canvasOf(frame)});
    }
    return panes;
}

} // namespace ps
