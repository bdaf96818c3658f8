// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/state_badge.h"

#include <QCoreApplication>

namespace ps {

QString stateText(GroupState state)
{
    const auto text = [](const char* source) { return QCoreApplication::translate("GroupState", source); };
    switch (state) {
    case GroupState::Undecided: return text(QT_TRANSLATE_NOOP("GroupState", "Undecided"));
    case GroupState::Approved: return text(QT_TRANSLATE_NOOP("GroupState", "Kept"));
    case GroupState::Cropped: return text(QT_TRANSLATE_NOOP("GroupState", "Cropped"));
    case GroupState::CropLater: return text(QT_TRANSLATE_NOOP("GroupState", "Crop later"));
    case GroupState::CropAccepted: return text(QT_TRANSLATE_NOOP("GroupState", "Suggested crop accepted"));
    case GroupState::Rejected: return text(QT_TRANSLATE_NOOP("GroupState", "Rejected"));
    case GroupState::Tie: return text(QT_TRANSLATE_NOOP("GroupState", "Tie"));
    case GroupState::CannotJudge: return text(QT_TRANSLATE_NOOP("GroupState", "Cannot judge"));
    case GroupState::Skipped: return text(QT_TRANSLATE_NOOP("GroupState", "Skipped for later"));
    }
    return {};
}

QString stateLetter(GroupState state)
{
    switch (state) {
    case GroupState::Undecided: return QString();
    case GroupState::Approved: return QStringLiteral("K");
    case GroupState::Cropped:
    case GroupState::CropLater:
    case GroupState::CropAccepted: return QStringLiteral("C");
    case GroupState::Rejected: return QStringLiteral("X");
    case GroupState::Tie: return QStringLiteral("T");
    case GroupState::CannotJudge: return QStringLiteral("?");
    case GroupState::Skipped: return QStringLiteral("S");
    }
    return {};
}

namespace {

QColor badgeColor(GroupState state, const ThemeColors& colors)
{
    switch (state) {
    case GroupState::Approved:
    case GroupState::CropAccepted: return colors.accent;
    case GroupState::Cropped:
    case GroupState::CropLater: return colors.attention;
    case GroupState::Tie: return colors.accent;
    case GroupState::Undecided:
    case GroupState::CannotJudge:
    case GroupState::Skipped:
    case GroupState::Rejected: return colors.mutedText;
    }
    return colors.mutedText;
}

void paintShape(QPainter& painter, const QRectF& rect, GroupState state)
{
    const qreal corner = rect.width() * 0.22;
    const qreal quarter = rect.height() / 4;
    switch (state) {
    case GroupState::Undecided:
    case GroupState::Approved: painter.drawEllipse(rect); break;
    case GroupState::Cropped:
    case GroupState::CropLater:
    case GroupState::CropAccepted: painter.drawRoundedRect(rect, corner, corner); break;
    case GroupState::Rejected: {
        const QPointF center = rect.center();
        const qreal half = rect.width() / 2;
        painter.drawPolygon(QPolygonF{{center.x(), center.y() - half},
                                      {center.x() + half, center.y()},
                                      {center.x(), center.y() + half},
                                      {center.x() - half, center.y()}});
        break;
    }
    case GroupState::Tie: // two halves, neither before the other
        painter.drawRoundedRect(rect.adjusted(0, quarter / 2, 0, -quarter / 2), rect.width(), rect.height());
        break;
    case GroupState::CannotJudge:
        painter.drawPolygon(QPolygonF{{rect.left() + quarter, rect.top()},
                                      {rect.right() - quarter, rect.top()},
                                      {rect.right(), rect.center().y()},
                                      {rect.right() - quarter, rect.bottom()},
                                      {rect.left() + quarter, rect.bottom()},
                                      {rect.left(), rect.center().y()}});
        break;
    case GroupState::Skipped:
        painter.drawPolygon(QPolygonF{{rect.left(), rect.top()},
                                      {rect.right() - quarter, rect.top()},
                                      {rect.right(), rect.center().y()},
                                      {rect.right() - quarter, rect.bottom()},
                                      {rect.left(), rect.bottom()}});
        break;
    }
}

} // namespace

void paintStateBadge(QPainter& painter, const QRectF& rect, GroupState state, bool isFinalized, bool isPending,
                     const ThemeColors& colors)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = badgeColor(state, colors);
    const bool isFilled = !isPending && (state == GroupState::Approved || state == GroupState::Cropped ||
                                         state == GroupState::Rejected);
    const qreal width = rect.width() / 10;
    painter.setPen(QPen(color, width, isPending ? Qt::DotLine : Qt::SolidLine));
    painter.setBrush(isFilled ? QBrush(color) : QBrush(Qt::NoBrush));
    const QRectF shape = rect.adjusted(width, width, -width, -width);
    paintShape(painter, state == GroupState::Rejected ? rect : shape, state);
    QFont font = painter.font();
    font.setPixelSize(qMax(6, qRound(rect.height() * 0.52)));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(isFilled ? (colors.isDark ? colors.accentText : QColor(Qt::white)) : color);
    painter.drawText(rect, Qt::AlignCenter, stateLetter(state));
    if (isFinalized) {
        painter.setPen(QPen(color, width * 1.3, Qt::SolidLine, Qt::RoundCap));
        const qreal y = rect.bottom() + rect.height() * 0.16;
        painter.drawLine(QPointF(rect.left() + rect.width() * 0.15, y), QPointF(rect.right() - rect.width() * 0.15, y));
    }
    painter.restore();
}

void paintFlag(QPainter& painter, const QRectF& rect, const ThemeColors& colors)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal pole = rect.left() + rect.width() * 0.2;
    const QPolygonF cloth{{pole, rect.top()},
                          {rect.right(), rect.top() + rect.height() * 0.25},
                          {pole, rect.top() + rect.height() * 0.55}};
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(QPointF(pole, rect.top()), QPointF(pole, rect.bottom()));
    painter.drawPolygon(cloth);
    painter.setPen(QPen(colors.attention, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(QPointF(pole, rect.top()), QPointF(pole, rect.bottom()));
    painter.setBrush(colors.attention);
    painter.drawPolygon(cloth);
    painter.restore();
}

void paintNoteMark(QPainter& painter, const QRectF& rect, const ThemeColors& colors)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 1));
    painter.setBrush(colors.attention);
    painter.drawRoundedRect(rect, 2, 2);
    painter.setPen(QPen(QColor(0, 0, 0, 200), 1.2));
    for (const qreal share : {0.3, 0.52, 0.74}) {
        const qreal y = rect.top() + rect.height() * share;
        painter.drawLine(QPointF(rect.left() + 3, y), QPointF(rect.right() - (share > 0.7 ? 6 : 3), y));
    }
    painter.restore();
}

} // namespace ps
