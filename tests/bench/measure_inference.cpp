// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/imaging/codecs/image_handler.h"
#include "core/inference/inference_service.h"
#include "core/inference/runtimes/builtin_embedder.h"
#include "core/inference/runtimes/picture_loader.h"
#include "tests/bench/embedding_speed.h"
#include "tests/bench/image_peers.h"
#include "tests/bench/observation.h"
#include "tests/bench/sample_photographs.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <fcntl.h>
#include <thread>

namespace ps::bench {

namespace {

constexpr int kNormalSide = 512;

Result<std::vector<std::string>> contents(const std::vector<std::string>& paths)
{
    std::vector<std::string> all;
    for (const std::string& path : paths) {
        PS_TRY(std::string bytes, readFile(path, std::size_t{64} << 20));
        all.push_back(std::move(bytes));
    }
    return all;
}

/// Images per second of bare libjpeg-turbo in this process, from memory.
double bareDecodes(const std::vector<std::string>& photographs, std::int64_t count, std::size_t threadCount)
{
    std::atomic<std::int64_t> next{0};
    const auto work = [&] {
        for (std::int64_t i = next++; i < count; i = next++)
            decodeByLibjpeg(photographs[static_cast<std::size_t>(i) % photographs.size()], kNormalSide);
    };
    const Stopwatch watch;
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < threadCount; ++i)
        threads.emplace_back(work);
    work();
    threads.clear();
    return static_cast<double>(count) / watch.wallMs() * 1e3;
}

using Answers = Result<std::vector<Result<Embedding>>>;

bool isWhole(const Answers& answers)
{
    return answers && std::ranges::all_of(*answers, [](const Result<Embedding>& one) { return one.has_value(); });
}

/// Every worker has started and loaded the model.
Result<void> untilWarm(InferenceService& service, const EmbeddingTask& task, const std::vector<ImageSource>& images)
{
    PS_TRY(const auto answers, service.embed(task.model, images)); // one for each
    return isWhole(answers) ? Result<void>() : answers.front().error();
}

/// What the embedder alone costs once a picture is decoded.
Result<double> embedderCpuMs(const std::vector<std::string>& paths)
{
    ImageHandler().warmUp();
    ColourConverter converter;
    double total = 0;
    for (const std::string& path : paths) {
        const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        PS_TRY(const FileIdentity identity, identify(file.get()));
        FileReader reader(file.get(), identity.sizeBytes);
        PS_TRY(const ImageHeader header, readHeader(reader, {}));
        PS_TRY(const LoadedPicture picture, loadPicture(reader, header, {}, converter));
        embedBuiltin(picture);
        const Stopwatch watch;
        for (int i = 0; i < 10; ++i)
            embedBuiltin(picture);
        total += watch.cpuMs() / 10;
    }
    return total / static_cast<double>(paths.size());
}

} // namespace

Result<double> embeddingsPerSecond(const EmbeddingTask& task)
{
    InferenceService::Options options;
    options.workerPath = QCoreApplication::applicationDirPath().toStdString() + "/proofsheet-worker";
    options.workerCount = task.workerCount;
    PS_TRY(auto service, InferenceService::start(options));
    const auto handle = std::make_shared<const UniqueFd>(
        ::open(task.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const auto image = [&](std::int64_t i) {
        return ImageSource(handle, std::to_string(i % task.folderImages) + ".jpg");
    };
    PS_TRY_VOID(untilWarm(*service, task, std::vector<ImageSource>(task.workerCount, image(0))));

    std::atomic<std::int64_t> failures{0};
    std::atomic<std::int64_t> open{0};
    const auto step = static_cast<std::int64_t>(task.batch);
    const Stopwatch watch;
    for (std::int64_t begin = 0; begin < task.count; begin += step) {
        std::vector<ImageSource> images;
        for (std::int64_t i = begin; i < std::min(task.count, begin + step); ++i)
            images.push_back(image(i));
        ++open;
        service->requestEmbeddings(task.model, std::move(images), Priority::Visible,
                                   [&](Result<std::vector<Result<Embedding>>> answers) {
                                       failures += isWhole(answers) ? 0 : 1;
                                       --open;
                                       open.notify_one();
                                   });
    }
    for (std::int64_t left = open; left > 0; left = open)
        open.wait(left);
    const double wallMs = watch.wallMs();
    if (failures > 0)
        return Error{ErrorCode::Internal, "not every image has an embedding", task.folder, 0};
    return static_cast<double>(task.count) / wallMs * 1e3;
}

Result<Observation> measureBuiltinEmbedder(const Settings& settings)
{
    PS_TRY(const SamplePhotographs photographs, samplePhotographs(settings));
    PS_TRY(const std::string folder, samplePhotographFolder(settings, photographs));
    PS_TRY(const std::vector<std::string> files, contents(photographs.jpegs));
    const std::int64_t count = settings.isQuick ? std::min<std::int64_t>(settings.folderImages, 16)
                                                : settings.folderImages;
    Observation seen;
    for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
        const std::string suffix = threads == 1 ? "" : "_2_threads";
        bareDecodes(files, static_cast<std::int64_t>(files.size()), threads);
        // Before and after, because the machine may not be as fast at one time as at another.
        const double before = bareDecodes(files, (count + 1) / 2, threads);
        PS_TRY(const double ours, embeddingsPerSecond({folder, settings.folderImages, {}, count, threads, 8}));
        const double after = bareDecodes(files, (count + 1) / 2, threads);
        seen.figures.push_back({"embedder" + suffix, "1/s", ours, {}, {"bare_libjpeg_turbo" + suffix}});
        seen.baselines.push_back({"bare_libjpeg_turbo" + suffix, "1/s", 2 / (1 / before + 1 / after), {}, {}});
    }
    PS_TRY(const double alone, embedderCpuMs(photographs.jpegs));
    seen.figures.push_back({"embedder_without_decoding", "cpu_ms", alone, {}, {"bare_decode"}});
    const double decodes = bareDecodes(files, static_cast<std::int64_t>(files.size()), 1);
    seen.baselines.push_back({"bare_decode", "cpu_ms", 1e3 / decodes, {}, {}});
    seen.memory = memoryUse();
    seen.facts = Json::object({{"images", count}});
    return seen;
}

} // namespace ps::bench
