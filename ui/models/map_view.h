// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/map_painter.h"

#include <QPixmap>
#include <QWidget>

#include <memory>
#include <optional>

namespace ps {

/// The map of the embeddings: each image a point, alike ones beside each other. Dragging moves it, the wheel zooms at the
/// pointer; with Shift, or while the lasso is on, dragging draws a line around points, which are then marked.
/// Thread: UI. Cost of moving: copies tiles, and paints those that come into sight.
class MapView : public QWidget
{
    Q_OBJECT

public:
    MapView(const Theme& theme, QWidget* parent);

    /// Null: nothing, and `setMessage` says why.
    void setPoints(std::shared_ptr<const MapPoints> points);
    const std::shared_ptr<const MapPoints>& points() const { return m_points; }
    void setMessage(const QString& text);
    void setColoring(MapColoring coloring);
    const MapColoring& coloring() const { return m_coloring; }
    void setLasso(bool isOn);
    bool isLasso() const { return m_isLasso; }
    /// The points within the lasso, ascending.
    const std::vector<std::uint32_t>& marked() const { return m_marked; }
    void setMarked(std::vector<std::uint32_t> marked);
    /// The point under the pointer or chosen with the keys, or -1.
    std::int64_t hovered() const { return m_hovered; }
    /// What the card beside the hovered point shows.
    void setHoverCard(std::int64_t point, const QString& text, const QPixmap& picture);
    QPointF toPixel(const QPointF& place) const;
    QPointF fromPixel(const QPointF& pixel) const;
    int paintedTiles() const { return m_painter.paintedTiles(); }

    QSize minimumSizeHint() const override { return {320, 240}; }

public Q_SLOTS:
    void fit();

Q_SIGNALS:
    void hoveredChanged(std::int64_t point);
    void markedChanged();
    void lassoChanged(bool isOn);
    /// Double click or Return.
    void opened(std::int64_t point);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Legend {
        QString text;
        std::size_t kind = 0;
        std::int64_t count = 0;
    };

    void useLook();
    double fittedScale() const;
    void zoomAt(const QPointF& pixel, double factor);
    void setHovered(std::int64_t point);
    void finishLasso();
    void moveToNeighbour(const QPointF& direction);
    void countLegend();
    void paintPoints(QPainter& painter);
    void paintLasso(QPainter& painter) const;
    void paintHovered(QPainter& painter) const;
    void paintStateLegend(QPainter& painter) const;
    void paintScaleLegend(QPainter& painter) const;

    const Theme& m_theme;
    std::shared_ptr<const MapPoints> m_points;
    MapIndex m_index;
    MapPainter m_painter;
    QString m_message;
    MapColoring m_coloring;
    double m_scale = 0;     ///< pixels of one unit of the map; 0 = not fitted yet
    QRectF m_bounds;        ///< of the points
    QPointF m_centre;       ///< of the view, on the map
    bool m_isFitted = true; ///< nobody has moved it since
    bool m_isLasso = false;
    QPolygonF m_lasso;                ///< on the map, while it is drawn
    std::optional<QPointF> m_grabbed; ///< where the drag is, in pixels
    std::vector<std::uint32_t> m_marked;
    std::int64_t m_hovered = -1;
    std::int64_t m_cardPoint = -1;
    QString m_cardText;
    QPixmap m_cardPicture;
    std::vector<Legend> m_legend; ///< of the states
};

} // namespace ps
