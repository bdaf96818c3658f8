// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the crop canvas is painted; what it shows and how it is changed is in crop_canvas.cpp.
#include "ui/common/detected_boxes_painter.h"
#include "ui/common/error_text.h"
#include "ui/crop/crop_canvas.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ps {

void CropCanvas::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.fillRect(rect(), colors.surround);
    if (!m_image || m_box.imageSize().isEmpty())
        return;
    if (!isPictureReady()) {
        painter.setPen(colors.mutedText);
        const auto error = pictureError();
        painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
                         error ? errorText(*error).summary : tr("Loading..."));
        return;
    }
    const QRectF picture = pictureRect();
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          picture.width() * devicePixelRatioF() / m_picture->image.width() < 2);
    painter.drawImage(picture, m_picture->image);

    const QRectF box = onWidget(m_box.box());
    QPainterPath outside;
    outside.addRect(picture);
    outside.addRect(box);
    painter.fillPath(outside, QColor(0, 0, 0, 150));
    if (m_showsBoxes)
        paintDetectedBoxes(painter, picture, rect(), m_boxes, m_boxesIndex, colors, font());
    if (m_suggestion) {
        const Crop& s = *m_suggestion;
        const ImageSize size = m_box.imageSize();
        painter.setPen(QPen(colors.accent, 1, Qt::DashLine));
        painter.drawRect(QRectF(toWidget({s.x1 * size.width, s.y1 * size.height}),
                                toWidget({s.x2 * size.width, s.y2 * size.height})));
    }
    if (m_isGridVisible) {
        painter.setPen(QPen(QColor(255, 255, 255, 90), 1));
        for (int i = 1; i <= 2; ++i) {
            const qreal x = box.left() + box.width() * i / 3;
            const qreal y = box.top() + box.height() * i / 3;
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 4));
    painter.drawRect(box);
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawRect(box);
    if (m_limits) {
        paintLimit(painter, m_limits->outer(), CropTarget::MayKeep);
        paintLimit(painter, m_limits->inner(), CropTarget::MustKeep);
    }
    paintHandles(painter, onWidget(active().box()));
    paintSize(painter, box);
}

QRectF CropCanvas::onWidget(const PixelBox& box) const
{
    return {toWidget({static_cast<double>(box.x1), static_cast<double>(box.y1)}),
            toWidget({static_cast<double>(box.x2), static_cast<double>(box.y2)})};
}

void CropCanvas::paintLimit(QPainter& painter, const PixelBox& limit, CropTarget target)
{
    const QRectF box = onWidget(limit);
    const bool isInner = target == CropTarget::MustKeep;
    const QColor color = isInner ? m_theme.colors().accent : m_theme.colors().attention;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3));
    painter.drawRect(box);
    painter.setPen(QPen(color, m_target == target ? 2.5 : 1.5, Qt::DotLine));
    painter.drawRect(box);
    const QString text = isInner ? tr("must keep") : tr("may keep");
    const QRectF bounds = painter.fontMetrics().boundingRect(text);
    QRectF label(0, 0, bounds.width() + 12, bounds.height() + 4);
    if (isInner)
        label.moveTopLeft(box.topLeft() + QPointF(4, 4));
    else
        label.moveBottomRight(box.bottomRight() - QPointF(4, 4));
    if (label.width() > box.width() - 8 || label.height() > box.height() - 8)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 170));
    painter.drawRoundedRect(label, 5, 5);
    painter.setPen(color.lighter(130));
    painter.drawText(label, Qt::AlignCenter, text);
}

void CropCanvas::paintHandles(QPainter& painter, const QRectF& box)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // Thick brackets at the corners and bars at the sides: what can be held is 48 px, what is painted stays out of the way.
    const qreal arm = std::min<qreal>(kHandlePx / 2.0, std::min(box.width(), box.height()) / 3);
    QPainterPath path;
    const auto corner = [&](QPointF at, qreal dx, qreal dy) {
        path.moveTo(at + QPointF(dx * arm, 0));
        path.lineTo(at);
        path.lineTo(at + QPointF(0, dy * arm));
    };
    corner(box.topLeft(), 1, 1);
    corner(box.topRight(), -1, 1);
    corner(box.bottomLeft(), 1, -1);
    corner(box.bottomRight(), -1, -1);
    const auto bar = [&](QPointF middle, QPointF half) {
        path.moveTo(middle - half);
        path.lineTo(middle + half);
    };
    const QPointF across(arm * 0.6, 0);
    const QPointF down(0, arm * 0.6);
    bar({box.center().x(), box.top()}, across);
    bar({box.center().x(), box.bottom()}, across);
    bar({box.left(), box.center().y()}, down);
    bar({box.right(), box.center().y()}, down);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.colors().accent, 7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setPen(QPen(Qt::white, 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.restore();
}

void CropCanvas::paintSize(QPainter& painter, const QRectF& box)
{
    const QString text = QStringLiteral("%1 × %2").arg(m_box.box().width()).arg(m_box.box().height());
    const QRectF bounds = painter.fontMetrics().boundingRect(text);
    QRectF label(0, 0, bounds.width() + 16, bounds.height() + 8);
    label.moveCenter({box.center().x(), box.bottom() - label.height()});
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 170));
    painter.drawRoundedRect(label, 6, 6);
    painter.setPen(Qt::white);
    painter.drawText(label, Qt::AlignCenter, text);
}

} // namespace ps
