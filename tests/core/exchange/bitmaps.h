// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/imaging/scene.h"

#include <string>

namespace ps::test {

/// A picture as a file of the plainest kind.
inline std::string bmpOf(const PixelSheet& sheet)
{
    const auto number = [](std::uint32_t value) {
        std::string bytes;
        for (int i = 0; i < 4; ++i)
            bytes.push_back(static_cast<char>(value >> (8 * i) & 0xff));
        return bytes;
    };
    const auto width = static_cast<std::uint32_t>(sheet.size.width);
    const auto height = static_cast<std::uint32_t>(sheet.size.height);
    const std::uint32_t stride = (width * 3 + 3) / 4 * 4;
    std::string bytes = "BM" + number(54 + stride * height) + number(0) + number(54) + number(40) + number(width) +
                        number(height) + std::string("\x01\x00\x18\x00", 4) + number(0) + number(stride * height) +
                        number(2835) + number(2835) + number(0) + number(0);
    for (int y = sheet.size.height - 1; y >= 0; --y) {
        for (int x = 0; x < sheet.size.width; ++x) {
            const std::uint32_t pixel = sheet.view().pixel(x, y);
            bytes += {static_cast<char>(blueOf(pixel)), static_cast<char>(greenOf(pixel)),
                      static_cast<char>(redOf(pixel))};
        }
        bytes.append(stride - width * 3, '\0');
    }
    return bytes;
}

inline PixelSheet cutOf(const PixelSheet& sheet, const PixelBox& box)
{
    PixelSheet cut{{box.width(), box.height()}, {}};
    for (int y = box.y1; y < box.y2; ++y) {
        for (int x = box.x1; x < box.x2; ++x)
            cut.pixels.push_back(sheet.view().pixel(x, y));
    }
    return cut;
}

/// A photograph of something else for each number.
inline PixelSheet photographOf(int number, ImageSize size = {600, 450})
{
    return Scene(static_cast<std::uint64_t>(number)).photograph(size, 0.5, 0.5, 1, 1, 0, 2);
}

} // namespace ps::test
