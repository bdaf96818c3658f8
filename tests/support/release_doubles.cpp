// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/release_doubles.h"

#include "core/base/json.h"
#include "tests/support/checks.h"

#include <sys/mman.h>
#include <unistd.h>

namespace ps::test {

namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 30;

/// Everything in an open file, whatever its position is.
Result<std::string> contentOf(int fd)
{
    std::string bytes;
    std::string piece(std::size_t{1} << 16, '\0');
    while (bytes.size() < kLargestFile) {
        const ssize_t got = ::pread(fd, piece.data(), piece.size(), static_cast<off_t>(bytes.size()));
        if (got < 0)
            return errnoError("cannot read", "", errno);
        if (got == 0)
            return bytes;
        bytes.append(piece, 0, static_cast<std::size_t>(got));
    }
    return Error{ErrorCode::TooLarge, "a file of a test is very large", "", 0};
}

std::unique_ptr<ImageService> idleImages()
{
    // A service starts its workers with the first request, and nobody makes one.
    ImageService::Options options;
    options.workerPath = "/bin/true";
    return must(ImageService::start(options));
}

} // namespace

// ---- MemorySink ----------------------------------------------------------------------------------------------------

Result<void> MemorySink::beginFile(std::string_view path)
{
    PS_TRY_VOID(endFile());
    if (m_isFinished || !isContainedPath(path) || m_files.contains(std::string(path)))
        return Error{ErrorCode::InvalidInput, "a path that cannot be used", std::string(path), 0};
    m_open = path;
    m_isOpen = true;
    m_files[m_open].clear();
    return {};
}

Result<void> MemorySink::write(std::string_view bytes)
{
    if (!m_isOpen)
        return Error{ErrorCode::Internal, "no file is open", "", 0};
    m_files[m_open] += bytes;
    return {};
}

Result<void> MemorySink::endFile()
{
    if (std::exchange(m_isOpen, false) && onFile)
        return onFile({m_open, static_cast<std::int64_t>(m_files[m_open].size()), ""});
    return {};
}

Result<void> MemorySink::copyFile(std::string_view path, int fromFd, std::stop_token)
{
    PS_TRY_VOID(beginFile(path));
    PS_TRY(const std::string bytes, contentOf(fromFd));
    PS_TRY_VOID(write(bytes));
    return endFile();
}

Result<UniqueFd> MemorySink::scratchFile()
{
    UniqueFd file(::memfd_create("scratch", MFD_CLOEXEC));
    if (!file.isOpen())
        return errnoError("cannot make a file in memory", "", errno);
    return file;
}

Result<void> MemorySink::finish()
{
    m_isFinished = true;
    return endFile();
}

std::vector<std::string> MemorySink::paths() const
{
    std::vector<std::string> paths;
    for (const auto& [path, bytes] : m_files)
        paths.push_back(path);
    return paths;
}

const std::string& MemorySink::at(const std::string& path) const
{
    const auto found = m_files.find(path);
    if (found == m_files.end())
        throw std::runtime_error("the release has no " + path + ", but " + join(paths(), ", "));
    return found->second;
}

void MemorySink::saveTo(const TempFolder& folder) const
{
    for (const auto& [path, bytes] : m_files)
        folder.write(path, bytes);
}

// ---- FakeMedia -----------------------------------------------------------------------------------------------------

FakeMedia::FakeMedia(CropMode crops) : FakeMedia(idleImages(), crops) {}

FakeMedia::FakeMedia(std::unique_ptr<ImageService> images, CropMode crops)
    : ReleaseMedia(*images, crops, false), m_idleImages(std::move(images))
{
    bytesOf = [](const ReleaseImage& image, ImageSize size) {
        return image.name + " " + std::to_string(size.width) + "x" + std::to_string(size.height);
    };
}

ImageSize FakeMedia::sizeOf(const ReleaseImage& image) const
{
    if (crops() != CropMode::Applied || !image.crop)
        return image.size;
    const PixelBox box = toPixels(*image.crop, image.size).value_or(PixelBox{});
    return {box.width(), box.height()};
}

Result<ReleaseMedia::Prepared> FakeMedia::prepare(const ReleaseImage& image, ReleaseSink& sink, std::stop_token)
{
    const ImageSize size = sizeOf(image);
    const std::string bytes = bytesOf(image, size);
    PS_TRY(UniqueFd file, sink.scratchFile());
    PS_TRY_VOID(ps::writeAll(file.get(), bytes));
    return Prepared{std::move(file), std::ssize(bytes), {.size = size, .isCut = size != image.size}};
}

Result<MediaReport> FakeMedia::put(const ReleaseImage& image, std::string_view path, ReleaseSink& sink, std::stop_token)
{
    const ImageSize size = sizeOf(image);
    PS_TRY_VOID(sink.beginFile(path));
    PS_TRY_VOID(sink.write(bytesOf(image, size)));
    PS_TRY_VOID(sink.endFile());
    return MediaReport{.size = size, .isCut = size != image.size};
}

// ---- groups --------------------------------------------------------------------------------------------------------

ReleaseGroup GroupMaker::make(int number) const
{
    ReleaseGroup group;
    group.groupId = "p1_group_20250705T100000_batch001_img" + std::to_string(1000 + number).substr(1);
    group.groupKey = "g_" + std::to_string(1'000'000'000'000'000 + number);
    group.projectId = "p1";
    group.action = action;
    group.selectedIndex = selected;
    group.side = side;
    Json::Array names;
    for (int slot = 0; slot < imageCount; ++slot) {
        const bool isWinner = action != Action::Reject && slot == selected;
        ReleaseImage image;
        image.slot = slot;
        image.role = isWinner ? ImageRole::Winner : action == Action::Reject ? ImageRole::Rejected : ImageRole::Loser;
        image.sourceName = std::to_string(number) + "_" + std::to_string(slot) + ".png";
        image.name = image.sourceName;
        image.size = size;
        if (isWinner)
            image.crop = crop;
        names.emplace_back(image.sourceName);
        if (isWinner || hasLosers)
            group.images.push_back(std::move(image));
    }
    const auto text = [](const std::optional<Crop>& value) { return value ? SqlValue(cropText(*value)) : SqlValue(); };
    group.row = DecisionRow({{"group_id", group.groupId},
                             {"timestamp", "2025-07-05T10:00:00.000001Z"},
                             {"project_id", "p1"},
                             {"directory", "photos"},
                             {"batch_number", std::int64_t{1}},
                             {"images", dumpJson(Json(std::move(names)))},
                             {"ai_selected_index", std::int64_t{0}},
                             {"ai_crop_coords", SqlValue()},
                             {"ai_confidence", 0.5},
                             {"user_selected_index", std::int64_t{selected}},
                             {"user_action", std::string(actionName(action))},
                             {"final_crop_coords", text(crop)},
                             {"crop_timestamp", SqlValue()},
                             {"image_width", std::int64_t{size.width}},
                             {"image_height", std::int64_t{size.height}},
                             {"selection_match", std::int64_t{selected == 0 ? 1 : 0}},
                             {"crop_match", SqlValue()},
                             {"ai_crop_accepted", SqlValue()}});
    return group;
}

FormatContext contextFor(ExportFormat format, ReleaseSink& sink, ReleaseMedia* media)
{
    FormatContext context;
    context.request.format = format;
    if (media != nullptr)
        context.request.crops = media->crops();
    context.projectId = "p1";
    context.releaseName = "p1 & more";
    context.toolVersion = "proofsheet 0.1.0";
    context.sink = &sink;
    context.media = media;
    return context;
}

FormatWriter::Counts writeAll(FormatContext context, const std::vector<ReleaseGroup>& groups)
{
    ReleaseSink& sink = *context.sink;
    const auto writer = must(makeFormatWriter(std::move(context)));
    must(writer->begin());
    for (const ReleaseGroup& group : groups)
        must(writer->add(group));
    must(writer->finish());
    must(sink.finish());
    return writer->counts();
}

} // namespace ps::test
