// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/view.h"

#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/render.h"

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

namespace {

/// 95 % of a side, rounded up: the least that isOfClass() accepts.
int leastOfClass(int side)
{
    return static_cast<int>((std::int64_t{side} * 95 + 99) / 100);
}

/// Brings the raw pixels to `rawSize` and draws them upright.
Result<PixelLayout> draw(Raster raster, ImageSize rawSize, int orientation, ColourConverter& converter,
                         const MakeCanvas& makeCanvas)
{
    const ImageSize size = uprightSize(rawSize, orientation);
    PS_TRY(const std::span<std::uint8_t> canvas, makeCanvas(size));
    const auto stride = static_cast<std::size_t>(rowBytes(size.width));
    if (canvas.size() < stride * static_cast<std::size_t>(size.height))
        return Error{ErrorCode::InvalidInput, "the memory is too small for the picture", {}, 0};
    scaleAndConvert(raster, rawSize, converter);
    const bool isTransparent = hasAlpha(raster.model);

    const cv::Mat upright = oriented(raster.pixels, orientation);
    cv::Mat target(size.height, size.width, CV_8UC4, canvas.data(), stride);
    if (isTransparent)
        upright.copyTo(target);
    else
        cv::cvtColor(upright, target, cv::COLOR_BGR2BGRA);
    return PixelLayout{size, static_cast<std::int32_t>(stride), isTransparent};
}

} // namespace

Result<PixelLayout> drawView(FileReader& file, const ImageHeader& header, ImageSize fitBox, ColourConverter& converter,
                             const MakeCanvas& makeCanvas, FitMode mode)
{
    const ImageSize size = fittedSize(header.upright(), fitBox);
    ImageSize rawSize = uprightSize(size, header.orientation); // swapping sides is its own inverse
    DecodeOptions options;
    options.smallestRawSize = mode == FitMode::Class
                                  ? ImageSize{leastOfClass(rawSize.width), leastOfClass(rawSize.height)}
                                  : rawSize;
    PS_TRY(Raster raster, decodeRaster(file, header, options));
    if (mode == FitMode::Class && isOfClass(uprightSize(raster.size(), header.orientation), header.upright(), fitBox))
        rawSize = raster.size();
    return draw(std::move(raster), rawSize, header.orientation, converter, makeCanvas);
}

Result<PixelLayout> drawRegion(FileReader& file, const ImageHeader& header, PixelBox box, ImageSize fitBox,
                               ColourConverter& converter, const MakeCanvas& makeCanvas)
{
    PS_TRY(Raster raster, decodeRaster(file, header, {}));
    if (!box.isWithin(header.upright()))
        return Error{ErrorCode::InvalidInput, "the box does not lie within the image", {}, 0};
    PS_TRY_VOID(cropRaster(raster, rawBox(box, header.rawSize, header.orientation)));
    const ImageSize size = fittedSize({box.width(), box.height()}, fitBox);
    return draw(std::move(raster), uprightSize(size, header.orientation), header.orientation, converter, makeCanvas);
}

} // namespace ps
