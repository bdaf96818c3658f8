// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/pane_view.h"

#include <algorithm>

namespace ps {

namespace {

constexpr double kMaxScreenPixels = 40; ///< for one of the image

} // namespace

PaneGeometry::PaneGeometry(const QRectF& canvas, QSizeF shape, QSizeF full, double devicePixelRatio)
    : m_canvas(canvas), m_fitted(shape.scaled(canvas.size(), Qt::KeepAspectRatio)), m_full(full),
      m_ratio(devicePixelRatio)
{
}

QRectF PaneGeometry::rectOf(const PaneView& view) const
{
    const QSizeF size = m_fitted * view.zoom;
    const QPointF middle = m_canvas.center();
    return {middle.x() - view.center.x() * size.width(), middle.y() - view.center.y() * size.height(), size.width(),
            size.height()};
}

double PaneGeometry::actualZoom() const
{
    return isNull() ? 1 : m_full.width() / m_ratio / m_fitted.width();
}

double PaneGeometry::fillZoom() const
{
    return isNull() ? 1 : std::max(m_canvas.width() / m_fitted.width(), m_canvas.height() / m_fitted.height());
}

double PaneGeometry::boundedZoom(double zoom) const
{
    const double actual = actualZoom();
    return std::clamp(zoom, std::min(1.0, actual), std::max(fillZoom(), actual * kMaxScreenPixels));
}

PaneView PaneGeometry::bounded(const PaneView& view) const
{
    PaneView result = view;
    result.zoom = boundedZoom(view.zoom);
    if (isNull())
        return result;
    // The picture is in the middle where it is smaller than the canvas; else no edge of it comes inside.
    const auto within = [&](double center, double canvas, double fitted) {
        const double margin = std::min(0.5, canvas / (fitted * result.zoom) / 2);
        return std::clamp(center, margin, 1 - margin);
    };
    result.center.setX(within(view.center.x(), m_canvas.width(), m_fitted.width()));
    result.center.setY(within(view.center.y(), m_canvas.height(), m_fitted.height()));
    return result;
}

PaneView PaneGeometry::zoomedAround(const PaneView& view, double zoom, QPointF position) const
{
    const QPointF at = fractionAt(view, position);
    PaneView result = view;
    result.zoom = boundedZoom(zoom);
    result.center = at + (view.center - at) * (view.zoom / result.zoom);
    return result;
}

PaneView PaneGeometry::showing(const Crop& box) const
{
    constexpr double kMargin = 1.08;
    const QSizeF part(std::max(1e-6, (box.x2 - box.x1) * m_fitted.width()),
                      std::max(1e-6, (box.y2 - box.y1) * m_fitted.height()));
    const double zoom = std::min(m_canvas.width() / part.width(), m_canvas.height() / part.height()) / kMargin;
    return bounded({zoom, {(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2}});
}

QPointF PaneGeometry::fractionAt(const PaneView& view, QPointF position) const
{
    const QRectF rect = rectOf(view);
    if (rect.isEmpty())
        return view.center;
    return {(position.x() - rect.left()) / rect.width(), (position.y() - rect.top()) / rect.height()};
}

} // namespace ps
