// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/file_reader.h"
#include "core/imaging/codecs/raster.h"
#include "core/imaging/image_types.h"

namespace ps {

/// What a file says before any pixel is decoded. Decoders get it and refuse a file whose pixels disagree with it.
struct ImageHeader {
    ImageFormat format = ImageFormat::Jpeg;
    ImageSize rawSize; ///< as stored, before the orientation
    int orientation = 1;
    int bitsPerChannel = 8;
    ColourModel model = ColourModel::Bgr; ///< after palettes and keys were resolved
    bool isLossless = false;
    std::string chromaSubsampling; ///< as in ImageInfo
    int estimatedQuality = 0;      ///< as in ImageInfo
    int frameCount = 1;
    bool isAnimation = false; ///< WebP whose pixels are in frames, if only in one
    ColourTags colour;
    std::string note; ///< something that decoding drops, for ImageInfo::conversions

    ImageSize upright() const { return uprightSize(rawSize, orientation); }
};

/// Recognises the file, reads its header and checks the limits, before anything is allocated for pixels.
/// Errors: Unsupported, Corrupt, TooLarge with the numbers, Io.
Result<ImageHeader> readHeader(FileReader& file, const ImageLimits& limits);

// The formats, one by one; readHeader() chooses. They do not check limits, except that no count runs beyond maxFrames.
Result<ImageHeader> readJpegHeader(FileReader& file);
Result<ImageHeader> readPngHeader(FileReader& file);
Result<ImageHeader> readWebPHeader(FileReader& file, int maxFrames);
Result<ImageHeader> readTiffHeader(FileReader& file, int maxFrames);
Result<ImageHeader> readBmpHeader(FileReader& file);

/// Errors: InvalidInput, with the size, for a box that does not lie within it.
Result<void> checkBox(PixelBox box, ImageSize size);

/// Larger profiles are taken for damage and ignored.
constexpr std::size_t kMaxProfileBytes = std::size_t{16} << 20;

/// Corrupt, or Io when a read error is the cause.
Error damaged(const FileReader& file, std::string message);
Error unsupported(std::string message);

} // namespace ps
