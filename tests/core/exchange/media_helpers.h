// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release_media.h"
#include "core/imaging/image_service.h"
#include "tests/support/checks.h"
#include "tests/support/images.h"
#include "tests/support/temp_folder.h"

#include <memory>
#include <optional>
#include <string>

namespace ps::test {

inline std::unique_ptr<ImageService> startImageService()
{
    ImageService::Options options;
    options.workerPath = programPath("proofsheet-worker");
    options.workerCount = 1;
    return must(ImageService::start(options));
}

/// A file in the folder as the winner of a group, with what the catalogue would know of it.
inline ReleaseImage releaseImage(const TempFolder& folder, const std::string& path,
                                 std::optional<Crop> crop = std::nullopt)
{
    const ImageHeader header = must(headerOf(folder.read(path)));
    ReleaseImage image;
    image.sourceName = fileName(path);
    image.place = Place{folder.handle(), path};
    image.identity = must(identifyBeneath(folder.handle()->get(), path));
    image.format = header.format;
    image.size = header.upright();
    image.orientation = header.orientation;
    image.name = fileName(path);
    image.crop = crop;
    return image;
}

} // namespace ps::test
