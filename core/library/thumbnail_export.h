// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_service.h"

#include <functional>
#include <stop_token>
#include <string>

namespace ps {

struct ThumbnailExportOptions {
    ThumbnailClass size = ThumbnailClass::Large;
    std::size_t inFlight = 16; ///< images that are with the workers at once
    /// Called for each file or folder that gives no thumbnail, with the path as context.
    std::function<void(const Error&)> onProblem;
    /// Called now and then.
    std::function<void(std::int64_t made, std::int64_t kept)> onProgress;
};

struct ThumbnailExportReport {
    std::int64_t made = 0;
    std::int64_t kept = 0;   ///< were there already, of the present state of the image
    std::int64_t failed = 0; ///< images and folders that could not be read
};

/// Makes a JPEG thumbnail of every image beneath `source` in `target`: "a/b.png" gives "a/b.png.jpg" with the time of
/// b.png, by which a later run knows that it has it already. Files appear whole or not at all; they are not forced to the
/// disk one by one. Images are told by their suffix; links are not followed; names that begin with "." are left out, and
/// so is `target` when it lies inside `source`. Folders are read piece by piece: memory does not grow with them.
/// Blocks. Errors: Cancelled within a second; Io or NoSpace when `target` cannot be written; NotFound.
Result<ThumbnailExportReport> exportThumbnails(ImageService& images, const std::shared_ptr<const UniqueFd>& source,
                                               const std::shared_ptr<const UniqueFd>& target,
                                               const ThumbnailExportOptions& options, std::stop_token stop);

} // namespace ps
