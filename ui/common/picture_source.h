// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_service.h"
#include "ui/common/picture.h"

#include <functional>

namespace ps {

class ThumbnailService;

/// Where pictures come from, as PictureLoader sees it; tests put their own in its place.
/// Threads: the functions on any; `done` is called exactly once, on any thread, also after a cancellation.
class PictureSource
{
public:
    using Done = std::function<void(Picture)>;

    virtual ~PictureSource() = default;

    /// Asks for the picture that is wished for; the bytes of its image are in `source`.
    virtual JobId request(ImageSource source, const PictureWish& wish, Done done) = 0;
    /// The answer is not wanted any more; it may come all the same.
    virtual void cancel(JobId id) = 0;
    /// A picture that waits is wanted sooner, or later, than was said.
    virtual void setPriority(JobId id, Priority priority) = 0;
    /// How many pictures are decoded side by side.
    virtual std::size_t parallelism() const = 0;
};

/// Pictures from the worker processes, small ones from the cache of thumbnails when there is one. The services must
/// outlive it and every answer.
class WorkerPictureSource : public PictureSource
{
public:
    explicit WorkerPictureSource(ImageService& images, ThumbnailService* thumbnails = nullptr)
        : m_images(images), m_thumbnails(thumbnails)
    {
    }

    JobId request(ImageSource source, const PictureWish& wish, Done done) override;
    void cancel(JobId id) override;
    void setPriority(JobId id, Priority priority) override;
    std::size_t parallelism() const override;

private:
    ImageService& m_images;
    ThumbnailService* m_thumbnails;
};

} // namespace ps
