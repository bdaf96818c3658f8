// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace ps {

/// Where a picture is looked at: how much larger than fitting, and which point of it is in the middle. Pictures of different
/// size that have the same view show the same part.
struct PaneView {
    double zoom = 1;          ///< 1 = the whole picture fits; less only for pictures smaller than that
    QPointF center{0.5, 0.5}; ///< fractions of the picture
    bool operator==(const PaneView&) const = default;
};

/// The arithmetic of one picture in one place. Units: points, unless a name says otherwise.
class PaneGeometry
{
public:
    /// `canvas` is where it is painted; `shape` has the ratio of the picture; `full` is its size in image pixels.
    PaneGeometry(const QRectF& canvas, QSizeF shape, QSizeF full, double devicePixelRatio);

    bool isNull() const { return m_fitted.isEmpty() || m_full.isEmpty(); }
    /// Where the whole picture is, of which the canvas shows a part.
    QRectF rectOf(const PaneView& view) const;
    /// One pixel of the image is one of the screen.
    double actualZoom() const;
    /// The picture covers the whole canvas.
    double fillZoom() const;
    /// Pixels of the screen for one of the image: 1 = 100 %.
    double screenPixelsPerPixel(const PaneView& view) const { return view.zoom / actualZoom(); }
    /// Within what makes sense: from the whole picture, or 100 % where that is less, to one pixel as large as a thumb.
    double boundedZoom(double zoom) const;
    /// The view with a bounded zoom and a middle beyond which there is something to see.
    PaneView bounded(const PaneView& view) const;
    /// Zooms so that what is at `position` stays there.
    PaneView zoomedAround(const PaneView& view, double zoom, QPointF position) const;
    /// The box as large as it fits, with a margin around it.
    PaneView showing(const Crop& box) const;
    /// The point of the picture at a position, as fractions; outside 0..1 beyond its edges.
    QPointF fractionAt(const PaneView& view, QPointF position) const;

private:
    QRectF m_canvas;
    QSizeF m_fitted;
    QSizeF m_full;
    double m_ratio;
};

/// From here on pixels are shown as they are, not interpolated: image pixels on the screen for one of the file.
constexpr double kNearestFrom = 2;
/// From here on a grid separates the pixels.
constexpr double kPixelGridFrom = 8;

} // namespace ps
