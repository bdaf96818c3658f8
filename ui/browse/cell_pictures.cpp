// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/cell_pictures.h"

#include "ui/common/error_text.h"

namespace ps {

namespace {

constexpr int kScaledKilobytes = 64 * 1024;
constexpr int kShownKilobytes = 64 * 1024; ///< mostly the same bytes as the loader keeps
constexpr qint64 kScalingMs = 3;           ///< of one paint; with the rest of it well below a frame
constexpr int kSmallBox = 256;
constexpr int kLargeBox = 512;
constexpr int kLargestBox = 1024;

/// Few sizes, so that strip, Browse and the thumbnail cache share them. Beyond the largest thumbnail the image itself.
/// Of a cache that counts in kilobytes.
int costOf(const QImage& image)
{
    return static_cast<int>(image.sizeInBytes() / 1024 + 1);
}

PictureWish wishFor(const GroupImage& image, QSize sizePx, Priority priority)
{
    const int side = std::max(sizePx.width(), sizePx.height());
    if (side > kLargeBox * 5 / 4)
        return PictureWish::fitted(image, {kLargestBox, kLargestBox}, priority);
    const int box = side <= kSmallBox * 5 / 4 ? kSmallBox : kLargeBox;
    return {image, {PictureLoader::imageKey(image), PictureKey::Kind::Thumbnail, {box, box}, {}}, priority};
}

QSize paintedSize(const Picture& picture, QSize box)
{
    const ImageSize& file = picture.info.size;
    const bool isSmall = !file.isEmpty() && file.width <= box.width() && file.height <= box.height();
    const QSize most = isSmall ? QSize(file.width, file.height) : box;
    return picture.image.size().scaled(most, Qt::KeepAspectRatio).expandedTo({1, 1});
}

} // namespace

CellPictures::CellPictures(PictureLoader& loader, QObject* parent)
    : QObject(parent), m_loader(loader), m_scaled(kScaledKilobytes), m_shown(kShownKilobytes)
{
    connect(&loader, &PictureLoader::ready, this, &CellPictures::arrived);
    m_paintTime.start();
}

void CellPictures::beginPaint()
{
    m_paintTime.restart();
    m_hasLeftOver = false;
}

CellPicture CellPictures::picture(const GroupImage& image, QSize sizePx)
{
    const PictureWish wish = wishFor(image, sizePx, Priority::Ahead);
    const QString& imageKey = wish.key.image;
    auto loaded = m_loader.request(wish);
    const bool isLoaded = loaded != nullptr;
    if (!loaded) {
        if (const auto* const shown = m_shown.object(imageKey))
            loaded = *shown;
    }
    if (!loaded)
        return {{}, {}, {}, false};
    if (loaded->image.isNull()) // after a repair it may be there
        return {{}, {}, loaded->error ? errorCardText(*loaded->error) : QString(), false};
    if (const auto* const shown = m_shown.object(imageKey); !shown || *shown != loaded)
        m_shown.insert(imageKey, new std::shared_ptr<const Picture>(loaded), costOf(loaded->image));
    const QSize size = paintedSize(*loaded, sizePx);
    if (loaded->image.size() == size)
        return {loaded->image, size, {}, isLoaded};
    const QString scaledKey =
        QStringLiteral("%1@%2x%3<%4").arg(imageKey).arg(size.width()).arg(size.height()).arg(loaded->image.width());
    if (const QImage* const scaled = m_scaled.object(scaledKey))
        return {*scaled, size, {}, isLoaded};
    if (m_paintTime.elapsed() >= kScalingMs) {
        m_hasLeftOver = true;
        return {loaded->image, size, {}, false};
    }
    auto* const scaled = new QImage(loaded->image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    const QImage exact = *scaled;
    m_scaled.insert(scaledKey, scaled, costOf(exact));
    return {exact, size, {}, isLoaded};
}

void CellPictures::prefetch(const std::vector<GroupImage>& images, QSize sizePx)
{
    std::vector<PictureWish> wishes;
    for (const GroupImage& image : images) {
        if (!image.isMissing)
            wishes.push_back(wishFor(image, sizePx, Priority::Background));
    }
    m_loader.want(this, std::move(wishes));
}

void CellPictures::forgetWaiting()
{
    m_loader.want(this, {});
    m_loader.dropWaiting(Priority::Ahead);
}

void CellPictures::clear()
{
    m_scaled.clear();
    m_shown.clear();
}

} // namespace ps
