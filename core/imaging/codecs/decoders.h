// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/header.h"
#include "core/imaging/codecs/row_sink.h"

#include <optional>

namespace ps {

/// How pixels are wanted.
struct DecodeOptions {
    /// Only the pixels inside. Coords: raw, before the orientation, full size; it lies within the picture.
    std::optional<PixelBox> region;
    /// A decoder that can do so cheaply may return a smaller picture (of the region), but none smaller than this on
    /// either side. Empty: full size. Coords: raw.
    ImageSize smallestRawSize;
    bool keepsDepth = false;   ///< 16 bits stay 16 bits; otherwise everything is 8
    bool examinesRest = false; ///< find damage behind the region too

    PixelBox boxOf(ImageSize rawSize) const { return region.value_or(PixelBox{0, 0, rawSize.width, rawSize.height}); }
};

/// The pixels of the first frame, not yet turned upright, row by row. Memory: a few rows where the format allows it
/// (baseline JPEG, PNG without interlacing, TIFF, BMP without run lengths), otherwise about one picture.
/// Errors: those of the sink; Corrupt when anything is missing or damaged, in which case what the sink has got so far is
/// worthless (behind the region nothing is examined unless asked for); Unsupported; Io. Throws std::bad_alloc or cv::Exception when there
/// is not enough memory.
Result<void> decodeRows(FileReader& file, const ImageHeader& header, const DecodeOptions& options, RowSink& sink);

// The formats, one by one; decodeRows() chooses.
Result<void> decodeJpeg(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options, RowSink& sink);
Result<void> decodePng(FileReader& file, const ImageHeader& header, const DecodeOptions& options, RowSink& sink);
Result<void> decodeWebP(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options, RowSink& sink);
Result<void> decodeTiff(FileReader& file, const ImageHeader& header, const DecodeOptions& options, RowSink& sink);
Result<void> decodeBmp(FileReader& file, const ImageHeader& header, const DecodeOptions& options, RowSink& sink);

/// The whole picture or region, raw, in memory. A picture is whole or not there.
Result<Raster> decodeRaster(FileReader& file, const ImageHeader& header, const DecodeOptions& options);
/// The same upright at full size; `box` is upright too, and damage outside it is found. Errors also: InvalidInput for a box outside the image.
Result<Raster> decodeUpright(FileReader& file, const ImageHeader& header, std::optional<PixelBox> box, bool keepsDepth);
/// A JPEG that lies in memory.
Result<Raster> decodeJpegRaster(std::string_view bytes, const ImageHeader& header);

} // namespace ps
