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

#include <cmath>
#include <utility>

namespace ps {

namespace {

constexpr int kCaptionHeight = 28;
constexpr int kSmallestWithCaption = 96;
constexpr int kInset = 6; ///< between the edge of the tile and the picture
constexpr int kCorner = 7;
constexpr int kBadge = 16;
constexpr int kBadgeRoom = 4; ///< around it: the disc below it, and the bar of a finalized one
constexpr int kCaptionKilobytes = 16 * 1024;

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

/// Only then copies of kept pixmaps lie on whole pixels.
bool isWhole(qreal ratio)
{
    return ratio == std::floor(ratio);
}

void drawTile(QPainter& painter, const QRect& tile, const ThemeColors& colors, const CellLook& look)
{
    const QColor rest = look.isHovered ? colors.hover
                                       : mixed(colors.surround, colors.panel, colors.isDark ? 0.6 : 0.45);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.isSelected ? mixed(rest, colors.accent, 0.30) : rest);
    painter.drawRoundedRect(tile, kCorner, kCorner);
    if (!look.isSelected)
        return;
    painter.setBrush(Qt::NoBrush); // in the room around the picture
    painter.setPen(QPen(colors.accent, 1.5));
    painter.drawRoundedRect(QRectF(tile).adjusted(0.75, 0.75, -0.75, -0.75), kCorner, kCorner);
}

} // namespace

CellPainter::CellPainter(CellPictures* pictures, const Theme& theme)
    : m_pictures(pictures), m_theme(theme), m_captions(kCaptionKilobytes)
{
}

void CellPainter::forget()
{
    m_tiles.clear();
    m_badges.clear();
    m_captions.clear();
}

void CellPainter::keepFor(const Kept& kept)
{
    if (kept == m_kept)
        return;
    m_kept = kept;
    forget();
}

QPixmap CellPainter::blank(QSize size, const QColor& color) const
{
    QPixmap pixmap((QSizeF(size) * m_kept.ratio).toSize());
    pixmap.setDevicePixelRatio(m_kept.ratio);
    pixmap.fill(color);
    return pixmap;
}

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

bool CellPainter::paint(QPainter& painter, const QRect& cell, int cellSize, const GroupEntry* entry,
                        const std::vector<GroupImage>* images, const CellLook& look)
{
    const QRect tile(cell.left(), cell.top(), cell.width(), tileHeight(cellSize));
    keepFor({tile.size(), painter.device()->devicePixelRatioF(), painter.font()});
    paintTile(painter, tile, look);
    bool isFinal = true;
    if (entry) {
        const int inset = insetFor(cellSize);
        isFinal = paintPictures(painter, tile.adjusted(inset, inset, -inset, -inset), inset, *entry, images);
        paintMarks(painter, tile, *entry);
        if (cellSize < kSmallestWithCaption)
            paintBadgeOnPicture(painter, tile, *entry);
        else
            paintCaption(painter, QRect(tile.left(), tile.bottom() + 1, tile.width(), kCaptionHeight), *entry, look);
    }
    paintRing(painter, tile, look);
    return isFinal;
}

void CellPainter::paintTile(QPainter& painter, const QRect& tile, const CellLook& look)
{
    if (!isWhole(m_kept.ratio))
        return drawTile(painter, tile, m_theme.colors(), look);
    QPixmap& kept = m_tiles[(look.isHovered ? 1 : 0) + (look.isSelected ? 2 : 0)];
    if (kept.isNull()) {
        kept = blank(tile.size(), m_theme.colors().surround);
        QPainter pixels(&kept);
        drawTile(pixels, QRect(QPoint(), tile.size()), m_theme.colors(), look);
    }
    painter.drawPixmap(tile.topLeft(), kept);
}

bool CellPainter::paintPictures(QPainter& painter, const QRect& inner, int inset, const GroupEntry& entry,
                                const std::vector<GroupImage>* images) const
{
    if (!images || images->empty())
        return paintPicture(painter, inner, entry.cover);
    const auto slots = static_cast<int>(images->size());
    bool isFinal = true;
    for (int slot = 0; slot < slots; ++slot) {
        const int left = inner.left() + slot * (inner.width() + inset) / slots;
        const int right = inner.left() + (slot + 1) * (inner.width() + inset) / slots - inset;
        const QRect area(left, inner.top(), right - left, inner.height());
        isFinal &= paintPicture(painter, area, (*images)[static_cast<std::size_t>(slot)]);
    }
    return isFinal;
}

bool CellPainter::paintPicture(QPainter& painter, const QRect& area, const GroupImage& image) const
{
    if (image.isMissing || !image.problem.empty()) {
        paintProblem(painter, area,
                     image.isMissing ? text(QT_TRANSLATE_NOOP("CellPainter", "The file is missing"))
                                     : fromCore(image.problem));
        return true;
    }
    if (!m_pictures)
        return true;
    const qreal ratio = m_kept.ratio;
    const QSize box(qFloor(area.width() * ratio), qFloor(area.height() * ratio));
    const CellPicture picture = m_pictures->picture(image, box);
    if (!picture.problem.isEmpty())
        paintProblem(painter, area, picture.problem);
    if (picture.image.isNull())
        return picture.isFinal; // the tile stays quiet until the picture is there
    const QSizeF size = QSizeF(picture.size) / ratio;
    const QPointF corner = onDevicePixels(painter, QRectF(area).center() - QPointF(size.width(), size.height()) / 2);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false); // what is not scaled yet will be, and soon
    painter.drawImage(QRectF(corner, size), picture.image);
    return picture.isFinal;
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

void CellPainter::paintCaption(QPainter& painter, const QRect& line, const GroupEntry& entry, const CellLook& look)
{
    if (!isWhole(m_kept.ratio))
        return drawCaption(painter, line, entry, look);
    const bool isBright = look.isCurrent || look.isSelected;
    const int bits = (isBright ? 1 : 0) + (look.isChanged ? 2 : 0) + (entry.isFinalized ? 4 : 0);
    const std::string_view name = fileName(entry.cover.path);
    QByteArray key(name.data(), static_cast<qsizetype>(name.size()));
    key.append('/').append(static_cast<char>(bits)).append(static_cast<char>(entry.state));
    key.append(QByteArray::number(entry.imageCount));
    if (const QPixmap* const kept = m_captions.object(key)) {
        painter.drawPixmap(line.topLeft(), *kept);
        return;
    }
    QPixmap drawn = blank(line.size(), m_theme.colors().surround);
    QPainter pixels(&drawn);
    pixels.setFont(m_kept.font);
    pixels.setRenderHint(QPainter::Antialiasing);
    drawCaption(pixels, QRect(QPoint(), line.size()), entry, look);
    pixels.end();
    painter.drawPixmap(line.topLeft(), drawn);
    const int kilobytes = drawn.width() * drawn.height() * drawn.depth() / 8 / 1024 + 1;
    m_captions.insert(key, new QPixmap(std::move(drawn)), kilobytes);
}

void CellPainter::drawCaption(QPainter& painter, const QRect& line, const GroupEntry& entry, const CellLook& look)
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

void CellPainter::paintBadgeOnPicture(QPainter& painter, const QRect& tile, const GroupEntry& entry)
{
    const ThemeColors& colors = m_theme.colors();
    const QPoint place(tile.right() - kBadge - 3, tile.bottom() - kBadge - 3);
    const auto draw = [&](QPainter& onto, const QRectF& badge) {
        onto.setRenderHint(QPainter::Antialiasing);
        onto.setPen(Qt::NoPen);
        onto.setBrush(colors.isDark ? QColor(0, 0, 0, 160) : QColor(255, 255, 255, 220));
        onto.drawEllipse(badge.adjusted(-2, -2, 2, 2));
        paintStateBadge(onto, badge, entry.state, entry.isFinalized, false, colors);
    };
    if (!isWhole(m_kept.ratio))
        return draw(painter, QRectF(place, QSizeF(kBadge, kBadge)));
    QPixmap& kept = m_badges[2 * static_cast<int>(entry.state) + (entry.isFinalized ? 1 : 0)];
    if (kept.isNull()) {
        kept = blank(QSize(kBadge, kBadge) + 2 * QSize(kBadgeRoom, kBadgeRoom), Qt::transparent);
        QPainter pixels(&kept);
        pixels.setFont(m_kept.font);
        draw(pixels, QRectF(kBadgeRoom, kBadgeRoom, kBadge, kBadge));
    }
    painter.drawPixmap(place - QPoint(kBadgeRoom, kBadgeRoom), kept);
}

void CellPainter::paintMarks(QPainter& painter, const QRect& tile, const GroupEntry& entry) const
{
    const bool isSmall = tile.width() < kSmallestWithCaption;
    const QSizeF size = isSmall ? QSizeF(10, 13) : QSizeF(15, 19);
    const qreal edge = isSmall ? 3 : 6;
    if (!entry.flag.empty())
        paintFlag(painter, QRectF(QPointF(tile.left() + edge, tile.bottom() - edge - size.height()), size),
                  m_theme.colors());
    if (!entry.note.empty())
        paintNoteMark(painter, QRectF(QPointF(tile.right() - edge - size.width(), tile.top() + edge), size),
                      m_theme.colors());
}

void CellPainter::paintRing(QPainter& painter, const QRect& tile, const CellLook& look) const
{
    if (!look.isCurrent)
        return;
    // Outside the tile, so that it is seen on every picture and selection.
    const ThemeColors& colors = m_theme.colors();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look.hasFocus ? colors.accent : colors.mutedText, 2.5));
    painter.drawRoundedRect(QRectF(tile).adjusted(-2.75, -2.75, 2.75, 2.75), kCorner + 2, kCorner + 2);
}

} // namespace ps
