// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/companions.h"

#include "core/base/text.h"
#include "core/library/filename.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::string_view kSidecarSuffix = ".decision";

bool isSidecar(std::string_view name)
{
    return toLowerAscii(fileSuffix(name)) == kSidecarSuffix;
}

bool belongs(std::string_view companion, std::string_view image)
{
    const std::string_view imageStem = fileStem(image);
    const std::string_view stem = fileStem(companion);
    return stem == imageStem || (isSidecar(companion) && stem == groupStem(imageStem));
}

} // namespace

CompanionFinder::CompanionFinder(std::span<const std::string> names) : m_names(names.begin(), names.end())
{
    std::ranges::sort(m_names);
}

std::vector<std::string> CompanionFinder::companionsOf(std::string_view imageName) const
{
    // Every companion starts with the group stem, so only that stretch of the sorted names matters.
    const std::string_view prefix = groupStem(fileStem(imageName));
    std::vector<std::string> companions;
    for (auto name = std::ranges::lower_bound(m_names, prefix, std::ranges::less{},
                                              [](const std::string& s) { return std::string_view(s); });
         name != m_names.end() && startsWith(*name, prefix); ++name) {
        if (!isImageFile(*name) && belongs(*name, imageName))
            companions.push_back(*name);
    }
    return companions;
}

std::vector<std::string> CompanionFinder::imagesOf(std::string_view companionName) const
{
    const std::string_view prefix = fileStem(companionName);
    std::vector<std::string> images;
    for (auto name = std::ranges::lower_bound(m_names, prefix, std::ranges::less{},
                                              [](const std::string& s) { return std::string_view(s); });
         name != m_names.end() && startsWith(*name, prefix); ++name) {
        if (isImageFile(*name) && belongs(companionName, *name))
            images.push_back(*name);
    }
    return images;
}

} // namespace ps
