// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/cut_check.h"

#include "core/imaging/codecs/area_scale.h"
#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/render.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdio>

namespace ps {

namespace {

Error differs(const std::string& how)
{
    return {ErrorCode::Corrupt, "the cut is not what was cut: " + how, {}, 0};
}

std::string sizeText(ImageSize size)
{
    return std::to_string(size.width) + " x " + std::to_string(size.height);
}

Result<void> compareExactly(const Raster& expected, const Raster& actual)
{
    if (expected.pixels.type() != actual.pixels.type() || expected.model != actual.model ||
        expected.isPremultiplied != actual.isPremultiplied)
        return differs("another depth or other channels");
    if (expected.colour.icc != actual.colour.icc)
        return differs("another colour profile");
    const double largest = cv::norm(expected.pixels, actual.pixels, cv::NORM_INF);
    if (largest > 0)
        return differs("values differ by up to " + std::to_string(static_cast<int>(largest)));
    return {};
}

constexpr int kTileSide = 16;
constexpr int kColourReduction = 4;
constexpr int kReducedTileSide = 8;

/// The mean difference of the tile that is farthest off. Tiles at the edges reach inwards to full size.
double worstTile(const cv::Mat& expected, const cv::Mat& actual, int side)
{
    double worst = 0;
    const int width = std::min(side, expected.cols);
    const int height = std::min(side, expected.rows);
    for (int y = 0; y < expected.rows; y += side) {
        for (int x = 0; x < expected.cols; x += side) {
            const cv::Rect tile(std::min(x, expected.cols - width), std::min(y, expected.rows - height), width, height);
            worst = std::max(worst, cv::norm(expected(tile), actual(tile), cv::NORM_L1));
        }
    }
    return worst / (double{1} * width * height * expected.channels());
}

cv::Mat brightnessOf(const Raster& raster)
{
    const bool isColour = raster.model == ColourModel::Bgr || raster.model == ColourModel::Bgra;
    cv::Mat grey = raster.pixels;
    if (isColour)
        cv::cvtColor(raster.pixels, grey, hasAlpha(raster.model) ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
    return grey;
}

cv::Mat reduced(const Raster& raster)
{
    const ImageSize size = raster.size();
    return areaScaled(raster.pixels,
                      {std::max(1, size.width / kColourReduction), std::max(1, size.height / kColourReduction)});
}

Result<void> compareRoughly(Raster expected, Raster actual, const LossyBounds& bounds)
{
    if (expected.model != actual.model || expected.pixels.type() != actual.pixels.type())
        return differs("other channels");
    if (expected.colour.icc != actual.colour.icc)
        return differs("another colour profile");
    expected.pixels = expected.pixels.clone();
    premultiply(expected); // colours that nobody can see do not count
    premultiply(actual);
    const double brightness = worstTile(brightnessOf(expected), brightnessOf(actual), kTileSide);
    const double colours = worstTile(reduced(expected), reduced(actual), kReducedTileSide);
    const bool isSmall = expected.pixels.cols < kTileSide || expected.pixels.rows < kTileSide;
    const double slack = isSmall ? 2 : 1;
    if (brightness > slack * bounds.brightness || colours > slack * bounds.colours) {
        char text[128];
        std::snprintf(text, sizeof text,
                      "brightness differs by up to %.1f (limit %.1f), colours by up to %.1f (limit %.1f)", brightness,
                      slack * bounds.brightness, colours, slack * bounds.colours);
        return differs(text);
    }
    return {};
}

} // namespace

Result<void> checkCut(FileReader& original, const ImageHeader& originalHeader, PixelBox box, FileReader& cut,
                      const ImageHeader& cutHeader)
{
    PS_TRY_VOID(checkBox(box, originalHeader.upright()));
    const ImageSize wanted{box.width(), box.height()};
    if (cutHeader.upright() != wanted)
        return differs("it has " + sizeText(cutHeader.upright()) + " pixels instead of " + sizeText(wanted));
    PS_TRY(Raster expected, decodeUpright(original, originalHeader, box, /*keepsDepth=*/true));
    PS_TRY(Raster actual, decodeUpright(cut, cutHeader, {}, /*keepsDepth=*/true));
    if (cutHeader.isLossless)
        return compareExactly(expected, actual);
    return compareRoughly(std::move(expected), std::move(actual),
                          cutHeader.format == ImageFormat::WebP ? kWebPBounds : kJpegBounds);
}

} // namespace ps
