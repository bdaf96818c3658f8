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

/// A batch of thumbnails while a worker decodes it.
class Batch
{
public:
    Batch(const std::vector<CachedThumbnail>& thumbnails, ThumbnailClass size) : m_thumbnails(thumbnails)
    {
        m_request.thumbnail = size;
    }

    /// Leaves out the thumbnails of images that have changed or gone. Blocks on the disk.
    void select()
    {
        for (const CachedThumbnail& cached : m_thumbnails) {
            const auto now = cached.original.identify();
            if (!now)
                m_results.emplace_back(now.error());
            else if (*now != cached.thumbnail.info.identity)
                m_results.emplace_back(Error{ErrorCode::Conflict, "the file has changed since", {}, 0});
            else
                m_results.emplace_back(Pixels());
            if (m_results.back())
                addSlot(m_results.size() - 1);
        }
    }

    bool isEmpty() const { return m_chosen.empty(); }
    const DecodeThumbnailsRequest& request() const { return m_request; }

    /// The chosen thumbnails one behind the other, in memory that nobody can change.
    Result<UniqueFd> pack() const
    {
        UniqueFd memory(::memfd_create("proofsheet-thumbnails", MFD_CLOEXEC | MFD_ALLOW_SEALING));
        if (!memory.isOpen())
            return errnoError("cannot make shared memory", {}, errno);
        for (const std::size_t index : m_chosen)
            PS_TRY_VOID(writeAll(memory.get(), m_thumbnails[index].thumbnail.bytes));
        if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
            return errnoError("cannot seal shared memory", {}, errno);
        return memory;
    }

    /// Puts what the worker drew in the places of the chosen.
    Result<void> accept(std::vector<Result<PixelLayout>> layouts, UniqueFd memory)
    {
        if (layouts.size() != m_chosen.size())
            return Error{ErrorCode::Corrupt, "the worker answered for another number of thumbnails", {}, 0};
        std::vector<Pixels::Placed> placed;
        for (std::size_t i = 0; i < layouts.size(); ++i) {
            if (!layouts[i])
                continue;
            const ThumbnailSlot& slot = m_request.slots[i];
            if (std::int64_t{layouts[i]->strideBytes} * layouts[i]->size.height > slot.targetBytes)
                return Error{ErrorCode::Corrupt, "the worker's picture is not acceptable: it is too large", {}, 0};
            placed.push_back({*layouts[i], slot.targetOffset, m_thumbnails[m_chosen[i]].thumbnail.info});
        }
        PS_TRY(std::vector<Pixels> pictures, Pixels::manyFromMemory(std::move(memory), std::move(placed)));
        auto next = pictures.begin();
        for (std::size_t i = 0; i < layouts.size(); ++i)
            m_results[m_chosen[i]] = layouts[i] ? Result<Pixels>(std::move(*next++))
                                                : Result<Pixels>(std::move(layouts[i]).error());
        return {};
    }

    std::vector<Result<Pixels>> takeResults() { return std::move(m_results); }

private:
    /// Each picture gets as much as one of its size can need.
    void addSlot(std::size_t index)
    {
        const EncodedThumbnail& thumbnail = m_thumbnails[index].thumbnail;
        ThumbnailSlot slot;
        slot.sourceOffset = m_sourceBytes;
        slot.sourceBytes = static_cast<std::int64_t>(thumbnail.bytes.size());
        slot.targetOffset = m_request.memoryBytes;
        slot.targetBytes = pixelBytes(fittedSize(thumbnail.info.size, boxOf(m_request.thumbnail)));
        m_sourceBytes += slot.sourceBytes;
        m_request.memoryBytes += slot.targetBytes;
        m_request.slots.push_back(slot);
        m_chosen.push_back(index);
    }

    const std::vector<CachedThumbnail>& m_thumbnails;
    DecodeThumbnailsRequest m_request;
    std::int64_t m_sourceBytes = 0;
    std::vector<std::size_t> m_chosen; ///< which thumbnail each slot is for
    std::vector<Result<Pixels>> m_results;
};

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

JobId ImageService::requestThumbnails(std::vector<CachedThumbnail> thumbnails, ThumbnailClass size, Priority priority,
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
                                                               const std::vector<CachedThumbnail>& thumbnails,
                                                               ThumbnailClass size) const
{
    if (thumbnails.empty() || thumbnails.size() > kMaxThumbnailBatch)
        return Error{ErrorCode::InvalidInput, "1 to 16 thumbnails can be decoded at once", {}, 0};
    Batch batch(thumbnails, size);
    batch.select();
    if (batch.isEmpty())
        return batch.takeResults();
    PS_TRY(const UniqueFd source, batch.pack());
    PS_TRY(UniqueFd memory, makePixelMemory(batch.request().memoryBytes));
    WorkerRequest request; // without an item: whoever asked throws the thumbnails away when they kill workers
    request.operation = static_cast<std::uint16_t>(SurveyOperation::DecodeThumbnails);
    request.body = encode(batch.request());
    request.descriptors = {source.get(), memory.get()};
    request.timeLimit = m_options.interactiveTimeLimit;
    PS_TRY(const std::string body, client.call(request));
    PS_TRY(DecodeThumbnailsAnswer answer, decodeDecodeThumbnailsAnswer(body));
    PS_TRY_VOID(batch.accept(std::move(answer.layouts), std::move(memory)));
    return batch.takeResults();
}

} // namespace ps
