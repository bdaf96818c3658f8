// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/raster.h"

namespace ps {

namespace {

/// Calls change(colour value, alpha) for every colour value of an 8-bit raster whose last channel is alpha.
template <typename Change>
void changeColours(cv::Mat& pixels, Change&& change)
{
    const int channels = pixels.channels();
    for (int y = 0; y < pixels.rows; ++y) {
        std::uint8_t* pixel = pixels.ptr(y);
        for (int x = 0; x < pixels.cols; ++x, pixel += channels) {
            const std::uint32_t alpha = pixel[channels - 1];
            for (int c = 0; c < channels - 1; ++c)
                pixel[c] = static_cast<std::uint8_t>(change(std::uint32_t{pixel[c]}, alpha));
        }
    }
}

} // namespace

int channelCount(ColourModel model)
{
    switch (model) {
    case ColourModel::Grey: return 1;
    case ColourModel::GreyAlpha: return 2;
    case ColourModel::Bgr: return 3;
    case ColourModel::Bgra:
    case ColourModel::Cmyk: return 4;
    }
    return 0;
}

bool hasAlpha(ColourModel model)
{
    return model == ColourModel::GreyAlpha || model == ColourModel::Bgra;
}

Raster makeRaster(ImageSize size, ColourModel model, bool isDeep)
{
    Raster raster;
    raster.pixels.create(size.height, size.width, CV_MAKETYPE(isDeep ? CV_16U : CV_8U, channelCount(model)));
    raster.model = model;
    return raster;
}

bool swapsSides(int orientation)
{
    return orientation >= 5;
}

ImageSize uprightSize(ImageSize raw, int orientation)
{
    return swapsSides(orientation) ? ImageSize{raw.height, raw.width} : raw;
}

namespace {

bool mirrorsX(int orientation)
{
    return orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
}

bool mirrorsY(int orientation)
{
    return orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
}

PixelBox mirrored(PixelBox box, ImageSize upright, int orientation)
{
    if (mirrorsX(orientation))
        box = {upright.width - box.x2, box.y1, upright.width - box.x1, box.y2};
    if (mirrorsY(orientation))
        box = {box.x1, upright.height - box.y2, box.x2, upright.height - box.y1};
    return box;
}

PixelBox transposed(PixelBox box)
{
    return {box.y1, box.x1, box.y2, box.x2};
}

} // namespace

PixelBox uprightBox(PixelBox box, ImageSize raw, int orientation)
{
    return mirrored(swapsSides(orientation) ? transposed(box) : box, uprightSize(raw, orientation), orientation);
}

PixelBox rawBox(PixelBox box, ImageSize raw, int orientation)
{
    const PixelBox turned = mirrored(box, uprightSize(raw, orientation), orientation);
    return swapsSides(orientation) ? transposed(turned) : turned;
}

cv::Mat oriented(const cv::Mat& pixels, int orientation)
{
    constexpr int kAroundX = 0; // flip codes of OpenCV
    constexpr int kAroundY = 1;
    constexpr int kAroundBoth = -1;
    if (orientation <= 1)
        return pixels;
    cv::Mat result;
    if (swapsSides(orientation))
        cv::transpose(pixels, result);
    const cv::Mat& source = swapsSides(orientation) ? result : pixels;
    switch (orientation) {
    case 2:
    case 6: cv::flip(source, result, kAroundY); break;
    case 3:
    case 7: cv::flip(source, result, kAroundBoth); break;
    case 4:
    case 8: cv::flip(source, result, kAroundX); break;
    default: break; // 5 is the transposition alone
    }
    return result;
}

Raster toEightBit(Raster raster)
{
    if (raster.isDeep()) {
        cv::Mat shallow;
        raster.pixels.convertTo(shallow, CV_8U, 1.0 / 257.0); // 65535 = 255 * 257
        raster.pixels = shallow;
    }
    return raster;
}

void unpremultiply(Raster& raster)
{
    if (!raster.isPremultiplied)
        return;
    changeColours(raster.pixels, [](std::uint32_t value, std::uint32_t alpha) -> std::uint32_t {
        return alpha == 0 ? 0 : std::min<std::uint32_t>(255, (value * 255 + alpha / 2) / alpha);
    });
    raster.isPremultiplied = false;
}

void premultiply(Raster& raster)
{
    if (raster.isPremultiplied || !hasAlpha(raster.model))
        return;
    changeColours(raster.pixels, [](std::uint32_t value, std::uint32_t alpha) { return (value * alpha + 127) / 255; });
    raster.isPremultiplied = true;
}

} // namespace ps
