// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/pane_picture.h"

#include "ui/review/pane_view.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr double kSharpEnough = 1.05; ///< enlarged beyond this the fitted picture is not
constexpr qsizetype kKeptTiles = 96;

QRectF tileTarget(const Tile& tile, ImageSize image, const QRectF& target)
{
    const PixelBox box = tile.region(image);
    const double scaleX = target.width() / image.width;
    const double scaleY = target.height() / image.height;
    return {target.left() + box.x1 * scaleX, target.top() + box.y1 * scaleY, box.width() * scaleX,
            box.height() * scaleY};
}

} // namespace

// ---- what is there -------------------------------------------------------------------------------------------------

void PanePicture::setImage(const GroupImage& image)
{
    const QString key = PictureLoader::imageKey(image);
    m_image = image;
    if (key == m_key)
        return;
    if (hasPicture())
        m_previous = m_fitted;
    m_key = key;
    m_fitted.reset();
    m_full.reset();
    m_tiles.clear();
}

PanePicture::Content PanePicture::content() const
{
    if (m_fitted)
        return hasPicture() ? Content::Fitted : Content::Nothing;
    return m_previous ? Content::Previous : Content::Nothing;
}

QSizeF PanePicture::shape() const
{
    const Picture* const picture = m_fitted ? m_fitted.get() : m_previous.get();
    return picture ? QSizeF(picture->image.size()) : QSizeF();
}

QSizeF PanePicture::fullSize() const
{
    const Picture* const picture = m_fitted ? m_fitted.get() : m_previous.get();
    return picture ? QSizeF(picture->info.size.width, picture->info.size.height) : QSizeF();
}

bool PanePicture::wantsMore(double shownPixels) const
{
    const int fullWidth = m_fitted->info.size.width;
    if (m_fitted->image.width() >= fullWidth)
        return false;
    return shownPixels > m_fitted->image.width() * kSharpEnough || shownPixels > fullWidth - 0.5;
}

void PanePicture::request(PictureLoader& loader, QSize box, const QRectF& target, const QRectF& clip,
                          double devicePixelRatio)
{
    // What is here is not asked for again: the loader may have had to let go of it in favour of its neighbours.
    if (!m_fitted || m_fittedBox != box) {
        if (auto picture = loader.request(m_image, box, Priority::Visible)) {
            m_fitted = std::move(picture);
            m_fittedBox = box;
            m_previous.reset();
        }
    }
    if (!hasPicture() || !wantsMore(target.width() * devicePixelRatio)) {
        m_full.reset();
        m_tiles.clear();
        return;
    }
    const ImageSize size = m_fitted->info.size;
    const std::int64_t pixels = std::int64_t{size.width} * size.height;
    constexpr std::int64_t kShareOfBudget = 4; // a whole picture may take that part of the loader's memory
    if (pixels > std::min(kLargestWhole, static_cast<std::int64_t>(loader.budgetBytes()) / 4 / kShareOfBudget))
        requestTiles(loader, target, clip, devicePixelRatio);
    else if (!m_full)
        m_full = loader.request(m_image, QSize(), Priority::Visible);
}

void PanePicture::requestTiles(PictureLoader& loader, const QRectF& target, const QRectF& clip, double devicePixelRatio)
{
    const ImageSize size = m_fitted->info.size;
    const double scale = size.width / target.width(); // image pixels for one point
    const QRectF visible((clip.left() - target.left()) * scale, (clip.top() - target.top()) * scale,
                         clip.width() * scale, clip.height() * scale);
    const std::vector<Tile> wanted = tilesIn(visible, size, tileLevelFor(devicePixelRatio / scale));
    if (m_tiles.size() > kKeptTiles)
        m_tiles.removeIf([&](const auto& item) { return std::ranges::find(wanted, item.key()) == wanted.end(); });
    for (const Tile& tile : wanted) {
        if (m_tiles.contains(tile))
            continue;
        auto picture = loader.requestRegion(m_image, tile.region(size), tile.size(size), Priority::Visible);
        if (picture && !picture->image.isNull())
            m_tiles.insert(tile, std::move(picture));
    }
}

// ---- painting ------------------------------------------------------------------------------------------------------

void PanePicture::paint(QPainter& painter, const QRectF& target, const QRectF& clip) const
{
    if (content() == Content::Previous) {
        paintPixels(painter, m_previous->image, target, clip);
        return;
    }
    if (!hasPicture())
        return;
    const bool hasFull = m_full && !m_full->image.isNull();
    paintPixels(painter, hasFull ? m_full->image : m_fitted->image, target, clip);
    std::vector<Tile> tiles(m_tiles.keyBegin(), m_tiles.keyEnd());
    std::ranges::sort(tiles, std::ranges::greater(), &Tile::level); // fine ones over coarse ones
    for (const Tile& tile : tiles) {
        const QRectF place = tileTarget(tile, m_fitted->info.size, target);
        if (place.intersects(clip))
            paintPixels(painter, m_tiles.value(tile)->image, place, clip);
    }
    const double ratio = painter.device()->devicePixelRatioF();
    if (target.width() * ratio / m_fitted->info.size.width >= kPixelGridFrom)
        paintPixelGrid(painter, fullSize(), target, clip);
}

std::optional<QRgb> PanePicture::colorAt(QPointF fraction) const
{
    if (!hasPicture() || fraction.x() < 0 || fraction.y() < 0 || fraction.x() >= 1 || fraction.y() >= 1)
        return std::nullopt;
    const auto in = [](const QImage& image, double x, double y) {
        return image.pixel(std::min(image.width() - 1, static_cast<int>(x * image.width())),
                           std::min(image.height() - 1, static_cast<int>(y * image.height())));
    };
    if (m_full && !m_full->image.isNull())
        return in(m_full->image, fraction.x(), fraction.y());
    const ImageSize size = m_fitted->info.size;
    const QPointF pixel(fraction.x() * size.width, fraction.y() * size.height);
    for (auto tile = m_tiles.constKeyValueBegin(); tile != m_tiles.constKeyValueEnd(); ++tile) {
        const PixelBox box = tile->first.region(size);
        if (tile->first.level == 0 && pixel.x() >= box.x1 && pixel.x() < box.x2 && pixel.y() >= box.y1 &&
            pixel.y() < box.y2)
            return in(tile->second->image, (pixel.x() - box.x1) / box.width(), (pixel.y() - box.y1) / box.height());
    }
    return in(m_fitted->image, fraction.x(), fraction.y());
}

void paintPixels(QPainter& painter, const QImage& image, const QRectF& target, const QRectF& clip)
{
    const double ratio = painter.device()->devicePixelRatioF();
    const double scale = target.width() * ratio / image.width(); // pixels of the screen for one of the image
    QRectF place = target;
    const bool isActual = std::abs(target.width() * ratio - image.width()) < 0.5;
    if (isActual || scale >= kNearestFrom) // each pixel begins at one of the screen
        place.moveTopLeft({std::round(target.left() * ratio) / ratio, std::round(target.top() * ratio) / ratio});
    if (isActual)
        place.setSize(QSizeF(image.size()) / ratio);
    const QRectF seen = place.intersected(clip);
    if (seen.isEmpty())
        return;
    // Only the pixels that can be seen, so that a large zoom is as exact and as fast as a small one.
    const double stepX = place.width() / image.width();
    const double stepY = place.height() / image.height();
    const int left = std::max(0, static_cast<int>((seen.left() - place.left()) / stepX) - 1);
    const int top = std::max(0, static_cast<int>((seen.top() - place.top()) / stepY) - 1);
    const int right = std::min(image.width(), static_cast<int>((seen.right() - place.left()) / stepX) + 2);
    const int bottom = std::min(image.height(), static_cast<int>((seen.bottom() - place.top()) / stepY) + 2);
    const QRect source(QPoint(left, top), QPoint(right - 1, bottom - 1));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, scale < kNearestFrom && !isActual);
    painter.drawImage(
        QRectF(place.left() + left * stepX, place.top() + top * stepY, source.width() * stepX, source.height() * stepY),
        image, QRectF(source));
}

void paintPixelGrid(QPainter& painter, QSizeF imageSize, const QRectF& target, const QRectF& clip)
{
    const QRectF seen = target.intersected(clip);
    const double stepX = target.width() / imageSize.width();
    const double stepY = target.height() / imageSize.height();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(QColor(128, 128, 128, 110), 0));
    const double ratio = painter.device()->devicePixelRatioF();
    const QPointF corner(std::round(target.left() * ratio) / ratio, std::round(target.top() * ratio) / ratio);
    for (double x = std::ceil((seen.left() - corner.x()) / stepX); corner.x() + x * stepX < seen.right(); ++x)
        painter.drawLine(QPointF(corner.x() + x * stepX, seen.top()), QPointF(corner.x() + x * stepX, seen.bottom()));
    for (double y = std::ceil((seen.top() - corner.y()) / stepY); corner.y() + y * stepY < seen.bottom(); ++y)
        painter.drawLine(QPointF(seen.left(), corner.y() + y * stepY), QPointF(seen.right(), corner.y() + y * stepY));
    painter.restore();
}

} // namespace ps
