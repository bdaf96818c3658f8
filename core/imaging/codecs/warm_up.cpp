// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/encoders.h"
#include "core/imaging/codecs/image_handler.h"
#include "core/imaging/codecs/render.h"
#include "core/imaging/codecs/view.h"

#include <opencv2/core/utils/logger.hpp>

#include <sys/mman.h>
#include <tiffio.h>
#include <unistd.h>
#include <vector>

namespace ps {

namespace {

constexpr ImageSize kSize{24, 16};

Raster sampleRaster()
{
    Raster raster = makeRaster(kSize, ColourModel::Bgra, false);
    cv::randu(raster.pixels, 0, 256);
    return raster;
}

/// OpenCV prints every error before it throws; the exception says it all.
int keepQuiet(int, const char*, const char*, const char*, int, void*)
{
    return 0;
}

void useOnce(ImageFormat format, ColourConverter& converter)
{
    Encoding encoding;
    encoding.format = format;
    const auto bytes = encodeRaster(sampleRaster(), encoding, converter);
    const UniqueFd memory(::memfd_create("proofsheet-warm-up", MFD_CLOEXEC));
    if (!bytes || !writeAll(memory.get(), *bytes))
        return;
    FileReader file(memory.get(), static_cast<std::int64_t>(bytes->size()));
    const auto header = readHeader(file, {});
    if (!header)
        return;
    std::vector<std::uint8_t> canvas(static_cast<std::size_t>(rowBytes(kSize.width)) * kSize.height);
    discard(drawView(file, *header, {kSize.width / 2, kSize.height / 2}, converter,
                     [&](ImageSize) { return Result<std::span<std::uint8_t>>(canvas); }),
            "only the side effects matter");
    const Recipe recipe{{BlurStep{1}, ResizeStep{{5, 5}, ResizeFilter::Cubic}, NoiseStep{}, JpegStep{}}, encoding};
    discard(renderRecipe(file, *header, recipe, {}, converter, [] { return false; }), "only the side effects matter");
}

} // namespace

void ImageHandler::warmUp()
{
    cv::setNumThreads(1); // one picture per process, many processes
    cv::redirectError(keepQuiet);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    ::TIFFSetErrorHandler(nullptr);
    ::TIFFSetWarningHandler(nullptr);
    for (const ImageFormat format :
         {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp})
        useOnce(format, m_converter);
}

} // namespace ps
