// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/detected_boxes.h"
#include "ui/common/picture_loader.h"
#include "ui/common/theme.h"
#include "ui/crop/crop_limits.h"

#include <QWidget>

#include <optional>

namespace ps {

/// One picture, as large as it goes, with a crop box that is drawn, dragged and nudged on it. Zooming never moves the box.
/// Thread: UI.
class CropCanvas : public QWidget
{
    Q_OBJECT

public:
    CropCanvas(PictureLoader& loader, const Theme& theme, QWidget* parent);

    /// Shows an image with a box to start from; without one the whole picture. `size` is the upright full size, which must
    /// be known before a box means anything.
    void edit(const GroupImage& image, ImageSize size, const std::optional<Crop>& start);
    void setSuggestion(const std::optional<Crop>& suggestion);
    /// What detectors found in the image; boxes of other images are left out.
    void setBoxes(std::vector<DetectedBox> boxes, int imageIndex);
    void setBoxesVisible(bool visible);
    bool areBoxesVisible() const { return m_showsBoxes; }
    void clear();

    const CropBox& box() const { return m_box; }
    /// True when a person has touched the box, or it did not start as the whole picture.
    bool isTouched() const { return m_isTouched; }
    void setBox(const PixelBox& box);
    void setRatio(const CropRatio& ratio);
    void setFull();
    /// What must and what may be kept, beside the box; nothing while there are no limits.
    std::optional<CropTolerance> tolerance() const;
    void setTolerance(const CropTolerance& tolerance);
    /// Which box mouse and arrows change: the crop, what must be kept, what may be kept; the first time limits are made.
    void setNextTarget();
    CropTarget target() const { return m_target; }
    void removeLimits();
    void useSuggestion();
    void setGridVisible(bool visible);
    bool isGridVisible() const { return m_isGridVisible; }
    bool isPictureReady() const { return m_picture && !m_picture->image.isNull(); }
    std::optional<Error> pictureError() const;

    std::vector<CropLint> lint() const;

    /// Where a point of the image is on the widget; for tests and tool tips.
    QPointF toWidget(QPointF imagePoint) const;
    static constexpr int kHandlePx = 48;

Q_SIGNALS:
    void boxChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    QRectF pictureRect() const;
    QPointF toImage(QPointF widgetPoint) const;
    double imagePixelsPerPoint() const;
    void requestPicture();
    void changed();
    void updateCursor(QPointF widgetPoint);
    bool hasUniformBorder() const;
    CropBox active() const; ///< the box that is being changed
    void take(const CropBox& box);
    void dragTo(Qt::KeyboardModifiers modifiers);
    void turnDrag(QKeyEvent* event);
    QRectF onWidget(const PixelBox& box) const;
    void paintLimit(QPainter& painter, const PixelBox& limit, CropTarget target);
    void paintHandles(QPainter& painter, const QRectF& box);
    void paintSize(QPainter& painter, const QRectF& box);

    PictureLoader& m_loader;
    const Theme& m_theme;
    std::optional<GroupImage> m_image;
    std::shared_ptr<const Picture> m_picture;
    QSize m_pictureBox; ///< that `m_picture` was asked for; empty = every pixel
    std::optional<Crop> m_suggestion;
    std::vector<DetectedBox> m_boxes;
    int m_boxesIndex = 0;
    bool m_showsBoxes = true;
    CropBox m_box;
    std::optional<CropLimits> m_limits;
    CropTarget m_target = CropTarget::Box;
    CropRatio m_ratio; ///< persists from image to image
    bool m_isTouched = false;
    bool m_isGridVisible = true;
    double m_zoom = 1;
    QPointF m_center{0.5, 0.5};

    // While a button is down.
    CropHandle m_dragHandle = CropHandle::None;
    bool m_isDown = false;
    bool m_isDrawing = false;
    bool m_isPanning = false;
    QPointF m_dragStart;
    QPointF m_dragPoint; ///< where the pointer is; null before the first movement
    QPointF m_panCenter;
    PixelBox m_dragBox;
};

} // namespace ps
