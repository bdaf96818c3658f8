// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/image_measures.h"
#include "core/imaging/image_source.h"
#include "core/imaging/image_types.h"
#include "core/imaging/pixels.h"
#include "core/imaging/recipe.h"
#include "core/imaging/template_match.h"
#include "core/imaging/thumbnail_class.h"
#include "core/worker/pool.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ps {

struct SurveyOptions {
    ThumbnailClass thumbnail = ThumbnailClass::Small;
    bool wantsHash = false; ///< of the file, by SHA-256: reads it a second time, from the system's memory
    bool isOpaque = false;  ///< transparency is laid onto white, so that the thumbnail is JPEG in every case
};

/// What one decode of an image gives.
struct SurveyResult {
    Pixels pixels; ///< the thumbnail; info() is that of the image
    ImageMeasures measures;
    std::string thumbnail; ///< the same picture as a file: JPEG, or WebP when it has alpha
};

/// A thumbnail as the cache keeps it.
struct EncodedThumbnail {
    std::string bytes;
    ImageInfo info; ///< of the image that it shows
};

/// The same, with where the image is: the thumbnail is worth nothing when that file is no longer as it was.
struct CachedThumbnail {
    EncodedThumbnail thumbnail; ///< info.identity says which state of the file it shows
    ImageSource original;
};

/// Decodes, measures and renders images in worker processes; this process never looks at their bytes.
///
/// Each request comes twice: `requestX` returns at once and calls back on a thread of the pool, exactly once, and `x`
/// blocks. The blocking form must not be used inside a callback. Callbacks should be short: they hold up a worker.
///
/// Errors of every request: NotFound; Refused (path leaves the folder, symbolic link, not a regular file); TooLarge
/// (file or picture beyond the limits, with the numbers); Unsupported (no format of ours, naming what was seen);
/// Corrupt (truncated or damaged, with the decoder's words; also pixels of a lying worker); Conflict (the file changed
/// meanwhile); Timeout; WorkerCrashed (the file killed workers twice); Cancelled; Io and VersionMismatch when no worker
/// can start.
class ImageService
{
public:
    struct Options {
        std::string workerPath;
        std::size_t workerCount = 0; ///< 0: one less than there are processors, at least 2
        ImageLimits limits;
        std::chrono::milliseconds interactiveTimeLimit{15'000}; ///< probe and decode
        std::chrono::milliseconds renderTimeLimit{60'000};      ///< render, compare and locate
        bool startsEagerly = false;                             ///< start the workers now, not with the first request
        std::vector<std::string> workerEnvironment;             ///< "NAME=value", for tests
    };

    template <typename T>
    using Callback = std::function<void(Result<T>)>;

    /// Errors: NotFound when there is no such program; Io when the system has no threads left.
    static Result<std::unique_ptr<ImageService>> start(Options options);
    /// Cancels everything; every callback has been called when it returns.
    ~ImageService();

    /// What the header says. Cost: reads the header only, except for the parts that a format puts at its end.
    JobId requestProbe(ImageSource source, Priority priority, Callback<ImageInfo> done);
    Result<ImageInfo> probe(ImageSource source);

    /// The picture, scaled down (area averages, never up) to lie within `fitBox`; an empty box gives full size.
    /// FitMode::Class is for thumbnails: a JPEG that its decoder makes about so large (isOfClass()) is not scaled again.
    JobId requestDecode(ImageSource source, ImageSize fitBox, Priority priority, Callback<Pixels> done,
                        FitMode mode = FitMode::Exact);
    Result<Pixels> decode(ImageSource source, ImageSize fitBox = {}, FitMode mode = FitMode::Exact);

    /// The pixels inside `box`, scaled down (area averages, never up) to lie within `fitBox`; an empty fitBox gives 1:1.
    /// Works for images of any size within the limits: the memory needed is that of the region, not of the image, as far
    /// as the format allows. What lies behind the box in the file may stay unread, so damage there is not found.
    /// Coords: `box` is half-open, in pixels of the upright full-size image. Errors also: InvalidInput for a box outside.
    JobId requestRegion(ImageSource source, PixelBox box, ImageSize fitBox, Priority priority, Callback<Pixels> done);
    Result<Pixels> region(ImageSource source, PixelBox box, ImageSize fitBox = {});

    /// Writes the image that the recipe makes into `output`, an open regular file, from its first byte on; it is
    /// emptied before. EXIF data are never copied. The caller syncs and renames. Errors also: InvalidInput for a recipe
    /// that makes no sense or a box outside the image; NoSpace.
    JobId requestRender(ImageSource source, Recipe recipe, UniqueFd output, Priority priority,
                        Callback<RenderReport> done);
    Result<RenderReport> render(ImageSource source, Recipe recipe, UniqueFd output);

    /// Writes the file upright, and without metadata unless they are kept, into `output`, which is emptied before: pixels are
    /// not touched but to turn them, without loss where that is possible. When no byte has to change, nothing is written and
    /// the report says so. What stays and what goes: docs/formats/release_media.md. Errors also: NoSpace; TooLarge.
    JobId requestUprightCopy(ImageSource source, bool keepsMetadata, UniqueFd output, Priority priority,
                             Callback<UprightReport> done);
    Result<UprightReport> uprightCopy(ImageSource source, bool keepsMetadata, UniqueFd output);

    /// Decodes both files and proves that `cut` holds the pixels of `original` inside `box`: every value equal, with
    /// depth, channels and profile, for lossless formats; for lossy ones equal in size, channels and profile and within
    /// the bounds of codecs/cut_check.h. Errors also: Corrupt when it does not, saying how it differs.
    JobId requestCompareCut(ImageSource original, PixelBox box, ImageSource cut, Priority priority,
                            Callback<void> done);
    Result<void> compareCut(ImageSource original, PixelBox box, ImageSource cut);

    /// Looks for the place in `original` that `finished` was cut out of, also where it was scaled afterwards. What counts as
    /// found: codecs/find_template.h. Errors also: NotFound when it shows nothing of the original; Conflict when two places
    /// fit; InvalidInput when the picture has no structure.
    JobId requestLocate(ImageSource original, ImageSource finished, Priority priority, Callback<LocateReport> done);
    Result<LocateReport> locate(ImageSource original, ImageSource finished);

    /// Thumbnail, perceptual hash and measures from one reduced decode.
    JobId requestSurvey(ImageSource source, SurveyOptions options, Priority priority, Callback<SurveyResult> done);
    Result<SurveyResult> survey(ImageSource source, SurveyOptions options = {});

    /// The thumbnail that other programs of the desktop keep for the image, if it is valid and large enough; `sharedPng` is
    /// that PNG and `uri` the name of the image that it must hold. No measures.
    /// Errors also: Conflict when it is of another file or state; NotFound when it is too small.
    JobId requestAdoption(ImageSource source, UniqueFd sharedPng, std::string uri, ThumbnailClass size,
                          Priority priority, Callback<SurveyResult> done);

    /// Thumbnails from a cache, whose bytes are not trusted either, scaled down to lie within the box of the class. At
    /// most kMaxThumbnailBatch at once; one answer for each. Errors of one also: Conflict when the image has changed since.
    JobId requestThumbnails(std::vector<CachedThumbnail> thumbnails, ThumbnailClass size, Priority priority,
                            Callback<std::vector<Result<Pixels>>> done);

    /// See WorkerPool.
    bool cancel(JobId id);
    std::size_t cancelAll(Priority priority);
    bool setPriority(JobId id, Priority priority);
    std::size_t workerCount() const;
    PoolHealth health() const;
    void clearQuarantine();

    const ImageLimits& limits() const { return m_options.limits; }

private:
    explicit ImageService(Options options);

    template <typename T>
    JobId submit(Priority priority, std::function<Result<T>(WorkerClient&)> work, Callback<T> done);

    Result<ImageInfo> probeOn(WorkerClient& client, const OpenImage& image) const;
    Result<Pixels> decodeOn(WorkerClient& client, const OpenImage& image, ImageSize fitBox, FitMode mode) const;
    Result<Pixels> regionOn(WorkerClient& client, const OpenImage& image, PixelBox box, ImageSize fitBox) const;
    Result<RenderReport> renderOn(WorkerClient& client, const OpenImage& image, const Recipe& recipe, int output) const;
    Result<UprightReport> uprightOn(WorkerClient& client, const OpenImage& image, bool keepsMetadata, int output) const;
    Result<void> compareOn(WorkerClient& client, const OpenImage& original, const OpenImage& cut, PixelBox box) const;
    Result<LocateReport> locateOn(WorkerClient& client, const OpenImage& original, const OpenImage& finished) const;
    Result<SurveyResult> surveyOn(WorkerClient& client, const OpenImage& image, const SurveyOptions& options) const;
    Result<SurveyResult> adoptOn(WorkerClient& client, const OpenImage& image, const UniqueFd& png,
                                 const std::string& uri, ThumbnailClass size) const;
    Result<std::vector<Result<Pixels>>>
    thumbnailsOn(WorkerClient& client, const std::vector<CachedThumbnail>& thumbnails, ThumbnailClass size) const;
    Result<ImageSize> memorySizeFor(WorkerClient& client, const OpenImage& image, ImageSize fitBox) const;

    Options m_options;
    std::unique_ptr<WorkerPool> m_pool;
};

} // namespace ps
