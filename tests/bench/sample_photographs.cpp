// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/sample_photographs.h"

#include "core/base/files.h"
#include "core/imaging/codecs/render.h"
#include "core/library/demo/demo_script.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace ps::bench {

namespace {

namespace fs = std::filesystem;

constexpr ImageSize kCameraSize{4000, 3000};
constexpr ImageSize kGeneratorSize{3072, 3072};
constexpr double kNoise = 2.5; // of 255 levels: a camera at ISO 400

Result<void> makeSample(const std::string& source, const std::string& target, ImageSize size, std::uint64_t seed)
{
    const UniqueFd input(::open(source.c_str(), O_RDONLY | O_CLOEXEC));
    if (!input.isOpen())
        return errnoError("cannot open the photograph", source, errno);
    FileReader file(input.get(), static_cast<std::int64_t>(fs::file_size(source)));
    PS_TRY(const ImageHeader header, readHeader(file, {}));
    Recipe recipe;
    recipe.steps = {ResizeStep{size, ResizeFilter::Cubic}, NoiseStep{seed, kNoise}};
    const bool isPng = fs::path(target).extension() == ".png";
    recipe.encoding = {isPng ? ImageFormat::Png : ImageFormat::Jpeg, 90, true, true, 6};
    ColourConverter converter;
    PS_TRY(const RenderedFile rendered, renderRecipe(file, header, recipe, {}, converter, [] { return false; }));
    const std::string unfinished = target + ".new";
    std::ofstream(unfinished, std::ios::binary) << rendered.bytes;
    std::error_code error;
    fs::rename(unfinished, target, error);
    if (error)
        return Error{ErrorCode::Io, "cannot write a sample: " + error.message(), target, 0};
    return {};
}

Result<std::vector<std::string>> samplesOf(const std::vector<Photograph>& sources, const Settings& settings,
                                           const std::string& folder, const char* extension, ImageSize size)
{
    std::error_code error;
    fs::create_directories(folder, error);
    std::vector<std::string> paths;
    for (std::int64_t i = 0; i < settings.photographs; ++i) {
        const auto& source = sources[static_cast<std::size_t>(i) % sources.size()];
        std::string path = folder + "/" + std::to_string(i) + extension;
        if (!fs::exists(path))
            PS_TRY_VOID(makeSample(source.path, path, size, static_cast<std::uint64_t>(i)));
        paths.push_back(std::move(path));
    }
    return paths;
}

} // namespace

Result<SamplePhotographs> samplePhotographs(const Settings& settings)
{
    PS_TRY(auto sources, demoPhotographs());
    std::erase_if(sources, [](const Photograph& photograph) { return !fs::exists(photograph.path); });
    if (sources.empty())
        return Error{ErrorCode::NotFound, "no photographs of the demo are installed: ./dev setup installs them", {}, 0};
    SamplePhotographs samples;
    samples.folder = settings.folder + "/photographs";
    PS_TRY(samples.jpegs, samplesOf(sources, settings, samples.folder + "/jpeg", ".jpg", kCameraSize));
    PS_TRY(samples.pngs, samplesOf(sources, settings, samples.folder + "/png", ".png", kGeneratorSize));
    return samples;
}

Result<std::string> samplePhotographFolder(const Settings& settings, const SamplePhotographs& photographs)
{
    std::string folder = photographs.folder + "/many-" + std::to_string(settings.folderImages);
    std::error_code error;
    fs::create_directories(folder, error);
    for (std::int64_t i = 0; i < settings.folderImages; ++i) {
        const std::string name = folder + "/" + std::to_string(i) + ".jpg";
        const auto& original = photographs.jpegs[static_cast<std::size_t>(i) % photographs.jpegs.size()];
        if (!fs::exists(name))
            fs::create_hard_link(original, name, error);
        if (error)
            return Error{ErrorCode::Io, "cannot link a sample: " + error.message(), name, 0};
    }
    return folder;
}

} // namespace ps::bench
