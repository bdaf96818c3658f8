// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/colour.h"
#include "core/imaging/codecs/header.h"
#include "core/imaging/pixels.h"

#include <functional>
#include <span>

namespace ps {

/// Gives the memory for a picture of this size with rows of rowBytes(width), or an error.
using MakeCanvas = std::function<Result<std::span<std::uint8_t>>(ImageSize size)>;

/// Draws the picture as people see it: upright, sRGB, 32 bits per pixel as Pixels has them, scaled down to lie within
/// `fitBox`. The header must be that of the file.
/// Errors: those of decodeRaster() and of `makeCanvas`.
Result<PixelLayout> drawView(FileReader& file, const ImageHeader& header, ImageSize fitBox, ColourConverter& converter,
                             const MakeCanvas& makeCanvas, FitMode mode = FitMode::Exact);

/// The same of the pixels inside `box` only. Coords: upright, of the full-size image.
/// Errors also: InvalidInput for a box outside the image.
Result<PixelLayout> drawRegion(FileReader& file, const ImageHeader& header, PixelBox box, ImageSize fitBox,
                               ColourConverter& converter, const MakeCanvas& makeCanvas);

} // namespace ps
