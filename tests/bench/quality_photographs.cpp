// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/quality_photographs.h"

#include "core/base/sha256.h"
#include "core/imaging/codecs/render.h"
#include "core/inference/runtimes/builtin_embedder.h"
#include "core/library/demo/demo_script.h"
#include "core/suggest/network_trainer.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <thread>

namespace ps::bench {

namespace {

constexpr int kLongSide = 1024;
constexpr std::size_t kGroupsOfPhotograph = 8;
constexpr std::size_t kViewsOfPhotograph = 6;
constexpr std::size_t kImagesOfGroup = 4;
constexpr double kCropShare = 0.72;
constexpr std::array<double, 4> kStages{1, 1.5, 2, 3};

/// One image to make.
struct Job {
    const Photograph* photograph = nullptr;
    Recipe recipe;
    Candidate* candidate = nullptr;
};

// ---- photographs ---------------------------------------------------------------------------------------------------

Result<UniqueFd> openPhotograph(const std::string& path)
{
    UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen())
        return errnoError("cannot open the photograph", path, errno);
    return file;
}

Result<std::vector<Photograph>> installedPhotographs(const Settings& settings)
{
    constexpr std::size_t kQuickCount = 6;
    constexpr std::int64_t kUsualPhotographs = 4; // fewer are asked for to see that it works
    PS_TRY(auto photographs, demoPhotographs());
    std::erase_if(photographs, [](const Photograph& photograph) { return !std::filesystem::exists(photograph.path); });
    if (photographs.empty())
        return Error{ErrorCode::NotFound, "no photographs of the demo are installed: ./dev setup installs them", {}, 0};
    if (settings.photographs < kUsualPhotographs)
        photographs.resize(std::min(photographs.size(), kQuickCount));
    for (Photograph& photograph : photographs) {
        PS_TRY(const UniqueFd file, openPhotograph(photograph.path));
        FileReader reader(file.get(), static_cast<std::int64_t>(std::filesystem::file_size(photograph.path)));
        PS_TRY(const ImageHeader header, readHeader(reader, {}));
        photograph.size = header.upright();
    }
    return photographs;
}

// ---- images --------------------------------------------------------------------------------------------------------

Result<Embedding> embedBytes(const std::string& bytes, ColourConverter& converter)
{
    const UniqueFd file(::memfd_create("proofsheet-quality", MFD_CLOEXEC));
    if (!file.isOpen())
        return errnoError("cannot make a file in memory", {}, errno);
    PS_TRY_VOID(writeAll(file.get(), bytes));
    FileReader reader(file.get(), static_cast<std::int64_t>(bytes.size()));
    PS_TRY(const ImageHeader header, readHeader(reader, {}));
    PS_TRY(const LoadedPicture picture, loadPicture(reader, header, {}, converter));
    BuiltinEmbedding seen = embedBuiltin(picture);
    return Embedding{std::move(seen.values), sha256Hex(bytes), picture.fullSize, seen.measures};
}

Result<void> make(const Job& job, ColourConverter& converter)
{
    PS_TRY(const UniqueFd file, openPhotograph(job.photograph->path));
    FileReader reader(file.get(), static_cast<std::int64_t>(std::filesystem::file_size(job.photograph->path)));
    PS_TRY(const ImageHeader header, readHeader(reader, {}));
    PS_TRY(const RenderedFile rendered, renderRecipe(reader, header, job.recipe, {}, converter, [] { return false; }));
    PS_TRY(job.candidate->embedding, embedBytes(rendered.bytes, converter));
    return {};
}

Result<void> makeAll(const std::vector<Job>& jobs)
{
    std::atomic<std::size_t> next{0};
    std::vector<Result<void>> outcomes(jobs.size());
    const auto work = [&] {
        ColourConverter converter;
        for (std::size_t i = next++; i < jobs.size(); i = next++)
            outcomes[i] = make(jobs[i], converter);
    };
    std::vector<std::jthread> threads(std::max(1U, std::thread::hardware_concurrency()));
    for (std::jthread& thread : threads)
        thread = std::jthread(work);
    threads.clear();
    for (const Result<void>& outcome : outcomes)
        PS_TRY_VOID(outcome);
    return {};
}

ImageSize scaledTo(const PixelBox& window, int longSide)
{
    const double scale = std::min(1.0, static_cast<double>(longSide) / std::max(window.width(), window.height()));
    return {std::max(8, static_cast<int>(window.width() * scale)),
            std::max(8, static_cast<int>(window.height() * scale))};
}

Recipe recipeOf(const PixelBox& window, std::vector<RecipeStep> treatment)
{
    Recipe recipe;
    recipe.steps = {CropStep{window}, ResizeStep{scaledTo(window, kLongSide), ResizeFilter::Area}};
    recipe.steps.insert(recipe.steps.end(), treatment.begin(), treatment.end());
    recipe.encoding.pngLevel = 1;
    return recipe;
}

// ---- picks ---------------------------------------------------------------------------------------------------------

/// The ways to spoil an image, at a strength that people see at a second look.
std::vector<RecipeStep> spoil(std::size_t way, const PixelBox& window, TrainingRandom& random)
{
    const auto between = [&random](double low, double high) { return std::lerp(low, high, random.uniform()); };
    switch (way) {
    case 0: return {BlurStep{between(1.0, 2.2)}};
    case 1: return {NoiseStep{random.next(), between(6, 14)}};
    case 2: return {JpegStep{static_cast<std::int32_t>(between(12, 30))}};
    case 3: { // few levels, spread again: banding
        const double stops = between(4.5, 6);
        return {ExposureStep{-stops}, ExposureStep{stops}};
    }
    case 4:
        return {ResizeStep{scaledTo(window, static_cast<int>(between(380, 560))), ResizeFilter::Area},
                ResizeStep{scaledTo(window, kLongSide), ResizeFilter::Cubic}};
    case 5: return {ExposureStep{-between(0.8, 1.5)}};
    case 6: return {ExposureStep{between(0.7, 1.2)}};
    default: return {SharpenStep{between(1.5, 2.5), between(1.0, 1.6)}};
    }
}
constexpr std::size_t kWays = 8;

PixelBox randomWindow(const Photograph& photograph, TrainingRandom& random)
{
    constexpr std::array<double, 4> aspects{1.5, 2.0 / 3, 1.0, 4.0 / 3};
    const double aspect = aspects[random.below(aspects.size())];
    const double share = std::lerp(0.6, 1.0, random.uniform());
    const double height = std::min<double>(photograph.size.height, photograph.size.width / aspect) * share;
    const double width = height * aspect;
    const int left = static_cast<int>((photograph.size.width - width) * random.uniform());
    const int top = static_cast<int>((photograph.size.height - height) * random.uniform());
    return {left, top, left + static_cast<int>(width), top + static_cast<int>(height)};
}

KnownGroup degradedGroup(const Photograph& photograph, std::size_t photographIndex, std::size_t number,
                         std::vector<Recipe>& recipes)
{
    TrainingRandom random(photographIndex * 1000 + number);
    const PixelBox window = randomWindow(photograph, random);
    std::vector<std::size_t> ways(kWays);
    for (std::size_t i = 0; i < kWays; ++i)
        ways[i] = i;
    random.shuffle(ways);
    std::vector<double> stages(kStages.begin(), kStages.end());
    random.shuffle(stages);
    std::vector<std::size_t> places{0, 1, 2, 3};
    random.shuffle(places);
    KnownGroup known;
    known.photograph = photographIndex;
    known.labelled.group.projectId = "quality";
    known.labelled.group.groupKey = std::to_string(photographIndex) + "-" + std::to_string(number);
    known.labelled.group.candidates.resize(kImagesOfGroup);
    known.labelled.selectedIndex = static_cast<int>(places[0]);
    recipes.assign(kImagesOfGroup, {});
    for (std::size_t i = 0; i < kImagesOfGroup; ++i) {
        known.labelled.group.candidates[places[i]].stage = stages[i];
        recipes[places[i]] = recipeOf(window, i == 0 ? std::vector<RecipeStep>{} : spoil(ways[i], window, random));
    }
    return known;
}

// ---- crops ---------------------------------------------------------------------------------------------------------

struct View {
    double aspect;
    double subjectX; ///< where the subject is put by Placing::ByFormat, as fractions of the view
    double subjectY;
};
constexpr std::array<View, 3> kViews{{{2.0 / 3, 0.37, 0.50}, {1.0, 0.63, 0.45}, {1.5, 0.50, 0.63}}};

KnownGroup croppedView(const Photograph& photograph, std::size_t photographIndex, std::size_t number, Placing placing,
                       Recipe& recipe)
{
    TrainingRandom random(photographIndex * 1000 + number + 500);
    const View& view = kViews[number % kViews.size()];
    const double wantedX = placing == Placing::ByFormat ? view.subjectX : std::lerp(0.3, 0.7, random.uniform());
    const double wantedY = placing == Placing::ByFormat ? view.subjectY : std::lerp(0.3, 0.7, random.uniform());
    const double share = std::lerp(0.5, 0.75, random.uniform());
    const double height = std::min<double>(photograph.size.height, photograph.size.width / view.aspect) * share;
    const double width = height * view.aspect;
    const double subjectX = photograph.subjectX * photograph.size.width;
    const double subjectY = photograph.subjectY * photograph.size.height;
    // A subject at the border of its photograph cannot be put anywhere: the view stays within the photograph.
    const double left = std::clamp(subjectX - wantedX * width, 0.0, photograph.size.width - width);
    const double top = std::clamp(subjectY - wantedY * height, 0.0, photograph.size.height - height);
    const PixelBox window{static_cast<int>(left), static_cast<int>(top), static_cast<int>(left + width),
                          static_cast<int>(top + height)};
    const double x = std::clamp((subjectX - left) / width - kCropShare / 2, 0.0, 1 - kCropShare);
    const double y = std::clamp((subjectY - top) / height - kCropShare / 2, 0.0, 1 - kCropShare);
    KnownGroup known;
    known.photograph = photographIndex;
    known.labelled.group.projectId = "quality";
    known.labelled.group.groupKey = std::to_string(photographIndex) + "-" + std::to_string(number);
    known.labelled.group.candidates.resize(1);
    known.labelled.action = Action::Crop;
    known.labelled.crop = Crop{x, y, x + kCropShare, y + kCropShare};
    recipe = recipeOf(window, {});
    return known;
}

} // namespace

Result<std::vector<KnownGroup>> degradedGroups(const Settings& settings)
{
    PS_TRY(const auto photographs, installedPhotographs(settings));
    std::vector<KnownGroup> groups;
    std::vector<std::vector<Recipe>> recipes;
    for (std::size_t i = 0; i < photographs.size() * kGroupsOfPhotograph; ++i)
        groups.push_back(degradedGroup(photographs[i / kGroupsOfPhotograph], i / kGroupsOfPhotograph,
                                       i % kGroupsOfPhotograph, recipes.emplace_back()));
    std::vector<Job> jobs;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (std::size_t k = 0; k < kImagesOfGroup; ++k)
            jobs.push_back(
                {&photographs[groups[i].photograph], recipes[i][k], &groups[i].labelled.group.candidates[k]});
    }
    PS_TRY_VOID(makeAll(jobs));
    return groups;
}

Result<std::vector<KnownGroup>> croppedViews(const Settings& settings, Placing placing)
{
    PS_TRY(const auto photographs, installedPhotographs(settings));
    std::vector<KnownGroup> groups;
    std::vector<Recipe> recipes;
    for (std::size_t i = 0; i < photographs.size() * kViewsOfPhotograph; ++i)
        groups.push_back(croppedView(photographs[i / kViewsOfPhotograph], i / kViewsOfPhotograph,
                                     i % kViewsOfPhotograph, placing, recipes.emplace_back()));
    std::vector<Job> jobs;
    for (std::size_t i = 0; i < groups.size(); ++i)
        jobs.push_back({&photographs[groups[i].photograph], recipes[i], &groups[i].labelled.group.candidates[0]});
    PS_TRY_VOID(makeAll(jobs));
    return groups;
}

} // namespace ps::bench
