// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/survey.h"

#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/codecs/measure.h"
#include "core/imaging/codecs/view.h"

#include <algorithm>

namespace ps {

namespace {

constexpr int kThumbnailQuality = 85;
constexpr int kTransparentQuality = 80;

/// 500 pixels count as 512: the next larger scale of a JPEG costs a quarter more.
ImageSize cheapestSize(ImageSize wanted, ImageFormat format)
{
    if (format != ImageFormat::Jpeg)
        return wanted;
    return {std::max(1, wanted.width * 19 / 20), std::max(1, wanted.height * 19 / 20)};
}

ImageSize smallerOf(ImageSize a, ImageSize b)
{
    return {std::min(a.width, b.width), std::min(a.height, b.height)};
}

/// The picture within 512 x 512 pixels, upright: what is measured, and what every thumbnail is made from.
Result<Raster> normalForm(FileReader& file, const ImageHeader& header, ColourConverter& converter)
{
    const ImageSize size = fittedSize(header.upright(), boxOf(ThumbnailClass::Large));
    const ImageSize rawSize = uprightSize(size, header.orientation); // swapping sides is its own inverse
    DecodeOptions options;
    options.smallestRawSize = cheapestSize(rawSize, header.format);
    PS_TRY(Raster raster, decodeRaster(file, header, options));
    scaleAndConvert(raster, smallerOf(rawSize, raster.size()), converter);
    raster.pixels = oriented(raster.pixels, header.orientation);
    return raster;
}

bool isOpaque(const Raster& raster)
{
    for (int y = 0; y < raster.pixels.rows; ++y) {
        const std::uint8_t* row = raster.pixels.ptr(y);
        for (int x = 0; x < raster.pixels.cols; ++x) {
            if (row[x * 4 + 3] != 255)
                return false;
        }
    }
    return true;
}

} // namespace

Result<SurveyedPicture> surveyPicture(FileReader& file, const ImageHeader& header, ThumbnailClass size,
                                      ColourConverter& converter)
{
    SurveyedPicture surveyed;
    PS_TRY(surveyed.thumbnail, normalForm(file, header, converter));
    Raster& picture = surveyed.thumbnail;
    if (hasAlpha(picture.model) && isOpaque(picture))
        flatten(picture);
    surveyed.measures = measureLuma(lumaOf(picture.pixels));
    if (header.format == ImageFormat::Jpeg)
        surveyed.measures.jpegQuality = jpegQuality(file);
    const ImageSize wanted = fittedSize(picture.size(), boxOf(size));
    if (wanted != picture.size())
        picture.pixels = areaScaled(picture.pixels, wanted);
    return surveyed;
}

Result<std::string> encodeThumbnail(Raster thumbnail, ColourConverter& converter)
{
    Encoding encoding;
    encoding.format = hasAlpha(thumbnail.model) ? ImageFormat::WebP : ImageFormat::Jpeg;
    encoding.quality = hasAlpha(thumbnail.model) ? kTransparentQuality : kThumbnailQuality;
    encoding.halvesChroma = true;
    encoding.isLossless = false;
    return encodeRaster(std::move(thumbnail), encoding, converter);
}

} // namespace ps
