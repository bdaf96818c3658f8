// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/survey.h"

#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/codecs/measure.h"
#include "core/imaging/codecs/view.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace ps {

namespace {

constexpr int kThumbnailQuality = 85;
constexpr int kTransparentQuality = 80;

/// The picture of the 512-pixel class, upright: what is measured, and what every thumbnail is made from.
Result<Raster> normalForm(FileReader& file, const ImageHeader& header, ColourConverter& converter)
{
    Raster raster;
    const auto makeCanvas = [&raster](ImageSize size) -> Result<std::span<std::uint8_t>> {
        raster.pixels.create(size.height, size.width, CV_8UC4);
        return std::span(raster.pixels.data, raster.pixels.total() * raster.pixels.elemSize());
    };
    PS_TRY(const PixelLayout layout,
           drawView(file, header, boxOf(ThumbnailClass::Large), converter, makeCanvas, FitMode::Class));
    raster.model = layout.hasAlpha ? ColourModel::Bgra : ColourModel::Bgr;
    raster.isPremultiplied = layout.hasAlpha;
    if (!layout.hasAlpha)
        cv::cvtColor(raster.pixels, raster.pixels, cv::COLOR_BGRA2BGR);
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
    // Of the whole picture, not of the reduced one, whose sides are rounded already.
    const ImageSize most = fittedSize(header.upright(), boxOf(size));
    const ImageSize wanted{std::min(picture.size().width, most.width), std::min(picture.size().height, most.height)};
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
