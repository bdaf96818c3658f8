// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/upright.h"

#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/encoders.h"

namespace ps {

namespace {

constexpr int kTurnedQuality = 95; // with 4:4:4, as cuts are written

Result<StrippedFile> strip(ImageFormat format, std::string_view bytes)
{
    switch (format) {
    case ImageFormat::Jpeg: return stripJpeg(bytes);
    case ImageFormat::Png: return stripPng(bytes);
    case ImageFormat::WebP: return stripWebP(bytes);
    case ImageFormat::Jxl: return stripJxl(bytes);
    case ImageFormat::Heif:
    case ImageFormat::Avif: return stripHeif(bytes);
    case ImageFormat::Bmp:
    case ImageFormat::Tiff: break;
    }
    return StrippedFile();
}

Result<std::string> withMetadata(ImageFormat format, std::string bytes, const std::vector<std::string>& parts)
{
    switch (format) {
    case ImageFormat::Jpeg: return withJpegMetadata(std::move(bytes), parts);
    case ImageFormat::Png: return withPngMetadata(std::move(bytes), parts);
    case ImageFormat::WebP: return withWebPMetadata(bytes, parts);
    default: return bytes;
    }
}

/// Through the pixels; the same values where the format keeps them.
Result<std::string> encodedUpright(FileReader& file, const ImageHeader& header, ColourConverter& converter)
{
    PS_TRY(Raster raster, decodeUpright(file, header, std::nullopt, /*keepsDepth=*/true));
    Encoding encoding;
    encoding.format = header.format;
    encoding.quality = kTurnedQuality;
    encoding.isLossless = header.isLossless;
    return encodeRaster(std::move(raster), encoding, converter);
}

/// A TIFF is a web of offsets into itself: one with metadata is written anew, without loss and with its first page only.
Result<UprightFile> uprightTiff(FileReader& file, const ImageHeader& header, bool keepsMetadata,
                                ColourConverter& converter)
{
    UprightFile made;
    PS_TRY(const bool hasMetadata, hasTiffMetadata(file));
    made.isTurned = header.orientation != 1;
    made.isUnchanged = !made.isTurned && (keepsMetadata || !hasMetadata);
    if (made.isUnchanged)
        return made;
    made.lostMetadata = hasMetadata;
    PS_TRY(made.bytes, encodedUpright(file, header, converter));
    return made;
}

Result<UprightFile> turned(FileReader& file, const ImageHeader& header, std::string_view stripped,
                           ColourConverter& converter)
{
    UprightFile made;
    made.isTurned = true;
    if (header.format == ImageFormat::Jpeg) {
        if (std::optional<std::string> lossless = turnedJpeg(stripped, header.orientation)) {
            made.bytes = std::move(*lossless);
            return made;
        }
    }
    made.isReencoded = !header.isLossless;
    PS_TRY(made.bytes, encodedUpright(file, header, converter));
    return made;
}

} // namespace

Result<UprightFile> uprightCopy(FileReader& file, const ImageHeader& header, bool keepsMetadata,
                                ColourConverter& converter)
{
    if (header.format == ImageFormat::Tiff)
        return uprightTiff(file, header, keepsMetadata, converter);
    const bool isUpright = header.orientation == 1;
    UprightFile made;
    made.isUnchanged = true;
    if (header.format == ImageFormat::Bmp || (keepsMetadata && isUpright))
        return made;
    PS_TRY(const FileBytes whole, file.readAll());
    PS_TRY(StrippedFile stripped, strip(header.format, whole.view()));
    if (isUpright) {
        made.isUnchanged = !stripped.isStripped();
        made.lostMetadata = stripped.isStripped();
        if (!made.isUnchanged)
            made.bytes = std::move(stripped.bytes);
        return made;
    }
    PS_TRY(made,
           turned(file, header, stripped.isStripped() ? std::string_view(stripped.bytes) : whole.view(), converter));
    made.lostMetadata = keepsMetadata ? stripped.hasOtherLoss : stripped.isStripped();
    if (keepsMetadata) {
        PS_TRY(made.bytes, withMetadata(header.format, std::move(made.bytes), stripped.removed));
    }
    return made;
}

} // namespace ps
