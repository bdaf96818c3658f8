// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QSize>

#include <vector>

namespace ps {

/// The place of one picture on the light table.
struct PaneFrame {
    QRect frame;  ///< with the caption
    QRect canvas; ///< where the picture is painted
};

constexpr int kPaneGap = 6;
constexpr int kPaneBorder = 2;
constexpr int kPaneCaptionHeight = 34;

/// Places for `count` pictures in an area, in rows of equal size, so that pictures of this ratio (width by height) become as
/// large as they can. Among equals the one with fewer rows wins. Units: points.
std::vector<PaneFrame> layoutPanes(int count, QSize area, double aspect);

} // namespace ps
