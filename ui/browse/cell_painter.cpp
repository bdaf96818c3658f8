// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/cell_painter.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/state_badge.h"

#include <QCoreApplication>
#include <QLocale>
#include <QtMath>

namespace ps {

namespace {

constexpr int kCaptionHeight = 28;
constexpr int kSmallestWithCaption = 96;
constexpr int kInset = 6; ///< between the edge of the tile and the picture
constexpr int kCorner = 7;
constexpr int kBadge = 16;

QString text(const char* source)
{
    return QCoreApplication::translate("CellPainter", source);
}

QColor mixed(const QColor& base, const QColor& over, qreal share)
{
    const auto mix = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return {mix(base.red(), over.red()), mix(base.green(), over.green()), mix(base.blue(), over.blue())};
}

/// The nearest place that lies on whole device pixels, so that pictures are copied and not blurred.
QPointF onDevicePixels(const QPainter& painter, const QPointF& place)
{
    const QTransform transform = painter.deviceTransform();
    const QPointF device = transform.map(place);
    return transform.inverted().map(QPointF(qRound(device.x()), qRound(device.y())));
}

int insetFor(int cellSize)
{
    return cellSize < kSmallestWithCaption ? 3 : kInset;
}

} // namespace

int CellPainter::tileHeight(int cellSize)
{
    return cellSize * 4 / 5;
}

int CellPainter::heightFor(int cellSize)
{
    return tileHeight(cellSize) + (cellSize < kSmallestWithCaption ? 0 : kCaptionHeight);
}

QSize CellPainter::pictureSize(int width, int cellSize, qreal devicePixelRatio)
{
    const int inset = 2 * insetFor(cellSize);
    return {qFloor((width - inset) * devicePixelRatio), qFloor((tileHeight(cellSize) - inset) * devicePixelRatio)};
}

void CellPainter::paint(QPainter& painter, const QRect& cell, int cellSize, const GroupEntry* entry,
                        const std::vector<GroupImage>* images, const CellLook& look) const
{
    const QRect tile(cell.left(), cell.top(), cell.width(), tileHeight(cellSize));
    paintTile(painter, tile, look);
    if (entry) {
        const int inset = insetFor(cellSize);
        const QRect inner = tile.adjusted(inset, inset, -inset, -inset);
        if (images && !images->empty()) {
            const auto slots = static_cast<int>(images->size());
            for (int slot = 0; slot < slots; ++slot) {
                const int left = inner.left() + slot * (inner.width() + inset) / slots;
                const int right = inner.left() + (slot + 1) * (inner.width() + inset) / slots - inset;
                const QRect area(left, inner.top(), right - left, inner.height());
                paintPicture(painter, area, (*images)[static_cast<std::size_t>(slot)]);
            }
        } else {
            paintPicture(painter, inner, entry->cover);
        }
        if (cellSize < kSmallestWithCaption)
            paintBadgeOnPicture(painter, tile, *entry);
        else
            paintCaption(painter, QRect(tile.left(), tile.bottom() + 1, tile.width(), kCaptionHeight), *entry, look);
    }
    paintRing(painter, tile, look);
}

void CellPainter::paintTile(QPainter& painter, const QRect& tile, const CellLook& look) const
{
    const ThemeColors& colors = m_theme.colors();
    const QColor rest = look.isHovered ? colors.hover
                                       : mixed(colors.surround, colors.panel, colors.isDark ? 0.6 : 0.45);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.isSelected ? mixed(rest, colors.accent, 0.30) : rest);
    painter.drawRoundedRect(tile, kCorner, kCorner);
}

void CellPainter::paintPicture(QPainter& painter, const QRect& area, const GroupImage& image) const
{
    if (image.isMissing)
        return paintProblem(painter, area, text(QT_TRANSLATE_NOOP("CellPainter", "The file is missing")));
    if (!image.problem.empty())
        return paintProblem(painter, area, fromCore(image.problem));
    if (!m_pictures)
        return;
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QSize box(qFloor(area.width() * ratio), qFloor(area.height() * ratio));
    const CellPicture picture = m_pictures->picture(image, box);
    if (!picture.problem.isEmpty())
        return paintProblem(painter, area, picture.problem);
    if (picture.image.isNull())
        return; // the tile stays quiet until the picture is there
    const QSizeF size = QSizeF(picture.size) / ratio;
    const QPointF corner = onDevicePixels(painter, QRectF(area).center() - QPointF(size.width(), size.height()) / 2);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, picture.image.size() != picture.size);
    painter.drawImage(QRectF(corner, size), picture.image);
}

void CellPainter::paintProblem(QPainter& painter, const QRect& area, const QString& reason) const
{
    const QColor& color = m_theme.colors().mutedText;
    const int side = qBound(14, area.height() / 4, 28);
    const bool hasText = area.width() >= 84 && area.height() >= 64;
    QRect sign(0, 0, side, side);
    sign.moveCenter(hasText ? QPoint(area.center().x(), area.top() + area.height() / 3) : area.center());
    painter.drawPixmap(sign,
                       iconPixmap(QStringLiteral("image-broken"), color, side, painter.device()->devicePixelRatioF()));
    if (!hasText)
        return;
    painter.setPen(color);
    const QRect words(area.left() + 4, sign.bottom() + 4, area.width() - 8, area.bottom() - sign.bottom() - 4);
    painter.drawText(words, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, reason);
}

void CellPainter::paintCaption(QPainter& painter, const QRect& line, const GroupEntry& entry,
                               const CellLook& look) const
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF badge(line.left() + 2, line.top() + (line.height() - kBadge) / 2.0, kBadge, kBadge);
    paintStateBadge(painter, badge, entry.state, entry.isFinalized, false, colors);
    int right = line.right() - 2;
    const QFontMetrics metrics = painter.fontMetrics();
    if (look.isChanged) { // a dot: it is here because the list is of before
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.attention);
        painter.drawEllipse(QPointF(right - 3, line.center().y() + 0.5), 3, 3);
        right -= 12;
    }
    if (entry.imageCount > 1 && line.width() >= 132) {
        const QString number = QStringLiteral("×%1").arg(entry.imageCount);
        painter.setPen(colors.mutedText);
        painter.drawText(QRect(line.left(), line.top(), right - line.left(), line.height()),
                         Qt::AlignRight | Qt::AlignVCenter, number);
        right -= metrics.horizontalAdvance(number) + 8;
    }
    const QRect name(line.left() + kBadge + 9, line.top(), right - line.left() - kBadge - 9, line.height());
    painter.setPen(look.isCurrent || look.isSelected ? colors.text : colors.mutedText);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(fromCore(fileName(entry.cover.path)), Qt::ElideMiddle, name.width()));
}

void CellPainter::paintBadgeOnPicture(QPainter& painter, const QRect& tile, const GroupEntry& entry) const
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF badge(tile.right() - kBadge - 3, tile.bottom() - kBadge - 3, kBadge, kBadge);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.isDark ? QColor(0, 0, 0, 160) : QColor(255, 255, 255, 220));
    painter.drawEllipse(badge.adjusted(-2, -2, 2, 2));
    paintStateBadge(painter, badge, entry.state, entry.isFinalized, false, colors);
}

void CellPainter::paintRing(QPainter& painter, const QRect& tile, const CellLook& look) const
{
    if (!look.isCurrent && !look.isSelected)
        return;
    const ThemeColors& colors = m_theme.colors();
    painter.setBrush(Qt::NoBrush);
    if (look.isSelected) {
        painter.setPen(QPen(colors.accent, 1.5));
        painter.drawRoundedRect(QRectF(tile).adjusted(0.75, 0.75, -0.75, -0.75), kCorner, kCorner);
    }
    if (look.isCurrent) { // outside the tile, so that it is seen on every picture and selection
        painter.setPen(QPen(look.hasFocus ? colors.accent : colors.mutedText, 2.5));
        painter.drawRoundedRect(QRectF(tile).adjusted(-2.75, -2.75, 2.75, 2.75), kCorner + 2, kCorner + 2);
    }
}

} // namespace ps
