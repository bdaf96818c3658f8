// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/header.h"

#include "core/imaging/codecs/sniff.h"

namespace ps {

namespace {

Result<ImageHeader> readHeaderOf(FileReader& file, ImageFormat format, const ImageLimits& limits)
{
    switch (format) {
    case ImageFormat::Jpeg: return readJpegHeader(file);
    case ImageFormat::Png: return readPngHeader(file);
    case ImageFormat::WebP: return readWebPHeader(file, limits.maxFrames);
    case ImageFormat::Tiff: return readTiffHeader(file, limits.maxFrames);
    case ImageFormat::Bmp: return readBmpHeader(file);
    }
    return unsupported("unknown format");
}

Result<void> checkLimits(const FileReader& file, const ImageHeader& header, const ImageLimits& limits)
{
    const ImageSize size = header.rawSize;
    if (size.isEmpty())
        return damaged(file, "the header says " + std::to_string(size.width) + " x " + std::to_string(size.height));
    if (std::int64_t{size.width} * size.height > limits.maxPixels)
        return Error{ErrorCode::TooLarge,
                     std::to_string(size.width) + " x " + std::to_string(size.height) + " exceeds the limit of " +
                         std::to_string(limits.maxPixels) + " pixels",
                     {},
                     0};
    if (header.frameCount > limits.maxFrames)
        return Error{
            ErrorCode::TooLarge, "more frames or pages than the limit of " + std::to_string(limits.maxFrames), {}, 0};
    return {};
}

} // namespace

Result<ImageHeader> readHeader(FileReader& file, const ImageLimits& limits)
{
    if (file.sizeBytes() > limits.maxFileBytes)
        return Error{ErrorCode::TooLarge,
                     "the file exceeds the limit of " + std::to_string(limits.maxFileBytes) + " bytes",
                     {},
                     0};
    PS_TRY(const ImageFormat format, sniffFormat(file));
    PS_TRY(ImageHeader header, readHeaderOf(file, format, limits));
    header.format = format;
    PS_TRY_VOID(checkLimits(file, header, limits));
    return header;
}

Result<void> checkBox(PixelBox box, ImageSize size)
{
    if (!box.isWithin(size))
        return Error{ErrorCode::InvalidInput,
                     "the box does not lie within the " + std::to_string(size.width) + " x " +
                         std::to_string(size.height) + " image",
                     {},
                     0};
    return {};
}

Error damaged(const FileReader& file, std::string message)
{
    if (file.readError() != 0)
        return errnoError("cannot read the file", {}, file.readError());
    return {ErrorCode::Corrupt, std::move(message), {}, 0};
}

Error unsupported(std::string message)
{
    return {ErrorCode::Unsupported, std::move(message), {}, 0};
}

} // namespace ps
