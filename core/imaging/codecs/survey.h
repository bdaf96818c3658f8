// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/colour.h"
#include "core/imaging/codecs/header.h"
#include "core/imaging/image_measures.h"
#include "core/imaging/thumbnail_class.h"

#include <string>

namespace ps {

/// What one decode of a picture gives.
struct SurveyedPicture {
    Raster thumbnail;       ///< upright, sRGB, BGR or BGR with premultiplied alpha
    ImageMeasures measures; ///< without the hash of the file
};

/// Decodes the picture once, reduced, and takes thumbnail and measures from that. The header must be that of the file.
/// The thumbnail lies within the box of its class; a decoder that can reduce cheaply may miss the box by a twentieth.
/// Errors: those of decodeRaster().
Result<SurveyedPicture> surveyPicture(FileReader& file, const ImageHeader& header, ThumbnailClass size,
                                      ColourConverter& converter);

/// The thumbnail as the cache keeps it: JPEG of quality 85 with halved chroma, or WebP when it has alpha.
Result<std::string> encodeThumbnail(Raster thumbnail, ColourConverter& converter);

/// Checks that a PNG of the desktop's shared cache says that it shows this file in this state.
/// Source: freedesktop.org Thumbnail Managing Standard, keys Thumb::URI and Thumb::MTime.
/// Errors: Conflict when it says something else or nothing; Corrupt.
Result<void> checkSharedThumbnail(FileReader& png, const std::string& uri, std::int64_t modifiedSeconds);

} // namespace ps
