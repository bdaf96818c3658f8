// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_service.h"

#include "core/imaging/image_protocol.h"
#include "core/imaging/image_service_jobs.h"
#include "core/worker/sandbox.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace ps {

namespace {

/// Boxes up to this area get memory without asking for the size of the image first: pages that are not drawn cost
/// nothing.
constexpr std::int64_t kMaxBlindPixels = 16'000'000;

/// A worker of the biggest image that is allowed holds it drawn at full size, and as much again. Reductions and regions
/// need little more than their own size.
std::uint64_t workerMemoryBytes(const ImageLimits& limits)
{
    return std::max<std::uint64_t>(SandboxOptions{}.memoryBytes, 8 * static_cast<std::uint64_t>(limits.maxPixels));
}

WorkerPool::Options poolOptions(const ImageService::Options& options)
{
    WorkerPool::Options pool;
    pool.program.path = options.workerPath;
    pool.program.environment = options.workerEnvironment;
    pool.program.environment.push_back(std::string(kWorkerMemoryVariable) + '=' +
                                       std::to_string(workerMemoryBytes(options.limits)));
    pool.workerCount = options.workerCount;
    if (pool.workerCount == 0)
        pool.workerCount = std::max(2U, std::max(1U, std::thread::hardware_concurrency()) - 1);
    pool.startsEagerly = options.startsEagerly;
    return pool;
}

Error otherSize()
{
    return {ErrorCode::Corrupt, "the worker's picture is not acceptable: it is not of the size asked for", {}, 0};
}

} // namespace

Result<std::unique_ptr<ImageService>> ImageService::start(Options options)
{
    if (::access(options.workerPath.c_str(), X_OK) != 0)
        return Error{ErrorCode::NotFound, "the worker program cannot be run", options.workerPath, errno};
    try {
        return std::unique_ptr<ImageService>(new ImageService(std::move(options)));
    } catch (const std::system_error& error) { // the system has no threads left
        return Error{ErrorCode::Io, std::string("cannot start threads: ") + error.what(), {}, error.code().value()};
    }
}

ImageService::ImageService(Options options)
    : m_options(std::move(options)), m_pool(std::make_unique<WorkerPool>(poolOptions(m_options)))
{
}

ImageService::~ImageService() = default;

// ---- the requests --------------------------------------------------------------------------------------------------

JobId ImageService::requestProbe(ImageSource source, Priority priority, Callback<ImageInfo> done)
{
    return submit<ImageInfo>(
        priority,
        [this, source = std::move(source)](WorkerClient& client) -> Result<ImageInfo> {
            PS_TRY(const OpenImage image, source.open(m_options.limits.maxFileBytes));
            return named(probeOn(client, image), image.name);
        },
        std::move(done));
}

JobId ImageService::requestDecode(ImageSource source, ImageSize fitBox, Priority priority, Callback<Pixels> done,
                                  FitMode mode)
{
    return submit<Pixels>(
        priority,
        [this, source = std::move(source), fitBox, mode](WorkerClient& client) -> Result<Pixels> {
            PS_TRY(const OpenImage image, source.open(m_options.limits.maxFileBytes));
            return named(decodeOn(client, image, fitBox, mode), image.name);
        },
        std::move(done));
}

JobId ImageService::requestRegion(ImageSource source, PixelBox box, ImageSize fitBox, Priority priority,
                                  Callback<Pixels> done)
{
    return submit<Pixels>(
        priority,
        [this, source = std::move(source), box, fitBox](WorkerClient& client) -> Result<Pixels> {
            PS_TRY(const OpenImage image, source.open(m_options.limits.maxFileBytes));
            return named(regionOn(client, image, box, fitBox), image.name);
        },
        std::move(done));
}

JobId ImageService::requestRender(ImageSource source, Recipe recipe, UniqueFd output, Priority priority,
                                  Callback<RenderReport> done)
{
    auto sharedOutput = std::make_shared<const UniqueFd>(std::move(output));
    return submit<RenderReport>(
        priority,
        [this, source = std::move(source), recipe = std::move(recipe),
         sharedOutput](WorkerClient& client) -> Result<RenderReport> {
            PS_TRY_VOID(validate(recipe));
            PS_TRY(const OpenImage image, source.open(m_options.limits.maxFileBytes));
            return named(renderOn(client, image, recipe, sharedOutput->get()), image.name);
        },
        std::move(done));
}

JobId ImageService::requestUprightCopy(ImageSource source, bool keepsMetadata, UniqueFd output, Priority priority,
                                       Callback<UprightReport> done)
{
    auto sharedOutput = std::make_shared<const UniqueFd>(std::move(output));
    return submit<UprightReport>(
        priority,
        [this, source = std::move(source), keepsMetadata, sharedOutput](WorkerClient& client) -> Result<UprightReport> {
            PS_TRY(const OpenImage image, source.open(m_options.limits.maxFileBytes));
            return named(uprightOn(client, image, keepsMetadata, sharedOutput->get()), image.name);
        },
        std::move(done));
}

JobId ImageService::requestCompareCut(ImageSource original, PixelBox box, ImageSource cut, Priority priority,
                                      Callback<void> done)
{
    return submit<void>(
        priority,
        [this, original = std::move(original), box, cut = std::move(cut)](WorkerClient& client) -> Result<void> {
            PS_TRY(const OpenImage originalImage, original.open(m_options.limits.maxFileBytes));
            PS_TRY(const OpenImage cutImage, cut.open(m_options.limits.maxFileBytes));
            return named(compareOn(client, originalImage, cutImage, box), originalImage.name);
        },
        std::move(done));
}

JobId ImageService::requestLocate(ImageSource original, ImageSource finished, Priority priority,
                                  Callback<LocateReport> done)
{
    return submit<LocateReport>(
        priority,
        [this, original = std::move(original),
         finished = std::move(finished)](WorkerClient& client) -> Result<LocateReport> {
            PS_TRY(const OpenImage originalImage, original.open(m_options.limits.maxFileBytes));
            PS_TRY(const OpenImage finishedImage, finished.open(m_options.limits.maxFileBytes));
            return named(locateOn(client, originalImage, finishedImage), finishedImage.name);
        },
        std::move(done));
}

Result<ImageInfo> ImageService::probe(ImageSource source)
{
    return waitFor<ImageInfo>(
        [&](Callback<ImageInfo> done) { requestProbe(std::move(source), Priority::Visible, std::move(done)); });
}

Result<Pixels> ImageService::decode(ImageSource source, ImageSize fitBox, FitMode mode)
{
    return waitFor<Pixels>([&](Callback<Pixels> done) {
        requestDecode(std::move(source), fitBox, Priority::Visible, std::move(done), mode);
    });
}

Result<Pixels> ImageService::region(ImageSource source, PixelBox box, ImageSize fitBox)
{
    return waitFor<Pixels>([&](Callback<Pixels> done) {
        requestRegion(std::move(source), box, fitBox, Priority::Visible, std::move(done));
    });
}

Result<RenderReport> ImageService::render(ImageSource source, Recipe recipe, UniqueFd output)
{
    return waitFor<RenderReport>([&](Callback<RenderReport> done) {
        requestRender(std::move(source), std::move(recipe), std::move(output), Priority::Visible, std::move(done));
    });
}

Result<UprightReport> ImageService::uprightCopy(ImageSource source, bool keepsMetadata, UniqueFd output)
{
    return waitFor<UprightReport>([&](Callback<UprightReport> done) {
        requestUprightCopy(std::move(source), keepsMetadata, std::move(output), Priority::Visible, std::move(done));
    });
}

Result<void> ImageService::compareCut(ImageSource original, PixelBox box, ImageSource cut)
{
    return waitFor<void>([&](Callback<void> done) {
        requestCompareCut(std::move(original), box, std::move(cut), Priority::Visible, std::move(done));
    });
}

Result<LocateReport> ImageService::locate(ImageSource original, ImageSource finished)
{
    return waitFor<LocateReport>([&](Callback<LocateReport> done) {
        requestLocate(std::move(original), std::move(finished), Priority::Background, std::move(done));
    });
}

// ---- what happens on the pool thread -------------------------------------------------------------------------------

Result<ImageInfo> ImageService::probeOn(WorkerClient& client, const OpenImage& image) const
{
    const ProbeRequest request{m_options.limits, image.identity.sizeBytes};
    PS_TRY(const std::string body,
           client.call(makeRequest(image, ImageOperation::Probe, encode(request), m_options.interactiveTimeLimit)));
    PS_TRY_VOID(image.checkUnchanged());
    PS_TRY(ImageInfo info, decodeImageInfo(body));
    info.identity = image.identity;
    return info;
}

/// The largest size that the decoded picture can have.
Result<ImageSize> ImageService::memorySizeFor(WorkerClient& client, const OpenImage& image, ImageSize fitBox) const
{
    if (!fitBox.isEmpty() && std::int64_t{fitBox.width} * fitBox.height <= kMaxBlindPixels)
        return fitBox;
    PS_TRY(const ImageInfo info, probeOn(client, image));
    return fittedSize(info.size, fitBox);
}

Result<Pixels> ImageService::decodeOn(WorkerClient& client, const OpenImage& image, ImageSize fitBox,
                                      FitMode mode) const
{
    PS_TRY(const ImageSize fitted, memorySizeFor(client, image, fitBox));
    const ImageSize largest = mode == FitMode::Class ? largestOfClass(fitted) : fitted;
    DecodeRequest message{m_options.limits, image.identity.sizeBytes, fitBox, mode,
                          rowBytes(largest.width) * largest.height};
    PS_TRY(UniqueFd memory, makePixelMemory(message.memoryBytes));

    WorkerRequest request = makeRequest(image, ImageOperation::Decode, encode(message), m_options.interactiveTimeLimit);
    request.descriptors.push_back(memory.get());
    PS_TRY(const std::string body, client.call(request));
    PS_TRY_VOID(image.checkUnchanged());
    PS_TRY(DecodeAnswer answer, decodeDecodeAnswer(body));
    const bool isSizeAskedFor = mode == FitMode::Class ? isOfClass(answer.layout.size, answer.info.size, fitBox)
                                                       : answer.layout.size == fittedSize(answer.info.size, fitBox);
    if (!isSizeAskedFor)
        return otherSize();
    answer.info.identity = image.identity;
    return Pixels::fromMemory(std::move(memory), answer.layout, std::move(answer.info));
}

Result<Pixels> ImageService::regionOn(WorkerClient& client, const OpenImage& image, PixelBox box,
                                      ImageSize fitBox) const
{
    const bool isBox = 0 <= box.x1 && box.x1 < box.x2 && 0 <= box.y1 && box.y1 < box.y2;
    if (!isBox)
        return Error{ErrorCode::InvalidInput, "the box is empty or lies outside the image", {}, 0};
    const ImageSize size = fittedSize({box.width(), box.height()}, fitBox);
    if (std::int64_t{size.width} * size.height > m_options.limits.maxPixels)
        return Error{ErrorCode::TooLarge,
                     "the box exceeds the limit of " + std::to_string(m_options.limits.maxPixels) + " pixels",
                     {},
                     0};
    const RegionRequest message{m_options.limits, image.identity.sizeBytes, box, fitBox,
                                rowBytes(size.width) * size.height};
    PS_TRY(UniqueFd memory, makePixelMemory(message.memoryBytes));
    WorkerRequest request = makeRequest(image, ImageOperation::Region, encode(message), m_options.interactiveTimeLimit);
    request.descriptors.push_back(memory.get());
    PS_TRY(const std::string body, client.call(request));
    PS_TRY_VOID(image.checkUnchanged());
    PS_TRY(DecodeAnswer answer, decodeDecodeAnswer(body));
    if (answer.layout.size != size || !box.isWithin(answer.info.size))
        return otherSize();
    answer.info.identity = image.identity;
    return Pixels::fromMemory(std::move(memory), answer.layout, std::move(answer.info));
}

Result<RenderReport> ImageService::renderOn(WorkerClient& client, const OpenImage& image, const Recipe& recipe,
                                            int output) const
{
    const RenderRequest message{m_options.limits, image.identity.sizeBytes, recipe};
    WorkerRequest request = makeRequest(image, ImageOperation::Render, encode(message), m_options.renderTimeLimit);
    request.descriptors.push_back(output);
    PS_TRY(const std::string body, client.call(request));
    PS_TRY_VOID(image.checkUnchanged());
    return decodeRenderReport(body);
}

Result<UprightReport> ImageService::uprightOn(WorkerClient& client, const OpenImage& image, bool keepsMetadata,
                                              int output) const
{
    const UprightRequest message{m_options.limits, image.identity.sizeBytes, keepsMetadata};
    WorkerRequest request = makeRequest(image, ImageOperation::Upright, encode(message), m_options.renderTimeLimit);
    request.descriptors.push_back(output);
    PS_TRY(const std::string body, client.call(request));
    PS_TRY_VOID(image.checkUnchanged());
    PS_TRY(const UprightReport report, decodeUprightReport(body));
    // The worker's word is not enough for the size of a file.
    PS_TRY(const FileIdentity written, identify(report.isUnchanged ? image.file->get() : output));
    if (written.sizeBytes != report.fileBytes)
        return Error{ErrorCode::Corrupt, "the worker's file is not of the size that it reported", {}, 0};
    return report;
}

Result<void> ImageService::compareOn(WorkerClient& client, const OpenImage& original, const OpenImage& cut,
                                     PixelBox box) const
{
    const CompareRequest message{m_options.limits, original.identity.sizeBytes, cut.identity.sizeBytes, box};
    WorkerRequest request = makeRequest(original, ImageOperation::Compare, encode(message), m_options.renderTimeLimit);
    request.descriptors.push_back(cut.file->get());
    PS_TRY(const std::string body, client.call(request));
    PS_TRY_VOID(original.checkUnchanged());
    PS_TRY_VOID(cut.checkUnchanged());
    if (!body.empty())
        return Error{ErrorCode::Corrupt, "the worker's answer to a comparison is not empty", {}, 0};
    return {};
}

Result<LocateReport> ImageService::locateOn(WorkerClient& client, const OpenImage& original,
                                            const OpenImage& finished) const
{
    const LocateRequest message{m_options.limits, original.identity.sizeBytes, finished.identity.sizeBytes};
    WorkerRequest request = makeRequest(original, ImageOperation::Locate, encode(message), m_options.renderTimeLimit);
    request.descriptors.push_back(finished.file->get());
    PS_TRY(const std::string body, client.call(request));
    PS_TRY_VOID(original.checkUnchanged());
    PS_TRY_VOID(finished.checkUnchanged());
    return decodeLocateReport(body);
}

bool ImageService::cancel(JobId id)
{
    return m_pool->cancel(id);
}

std::size_t ImageService::cancelAll(Priority priority)
{
    return m_pool->cancelAll(priority);
}

bool ImageService::setPriority(JobId id, Priority priority)
{
    return m_pool->setPriority(id, priority);
}

std::size_t ImageService::workerCount() const
{
    return m_pool->workerCount();
}

PoolHealth ImageService::health() const
{
    return m_pool->health();
}

void ImageService::clearQuarantine()
{
    m_pool->clearQuarantine();
}

} // namespace ps
