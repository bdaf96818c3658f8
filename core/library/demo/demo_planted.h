// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/library/demo/demo_script.h"
#include "core/library/workspace.h"

namespace ps {

/// The sidecar without its image, beneath the images.
constexpr std::string_view kOrphanSidecar = "20250704_120000_stage2_upscaled.decision";

/// Puts a few integrity problems into a new demo project, as careless scripts have left them: a swapped crop, a path among
/// the names, a reject that counts as a match, a guessed size, a selection outside the list, a sidecar without its image.
/// `imagesFolderFd` is the open folder with the images. Returns how many.
Result<std::int64_t> plantProblems(const Workspace& workspace, std::string_view projectId,
                                   const std::vector<DemoGroup>& groups, int imagesFolderFd, UtcTime now);

} // namespace ps
