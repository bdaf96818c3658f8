// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/overlays.h"

#include "core/imaging/plane.h"

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

PixelSheet emptySheet(ImageSize size)
{
    return {size,
            std::vector<std::uint32_t>(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height))};
}

/// `colour` with this opacity, premultiplied.
std::uint32_t premultiplied(std::uint32_t colour, int alpha)
{
    const auto part = [alpha](int value) { return static_cast<std::uint32_t>((value * alpha + 127) / 255); };
    return static_cast<std::uint32_t>(alpha) << 24 | part(redOf(colour)) << 16 | part(greenOf(colour)) << 8 |
           part(blueOf(colour));
}

} // namespace

PixelSheet focusPeaking(const PixelView& view, std::uint32_t colour)
{
    // In levels for one pixel. A gradient of light is below, the edge of something in focus is above.
    constexpr float kWeakest = 14;
    constexpr float kStrongest = 48;
    constexpr float kMaxAlpha = 235;
    PixelSheet sheet = emptySheet(view.size);
    const Plane luma = lumaPlane(view);
    for (int y = 1; y + 1 < luma.height; ++y) {
        for (int x = 1; x + 1 < luma.width; ++x) {
            const auto row = [&](int line) { return luma.at(x + 1, line) - luma.at(x - 1, line); };
            const auto column = [&](int place) { return luma.at(place, y + 1) - luma.at(place, y - 1); };
            // Scharr's weights: the same strength in every direction.
            const float across = (3 * row(y - 1) + 10 * row(y) + 3 * row(y + 1)) / 32;
            const float down = (3 * column(x - 1) + 10 * column(x) + 3 * column(x + 1)) / 32;
            const float strength = (std::hypot(across, down) - kWeakest) / (kStrongest - kWeakest);
            if (strength <= 0)
                continue;
            const int alpha = static_cast<int>(std::lround(std::min(1.0F, 0.25F + 0.75F * strength) * kMaxAlpha));
            sheet.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(luma.width) +
                         static_cast<std::size_t>(x)] = premultiplied(colour, alpha);
        }
    }
    return sheet;
}

PixelSheet clippingStripes(const PixelView& view, std::uint32_t blownColour, std::uint32_t blockedColour)
{
    constexpr int kBlownFrom = 254;
    constexpr int kBlockedTo = 2;
    constexpr int kStripe = 3;
    PixelSheet sheet = emptySheet(view.size);
    for (int y = 0; y < view.size.height; ++y) {
        for (int x = 0; x < view.size.width; ++x) {
            const std::uint32_t pixel = view.pixel(x, y);
            const int brightest = std::max({redOf(pixel), greenOf(pixel), blueOf(pixel)});
            const bool isBlown = brightest >= kBlownFrom;
            if (!isBlown && brightest > kBlockedTo)
                continue;
            const int place = isBlown ? x + y : x - y + view.size.height;
            const int alpha = place / kStripe % 2 == 0 ? 240 : 90;
            sheet.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(view.size.width) +
                         static_cast<std::size_t>(x)] = premultiplied(isBlown ? blownColour : blockedColour, alpha);
        }
    }
    return sheet;
}

Histogram histogramOf(const PixelView& view)
{
    Histogram histogram;
    for (int y = 0; y < view.size.height; ++y) {
        for (int x = 0; x < view.size.width; ++x) {
            const std::uint32_t pixel = view.pixel(x, y);
            ++histogram.red[static_cast<std::size_t>(redOf(pixel))];
            ++histogram.green[static_cast<std::size_t>(greenOf(pixel))];
            ++histogram.blue[static_cast<std::size_t>(blueOf(pixel))];
            ++histogram.luma[static_cast<std::size_t>(lumaOf(pixel))];
        }
    }
    return histogram;
}

} // namespace ps
