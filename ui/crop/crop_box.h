// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"

#include <QPoint>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

namespace ps {

/// The part of a crop box that a pointer has hold of.
enum class CropHandle { None, Inside, Left, Right, Top, Bottom, TopLeft, TopRight, BottomLeft, BottomRight };

/// Width to height that a crop keeps.
struct CropRatio {
    enum class Kind { Image, Free, Fixed };
    Kind kind = Kind::Image;
    int width = 1; ///< with Kind::Fixed
    int height = 1;
    bool operator==(const CropRatio&) const = default;
};
/// As the image, free, and those of the settings.
std::vector<CropRatio> cropRatios();
/// "1:1 4:5 3:2 16:9" as ratios; what is none is left out.
std::vector<CropRatio> parseRatios(const QString& text);
/// The list in the settings, as text; changing it is remembered. What cannot be understood is left out.
QString ratioSetting();
void setRatioSetting(const QString& text);

/// A crop box in whole pixels of the upright image, and every way of changing it. Pure geometry: no painting, no events.
/// Invariant: the box lies within the image and is at least one pixel large.
class CropBox
{
public:
    CropBox() = default;
    explicit CropBox(ImageSize size) : m_size(size), m_box{0, 0, size.width, size.height} {}

    ImageSize imageSize() const { return m_size; }
    const PixelBox& box() const { return m_box; }
    /// The crop as it is stored: the smallest fractions that truncate to these pixels.
    Crop crop() const { return fromPixels(m_box, m_size); }
    bool isFullFrame() const { return m_box == PixelBox{0, 0, m_size.width, m_size.height}; }
    CropRatio ratio() const { return m_ratio; }

    /// Takes the box as far as it lies within the image.
    void setBox(const PixelBox& box);
    /// Moves the box so that its left or top edge is there, as far as it stays within the image.
    void setLeft(int x) { moveBy(x - m_box.x1, 0); }
    void setTop(int y) { moveBy(0, y - m_box.y1); }
    /// Sets one side; the top left corner stays, and with a ratio the other side follows. Stops at the edges.
    void setWidth(int width);
    void setHeight(int height);
    /// Makes the box fit the ratio: the largest box of that ratio within the present one, about its centre.
    void setRatio(const CropRatio& ratio);
    void setFull() { m_box = {0, 0, m_size.width, m_size.height}; }

    /// Moves without changing the size, stopping at the edges. Units: image pixels.
    void moveBy(int dx, int dy);
    /// Moves one handle to a point of the image; the opposite side stays, and so does the ratio.
    void dragHandle(CropHandle handle, QPointF imagePoint, const PixelBox& start);
    /// A new box between two points.
    void drawFrom(QPointF anchor, QPointF imagePoint);
    /// Grows or shrinks at the bottom right by whole pixels, keeping the ratio.
    void resizeBy(int dx, int dy);

    /// Moves the top left corner by whole pixels, keeping the bottom right one and the ratio.
    void resizeTopLeftBy(int dx, int dy);
    /// Grows by whole pixels on both sides of each axis (shrinks below 0), keeping centre and ratio, as far as there is room.
    void growBy(int dx, int dy);
    /// The box of a drag seen as one about the centre of `start`: what one side moved, the opposite side moves too.
    void mirrorAbout(const PixelBox& start);

    /// The part of the box under a point; `reach` is how far a handle reaches, in image pixels.
    CropHandle handleAt(QPointF imagePoint, double reach) const;

private:
    double ratioValue() const; ///< width / height, 0 when free
    void resizeFromTopLeft(double width, double height);
    void placeAbout(double centerX, double centerY, double width, double height);
    void place(double left, double top, double right, double bottom);

    ImageSize m_size;
    PixelBox m_box;
    CropRatio m_ratio;
};

/// What is doubtful about a crop.
enum class CropLint { TooSmall, FullFrame, Letterbox };
struct CropLintOptions {
    int minSidePx = 256; ///< shorter sides are too small to train on
};
/// Warnings about a box. `hasUniformBorder` tells whether the pixels along the box's edge are all alike.
std::vector<CropLint> lintCrop(const CropBox& box, const CropLintOptions& options, bool hasUniformBorder);

} // namespace ps
