// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/suggestion_mark.h"

#include "ui/common/detected_boxes_painter.h"

#include <QFontMetrics>
#include <QPainterPath>

#include <algorithm>

namespace ps {

namespace {

constexpr int kInset = 10;
constexpr int kLineHeight = 22;
constexpr int kSide = 12;
constexpr int kDiamond = 5;
constexpr int kTextLeft = kSide + 2 * kDiamond + 8;
const QColor kShade(12, 13, 15, 205); ///< behind texts on pictures, in both themes
const QColor kOnShade(0xf2, 0xf3, 0xf5);
const QColor kMutedOnShade(0xc4, 0xc8, 0xce);
const QColor kFor(0x7d, 0xb0, 0xff); ///< blue and amber on the shade, in both themes
const QColor kAgainst(0xf2, 0xb4, 0x55);

QColor colorOf(const ReasonWords& reason)
{
    return reason.speaksFor ? kFor : kAgainst;
}

void paintDiamond(QPainter& painter, const QPointF& middle, const QColor& color)
{
    painter.setPen(QPen(color, 1.8));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolygon(QPolygonF{middle + QPointF(0, -kDiamond), middle + QPointF(kDiamond, 0),
                                  middle + QPointF(0, kDiamond), middle + QPointF(-kDiamond, 0)});
}

} // namespace

QRect paintSuggestionMark(QPainter& painter, const QRect& seen, const SuggestionMark& mark, const ThemeColors&,
                          const QFont& font)
{
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics boldMetrics(bold);
    const QFontMetrics metrics(font);
    const int room = seen.width() - 2 * kInset;
    const qsizetype lines = mark.isExpanded ? mark.reasons.size() : 0;
    const QString first = mark.reasons.isEmpty() || mark.isExpanded ? QString() : mark.reasons.first().line();
    const int headWidth = kTextLeft + (mark.head.isEmpty() ? 0 : boldMetrics.horizontalAdvance(mark.head) + kSide);
    const int firstWidth = first.isEmpty() ? 0 : metrics.horizontalAdvance(first) + kSide - 2;
    const bool showsFirst = firstWidth > 0 && headWidth + firstWidth <= room;
    int width = headWidth + (showsFirst ? firstWidth : 0);
    for (qsizetype i = 0; i < lines; ++i)
        width = std::max(
            width,
            kTextLeft + kSide + metrics.horizontalAdvance(mark.reasons[i].line()) +
                (mark.reasons[i].figures.isEmpty() ? 0 : kSide + metrics.horizontalAdvance(mark.reasons[i].figures)));
    width = std::min(width, room);
    const int height = 26 + static_cast<int>(lines) * kLineHeight;
    const QRect box(seen.left() + kInset, seen.bottom() - kInset - height, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(kShade);
    painter.drawRoundedRect(box, 13, 13);
    painter.setClipRect(box.adjusted(2, 0, -6, 0), Qt::IntersectClip);
    const QRect headBox(box.left(), box.top(), box.width(), 26);
    paintDiamond(painter, QPointF(box.left() + kSide + kDiamond, headBox.center().y() + 0.5), kFor);
    painter.setFont(bold);
    painter.setPen(kOnShade);
    painter.drawText(headBox.adjusted(kTextLeft, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, mark.head);
    painter.setFont(font);
    if (showsFirst) {
        painter.setPen(colorOf(mark.reasons.first()));
        painter.drawText(headBox.adjusted(headWidth - 2, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, first);
    }
    for (qsizetype i = 0; i < lines; ++i) {
        const ReasonWords& reason = mark.reasons[i];
        const QRect line(box.left() + kTextLeft, headBox.bottom() + static_cast<int>(i) * kLineHeight,
                         box.width() - kTextLeft - kSide, kLineHeight);
        painter.setPen(colorOf(reason));
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft, reason.line());
        painter.setPen(kMutedOnShade);
        const int used = metrics.horizontalAdvance(reason.line()) + kSide;
        painter.drawText(line.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(reason.figures, Qt::ElideRight, std::max(0, line.width() - used)));
    }
    painter.restore();
    return box;
}

void paintReasonRegion(QPainter& painter, const QRectF& picture, const ReasonWords& reason, const ThemeColors&,
                       const QFont& font)
{
    if (!reason.region)
        return;
    const FractionBox& region = *reason.region;
    const QRectF box = fractionBoxOn(picture, region.x1, region.y1, region.x2, region.y2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 4));
    painter.drawRoundedRect(box, 4, 4);
    // Amber is dotted as well, so that the two differ without their colours.
    painter.setPen(QPen(colorOf(reason), 2, reason.speaksFor ? Qt::SolidLine : Qt::DotLine));
    painter.drawRoundedRect(box, 4, 4);
    paintBoxLabel(painter, box.topLeft(), picture, reason.line(), colorOf(reason), font);
    painter.restore();
}

} // namespace ps
