// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release.h"
#include "core/imaging/image_service.h"
#include "tests/support/checks.h"
#include "tests/support/project_fixture.h"

#include <filesystem>
#include <fstream>

namespace ps::test {

inline std::unique_ptr<ImageService> startImageService()
{
    ImageService::Options options;
    options.workerPath = programPath("proofsheet-worker");
    options.workerCount = 2;
    return must(ImageService::start(std::move(options)));
}

inline ExportOptions exportTo(const std::string& destination)
{
    ExportOptions options;
    options.destination = destination;
    options.tool = "proofsheet test";
    return options;
}

/// The checks of these projects' made-up files are not what is tested.
inline ExportRequest requestFor(ExportFormat format)
{
    ExportRequest request;
    request.format = format;
    for (const char* check : {"file_missing", "file_unreadable", "size_differs"})
        request.checkRules[check] = CheckRule::Allow;
    return request;
}

inline std::vector<std::string> problemPaths(const std::string& release)
{
    std::vector<std::string> paths;
    for (const ReleaseProblem& problem : must(verifyRelease(release, {})).problems)
        paths.push_back(problem.path);
    return paths;
}

/// Turns one bit of a file round.
inline void flipBit(const std::string& path, std::int64_t offset)
{
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(offset);
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(offset);
    file.put(byte);
}

inline std::int64_t accountedFor(const ReleasePreview& preview)
{
    std::int64_t count = preview.exported;
    for (const auto& [reason, groups] : preview.excluded)
        count += groups;
    return count;
}

} // namespace ps::test
