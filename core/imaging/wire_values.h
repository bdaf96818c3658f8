// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_types.h"
#include "core/imaging/pixels.h"
#include "core/worker/wire.h"

namespace ps {

// The values that the bodies of several image requests have in common, as they go over the wire.

inline void put(ByteWriter& writer, const ImageLimits& limits)
{
    writer.i64(limits.maxPixels);
    writer.i64(limits.maxFileBytes);
    writer.i32(limits.maxFrames);
}

inline ImageLimits takeLimits(ByteReader& reader)
{
    ImageLimits limits;
    limits.maxPixels = reader.i64();
    limits.maxFileBytes = reader.i64();
    limits.maxFrames = reader.i32();
    return limits;
}

inline void put(ByteWriter& writer, ImageSize size)
{
    writer.i32(size.width);
    writer.i32(size.height);
}

inline ImageSize takeSize(ByteReader& reader)
{
    const int width = reader.i32();
    return {width, reader.i32()};
}

inline void put(ByteWriter& writer, const PixelLayout& layout)
{
    put(writer, layout.size);
    writer.i32(layout.strideBytes);
    writer.boolean(layout.hasAlpha);
}

inline PixelLayout takeLayout(ByteReader& reader)
{
    PixelLayout layout;
    layout.size = takeSize(reader);
    layout.strideBytes = reader.i32();
    layout.hasAlpha = reader.boolean();
    return layout;
}

} // namespace ps
