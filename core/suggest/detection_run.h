// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/inference_service.h"
#include "core/library/project_session.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// One image of a project in which boxes are looked for.
struct DetectionItem {
    std::string path; ///< where it was scanned
    std::string groupKey;
    int imageIndex = 0; ///< in its group
    ImageSource source;
};

/// Every image of a project that is there, in its order. Blocks. Errors: Io, Cancelled.
Result<std::vector<DetectionItem>> detectionItemsOf(const ProjectSession& session, std::stop_token stop);

/// The name of a class: that of the spec, or its number where there is none.
std::string className(const ModelSpec& spec, int classIndex);

/// Keeps what `spec` found in these images of a project that is worked on, in the place of what it found before. `source`
/// names the engine. One transaction, for some hundred images at a time. Errors: ReadOnly while viewing; those of storeBoxes().
Result<void> storeDetections(const ProjectSession& session, const ModelSpec& spec, const std::string& source,
                             std::span<const DetectionItem> items,
                             std::span<const Result<std::vector<Detection>>> answers);

} // namespace ps
