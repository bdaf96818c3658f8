// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/exchange/release_group.h"
#include "core/exchange/release_sink.h"

#include <stop_token>
#include <string>

namespace ps {

class ImageService;

/// What became of one image on its way into a release.
struct MediaReport {
    ImageSize size;           ///< of the picture that was written
    bool isReencoded = false; ///< its pixels went through an encoder (turned upright where no lossless way was)
    bool isCut = false;
    bool lostMetadata = false;
};

/// Writes the image files of a release: upright, without metadata unless it is kept, cut by the crop contract (half-open,
/// truncation, EXIF once) when crops are applied. A full-frame image is never re-encoded but to turn it upright where no
/// lossless transform exists. Workers look at the bytes; memory does not grow with them.
class ReleaseMedia
{
public:
    ReleaseMedia(ImageService& images, CropMode crops, bool keepsMetadata)
        : m_images(images), m_crops(crops), m_keepsMetadata(keepsMetadata)
    {
    }
    virtual ~ReleaseMedia() = default;
    ReleaseMedia(const ReleaseMedia&) = delete;
    ReleaseMedia& operator=(const ReleaseMedia&) = delete;

    /// An image file that is ready to go into a release.
    struct Prepared {
        UniqueFd file; ///< the original itself, open for reading, when no byte changes; else a scratch file
        std::int64_t sizeBytes = 0;
        MediaReport report;
        bool isOriginal = false; ///< `file` is the original itself: checkCopied() when it was copied
    };
    /// Makes the file that put() writes, for formats that put it into a file of their own (shards); they call checkCopied() when
    /// they have copied it. Blocks.
    /// Errors as for put().
    virtual Result<Prepared> prepare(const ReleaseImage& image, ReleaseSink& sink, std::stop_token stop);

    /// Writes image `image` as `path`. Blocks.
    /// Errors: Conflict when the file is no longer the one that was decided; those of ImageService and of the sink.
    virtual Result<MediaReport> put(const ReleaseImage& image, std::string_view path, ReleaseSink& sink,
                                    std::stop_token stop);

    /// The size that put() will give, without touching the file.
    virtual ImageSize sizeOf(const ReleaseImage& image) const;

    CropMode crops() const { return m_crops; }

private:
    ImageService& m_images;
    CropMode m_crops;
    bool m_keepsMetadata;
};

/// Whether an original that was copied was still the file that the workers looked at, and is now. Another program may write to it
/// between their look and the copy. Errors: Conflict.
Result<void> checkCopied(const ReleaseImage& image, const ReleaseMedia::Prepared& prepared);

} // namespace ps
