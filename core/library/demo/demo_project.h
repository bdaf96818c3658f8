// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_service.h"

#include <functional>
#include <stop_token>
#include <string>

namespace ps {

/// The id of the demo project.
constexpr std::string_view kDemoProjectId = "demo";

struct DemoOptions {
    std::string targetPath; ///< the workspace to make; must not exist, or be an empty folder
    bool decideAll = false;
    std::string program;
    std::function<void(std::int64_t done, std::int64_t total)> onProgress; ///< images; on any thread
};

struct DemoReport {
    std::int64_t groups = 0;
    std::int64_t images = 0;
    std::int64_t decided = 0;
    std::int64_t planted = 0; ///< integrity problems that were put in on purpose
};

/// Makes the demo workspace from the photographs of installed packages: variants as a real pipeline would give them,
/// companions, two thirds decided by the rule of demo_script.h, and a few planted problems. Same bytes every time.
/// Blocks. Cost: about 20 s on two processors.
/// Errors: NotFound naming the packages to install; AlreadyExists; Cancelled.
Result<DemoReport> createDemo(ImageService& images, const DemoOptions& options, std::stop_token stop);

} // namespace ps
