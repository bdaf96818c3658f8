// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/format_writer.h"
#include "core/imaging/image_service.h"
#include "tests/bench/bare_disk.h"
#include "tests/bench/observation.h"

#include <QFile>
#include <QTemporaryDir>

#include <fcntl.h>
#include <random>
#include <unistd.h>

namespace ps::bench {

namespace {

constexpr ImageSize kSize{4000, 3000};
constexpr int kBoxesOfImage = 10;

/// Annotations are measured, not pictures: nothing is written for an image.
class NoPictures final : public ReleaseMedia
{
public:
    explicit NoPictures(ImageService& images) : ReleaseMedia(images, CropMode::Boxes, false) {}

    Result<Prepared> prepare(const ReleaseImage& image, ReleaseSink& sink, std::stop_token) override
    {
        PS_TRY(UniqueFd file, sink.scratchFile());
        return Prepared{std::move(file), 0, {.size = image.size}};
    }
    Result<MediaReport> put(const ReleaseImage& image, std::string_view, ReleaseSink&, std::stop_token) override
    {
        return MediaReport{.size = image.size};
    }
    ImageSize sizeOf(const ReleaseImage& image) const override { return image.size; }
};

ReleaseGroup sampleGroup(std::int64_t number, std::mt19937_64& random)
{
    ReleaseGroup group;
    group.groupId = "bench_group_20250705T100000_batch001_img" + std::to_string(number);
    group.projectId = "bench";
    ReleaseImage image;
    image.name = "image_" + std::to_string(number) + ".jpg";
    image.size = kSize;
    for (int i = 0; i < kBoxesOfImage; ++i) {
        const int x = static_cast<int>(random() % 3000);
        const int y = static_cast<int>(random() % 2000);
        image.boxes.push_back(
            {"class " + std::to_string(random() % 80),
             fromPixels({x, y, x + 1 + static_cast<int>(random() % 999), y + 1 + static_cast<int>(random() % 999)},
                        kSize)});
    }
    group.images.push_back(std::move(image));
    return group;
}

struct Outcome {
    double wallMs = 0;
    double cpuMs = 0;
    std::int64_t bytes = 0;
};

/// Exports into an empty folder. Making the samples is part of the time.
Result<Outcome> exportBoxes(const std::string& folder, ReleaseMedia& media, std::int64_t images)
{
    Outcome outcome;
    PS_TRY(UniqueFd target, openFolder(folder));
    PS_TRY(const auto sink, openFolderSink(std::move(target)));
    sink->onFile = [&outcome](const ReleaseFile& file) {
        outcome.bytes += file.sizeBytes;
        return Result<void>();
    };
    FormatContext context;
    context.request.format = ExportFormat::Coco;
    context.projectId = "bench";
    context.releaseName = "bench";
    context.toolVersion = "proofsheet";
    context.sink = sink.get();
    context.media = &media;
    std::mt19937_64 random(5);
    const Stopwatch watch;
    PS_TRY(const auto writer, makeFormatWriter(std::move(context)));
    PS_TRY_VOID(writer->begin());
    for (std::int64_t number = 0; number < images; ++number)
        PS_TRY_VOID(writer->add(sampleGroup(number, random)));
    PS_TRY_VOID(writer->finish());
    PS_TRY_VOID(sink->finish());
    outcome.wallMs = watch.wallMs();
    outcome.cpuMs = watch.cpuMs();
    return outcome;
}

/// The same bytes once more, read and written in pieces and made durable.
Result<double> copyAnnotations(const std::string& folder)
{
    PS_TRY(const UniqueFd from, openFolder(folder + "/annotations"));
    PS_TRY(const UniqueFd file, openFileBeneath(from.get(), "train.json"));
    const Stopwatch watch;
    const std::string path = folder + "/copy.json";
    const UniqueFd copy(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!copy.isOpen())
        return errnoError("cannot make the copy", path, errno);
    std::string piece(std::size_t{1} << 20, '\0');
    for (;;) {
        const ssize_t got = ::read(file.get(), piece.data(), piece.size());
        if (got < 0)
            return errnoError("cannot read", path, errno);
        if (got == 0)
            break;
        PS_TRY_VOID(writeAll(copy.get(), std::string_view(piece).substr(0, static_cast<std::size_t>(got))));
    }
    PS_TRY_VOID(syncFile(copy.get()));
    return watch.wallMs();
}

} // namespace

Result<Observation> measureCoco(const Settings& settings)
{
    const std::int64_t images = settings.isQuick ? 500 : 50'000;
    PS_TRY(const UniqueFd made, makeFolders(settings.folder));
    QTemporaryDir folder(QFile::decodeName(QByteArray::fromStdString(settings.folder)) +
                         QStringLiteral("/coco-XXXXXX"));
    if (!folder.isValid())
        return Error{ErrorCode::Io, "cannot make a folder", settings.folder, 0};
    const std::string path = QFile::encodeName(folder.path()).toStdString();
    ImageService::Options options;
    options.workerPath = "/bin/true"; // never started
    PS_TRY(const auto service, ImageService::start(options));
    NoPictures media(*service);

    Observation seen;
    PS_TRY(const Outcome ours, exportBoxes(path, media, images));
    seen.memory = memoryUse();
    PS_TRY(const double copied, copyAnnotations(path));
    seen.baselines.push_back({"copy", "ms", copied, {}, {}});
    seen.figures.push_back({"export", "ms", ours.wallMs, ours.cpuMs, {"copy"}});
    seen.facts = Json::object({{"images", images}, {"boxes", images * kBoxesOfImage}, {"bytes", ours.bytes}});
    return seen;
}

} // namespace ps::bench
