// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/dataset_scope.h"

#include <functional>

namespace ps {

/// One JSON object of a file of lines.
struct JsonLine {
    std::int64_t line = 0;
    std::string_view raw;
    Json object;
};

/// Gives each object of a file of lines; several on one line are split. What is no object goes to the quarantine.
Result<void> eachJsonLine(DatasetScope& scope, const std::string& path,
                          const std::function<Result<void>(const JsonLine&)>& take);

/// Adds what an object of metadata says about an image: size, boxes in `objects` (as Hugging Face has them: lists `bbox` of
/// x, y, width, height in pixels and `categories`), `label`, and everything else as attributes. Bad boxes go to the quarantine.
Result<void> takeMetadata(DatasetScope& scope, const std::string& path, const JsonLine& line, ImportedImage& image);

} // namespace ps
