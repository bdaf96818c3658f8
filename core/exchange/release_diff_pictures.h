// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release.h"
#include "core/imaging/image_source.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ps {

/// The picture of a re-cropped group, small enough for a page.
struct DiffPicture {
    std::string dataUri; ///< a JPEG of at most 160 x 160 pixels, or ""
    ImageSize size;      ///< of that, or of a frame of the same shape; empty when the shape is not known
    std::string why;     ///< why there is no picture, in English
};

/// Finds the original of a change, when somebody has it.
using OriginalFinder = std::function<std::optional<ImageSource>(const ReleaseDiff::Change& change)>;
/// One that looks into the project; valid as long as the session.
OriginalFinder originalsOf(const ProjectSession& session);

/// A picture for each change, by its place; empty ones for changes that are no crops. The second release is asked for its image
/// files, then the first, then `findOriginal` (which may be null). Releases with applied crops hold cut pictures and cannot
/// help. Workers make the pictures: at most 1000. What goes wrong with one of them is said in its place. Blocks.
/// Errors: Cancelled; Corrupt, NotFound for a release that cannot be read.
Result<std::vector<DiffPicture>> diffPictures(const ReleaseDiff& diff, const std::string& firstPath,
                                              const std::string& secondPath, ImageService& images,
                                              const OriginalFinder& findOriginal, std::stop_token stop);

} // namespace ps
