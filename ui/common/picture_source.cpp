// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture_source.h"

#include "core/imaging/thumbnail_service.h"
#include "ui/common/pixel_bridge.h"

namespace ps {

namespace {

/// Both services count from one: numbers of the thumbnails' service carry this bit.
constexpr JobId kThumbnailJob = JobId{1} << 63;

Picture toPicture(const Result<Pixels>& pixels)
{
    Picture picture;
    if (pixels) {
        picture.image = toImage(*pixels);
        picture.info = pixels->info();
    } else {
        picture.error = pixels.error();
    }
    return picture;
}

/// Thumbnails share their memory with others that were asked for at the same time; a copy is as large as it looks.
Picture toOwnPicture(const Result<Pixels>& pixels)
{
    Picture picture = toPicture(pixels);
    picture.image = picture.image.copy();
    return picture;
}

} // namespace

JobId WorkerPictureSource::request(ImageSource source, const PictureWish& wish, Done done)
{
    const PictureKey& key = wish.key;
    const ImageSize box{key.box.width(), key.box.height()};
    auto deliver = [done](const Result<Pixels>& pixels) { done(toPicture(pixels)); };
    if (key.kind == PictureKey::Kind::Region)
        return m_images.requestRegion(std::move(source), key.region, box, wish.priority, std::move(deliver));
    if (key.kind == PictureKey::Kind::Fitted)
        return m_images.requestDecode(std::move(source), box, wish.priority, std::move(deliver));
    if (!m_thumbnails)
        return m_images.requestDecode(std::move(source), box, wish.priority, std::move(deliver), FitMode::Class);
    return kThumbnailJob | m_thumbnails->request(
                               std::move(source), wish.image.identity, classFor(box), wish.priority,
                               [done](const Result<Pixels>& pixels) { done(toOwnPicture(pixels)); },
                               wish.image.path); // its measures are kept under that name
}

void WorkerPictureSource::cancel(JobId id)
{
    if ((id & kThumbnailJob) != 0)
        m_thumbnails->cancel(id & ~kThumbnailJob);
    else
        m_images.cancel(id);
}

void WorkerPictureSource::setPriority(JobId id, Priority priority)
{
    if ((id & kThumbnailJob) == 0) // small pictures are looked up many at once, in no time
        m_images.setPriority(id, priority);
}

std::size_t WorkerPictureSource::parallelism() const
{
    return m_images.workerCount();
}

} // namespace ps
