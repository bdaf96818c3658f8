// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/picture_loader.h"
#include "ui/review/tile_grid.h"

#include <QColor>
#include <QHash>
#include <QRectF>

#include <memory>
#include <optional>
#include <vector>

class QPainter;

namespace ps {

/// One image as far as it is there: fitted to its place, every pixel of it, or tiles of it, and until then the one that was
/// in the same place before. Thread: UI.
class PanePicture
{
public:
    /// What paint() would show.
    enum class Content { Nothing, Previous, Fitted };

    /// Holds this image from now on. What was shown before stays on the screen until the new one is there.
    void setImage(const GroupImage& image);
    /// Takes what is there and asks for the rest. `target` is where the whole picture is painted, of which `clip` can be
    /// seen, both in points.
    void request(PictureLoader& loader, QSize box, const QRectF& target, const QRectF& clip, double devicePixelRatio);

    const QString& imageKey() const { return m_key; }
    /// The answer to the request for the fitted picture, which may be an error; null while it is on its way.
    const std::shared_ptr<const Picture>& fitted() const { return m_fitted; }
    bool hasPicture() const { return m_fitted && !m_fitted->image.isNull(); }
    Content content() const;
    /// Ratio of what is painted: of the new picture, or of the one before.
    QSizeF shape() const;
    /// Size in image pixels of what is painted.
    QSizeF fullSize() const;

    /// Paints the whole picture into `target`, of which only `clip` is touched: the sharpest that is there.
    void paint(QPainter& painter, const QRectF& target, const QRectF& clip) const;
    /// The colour at a point, in fractions of the picture; from the sharpest that is there.
    std::optional<QRgb> colorAt(QPointF fraction) const;
    bool isFull() const { return m_full != nullptr; }

    /// Images of more pixels are never decoded as a whole.
    static constexpr std::int64_t kLargestWhole = 100'000'000;

private:
    bool wantsMore(double shownPixels) const;
    void requestTiles(PictureLoader& loader, const QRectF& target, const QRectF& clip, double devicePixelRatio);

    GroupImage m_image;
    QString m_key;
    std::shared_ptr<const Picture> m_previous; ///< of the image that was here before
    std::shared_ptr<const Picture> m_fitted;
    QSize m_fittedBox; ///< that `m_fitted` was asked for
    std::shared_ptr<const Picture> m_full;
    QHash<Tile, std::shared_ptr<const Picture>> m_tiles;
};

/// Paints the part of an image that can be seen, each pixel as it is when they are large or of the size of the screen's.
void paintPixels(QPainter& painter, const QImage& image, const QRectF& target, const QRectF& clip);
/// Lines between the pixels of an image of this size.
void paintPixelGrid(QPainter& painter, QSizeF imageSize, const QRectF& target, const QRectF& clip);

} // namespace ps
