// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/base/result.h"
#include "core/imaging/image_types.h"
#include "core/library/catalogue.h"
#include "core/worker/job_queue.h"

#include <QHashFunctions>
#include <QImage>
#include <QSize>
#include <QString>

#include <optional>

namespace ps {

/// A decoded picture, or why there is none.
struct Picture {
    QImage image; ///< upright, scaled to what was asked for; null when there is an error
    ImageInfo info;
    std::optional<Error> error;
};

/// Names one picture: which state of which image, and how it was to be drawn.
struct PictureKey {
    enum class Kind : std::uint8_t {
        Fitted,    ///< the whole image within `box`; an empty box is every pixel
        Region,    ///< the pixels inside `region`, scaled to lie within `box`
        Thumbnail, ///< a small picture of the size class of `box`
    };

    QString image; ///< PictureWish::imageKey()
    Kind kind = Kind::Fitted;
    QSize box;       ///< device pixels
    PixelBox region; ///< of the upright image; only for Kind::Region

    bool operator==(const PictureKey&) const = default;
};

inline std::size_t qHash(const PictureKey& key, std::size_t seed = 0)
{
    return qHashMulti(seed, key.image, static_cast<int>(key.kind), key.box.width(), key.box.height(), key.region.x1,
                      key.region.y1, key.region.x2, key.region.y2);
}

/// A picture that a view would like to have.
struct PictureWish {
    GroupImage image;
    PictureKey key;
    Priority priority = Priority::Ahead;

    /// The whole image within `box` device pixels; an empty box asks for every pixel.
    static PictureWish fitted(const GroupImage& image, QSize box, Priority priority);
    /// The pixels inside `region` of the upright image, scaled down to lie within `fit` device pixels.
    static PictureWish part(const GroupImage& image, PixelBox region, QSize fit, Priority priority);
    static PictureWish thumbnail(const GroupImage& image, qreal devicePixelRatio, Priority priority);

    /// Names an image by its path and state.
    static QString imageKey(const GroupImage& image);
    /// The one size of all small pictures, so that views share them.
    static QSize thumbnailBox(qreal devicePixelRatio)
    {
        return devicePixelRatio > 1.5 ? QSize(512, 512) : QSize(256, 256);
    }
};

} // namespace ps
