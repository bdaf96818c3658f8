// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/header.h"

namespace ps {

/// How pixels are wanted.
struct DecodeOptions {
    /// A decoder that can do so cheaply may return a smaller picture, but none smaller than this on either side.
    /// Empty: full size. Coords: raw, before the orientation.
    ImageSize smallestRawSize;
    bool keepsDepth = false; ///< 16 bits stay 16 bits; otherwise everything is 8
};

/// The pixels of the first frame, not yet turned upright.
/// Errors: Corrupt when anything is missing or damaged: a picture is whole or not there; Unsupported; Io. Throws
/// std::bad_alloc or cv::Exception when there is not enough memory.
Result<Raster> decodeRaster(FileReader& file, const ImageHeader& header, const DecodeOptions& options);

// The formats, one by one; decodeRaster() chooses.
Result<Raster> decodeJpeg(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options);
Result<Raster> decodePng(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options);
Result<Raster> decodeWebP(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options);
Result<Raster> decodeTiff(FileReader& file, const ImageHeader& header, const DecodeOptions& options);
Result<Raster> decodeBmp(FileReader& file, const ImageHeader& header, const DecodeOptions& options);

/// Decodes and turns upright; `smallestSize` is upright too.
Result<Raster> decodeUpright(FileReader& file, const ImageHeader& header, ImageSize smallestSize, bool keepsDepth);

} // namespace ps
