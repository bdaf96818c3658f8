// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace ps {

/// Width and height in pixels, upright (after the EXIF orientation) unless a name says otherwise.
struct ImageSize {
    int width = 0;
    int height = 0;
    bool isEmpty() const { return width <= 0 || height <= 0; }
    bool operator==(const ImageSize&) const = default;
};

/// Half-open box [x1, x2) x [y1, y2) in pixels of the upright image.
struct PixelBox {
    int x1 = 0;
    int y1 = 0;
    int x2 = 0;
    int y2 = 0;
    int width() const { return x2 - x1; }
    int height() const { return y2 - y1; }
    bool isWithin(ImageSize size) const
    {
        return 0 <= x1 && x1 < x2 && x2 <= size.width && 0 <= y1 && y1 < y2 && y2 <= size.height;
    }
    bool operator==(const PixelBox&) const = default;
};

} // namespace ps
