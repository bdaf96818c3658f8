// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/decoders.h"

namespace ps {

Result<Raster> decodeRaster(FileReader& file, const ImageHeader& header, const DecodeOptions& options)
{
    if (header.format == ImageFormat::Tiff)
        return decodeTiff(file, header, options);
    if (header.format == ImageFormat::Bmp)
        return decodeBmp(file, header, options);
    PS_TRY(const FileBytes bytes, file.readAll());
    switch (header.format) {
    case ImageFormat::Jpeg: return decodeJpeg(bytes.view(), header, options);
    case ImageFormat::Png: return decodePng(bytes.view(), header, options);
    case ImageFormat::WebP: return decodeWebP(bytes.view(), header, options);
    case ImageFormat::Bmp:
    case ImageFormat::Tiff: break; // they read the file piece by piece
    }
    return unsupported("unknown format");
}

Result<Raster> decodeUpright(FileReader& file, const ImageHeader& header, ImageSize smallestSize, bool keepsDepth)
{
    DecodeOptions options;
    options.smallestRawSize = uprightSize(smallestSize, header.orientation); // swapping sides is its own inverse
    options.keepsDepth = keepsDepth;
    PS_TRY(Raster raster, decodeRaster(file, header, options));
    raster.pixels = oriented(raster.pixels, header.orientation);
    return raster;
}

} // namespace ps
