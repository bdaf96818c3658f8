// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/detected_boxes_painter.h"

#include "ui/common/error_text.h"

#include <QFontMetricsF>
#include <QLocale>

#include <algorithm>

namespace ps {

namespace {

const QColor kShade(12, 13, 15, 205); ///< behind texts on pictures, in both themes
const QColor kOnShade(0xf2, 0xf3, 0xf5);

} // namespace

QRectF fractionBoxOn(const QRectF& picture, double x1, double y1, double x2, double y2)
{
    return {picture.left() + x1 * picture.width(), picture.top() + y1 * picture.height(), (x2 - x1) * picture.width(),
            (y2 - y1) * picture.height()};
}

void paintBoxLabel(QPainter& painter, const QPointF& place, const QRectF& inside, const QString& text,
                   const QColor& color, const QFont& font)
{
    const QFontMetricsF metrics(font);
    const double width = std::min(metrics.horizontalAdvance(text) + 10, inside.width());
    const double height = metrics.height() + 3;
    QRectF box(place.x(), place.y() - height, width, height);
    box.moveLeft(std::clamp(box.left(), inside.left(), std::max(inside.left(), inside.right() - width)));
    box.moveTop(std::clamp(box.top(), inside.top(), std::max(inside.top(), inside.bottom() - height)));
    painter.setPen(Qt::NoPen);
    painter.setBrush(kShade);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(color);
    painter.setFont(font);
    painter.drawText(box.adjusted(5, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(text, Qt::ElideRight, width - 9));
}

void paintDetectedBoxes(QPainter& painter, const QRectF& picture, const QRectF& seen,
                        const std::vector<DetectedBox>& boxes, int imageIndex, const ThemeColors& colors,
                        const QFont& font)
{
    QFont small = font;
    if (small.pointSizeF() > 0)
        small.setPointSizeF(small.pointSizeF() * 0.9);
    const QRectF inside = picture.intersected(seen);
    painter.save();
    painter.setClipRect(inside, Qt::IntersectClip);
    for (const DetectedBox& found : boxes) {
        if (found.imageIndex != imageIndex)
            continue;
        const QRectF box = fractionBoxOn(picture, found.box.x1, found.box.y1, found.box.x2, found.box.y2);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0, 0, 0, 140), 3));
        painter.drawRect(box);
        painter.setPen(QPen(colors.isDark ? kOnShade : QColor(Qt::white), 1));
        painter.drawRect(box);
        QString label = fromCore(found.className);
        if (found.confidence)
            label += QStringLiteral(" ") + QLocale().toString(*found.confidence * 100, 'f', 0) + QStringLiteral(" %");
        paintBoxLabel(painter, box.topLeft(), inside, label, kOnShade, small);
    }
    painter.restore();
}

} // namespace ps
