// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/view.h"

#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/decoders.h"

#include <opencv2/imgproc.hpp>

namespace ps {

namespace {

void scaleDown(Raster& raster, ImageSize size)
{
    if (raster.size() != size)
        raster.pixels = areaScaled(raster.pixels, size);
}

} // namespace

void scaleAndConvert(Raster& raster, ImageSize size, ColourConverter& converter)
{
    if (hasAlpha(raster.model)) {
        // Colours of transparent pixels must neither be converted as if they were seen nor bleed into their neighbours.
        unpremultiply(raster);
        converter.convertToSrgb(raster);
        premultiply(raster);
        scaleDown(raster, size);
    } else {
        scaleDown(raster, size);
        converter.convertToSrgb(raster);
    }
}

Result<PixelLayout> drawView(FileReader& file, const ImageHeader& header, ImageSize fitBox, ColourConverter& converter,
                             const MakeCanvas& makeCanvas)
{
    const ImageSize size = fittedSize(header.upright(), fitBox);
    const ImageSize rawSize = uprightSize(size, header.orientation); // swapping sides is its own inverse
    PS_TRY(const std::span<std::uint8_t> canvas, makeCanvas(size));
    const auto stride = static_cast<std::size_t>(rowBytes(size.width));
    if (canvas.size() < stride * static_cast<std::size_t>(size.height))
        return Error{ErrorCode::InvalidInput, "the memory is too small for the picture", {}, 0};

    DecodeOptions options;
    options.smallestRawSize = rawSize;
    PS_TRY(Raster raster, decodeRaster(file, header, options));
    scaleAndConvert(raster, rawSize, converter);
    const bool isTransparent = hasAlpha(raster.model);

    const cv::Mat upright = oriented(raster.pixels, header.orientation);
    cv::Mat target(size.height, size.width, CV_8UC4, canvas.data(), stride);
    if (isTransparent)
        upright.copyTo(target);
    else
        cv::cvtColor(upright, target, cv::COLOR_BGR2BGRA);
    return PixelLayout{size, static_cast<std::int32_t>(stride), isTransparent};
}

} // namespace ps
