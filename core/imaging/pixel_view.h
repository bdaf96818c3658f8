// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace ps {

/// A look at pixels that somebody else owns, laid out as in Pixels: 32 bits each, 0xAARRGGBB, rows from top to bottom.
/// Lifetime: that of the owner. Threads: any, while nobody writes.
struct PixelView {
    const std::uint8_t* data = nullptr;
    ImageSize size;
    std::ptrdiff_t strideBytes = 0;

    bool isNull() const { return !data || size.isEmpty(); }
    std::uint32_t pixel(int x, int y) const
    {
        std::uint32_t value = 0;
        std::memcpy(&value, data + y * strideBytes + std::ptrdiff_t{x} * 4, sizeof value);
        return value;
    }
};

/// Pixels of our own making, 0xAARRGGBB with premultiplied alpha, rows without gaps.
struct PixelSheet {
    ImageSize size;
    std::vector<std::uint32_t> pixels;

    PixelView view() const
    {
        return {reinterpret_cast<const std::uint8_t*>(pixels.data()), size, std::ptrdiff_t{size.width} * 4};
    }
};

constexpr int redOf(std::uint32_t pixel)
{
    return static_cast<int>(pixel >> 16 & 0xff);
}
constexpr int greenOf(std::uint32_t pixel)
{
    return static_cast<int>(pixel >> 8 & 0xff);
}
constexpr int blueOf(std::uint32_t pixel)
{
    return static_cast<int>(pixel & 0xff);
}

/// Luma of Rec. 601 in 0..255, as JPEG has it.
constexpr float lumaOf(std::uint32_t pixel)
{
    return 0.299F * static_cast<float>(redOf(pixel)) + 0.587F * static_cast<float>(greenOf(pixel)) +
           0.114F * static_cast<float>(blueOf(pixel));
}

/// 0..255 of each, as one opaque pixel.
constexpr std::uint32_t opaquePixel(int red, int green, int blue)
{
    return 0xff000000U | static_cast<std::uint32_t>(red) << 16 | static_cast<std::uint32_t>(green) << 8 |
           static_cast<std::uint32_t>(blue);
}

} // namespace ps
