// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/describe.h"
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/codecs/survey.h"
#include "core/imaging/codecs/view.h"
#include "core/imaging/thumbnail_service.h"
#include "tests/bench/observation.h"
#include "tests/bench/series.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <opencv2/core.hpp>

#include <atomic>
#include <cmath>
#include <sys/mman.h>
#include <sys/resource.h>

namespace ps::bench {

namespace {

constexpr ImageSize kCamera{4000, 3000};
constexpr int kDecodes = 9;
constexpr int kFiles = 500;
constexpr int kRounds = 8;
constexpr std::int64_t kEntriesPerGroup = 5; ///< 100,000 in the cache that is opened

/// A picture with soft shapes and the noise of a sensor, compressed as cameras do: about 3 MB.
Result<std::string> cameraJpeg(ColourConverter& converter)
{
    Raster raster = makeRaster(kCamera, ColourModel::Bgr, false);
    cv::RNG random(3);
    for (int y = 0; y < kCamera.height; ++y) {
        std::uint8_t* pixel = raster.pixels.ptr(y);
        for (int x = 0; x < kCamera.width; ++x) {
            const double shape = std::sin(x / 90.0) * std::cos(y / 70.0) + std::sin((x + 2 * y) / 400.0);
            const int noise = random.uniform(-6, 7);
            for (int c = 0; c < 3; ++c)
                *pixel++ = static_cast<std::uint8_t>(
                    std::clamp(120 + static_cast<int>(50 * shape) + 8 * c + noise, 0, 255));
        }
    }
    Encoding encoding;
    encoding.format = ImageFormat::Jpeg;
    encoding.quality = 88;
    encoding.halvesChroma = true;
    return encodeRaster(std::move(raster), encoding, converter);
}

Result<UniqueFd> inMemory(const std::string& bytes)
{
    UniqueFd file(::memfd_create("proofsheet-bench", MFD_CLOEXEC));
    if (!file.isOpen())
        return errnoError("cannot make a file in memory", {}, errno);
    PS_TRY_VOID(writeAll(file.get(), bytes));
    return file;
}

/// The decode that a thumbnail needs and nothing else.
Result<void> decodeOnly(const UniqueFd& jpeg, std::size_t byteCount, ThumbnailClass size, ColourConverter& converter)
{
    FileReader file(jpeg.get(), static_cast<std::int64_t>(byteCount));
    PS_TRY(const ImageHeader header, readHeader(file, {}));
    cv::Mat canvas;
    PS_TRY(const PixelLayout layout, drawView(
                                         file, header, boxOf(size), converter,
                                         [&](ImageSize drawn) -> Result<std::span<std::uint8_t>> {
                                             canvas.create(drawn.height, drawn.width, CV_8UC4);
                                             return std::span(canvas.data, canvas.total() * canvas.elemSize());
                                         },
                                         FitMode::Class));
    return layout.size.isEmpty() ? Error{ErrorCode::Internal, "no picture", {}, 0} : Result<void>();
}

/// Thumbnail with perceptual hash and measures; the encoding for the cache by itself.
Result<EncodedThumbnail> measureSurvey(Observation& seen, ColourConverter& converter)
{
    PS_TRY(const std::string jpeg, cameraJpeg(converter));
    PS_TRY(const UniqueFd memory, inMemory(jpeg));
    Series surveys;
    Series encodings;
    Series decodes;
    EncodedThumbnail thumbnail;
    for (int i = 0; i < kDecodes; ++i) {
        const Stopwatch decoding;
        PS_TRY_VOID(decodeOnly(memory, jpeg.size(), ThumbnailClass::Large, converter));
        decodes.add(decoding.cpuMs());
        const Stopwatch surveying;
        FileReader file(memory.get(), static_cast<std::int64_t>(jpeg.size()));
        PS_TRY(const ImageHeader header, readHeader(file, {}));
        PS_TRY(SurveyedPicture surveyed, surveyPicture(file, header, ThumbnailClass::Large, converter));
        surveys.add(surveying.cpuMs());
        const Stopwatch encoding;
        PS_TRY(thumbnail.bytes, encodeThumbnail(std::move(surveyed.thumbnail), converter));
        encodings.add(encoding.cpuMs());
        thumbnail.info = describe(header, static_cast<std::int64_t>(jpeg.size()), converter);
    }
    seen.figures.push_back({"survey", "ms", surveys.median(), {}, {"thumbnail_decode"}});
    seen.figures.push_back({"encode_thumbnail", "ms", encodings.median(), {}, {"thumbnail_decode"}});
    seen.baselines.push_back({"thumbnail_decode", "ms", decodes.median(), {}, {}});
    seen.facts.set("camera_jpeg_bytes", std::ssize(jpeg));
    seen.facts.set("thumbnail_bytes", std::ssize(thumbnail.bytes));
    return thumbnail;
}

/// Processor time of this process and of its workers, once they have ended.
double cpuOfAllMs()
{
    double sum = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage use{};
        ::getrusage(who, &use);
        for (const timeval& time : {use.ru_utime, use.ru_stime})
            sum += static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    }
    return sum;
}

/// Many thumbnails of files that exist, asked for again and again.
Result<void> measureWarm(Observation& seen, const EncodedThumbnail& thumbnail, const std::string& folder,
                         ColourConverter& converter)
{
    ImageService::Options options;
    options.workerPath = QCoreApplication::applicationDirPath().toStdString() + "/proofsheet-worker";
    options.workerCount = 2;
    PS_TRY(auto images, ImageService::start(std::move(options)));
    PS_TRY(UniqueFd opened, openFolder(folder));
    const auto handle = std::make_shared<const UniqueFd>(std::move(opened));
    ThumbnailService::Options serviceOptions;
    serviceOptions.cache.path = folder + "/warm/thumbnails.db";
    serviceOptions.usesDesktopCache = false;
    auto service = std::make_unique<ThumbnailService>(*images, std::move(serviceOptions));
    std::vector<FileIdentity> identities;
    for (int i = 0; i < kFiles; ++i) {
        const std::string name = std::to_string(i) + ".jpg";
        PS_TRY_VOID(writeFileDurably(folder + "/" + name, name, Replace::Atomic));
        PS_TRY(identities.emplace_back(), identifyBeneath(handle->get(), name));
        service->keep({{identities.back(), {}}, ThumbnailClass::Small, thumbnail});
    }
    service->waitUntilStored();
    const double cpuBefore = cpuOfAllMs();
    Series rates;
    for (int round = 0; round < kRounds; ++round) {
        std::atomic<int> answered = 0;
        std::atomic<int> failed = 0;
        const Stopwatch watch;
        for (int i = 0; i < kFiles; ++i)
            service->request({handle, std::to_string(i) + ".jpg"}, identities[static_cast<std::size_t>(i)],
                             ThumbnailClass::Small, Priority::Visible, [&](const Result<Pixels>& outcome) {
                                 failed += outcome ? 0 : 1;
                                 ++answered;
                                 answered.notify_all();
                             });
        for (int now = answered; now < kFiles; now = answered)
            answered.wait(now);
        rates.add(kFiles * 1e3 / watch.wallMs());
        if (failed > 0)
            return Error{ErrorCode::Internal, "a thumbnail could not be decoded", {}, 0};
    }
    service.reset();
    images.reset();
    const double cpuMs = (cpuOfAllMs() - cpuBefore) / (kFiles * kRounds);
    PS_TRY(const UniqueFd memory, inMemory(thumbnail.bytes));
    const Stopwatch bare;
    for (int i = 0; i < kFiles; ++i)
        PS_TRY_VOID(decodeOnly(memory, thumbnail.bytes.size(), ThumbnailClass::Small, converter));
    const double bareMs = bare.wallMs() / kFiles;
    const double bareCpuMs = bare.cpuMs() / kFiles;
    seen.figures.push_back({"warm_rate", "1/s", rates.median(), {}, {"bare_rate"}});
    seen.figures.push_back({"warm_cpu", "ms", cpuMs, {}, {"bare_cpu"}}); // with the start of the workers
    seen.baselines.push_back({"bare_rate", "1/s", 1e3 / bareMs, {}, {}});
    seen.baselines.push_back({"bare_cpu", "ms", bareCpuMs, {}, {}});
    return {};
}

Result<void> measureOpening(Observation& seen, const Settings& settings, const std::string& folder)
{
    const ThumbnailCache::Options options{folder + "/large/thumbnails.db", std::int64_t{8} << 30, {}};
    const std::int64_t count = settings.groupsOnDisk * kEntriesPerGroup;
    ImageInfo info;
    info.size = kCamera;
    {
        PS_TRY(ThumbnailCache cache, ThumbnailCache::open(options));
        std::vector<ThumbnailCache::Entry> entries;
        for (std::int64_t i = 0; i < count; ++i) {
            const auto number = static_cast<std::uint64_t>(i);
            entries.push_back({{{1, number + 1, 100, 200}, {}}, ThumbnailClass::Small, {std::string(4000, 'x'), info}});
            if (entries.size() == 1000 || i + 1 == count) {
                PS_TRY_VOID(cache.store(entries));
                entries.clear();
            }
        }
    }
    Series openings;
    for (int i = 0; i < kDecodes; ++i) {
        const Stopwatch watch;
        PS_TRY(ThumbnailCache cache, ThumbnailCache::open(options));
        if (!cache.find({{1, static_cast<std::uint64_t>(count), 100, 200}, {}}, ThumbnailClass::Small))
            return Error{ErrorCode::Internal, "a thumbnail is missing", {}, 0};
        openings.add(watch.wallMs());
    }
    seen.figures.push_back({"open_to_first_thumbnail", "ms", openings.median(), {}, {"thumbnail_decode"}});
    seen.facts.set("entries_of_the_opened_cache", count);
    return {};
}

} // namespace

Result<Observation> measureThumbnails(const Settings& settings)
{
    cv::setNumThreads(1);
    const QTemporaryDir temporary(QString::fromStdString(settings.folder) + QStringLiteral("/thumbnails-XXXXXX"));
    const std::string folder = temporary.path().toStdString();
    ColourConverter converter;
    Observation seen;
    PS_TRY(EncodedThumbnail large, measureSurvey(seen, converter));
    PS_TRY(const UniqueFd memory, inMemory(large.bytes));
    FileReader file(memory.get(), std::ssize(large.bytes));
    PS_TRY(const ImageHeader header, readHeader(file, {}));
    PS_TRY(SurveyedPicture small, surveyPicture(file, header, ThumbnailClass::Small, converter));
    PS_TRY(large.bytes, encodeThumbnail(std::move(small.thumbnail), converter));
    PS_TRY_VOID(measureWarm(seen, large, folder, converter));
    seen.memory = memoryUse();
    PS_TRY_VOID(measureOpening(seen, settings, folder));
    return seen;
}

} // namespace ps::bench
