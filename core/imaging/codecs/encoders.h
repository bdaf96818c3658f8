// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/raster.h"
#include "core/imaging/recipe.h"

#include <string>

namespace ps {

class ColourConverter;

/// The bytes of a file with these pixels and their colour tags. A raster that the format cannot hold is converted
/// first: depth to 8 bits, colours to sRGB, alpha onto white. Errors: TooLarge when a side is beyond what the format
/// allows; Internal when the library refuses.
Result<std::string> encodeRaster(Raster raster, const Encoding& encoding, ColourConverter& converter);

// The formats, one by one; each takes only rasters that it can hold.
Result<std::string> encodeJpeg(const Raster& raster, const Encoding& encoding);
Result<std::string> encodePng(const Raster& raster, const Encoding& encoding);
Result<std::string> encodeWebP(const Raster& raster, const Encoding& encoding);
Result<std::string> encodeTiff(const Raster& raster);
Result<std::string> encodeBmp(const Raster& raster);

/// Lays a raster with alpha onto white. 8 bits.
void flatten(Raster& raster);

} // namespace ps
