// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_types.h"

#include "core/base/text.h"

#include <algorithm>
#include <limits>

namespace ps {

namespace {

/// value * numerator / denominator, rounded to the nearest whole number, at least 1.
int scaled(int value, int numerator, int denominator)
{
    const std::int64_t product = std::int64_t{value} * numerator;
    return static_cast<int>(std::max<std::int64_t>(1, (2 * product + denominator) / (2 * std::int64_t{denominator})));
}

} // namespace

std::string_view formatName(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Jpeg: return "JPEG";
    case ImageFormat::Png: return "PNG";
    case ImageFormat::WebP: return "WebP";
    case ImageFormat::Bmp: return "BMP";
    case ImageFormat::Tiff: return "TIFF";
    case ImageFormat::Heif: return "HEIF";
    case ImageFormat::Avif: return "AVIF";
    case ImageFormat::Jxl: return "JPEG XL";
    }
    return "unknown";
}

std::string_view formatExtension(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Jpeg: return ".jpg";
    case ImageFormat::Png: return ".png";
    case ImageFormat::WebP: return ".webp";
    case ImageFormat::Bmp: return ".bmp";
    case ImageFormat::Tiff: return ".tif";
    case ImageFormat::Heif: return ".heic";
    case ImageFormat::Avif: return ".avif";
    case ImageFormat::Jxl: return ".jxl";
    }
    return "";
}

bool isUsualExtension(ImageFormat format, std::string_view extension)
{
    const std::string lower = toLowerAscii(extension);
    if (lower == formatExtension(format))
        return true;
    switch (format) {
    case ImageFormat::Jpeg: return lower == ".jpeg" || lower == ".jpe" || lower == ".jfif";
    case ImageFormat::Png: return lower == ".apng";
    case ImageFormat::Bmp: return lower == ".dib";
    case ImageFormat::Tiff: return lower == ".tiff";
    case ImageFormat::Heif: return lower == ".heif" || lower == ".hif";
    default: return false;
    }
}

std::vector<ImageFormat> openableFormats()
{
    std::vector<ImageFormat> formats;
    for (auto value = static_cast<std::uint8_t>(ImageFormat::Jpeg);
         value <= static_cast<std::uint8_t>(kLastImageFormat); ++value) {
        const auto format = static_cast<ImageFormat>(value);
        const bool isHeif = format == ImageFormat::Heif || format == ImageFormat::Avif;
        const bool isMissing = (isHeif && !PS_HAS_HEIF) || (format == ImageFormat::Jxl && !PS_HAS_JXL);
        if (!isMissing)
            formats.push_back(format);
    }
    return formats;
}

bool isWritable(ImageFormat format)
{
    return format <= ImageFormat::Tiff;
}

bool isOfClass(ImageSize size, ImageSize full, ImageSize box)
{
    const ImageSize fitted = fittedSize(full, box);
    const std::int64_t wanted = std::max(fitted.width, fitted.height);
    const std::int64_t longer = std::max(size.width, size.height);
    const ImageSize largest = largestOfClass(fitted);
    return 100 * longer >= 95 * wanted && size.width <= largest.width && size.height <= largest.height &&
           size.width <= full.width && size.height <= full.height;
}

ImageSize largestOfClass(ImageSize box)
{
    const auto larger = [](int side) {
        return static_cast<int>(
            std::min<std::int64_t>(std::numeric_limits<int>::max(), (std::int64_t{side} * 105 + 99) / 100));
    };
    return {larger(box.width), larger(box.height)};
}

ImageSize fittedSize(ImageSize full, ImageSize box)
{
    if (box.isEmpty() || (full.width <= box.width && full.height <= box.height))
        return full;
    const bool isBoundByWidth = std::int64_t{full.width} * box.height >= std::int64_t{full.height} * box.width;
    if (isBoundByWidth)
        return {box.width, std::min(scaled(full.height, box.width, full.width), box.height)};
    return {std::min(scaled(full.width, box.height, full.height), box.width), box.height};
}

} // namespace ps
