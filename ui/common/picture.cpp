// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture.h"

namespace ps {

PictureWish PictureWish::fitted(const GroupImage& image, QSize box, Priority priority)
{
    return {image, {imageKey(image), PictureKey::Kind::Fitted, box, {}}, priority};
}

PictureWish PictureWish::part(const GroupImage& image, PixelBox region, QSize fit, Priority priority)
{
    return {image, {imageKey(image), PictureKey::Kind::Region, fit, region}, priority};
}

PictureWish PictureWish::thumbnail(const GroupImage& image, qreal devicePixelRatio, Priority priority)
{
    return {image, {imageKey(image), PictureKey::Kind::Thumbnail, thumbnailBox(devicePixelRatio), {}}, priority};
}

QString PictureWish::imageKey(const GroupImage& image)
{
    return QString::fromLatin1(QByteArray::fromStdString(image.currentPath).toHex()) +
           QStringLiteral("|%1|%2").arg(image.identity.sizeBytes).arg(image.identity.modifiedNs);
}

} // namespace ps
