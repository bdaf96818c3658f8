// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/demo/demo_script.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace ps {

extern const char* const kDemoPhotographsTsv;

Result<std::vector<Photograph>> demoPhotographs()
{
    std::vector<Photograph> photographs;
    for (const std::string& line : split(kDemoPhotographsTsv, '\n')) {
        if (line.empty() || line.front() == '#')
            continue;
        const std::vector<std::string> fields = split(line, '\t');
        const auto x = fields.size() == 6 ? parseDouble(fields[4]) : std::nullopt;
        const auto y = fields.size() == 6 ? parseDouble(fields[5]) : std::nullopt;
        if (!x || !y)
            return Error{ErrorCode::Internal, "the list of photographs is broken", line, 0};
        photographs.push_back({fields[0], fields[1], fields[2], fields[3], *x, *y, {}});
    }
    return photographs;
}

namespace {

constexpr int kViewsPerPhotograph = 4;
constexpr int kNativeLongSide = 1024;
constexpr int kSmallLongSide = 640;

/// How a variant was treated; Native is the good one.
enum class Treatment { Native, Small, Upscaled, Soft, Noisy, OverSharpened, TooDark, TooBright, Blocky };

struct Variant {
    const char* stage;
    Treatment treatment;
};

/// What pipelines do: mostly the second stage is the keeper, sometimes an earlier or a later one, and now and then all
/// are spoilt.
const std::vector<std::vector<Variant>>& scenarios()
{
    using enum Treatment;
    static const std::vector<std::vector<Variant>> list{
        {{"stage1_generated", Small}, {"stage2_upscaled", Native}, {"stage3_enhanced", OverSharpened}},
        {{"stage1_generated", Small}, {"stage2_upscaled", Upscaled}, {"stage3_enhanced", Native}},
        {{"stage1_generated", Small}, {"stage1.5_face_swapped", Native}, {"stage2_upscaled", Noisy}},
        {{"stage1_generated", Small}, {"stage2_upscaled", Native}},
        {{"stage1_generated", Small},
         {"stage1.5_face_swapped", TooDark},
         {"stage2_upscaled", Native},
         {"stage3_enhanced", Soft}},
        {{"stage1_generated", Native}, {"stage2_upscaled", Blocky}, {"stage3_enhanced", TooBright}},
        {{"stage1_generated", Soft}, {"stage2_upscaled", Noisy}, {"stage3_enhanced", TooDark}}, // nothing to keep
    };
    return list;
}

/// The same for the same number on every machine, 0..1.
double pseudoRandom(std::size_t number, std::size_t salt)
{
    std::uint64_t x = (number + 1) * 0x9E3779B97F4A7C15ULL + salt * 0xD1B54A32D192ED03ULL;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 32;
    return static_cast<double>(x >> 11) / static_cast<double>(1ULL << 53);
}

/// The window that a view cuts out of its photograph.
PixelBox viewWindow(const Photograph& photograph, int view)
{
    static constexpr std::array<double, kViewsPerPhotograph> aspects{0.0, 2.0 / 3.0, 1.0, 4.0 / 3.0};
    static constexpr std::array<double, kViewsPerPhotograph> shares{1.0, 0.95, 0.75, 0.6};
    static constexpr std::array<double, kViewsPerPhotograph> offsets{0.0, 0.12, -0.14, 0.2};
    const auto i = static_cast<std::size_t>(view);
    const double fullWidth = photograph.size.width;
    const double fullHeight = photograph.size.height;
    const double aspect = aspects[i] > 0 ? aspects[i] : fullWidth / fullHeight;
    const double height = std::min(fullHeight, fullWidth / aspect) * shares[i];
    const double width = height * aspect;
    // Views other than the first put the subject off the centre, so that there is something to crop.
    const double centerX = (photograph.subjectX + offsets[i] * width / fullWidth) * fullWidth;
    const double centerY = photograph.subjectY * fullHeight;
    // Rounding may make a window that is as wide as its photograph a hair wider.
    const double left = std::clamp(centerX - width / 2, 0.0, std::max(0.0, fullWidth - width));
    const double top = std::clamp(centerY - height / 2, 0.0, std::max(0.0, fullHeight - height));
    return {static_cast<int>(left), static_cast<int>(top), static_cast<int>(left + width),
            static_cast<int>(top + height)};
}

ImageSize scaledTo(const PixelBox& window, int longSide)
{
    const double scale = std::min(1.0, static_cast<double>(longSide) / std::max(window.width(), window.height()));
    const auto even = [](double value) { return std::max(2, static_cast<int>(value / 2) * 2); };
    return {even(window.width() * scale), even(window.height() * scale)};
}

std::vector<RecipeStep> treatmentSteps(Treatment treatment, const PixelBox& window, std::size_t seed)
{
    const ResizeStep native{scaledTo(window, kNativeLongSide), ResizeFilter::Area};
    const ResizeStep small{scaledTo(window, kSmallLongSide), ResizeFilter::Area};
    const ResizeStep tiny{scaledTo(window, kSmallLongSide / 2), ResizeFilter::Area};
    const ResizeStep enlarged{native.size, ResizeFilter::Cubic};
    switch (treatment) {
    case Treatment::Native: return {native};
    case Treatment::Small: return {small};
    case Treatment::Upscaled: return {tiny, enlarged};
    case Treatment::Soft: return {native, BlurStep{2.6}};
    case Treatment::Noisy: return {native, NoiseStep{seed, 16}};
    case Treatment::OverSharpened: return {native, SharpenStep{3.0, 1.4}};
    case Treatment::TooDark: return {native, ExposureStep{-1.6}};
    case Treatment::TooBright: return {native, ExposureStep{1.3}};
    case Treatment::Blocky: return {native, JpegStep{9}};
    }
    return {native};
}

/// Most pipelines write PNG; some groups come as JPEG or WebP, in any case of the suffix.
std::pair<Encoding, std::string> encodingOf(std::size_t group)
{
    Encoding encoding;
    if (group % 11 == 5) {
        encoding.format = ImageFormat::Jpeg;
        encoding.quality = 93;
        return {encoding, group % 2 == 0 ? ".jpg" : ".JPEG"};
    }
    if (group % 17 == 9) {
        encoding.format = ImageFormat::WebP;
        encoding.isLossless = false;
        encoding.quality = 92;
        return {encoding, ".webp"};
    }
    encoding.pngLevel = 2;
    return {encoding, ".png"};
}

/// 20250705_190000 and on, one stage every few seconds.
std::string stamp(std::size_t group, std::size_t stage)
{
    using namespace std::chrono;
    const auto start = sys_seconds(sys_days(year(2025) / July / 5)) + hours(19);
    const auto time = start + seconds(group * 97 + stage * 7);
    const auto midnight = floor<days>(time);
    const year_month_day date(midnight);
    const hh_mm_ss clock(time - midnight);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d%02u%02u_%02d%02d%02d", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return text.data();
}

/// 72 % of the frame around the subject, of the same aspect ratio, wholly inside; in whole pixels of the image.
Crop subjectCrop(const Photograph& photograph, const PixelBox& window, ImageSize size, double jitter)
{
    constexpr double kShare = 0.72;
    const double x = (photograph.subjectX * photograph.size.width - window.x1) / window.width() + jitter;
    const double y = (photograph.subjectY * photograph.size.height - window.y1) / window.height() - jitter / 2;
    const double left = std::clamp(x - kShare / 2, 0.0, 1 - kShare);
    const double top = std::clamp(y - kShare / 2, 0.0, 1 - kShare);
    const PixelBox box{static_cast<int>(left * size.width), static_cast<int>(top * size.height),
                       static_cast<int>((left + kShare) * size.width), static_cast<int>((top + kShare) * size.height)};
    return fromPixels(box, size);
}

/// Size of the image that a recipe makes.
ImageSize finalSize(const Recipe& recipe)
{
    ImageSize size;
    for (const RecipeStep& step : recipe.steps) {
        if (const auto* resize = std::get_if<ResizeStep>(&step))
            size = resize->size;
    }
    return size;
}

std::vector<std::string> companionsOf(std::size_t group)
{
    if (group % 5 == 4)
        return {}; // some tools write none
    return group % 3 == 0 ? std::vector<std::string>{".yaml", ".caption", ".txt"}
                          : std::vector<std::string>{".yaml", ".caption"};
}

DemoGroup makeGroup(const std::vector<Photograph>& photographs, std::size_t index, bool decideAll)
{
    const std::size_t photographIndex = (index * 7) % photographs.size(); // neighbours show different pictures
    const int view = static_cast<int>(index + index / photographs.size()) % kViewsPerPhotograph;
    const Photograph& photograph = photographs[photographIndex];
    const PixelBox window = viewWindow(photograph, view);
    const std::vector<Variant>& variants = scenarios()[static_cast<std::size_t>(pseudoRandom(index, 1) * 19.999) % 7];
    const auto [encoding, suffix] = encodingOf(index);

    DemoGroup group;
    group.photograph = photographIndex;
    group.bestIndex = -1;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        DemoImage image;
        image.name = stamp(index, i) + "_" + variants[i].stage + suffix;
        image.recipe.steps = {CropStep{window}};
        for (RecipeStep& step : treatmentSteps(variants[i].treatment, window, index * 16 + i))
            image.recipe.steps.push_back(step);
        image.recipe.encoding = encoding;
        image.companionSuffixes = companionsOf(index);
        if (variants[i].treatment == Treatment::Native)
            group.bestIndex = static_cast<int>(i);
        group.images.push_back(std::move(image));
    }
    const auto best = static_cast<std::size_t>(std::max(group.bestIndex, 0));
    const ImageSize bestSize = finalSize(group.images[best].recipe);
    const bool isCrop = view == 1 || view == 2;
    group.action = group.bestIndex < 0 ? Action::Reject : isCrop ? Action::Crop : Action::Approve;
    if (group.action == Action::Crop)
        group.crop = subjectCrop(photograph, window, bestSize, 0);
    group.isDecided = decideAll || index % 3 != 2;
    group.hasSuggestion = index % 2 == 0 || !group.isDecided;
    group.suggestedIndex = static_cast<int>(variants.size()) - 1;
    group.suggestedCrop = subjectCrop(photograph, window, finalSize(group.images.back().recipe),
                                      (pseudoRandom(index, 2) - 0.5) * 0.16);
    group.confidence = std::round((0.5 + 0.49 * pseudoRandom(index, 3)) * 1000) / 1000;
    return group;
}

/// What every real folder has besides: a set with a draft in front of its four stages, and images whose other stages are
/// lost.
std::vector<DemoGroup> oddSets(const std::vector<Photograph>& photographs, std::size_t firstIndex)
{
    DemoGroup draft = makeGroup(photographs, firstIndex, false);
    draft.isDecided = false;
    draft.hasSuggestion = false;
    const DemoImage pattern = draft.images.front();
    const char* const stages[] = {"draft", "stage1_generated", "stage1.5_face_swapped", "stage2_upscaled",
                                  "stage3_enhanced"};
    draft.images.assign(std::size(stages), pattern);
    for (std::size_t i = 0; i < std::size(stages); ++i)
        draft.images[i].name = stamp(firstIndex, i) + "_" + stages[i] + ".png";
    std::vector<DemoGroup> sets{draft};
    for (std::size_t lone = 1; lone <= 4; ++lone) {
        DemoGroup single = makeGroup(photographs, firstIndex + lone, false);
        single.isDecided = false;
        single.hasSuggestion = false;
        single.images.resize(1);
        single.images.front().name = stamp(firstIndex + lone, 0) + "_stage1_generated.png";
        sets.push_back(std::move(single));
    }
    for (DemoGroup& set : sets) {
        for (DemoImage& image : set.images)
            image.recipe.encoding = Encoding{ImageFormat::Png, 95, false, true, 2};
    }
    return sets;
}

} // namespace

std::vector<DemoGroup> demoGroups(const std::vector<Photograph>& photographs, bool decideAll)
{
    std::vector<DemoGroup> groups;
    for (std::size_t i = 0; i < photographs.size() * kViewsPerPhotograph; ++i)
        groups.push_back(makeGroup(photographs, i, decideAll));
    if (!decideAll) {
        for (DemoGroup& set : oddSets(photographs, groups.size()))
            groups.push_back(std::move(set));
    }
    return groups;
}

} // namespace ps
