// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/colour.h"
#include "core/imaging/codecs/header.h"
#include "core/imaging/recipe.h"

#include <functional>
#include <string>

namespace ps {

struct RenderedFile {
    ImageSize size;
    std::string bytes;
};

/// The file that the recipe makes. The header must be that of the file. `isCancelled` is asked between the steps.
/// Errors: those of decodeRaster() and encodeRaster(); InvalidInput for a box outside the image; TooLarge for a resize
/// beyond the limit; Cancelled.
Result<RenderedFile> renderRecipe(FileReader& file, const ImageHeader& header, const Recipe& recipe,
                                  const ImageLimits& limits, ColourConverter& converter,
                                  const std::function<bool()>& isCancelled);

} // namespace ps
