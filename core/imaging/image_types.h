// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/geometry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// The formats that are decoded, recognised by content. Values go over the wire.
enum class ImageFormat : std::uint8_t { Jpeg = 1, Png = 2, WebP = 3, Bmp = 4, Tiff = 5, Heif = 6, Avif = 7, Jxl = 8 };
constexpr ImageFormat kLastImageFormat = ImageFormat::Jxl;

/// "JPEG", "PNG", "WebP", "BMP", "TIFF", "HEIF", "AVIF", "JPEG XL".
std::string_view formatName(ImageFormat format);
/// The usual extension with its dot: ".jpg", ".png", ".webp", ".bmp", ".tif", ".heic", ".avif", ".jxl".
std::string_view formatExtension(ImageFormat format);

/// Whether a file name with this extension (with its dot, in any case) is what people expect of the format.
bool isUsualExtension(ImageFormat format, std::string_view extension);
/// The formats that this build can open, in the order of their values. HEIF, AVIF and JPEG XL depend on the libraries that
/// were there when it was built.
std::vector<ImageFormat> openableFormats();
/// Whether pictures are written in this format too.
bool isWritable(ImageFormat format);

/// How much one image may ask for. Beyond a limit the answer is TooLarge, before anything is allocated.
struct ImageLimits {
    std::int64_t maxPixels = std::int64_t{1} << 29;    ///< 536,870,912: a square of 23,170
    std::int64_t maxFileBytes = std::int64_t{1} << 31; ///< 2 GiB: so many pixels fit without compression
    std::int32_t maxFrames = 10'000;                   ///< of an animation, or pages of a TIFF
    bool operator==(const ImageLimits&) const = default;
};

/// What a file says about its image. Only the first frame or page is ever shown.
struct ImageInfo {
    ImageFormat format = ImageFormat::Jpeg;
    ImageSize size;                  ///< upright, full size
    std::int32_t orientation = 1;    ///< EXIF, 1..8; already applied to `size` and to all pixels
    std::int32_t bitsPerChannel = 8; ///< in the file; palette images count as 8
    std::int32_t channelCount = 3;   ///< with alpha; palette images count as colour
    bool hasAlpha = false;
    bool isLossless = false;           ///< the compression keeps every pixel value
    std::string chromaSubsampling;     ///< "4:4:4", "4:2:2", "4:2:0" and so on of lossy colour; "" where there is none
    std::int32_t estimatedQuality = 0; ///< 1..100 on the scale of libjpeg, from the quantisation tables; 0 = unknown
    bool isAnimated = false;
    std::int32_t frameCount = 1;
    std::string profileDescription;       ///< of the embedded ICC profile, "" without one
    std::vector<std::string> conversions; ///< what decoding changes, for example "16 bit to 8", "CMYK to sRGB"
    std::int64_t fileBytes = 0;
    FileIdentity identity; ///< which state of which file was read; set by ImageService
    bool operator==(const ImageInfo&) const = default;
};

/// What ImageInfo::conversions says of a profile that cannot be used.
constexpr std::string_view kBrokenProfileNote = "broken profile ignored";

/// The size of an image scaled down, never up, to lie within `box`; an empty box means full size. Both sides are
/// rounded to the nearest pixel and at least 1.
ImageSize fittedSize(ImageSize full, ImageSize box);

/// How closely a picture has to come to the size asked for.
enum class FitMode : std::uint8_t {
    Exact = 0, ///< exactly fittedSize()
    Class = 1, ///< about so large, as long as that saves work: see isOfClass()
};

/// Whether `size` may stand for fittedSize(full, box) in a place where only the class of size matters, such as a
/// thumbnail: the longer side is within 5 % of it. 500 px count as 512.
bool isOfClass(ImageSize size, ImageSize full, ImageSize box);
/// The largest size that isOfClass() for a box.
ImageSize largestOfClass(ImageSize box);

/// Bytes of one row of 32-bit pixels.
constexpr std::int64_t rowBytes(int width)
{
    return std::int64_t{width} * 4;
}

} // namespace ps
