// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/sample_names.h"

#include "core/base/clock.h"

#include <array>

namespace ps::bench {

namespace {

using test::SeededRandom;

constexpr std::int64_t kGroupsInFolder = 500;
constexpr std::chrono::seconds kFirstSecond{1'735'689'600}; // 2025-01-01
constexpr std::int64_t kSecondsOfGroup = 31;

constexpr std::array<std::string_view, 4> kStages{"stage1_generated", "stage1.5_face_swapped", "stage2_upscaled",
                                                  "stage3_enhanced"};

/// "20250705_230713"
std::string stampOf(std::int64_t second)
{
    std::string stamp = formatFileStamp(UtcTime(kFirstSecond + std::chrono::seconds(second))); // 20250705T230713Z
    stamp[8] = '_';
    stamp.pop_back();
    return stamp;
}

std::string padded(std::int64_t number)
{
    return std::to_string(10'000 + number).substr(1);
}

std::vector<std::string> namesOfStages(std::int64_t group, std::size_t first, std::size_t last, std::string_view suffix,
                                       SeededRandom& random)
{
    std::vector<std::string> names;
    std::int64_t second = group * kSecondsOfGroup;
    for (std::size_t stage = first; stage <= last; ++stage) {
        names.push_back(stampOf(second) + "_" + std::string(kStages[stage]) + std::string(suffix));
        second += random.between(1, 9);
    }
    return names;
}

} // namespace

std::string sampleFolder(std::int64_t group)
{
    return "batch_" + padded(1 + group / kGroupsInFolder);
}

std::vector<std::string> sampleNames(std::int64_t group)
{
    SeededRandom random(static_cast<std::uint64_t>(group) + 1);
    // The first and the last stage: 2, 3 or 4 images, 2.9 on average.
    constexpr std::array<std::pair<std::size_t, std::size_t>, 6> spans{
        {{0, 2}, {0, 2}, {0, 3}, {0, 3}, {1, 2}, {2, 3}}};
    const auto [first, last] = spans[random.below(spans.size())];
    return namesOfStages(group, first, last, ".png", random);
}

std::vector<std::string> sampleNamesOfAllStages(std::int64_t group, std::string_view suffix)
{
    SeededRandom random(static_cast<std::uint64_t>(group) + 1);
    return namesOfStages(group, 0, kStages.size() - 1, suffix, random);
}

std::vector<std::string> shuffledSamplePaths(std::int64_t count)
{
    SeededRandom random(20'250'705);
    std::vector<std::string> paths;
    for (std::int64_t group = 0; std::ssize(paths) < count; ++group) {
        const std::string folder = "photos/" + sampleFolder(group) + "/";
        for (const std::string& name : sampleNames(group))
            paths.push_back(folder + name);
        if (random.oneIn(200))
            paths.push_back(folder + "IMG_" + padded(random.between(0, 9999)) + "_" + std::to_string(group) + ".jpg");
        if (random.oneIn(200))
            paths.push_back(folder + stampOf(group * kSecondsOfGroup) + "_final_retouched.png");
    }
    paths.resize(static_cast<std::size_t>(count));
    shuffle(paths, 1);
    return paths;
}

} // namespace ps::bench
