// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/bmp_codec.h"
#include "core/imaging/codecs/encoders.h"
#include "core/worker/wire.h"

#include <limits>

namespace ps {

namespace {

constexpr std::uint32_t kInfoHeaderBytes = 40;
constexpr std::uint32_t kV5HeaderBytes = 124;
constexpr std::uint32_t kSrgbSpace = 0x73524742;       // 'sRGB'
constexpr std::uint32_t kEmbeddedProfile = 0x4d424544; // 'MBED'
constexpr std::uint32_t kImagesIntent = 4;

/// The part of the header from the masks on, which only version 5 has.
void putV5(ByteWriter& writer, const Raster& raster, std::uint32_t pixelBytes)
{
    const bool isTransparent = hasAlpha(raster.model);
    for (const std::uint32_t mask : {0xff0000U, 0x00ff00U, 0x0000ffU, 0xff000000U})
        writer.u32(isTransparent ? mask : 0);
    const auto profileBytes = static_cast<std::uint32_t>(raster.colour.icc.size());
    writer.u32(profileBytes > 0 ? kEmbeddedProfile : kSrgbSpace);
    for (int i = 0; i < 12; ++i) // end points and gammas, which these colour spaces do not use
        writer.u32(0);
    writer.u32(kImagesIntent);
    writer.u32(profileBytes > 0 ? kV5HeaderBytes + pixelBytes : 0);
    writer.u32(profileBytes);
    writer.u32(0);
}

} // namespace

Result<std::string> encodeBmp(const Raster& raster)
{
    const int channels = raster.pixels.channels();
    const bool needsV5 = hasAlpha(raster.model) || !raster.colour.icc.empty();
    const std::uint32_t headerBytes = needsV5 ? kV5HeaderBytes : kInfoHeaderBytes;
    const std::size_t rowUsed = static_cast<std::size_t>(raster.pixels.cols) * static_cast<std::size_t>(channels);
    const std::size_t stride = (rowUsed + 3) / 4 * 4;
    const std::size_t pixelBytes = stride * static_cast<std::size_t>(raster.pixels.rows);
    const std::size_t fileBytes = kBmpFileHeaderBytes + headerBytes + pixelBytes + raster.colour.icc.size();
    if (fileBytes > std::numeric_limits<std::uint32_t>::max())
        return Error{ErrorCode::TooLarge, "BMP cannot hold more than 4 GiB", {}, 0};

    ByteWriter writer;
    writer.raw("BM");
    writer.u32(static_cast<std::uint32_t>(fileBytes));
    writer.u32(0);
    writer.u32(static_cast<std::uint32_t>(kBmpFileHeaderBytes) + headerBytes);
    writer.u32(headerBytes);
    writer.i32(raster.pixels.cols);
    writer.i32(raster.pixels.rows);
    writer.u16(1);
    writer.u16(static_cast<std::uint16_t>(channels * 8));
    writer.u32(static_cast<std::uint32_t>(hasAlpha(raster.model) ? BmpCompression::BitFields : BmpCompression::None));
    writer.u32(static_cast<std::uint32_t>(pixelBytes));
    for (int i = 0; i < 4; ++i) // resolution and palette
        writer.u32(0);
    if (needsV5)
        putV5(writer, raster, static_cast<std::uint32_t>(pixelBytes));
    const std::string padding(stride - rowUsed, '\0');
    for (int y = raster.pixels.rows - 1; y >= 0; --y) {
        writer.raw({reinterpret_cast<const char*>(raster.pixels.ptr(y)), rowUsed});
        writer.raw(padding);
    }
    writer.raw(raster.colour.icc);
    return writer.take();
}

} // namespace ps
