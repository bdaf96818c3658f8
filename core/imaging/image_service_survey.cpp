// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The requests of ImageService about thumbnails.
#include "core/imaging/image_service.h"
#include "core/imaging/image_service_jobs.h"
#include "core/imaging/survey_protocol.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::int64_t kMaxSharedPngBytes = std::int64_t{16} << 20;
constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

std::int64_t pixelBytes(ImageSize size)
{
    return rowBytes(size.width) * size.height;
}

/// The answer about one thumbnail, checked against what was asked.
Result<SurveyResult> acceptSurvey(const std::string& body, const OpenImage& image, ThumbnailClass size, UniqueFd memory)
{
    PS_TRY_VOID(image.checkUnchanged());
    PS_TRY(SurveyAnswer answer, decodeSurveyAnswer(body));
    const ImageSize box = fittedSize(answer.info.size, boxOf(size));
    if (answer.layout.size.width > box.width || answer.layout.size.height > box.height)
        return Error{ErrorCode::Corrupt, "the worker's picture is not acceptable: it is too large", {}, 0};
    answer.info.identity = image.identity;
    SurveyResult result;
    PS_TRY(result.pixels, Pixels::fromMemory(std::move(memory), answer.layout, std::move(answer.info)));
    result.measures = std::move(answer.measures);
    result.thumbnail = std::move(answer.thumbnail);
    return result;
}

/// All thumbnails one behind the other in memory that nobody can change.
Result<UniqueFd> packed(const std::vector<EncodedThumbnail>& thumbnails)
{
    UniqueFd memory(::memfd_create("proofsheet-thumbnails", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!memory.isOpen())
        return errnoError("cannot make shared memory", {}, errno);
    for (const EncodedThumbnail& thumbnail : thumbnails)
        PS_TRY_VOID(writeAll(memory.get(), thumbnail.bytes));
    if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
        return errnoError("cannot seal shared memory", {}, errno);
    return memory;
}

/// Each picture gets as much as one of its size can need.
DecodeThumbnailsRequest slotsFor(const std::vector<EncodedThumbnail>& thumbnails, ThumbnailClass size)
{
    DecodeThumbnailsRequest request;
    request.thumbnail = size;
    std::int64_t sourceOffset = 0;
    for (const EncodedThumbnail& thumbnail : thumbnails) {
        ThumbnailSlot slot;
        slot.sourceOffset = sourceOffset;
        slot.sourceBytes = static_cast<std::int64_t>(thumbnail.bytes.size());
        slot.targetOffset = request.memoryBytes;
        slot.targetBytes = pixelBytes(fittedSize(thumbnail.info.size, boxOf(size)));
        sourceOffset += slot.sourceBytes;
        request.memoryBytes += slot.targetBytes;
        request.slots.push_back(slot);
    }
    return request;
}

/// The pictures of those slots that have one, in their places among the errors.
Result<std::vector<Result<Pixels>>> acceptThumbnails(std::vector<Result<PixelLayout>> layouts,
                                                     const DecodeThumbnailsRequest& request,
                                                     const std::vector<EncodedThumbnail>& thumbnails, UniqueFd memory)
{
    if (layouts.size() != thumbnails.size())
        return Error{ErrorCode::Corrupt, "the worker answered for another number of thumbnails", {}, 0};
    std::vector<Pixels::Placed> placed;
    for (std::size_t i = 0; i < layouts.size(); ++i) {
        if (!layouts[i])
            continue;
        const ThumbnailSlot& slot = request.slots[i];
        if (std::int64_t{layouts[i]->strideBytes} * layouts[i]->size.height > slot.targetBytes)
            return Error{ErrorCode::Corrupt, "the worker's picture is not acceptable: it is too large", {}, 0};
        placed.push_back({*layouts[i], slot.targetOffset, thumbnails[i].info});
    }
    PS_TRY(std::vector<Pixels> pictures, Pixels::manyFromMemory(std::move(memory), std::move(placed)));
    std::vector<Result<Pixels>> result;
    auto next = pictures.begin();
    for (Result<PixelLayout>& layout : layouts) {
        if (layout)
            result.emplace_back(std::move(*next++));
        else
            result.emplace_back(std::move(layout).error());
    }
    return result;
}

} // namespace

JobId ImageService::requestSurvey(ImageSource source, SurveyOptions options, Priority priority,
                                  Callback<SurveyResult> done)
{
    return submit<SurveyResult>(
        priority,
        [this, source = std::move(source), options](WorkerClient& client) -> Result<SurveyResult> {
            PS_TRY(const OpenImage image, source.open(m_options.limits.maxFileBytes));
            return named(surveyOn(client, image, options), image.name);
        },
        std::move(done));
}

Result<SurveyResult> ImageService::survey(ImageSource source, SurveyOptions options)
{
    return waitFor<SurveyResult>([&](Callback<SurveyResult> done) {
        requestSurvey(std::move(source), options, Priority::Visible, std::move(done));
    });
}

JobId ImageService::requestAdoption(ImageSource source, UniqueFd sharedPng, std::string uri, ThumbnailClass size,
                                    Priority priority, Callback<SurveyResult> done)
{
    auto png = std::make_shared<const UniqueFd>(std::move(sharedPng));
    return submit<SurveyResult>(
        priority,
        [this, source = std::move(source), png, uri = std::move(uri),
         size](WorkerClient& client) -> Result<SurveyResult> {
            PS_TRY(const OpenImage image, source.open(m_options.limits.maxFileBytes));
            return named(adoptOn(client, image, *png, uri, size), image.name);
        },
        std::move(done));
}

JobId ImageService::requestThumbnails(std::vector<EncodedThumbnail> thumbnails, ThumbnailClass size, Priority priority,
                                      Callback<std::vector<Result<Pixels>>> done)
{
    return submit<std::vector<Result<Pixels>>>(
        priority,
        [this, thumbnails = std::move(thumbnails), size](WorkerClient& client) {
            return thumbnailsOn(client, thumbnails, size);
        },
        std::move(done));
}

Result<SurveyResult> ImageService::surveyOn(WorkerClient& client, const OpenImage& image,
                                            const SurveyOptions& options) const
{
    const SurveyRequest message{m_options.limits, image.identity.sizeBytes, options.thumbnail, options.wantsHash};
    PS_TRY(UniqueFd memory, makePixelMemory(pixelBytes(boxOf(options.thumbnail))));
    WorkerRequest request = makeRequest(image, SurveyOperation::Survey, encode(message),
                                        m_options.interactiveTimeLimit);
    request.descriptors.push_back(memory.get());
    PS_TRY(const std::string body, client.call(request));
    return acceptSurvey(body, image, options.thumbnail, std::move(memory));
}

Result<SurveyResult> ImageService::adoptOn(WorkerClient& client, const OpenImage& image, const UniqueFd& png,
                                           const std::string& uri, ThumbnailClass size) const
{
    PS_TRY(const FileIdentity shared, identify(png.get()));
    if (shared.sizeBytes > kMaxSharedPngBytes)
        return Error{ErrorCode::TooLarge, "the desktop's thumbnail is not a thumbnail", {}, 0};
    AdoptThumbnailRequest message;
    message.limits = m_options.limits;
    message.fileBytes = image.identity.sizeBytes;
    message.thumbnailFileBytes = shared.sizeBytes;
    message.thumbnail = size;
    message.uri = uri;
    message.modifiedSeconds = image.identity.modifiedNs / kNanosecondsPerSecond;
    PS_TRY(UniqueFd memory, makePixelMemory(pixelBytes(boxOf(size))));
    WorkerRequest request = makeRequest(image, SurveyOperation::AdoptThumbnail, encode(message),
                                        m_options.interactiveTimeLimit);
    request.descriptors.push_back(png.get());
    request.descriptors.push_back(memory.get());
    PS_TRY(const std::string body, client.call(request));
    return acceptSurvey(body, image, size, std::move(memory));
}

Result<std::vector<Result<Pixels>>> ImageService::thumbnailsOn(WorkerClient& client,
                                                               const std::vector<EncodedThumbnail>& thumbnails,
                                                               ThumbnailClass size) const
{
    if (thumbnails.empty() || thumbnails.size() > kMaxThumbnailBatch)
        return Error{ErrorCode::InvalidInput, "1 to 16 thumbnails can be decoded at once", {}, 0};
    const DecodeThumbnailsRequest message = slotsFor(thumbnails, size);
    PS_TRY(const UniqueFd source, packed(thumbnails));
    PS_TRY(UniqueFd memory, makePixelMemory(message.memoryBytes));
    WorkerRequest request; // without an item: whoever asked throws the thumbnails away when they kill workers
    request.operation = static_cast<std::uint16_t>(SurveyOperation::DecodeThumbnails);
    request.body = encode(message);
    request.descriptors = {source.get(), memory.get()};
    request.timeLimit = m_options.interactiveTimeLimit;
    PS_TRY(const std::string body, client.call(request));
    PS_TRY(DecodeThumbnailsAnswer answer, decodeDecodeThumbnailsAnswer(body));
    return acceptThumbnails(std::move(answer.layouts), message, thumbnails, std::move(memory));
}

} // namespace ps
