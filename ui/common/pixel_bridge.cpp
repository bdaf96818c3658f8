// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/pixel_bridge.h"

namespace ps {

QImage toImage(const Pixels& pixels)
{
    if (pixels.isNull())
        return {};
    // The image holds a reference to the pixels through its clean-up function.
    auto* keeper = new Pixels(pixels);
    return QImage(
        pixels.data(), pixels.width(), pixels.height(), pixels.strideBytes(),
        pixels.hasAlpha() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32,
        [](void* held) { delete static_cast<Pixels*>(held); }, keeper);
}

} // namespace ps
