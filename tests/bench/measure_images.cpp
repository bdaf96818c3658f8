// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/imaging/codecs/image_handler.h"
#include "core/imaging/codecs/view.h"
#include "core/imaging/image_service.h"
#include "tests/bench/image_peers.h"
#include "tests/bench/observation.h"
#include "tests/bench/sample_photographs.h"

#include <QCoreApplication>

#include <atomic>
#include <fcntl.h>
#include <functional>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace ps::bench {

namespace {

constexpr int kThumbnailSide = 512;

/// A file that is open, with what the peers are given of it.
struct Sample {
    UniqueFd file;
    std::int64_t byteCount = 0;
    std::string bytes;
    std::string packed;
};

Result<std::vector<Sample>> loadSamples(const std::vector<std::string>& paths)
{
    std::vector<Sample> samples;
    for (const std::string& path : paths) {
        Sample sample;
        sample.file = UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        struct stat status{};
        if (!sample.file.isOpen() || ::fstat(sample.file.get(), &status) != 0)
            return errnoError("cannot open the sample", path, errno);
        sample.byteCount = status.st_size;
        FileReader reader(sample.file.get(), sample.byteCount);
        PS_TRY(const FileBytes bytes, reader.readAll());
        sample.bytes = std::string(bytes.view());
        sample.packed = packedPixels(sample.bytes);
        samples.push_back(std::move(sample));
    }
    return samples;
}

/// The thumbnail as a worker makes it, from the open file to the last pixel.
bool thumbnail(const Sample& sample)
{
    thread_local ColourConverter converter;
    thread_local std::vector<std::uint8_t> canvas;
    FileReader file(sample.file.get(), sample.byteCount);
    const auto header = readHeader(file, {});
    const auto makeCanvas = [](ImageSize size) -> Result<std::span<std::uint8_t>> {
        canvas.resize(static_cast<std::size_t>(rowBytes(size.width) * size.height));
        return std::span(canvas);
    };
    return header && drawView(file, *header, {kThumbnailSide, kThumbnailSide}, converter, makeCanvas, FitMode::Class);
}

struct Contender {
    std::string name;
    std::function<bool(const Sample&)> run;
    double cpuMs = 0;     ///< per image, one thread
    double perSecond = 0; ///< images, two threads
};

/// The processor time of every contender, image by image in turn, so that whatever else the machine does hits all alike;
/// and the images that two threads finish in a second.
Result<void> compare(std::vector<Contender>& contenders, const std::vector<Sample>& samples, int rounds)
{
    for (int round = -1; round < rounds; ++round) { // the first, to get warm, does not count
        for (const Sample& sample : samples) {
            for (Contender& contender : contenders) {
                const Stopwatch watch;
                if (!contender.run(sample))
                    return Error{ErrorCode::Internal, contender.name + " cannot decode a sample", {}, 0};
                if (round >= 0)
                    contender.cpuMs += watch.cpuMs() / (rounds * static_cast<double>(samples.size()));
            }
        }
    }
    for (Contender& contender : contenders) {
        std::atomic<std::size_t> next{0};
        const std::size_t count = samples.size() * static_cast<std::size_t>(rounds);
        const Stopwatch watch;
        const auto work = [&] {
            for (std::size_t i = next++; i < count; i = next++)
                contender.run(samples[i % samples.size()]);
        };
        std::thread other(work);
        work();
        other.join();
        contender.perSecond = static_cast<double>(count) / watch.wallMs() * 1e3;
    }
    return {};
}

/// The first contender is ours, the others are what it is held against.
Observation observed(const std::vector<Contender>& contenders, const Vips& vips)
{
    Observation seen;
    std::vector<std::string> peers;
    std::vector<std::string> peersOfTwo;
    for (std::size_t i = 1; i < contenders.size(); ++i) {
        peers.push_back(contenders[i].name);
        peersOfTwo.push_back(contenders[i].name + "_2_threads");
        seen.baselines.push_back({peers.back(), "cpu_ms", contenders[i].cpuMs, {}, {}});
        seen.baselines.push_back({peersOfTwo.back(), "1/s", contenders[i].perSecond, {}, {}});
    }
    seen.figures.push_back({"thumbnail", "cpu_ms", contenders[0].cpuMs, {}, peers});
    seen.figures.push_back({"thumbnail_2_threads", "1/s", contenders[0].perSecond, {}, peersOfTwo});
    seen.facts = Json::object({{"libvips", vips.version()}});
    return seen;
}

/// As the worker does: memory of one ordinary picture is kept.
void keepFreedMemory()
{
    ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

Result<Observation> measureDecoder(const Settings& settings, const std::vector<std::string>& paths, Contender floor)
{
    keepFreedMemory();
    ImageHandler().warmUp();
    PS_TRY(const std::vector<Sample> samples, loadSamples(paths));
    const Vips vips;
    std::vector<Contender> contenders = {{"ours", thumbnail}, std::move(floor)};
    contenders.push_back({"qt_scaled_reader", [](const Sample& s) { return decodeByQt(s.bytes, kThumbnailSide); }});
    if (vips.isInstalled())
        contenders.push_back({"libvips", [&](const Sample& s) { return vips.thumbnail(s.bytes, kThumbnailSide); }});
    constexpr int kRounds = 5;
    PS_TRY_VOID(compare(contenders, samples, settings.photographs < 3 ? 1 : kRounds));
    Observation seen = observed(contenders, vips);
    seen.memory = memoryUse();
    return seen;
}

} // namespace

Result<Observation> measureJpegThumbnails(const Settings& settings)
{
    PS_TRY(const SamplePhotographs photographs, samplePhotographs(settings));
    return measureDecoder(settings, photographs.jpegs, {"bare_libjpeg_turbo", [](const Sample& s) {
                                                            return decodeByLibjpeg(s.bytes, kThumbnailSide);
                                                        }});
}

Result<Observation> measurePngThumbnails(const Settings& settings)
{
    PS_TRY(const SamplePhotographs photographs, samplePhotographs(settings));
    constexpr std::size_t kUnpackedBytes = (std::size_t{3072} * 3 + 1) * 3072;
    return measureDecoder(settings, photographs.pngs, {"bare_inflate", [](const Sample& s) {
                                                           return inflateByLibdeflate(s.packed, kUnpackedBytes);
                                                       }});
}

// ---- the pool ------------------------------------------------------------------------------------------------------

namespace {

/// Processor time of all children that have ended.
double childrenCpuMs()
{
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto milliseconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

/// Per image of a whole folder.
struct FolderTime {
    double wallMs = 0;
    double cpuMs = 0; ///< of this process and the workers, with their start
};

/// The folder through so many workers.
Result<FolderTime> folderThroughWorkers(const Settings& settings, const std::string& folder, std::size_t workerCount)
{
    ImageService::Options options;
    options.workerPath = QCoreApplication::applicationDirPath().toStdString() + "/proofsheet-worker";
    options.workerCount = workerCount;
    options.startsEagerly = true;
    const double childrenBefore = childrenCpuMs();
    const Stopwatch total;
    PS_TRY(auto service, ImageService::start(options));
    const auto handle = std::make_shared<const UniqueFd>(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    constexpr ImageSize kBox{kThumbnailSide, kThumbnailSide};
    for (std::size_t i = 0; i < workerCount; ++i) // until all are warm
        PS_TRY_VOID(service->decode({handle, "0.jpg"}, kBox, FitMode::Class));

    std::atomic<std::int64_t> failures{0};
    std::atomic<std::int64_t> open{settings.folderImages};
    const Stopwatch watch;
    for (std::int64_t i = 0; i < settings.folderImages; ++i) {
        service->requestDecode(
            {handle, std::to_string(i) + ".jpg"}, kBox, Priority::Visible,
            [&](Result<Pixels> pixels) {
                failures += pixels ? 0 : 1;
                --open;
                open.notify_one();
            },
            FitMode::Class);
    }
    for (std::int64_t left = open; left > 0; left = open)
        open.wait(left);
    const double wallMs = watch.wallMs();
    if (failures > 0)
        return Error{ErrorCode::Internal, "not every image was decoded", folder, 0};
    service.reset(); // the workers have ended
    const auto count = static_cast<double>(settings.folderImages);
    return FolderTime{wallMs / count, (total.cpuMs() + childrenCpuMs() - childrenBefore) / count};
}

} // namespace

Result<Observation> measureImagePool(const Settings& settings)
{
    PS_TRY(const SamplePhotographs photographs, samplePhotographs(settings));
    PS_TRY(const std::string folder, samplePhotographFolder(settings, photographs));
    keepFreedMemory();
    ImageHandler().warmUp();
    PS_TRY(const std::vector<Sample> samples, loadSamples(photographs.jpegs));
    Observation seen;
    PS_TRY(const FolderTime two, folderThroughWorkers(settings, folder, 2));
    PS_TRY(const FolderTime one, folderThroughWorkers(settings, folder, 1));
    seen.memory = memoryUse();
    const Stopwatch watch;
    for (std::int64_t i = 0; i < settings.folderImages; ++i) {
        if (!thumbnail(samples[static_cast<std::size_t>(i) % samples.size()]))
            return Error{ErrorCode::Internal, "a sample cannot be decoded", {}, 0};
    }
    const auto count = static_cast<double>(settings.folderImages);
    const FolderTime inProcess{watch.wallMs() / count, watch.cpuMs() / count};
    seen.figures.push_back({"two_workers", "1/s", 1e3 / two.wallMs, {}, {"one_worker"}});
    seen.figures.push_back({"one_worker", "ms", one.wallMs, {}, {"in_process"}});
    seen.figures.push_back({"one_worker_cpu", "cpu_ms", one.cpuMs, {}, {"in_process_cpu"}});
    seen.baselines.push_back({"one_worker", "1/s", 1e3 / one.wallMs, {}, {}});
    seen.baselines.push_back({"in_process", "ms", inProcess.wallMs, {}, {}});
    seen.baselines.push_back({"in_process_cpu", "cpu_ms", inProcess.cpuMs, {}, {}});
    seen.facts = Json::object({{"images", settings.folderImages}});
    return seen;
}

} // namespace ps::bench
