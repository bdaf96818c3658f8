// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/encoders.h"

#include "core/imaging/codecs/colour.h"
#include "core/imaging/codecs/header.h"

#include <opencv2/imgproc.hpp>

namespace ps {

namespace {

/// What a format can hold.
struct Capability {
    bool hasDepth; ///< 16 bits
    bool hasAlpha;
    bool hasGrey;
    bool hasCmyk;
    bool hasPremultiplied;
    int maxSide;
};

Capability capabilityOf(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Jpeg: return {false, false, true, true, false, 65'500};
    case ImageFormat::Png: return {true, true, true, false, false, 1'000'000};
    case ImageFormat::WebP: return {false, true, false, false, false, 16'383};
    case ImageFormat::Bmp: return {false, true, false, false, false, 1'000'000};
    case ImageFormat::Tiff: return {true, true, true, true, true, 1'000'000};
    case ImageFormat::Heif:
    case ImageFormat::Avif:
    case ImageFormat::Jxl: break; // not written
    }
    return {false, false, false, false, false, 0};
}

bool isGrey(const Raster& raster)
{
    return raster.model == ColourModel::Grey || raster.model == ColourModel::GreyAlpha;
}

void adapt(Raster& raster, const Capability& can, ColourConverter& converter)
{
    const bool losesAlpha = hasAlpha(raster.model) && !can.hasAlpha;
    const bool losesPremultiplied = raster.isPremultiplied && !can.hasPremultiplied;
    const bool changesModel = losesAlpha || (isGrey(raster) && !can.hasGrey) ||
                              (raster.model == ColourModel::Cmyk && !can.hasCmyk);
    if (!can.hasDepth || changesModel || losesPremultiplied)
        raster = toEightBit(std::move(raster));
    if (losesPremultiplied || losesAlpha)
        unpremultiply(raster);
    if (changesModel)
        converter.convertToSrgb(raster); // a profile for grey or CMYK means nothing for the new channels
    if (losesAlpha)
        flatten(raster);
}

} // namespace

void flatten(Raster& raster)
{
    premultiply(raster);
    cv::Mat opaque(raster.pixels.size(), CV_8UC3);
    for (int y = 0; y < raster.pixels.rows; ++y) {
        const std::uint8_t* in = raster.pixels.ptr(y);
        std::uint8_t* out = opaque.ptr(y);
        for (int x = 0; x < raster.pixels.cols; ++x, in += 4) {
            for (int c = 0; c < 3; ++c)
                *out++ = static_cast<std::uint8_t>(std::min(255, in[c] + 255 - in[3]));
        }
    }
    raster.pixels = opaque;
    raster.model = ColourModel::Bgr;
    raster.isPremultiplied = false;
}

Result<std::string> encodeRaster(Raster raster, const Encoding& encoding, ColourConverter& converter)
{
    if (!isWritable(encoding.format))
        return unsupported(std::string(formatName(encoding.format)) + " images cannot be written");
    const Capability can = capabilityOf(encoding.format);
    const ImageSize size = raster.size();
    if (size.width > can.maxSide || size.height > can.maxSide)
        return Error{ErrorCode::TooLarge,
                     std::string(formatName(encoding.format)) + " cannot hold " + std::to_string(size.width) + " x " +
                         std::to_string(size.height) + " pixels",
                     {},
                     0};
    adapt(raster, can, converter);
    switch (encoding.format) {
    case ImageFormat::Jpeg: return encodeJpeg(raster, encoding);
    case ImageFormat::Png: return encodePng(raster, encoding);
    case ImageFormat::WebP: return encodeWebP(raster, encoding);
    case ImageFormat::Tiff: return encodeTiff(raster);
    case ImageFormat::Bmp: return encodeBmp(raster);
    case ImageFormat::Heif:
    case ImageFormat::Avif:
    case ImageFormat::Jxl: break; // not written
    }
    return Error{ErrorCode::Internal, "unknown format", {}, 0};
}

} // namespace ps
