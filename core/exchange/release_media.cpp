// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_media.h"

#include "core/imaging/image_service.h"

#include <fcntl.h>
#include <future>

namespace ps {

namespace {

/// Sends a request and waits for its answer; a stop cancels the request.
template <typename T, typename Request>
Result<T> askWorker(ImageService& images, const std::stop_token& stop, Request&& request)
{
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, "stopped while images were exported", {}, 0};
    auto promise = std::make_shared<std::promise<Result<T>>>();
    auto answer = promise->get_future();
    const JobId id = request([promise](Result<T> outcome) { promise->set_value(std::move(outcome)); });
    const std::stop_callback onStop(stop, [&images, id] { images.cancel(id); });
    return answer.get();
}

Result<UniqueFd> duplicate(const UniqueFd& file)
{
    UniqueFd copy(::fcntl(file.get(), F_DUPFD_CLOEXEC, 3));
    if (!copy.isOpen())
        return errnoError("cannot use the file twice", {}, errno);
    return copy;
}

Result<ImageSource> sourceOf(const UniqueFd& file)
{
    PS_TRY(UniqueFd copy, duplicate(file));
    return ImageSource(std::move(copy));
}

Result<void> checkIsSame(const ReleaseImage& image, const UniqueFd& original, const char* whenNot)
{
    PS_TRY(const FileIdentity found, identify(original.get()));
    if (!isUnchanged(image.identity, found))
        return Error{ErrorCode::Conflict, whenNot, image.sourceName, 0};
    return {};
}

/// The original, open and in the state that was decided on.
Result<UniqueFd> openOriginal(const ReleaseImage& image)
{
    if (!image.place)
        return Error{ErrorCode::NotFound, "the image file is gone", image.sourceName, 0};
    PS_TRY(UniqueFd file, openFileBeneath(image.place->rootFd(), image.place->path));
    PS_TRY_VOID(checkIsSame(image, file, "the image has changed since it was looked at"));
    return file;
}

/// The box that is cut out; nothing when the whole image goes out.
std::optional<PixelBox> boxToCut(const ReleaseImage& image, CropMode crops)
{
    if (crops != CropMode::Applied || !image.crop || coversEveryPixel(*image.crop, image.size))
        return std::nullopt;
    return toPixels(*image.crop, image.size);
}

Result<ReleaseMedia::Prepared> cut(ImageService& images, const UniqueFd& original, PixelBox box, UniqueFd scratch,
                                   const std::stop_token& stop)
{
    PS_TRY(ImageSource source, sourceOf(original));
    PS_TRY(const ImageInfo info, askWorker<ImageInfo>(images, stop, [&](ImageService::Callback<ImageInfo> done) {
               return images.requestProbe(source, Priority::Background, std::move(done));
           }));
    if (!isWritable(info.format))
        return Error{ErrorCode::Unsupported,
                     std::string(formatName(info.format)) +
                         " images cannot be written, so that no crop can be cut; export the crops as boxes",
                     {},
                     0};
    PS_TRY(UniqueFd output, duplicate(scratch));
    PS_TRY(const RenderReport made,
           askWorker<RenderReport>(images, stop, [&](ImageService::Callback<RenderReport> done) {
               return images.requestRender(source, cutRecipe(info, box), std::move(output), Priority::Background,
                                           std::move(done));
           }));
    PS_TRY(ImageSource written, sourceOf(scratch));
    PS_TRY_VOID(askWorker<void>(images, stop, [&](ImageService::Callback<void> done) {
        return images.requestCompareCut(source, box, written, Priority::Background, std::move(done));
    }));
    ReleaseMedia::Prepared prepared{std::move(scratch), made.fileBytes, {}};
    prepared.report.size = made.size;
    prepared.report.isCut = true;
    prepared.report.lostMetadata = true; // a cut is a new file: nothing but pixels and their colours goes into it
    return prepared;
}

Result<ReleaseMedia::Prepared> whole(ImageService& images, UniqueFd& original, bool keepsMetadata, UniqueFd scratch,
                                     const std::stop_token& stop)
{
    PS_TRY(ImageSource source, sourceOf(original));
    PS_TRY(UniqueFd output, duplicate(scratch));
    PS_TRY(const UprightReport made,
           askWorker<UprightReport>(images, stop, [&](ImageService::Callback<UprightReport> done) {
               return images.requestUprightCopy(source, keepsMetadata, std::move(output), Priority::Background,
                                                std::move(done));
           }));
    if (made.isTurned) {
        PS_TRY(ImageSource written, sourceOf(scratch));
        const PixelBox full{0, 0, made.size.width, made.size.height};
        PS_TRY_VOID(askWorker<void>(images, stop, [&](ImageService::Callback<void> done) {
            return images.requestCompareCut(source, full, written, Priority::Background, std::move(done));
        }));
    }
    ReleaseMedia::Prepared prepared{std::move(made.isUnchanged ? original : scratch), made.fileBytes, {}};
    prepared.report = {made.size, made.isReencoded, false, made.lostMetadata};
    prepared.isOriginal = made.isUnchanged;
    return prepared;
}

} // namespace

Result<ReleaseMedia::Prepared> ReleaseMedia::prepare(const ReleaseImage& image, ReleaseSink& sink, std::stop_token stop)
{
    PS_TRY(UniqueFd original, openOriginal(image));
    PS_TRY(UniqueFd scratch, sink.scratchFile());
    const std::optional<PixelBox> box = boxToCut(image, m_crops);
    auto prepared = box ? cut(m_images, original, *box, std::move(scratch), stop)
                        : whole(m_images, original, m_keepsMetadata, std::move(scratch), stop);
    if (!prepared)
        return prepared.error().in(image.sourceName);
    if (!prepared->isOriginal)
        PS_TRY_VOID(checkIsSame(image, original, "the image changed while it was read"));
    if (prepared->report.size != sizeOf(image))
        return Error{ErrorCode::Conflict, "the image is not of the size that was decided on", image.sourceName, 0};
    return prepared;
}

Result<MediaReport> ReleaseMedia::put(const ReleaseImage& image, std::string_view path, ReleaseSink& sink,
                                      std::stop_token stop)
{
    PS_TRY(const Prepared prepared, prepare(image, sink, stop));
    PS_TRY_VOID(sink.copyFile(path, prepared.file.get(), stop));
    PS_TRY_VOID(checkCopied(image, prepared));
    return prepared.report;
}

Result<void> checkCopied(const ReleaseImage& image, const ReleaseMedia::Prepared& prepared)
{
    return prepared.isOriginal ? checkIsSame(image, prepared.file, "the image changed while it was copied")
                               : Result<void>();
}

ImageSize ReleaseMedia::sizeOf(const ReleaseImage& image) const
{
    const std::optional<PixelBox> box = boxToCut(image, m_crops);
    return box ? ImageSize{box->width(), box->height()} : image.size;
}

} // namespace ps
