// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture_source.h"

#include "ui/common/pixel_bridge.h"

namespace ps {

namespace {

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

/// On the thread of the pool, from a picture of every pixel.
Picture cutOut(Picture whole, const PictureKey& key)
{
    if (whole.error)
        return whole;
    const PixelBox& box = key.region;
    if (!box.isWithin(whole.info.size)) {
        whole.image = {};
        whole.error = Error{ErrorCode::InvalidInput, "the region lies outside the image", {}, 0};
        return whole;
    }
    whole.image = whole.image.copy(box.x1, box.y1, box.width(), box.height());
    const ImageSize size = fittedSize({box.width(), box.height()}, {key.box.width(), key.box.height()});
    if (QSize(size.width, size.height) != whole.image.size())
        whole.image = whole.image.scaled(size.width, size.height, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return whole;
}

} // namespace

JobId WorkerPictureSource::request(ImageSource source, const PictureKey& key, Priority priority, Done done)
{
    const bool isRegion = key.kind == PictureKey::Kind::Region;
    const ImageSize box = isRegion ? ImageSize{} : ImageSize{key.box.width(), key.box.height()};
    return m_service.requestDecode(std::move(source), box, priority,
                                   [key, isRegion, done = std::move(done)](const Result<Pixels>& pixels) {
                                       Picture picture = toPicture(pixels);
                                       done(isRegion ? cutOut(std::move(picture), key) : std::move(picture));
                                   });
}

void WorkerPictureSource::cancel(JobId id)
{
    m_service.cancel(id);
}

void WorkerPictureSource::setPriority(JobId id, Priority priority)
{
    m_service.setPriority(id, priority);
}

std::size_t WorkerPictureSource::parallelism() const
{
    return m_service.workerCount();
}

} // namespace ps
