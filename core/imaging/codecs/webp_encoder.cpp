// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/encoders.h"

#include <webp/encode.h>
#include <webp/mux.h>

#include <memory>

namespace ps {

namespace {

constexpr int kLosslessLevel = 6; // 0 fast .. 9 small

Error webpError(const std::string& what)
{
    return {ErrorCode::Internal, "cannot write WebP: " + what, {}, 0};
}

/// Frees what libwebp allocated.
struct Picture {
    WebPPicture value{};
    WebPMemoryWriter writer{};
    ~Picture()
    {
        ::WebPPictureFree(&value);
        ::WebPMemoryWriterClear(&writer);
    }
};

struct MuxDeleter {
    void operator()(WebPMux* mux) const { ::WebPMuxDelete(mux); }
};

Result<WebPConfig> makeConfig(const Encoding& encoding)
{
    WebPConfig config;
    if (!::WebPConfigInit(&config))
        return webpError("libwebp is of another version");
    if (encoding.isLossless) {
        ::WebPConfigLosslessPreset(&config, kLosslessLevel);
    } else {
        config.quality = static_cast<float>(encoding.quality);
        config.use_sharp_yuv = 1; // edges between colours suffer least from the halved chroma
    }
    config.exact = 1; // colours of transparent pixels too
    return config;
}

Result<std::string> withProfile(const WebPMemoryWriter& image, const std::string& icc)
{
    const WebPData imageData{image.mem, image.size};
    const WebPData iccData{reinterpret_cast<const std::uint8_t*>(icc.data()), icc.size()};
    constexpr int kNoCopy = 0;
    const std::unique_ptr<WebPMux, MuxDeleter> mux(::WebPMuxCreate(&imageData, kNoCopy));
    if (!mux || ::WebPMuxSetChunk(mux.get(), "ICCP", &iccData, kNoCopy) != WEBP_MUX_OK)
        return webpError("the profile does not fit");
    WebPData assembled{};
    if (::WebPMuxAssemble(mux.get(), &assembled) != WEBP_MUX_OK)
        return webpError("the parts do not fit together");
    std::string bytes(reinterpret_cast<const char*>(assembled.bytes), assembled.size);
    ::WebPDataClear(&assembled);
    return bytes;
}

} // namespace

Result<std::string> encodeWebP(const Raster& raster, const Encoding& encoding)
{
    PS_TRY(const WebPConfig config, makeConfig(encoding));
    Picture picture;
    if (!::WebPPictureInit(&picture.value))
        return webpError("libwebp is of another version");
    ::WebPMemoryWriterInit(&picture.writer);
    picture.value.use_argb = 1;
    picture.value.width = raster.pixels.cols;
    picture.value.height = raster.pixels.rows;
    picture.value.writer = ::WebPMemoryWrite;
    picture.value.custom_ptr = &picture.writer;
    const auto stride = static_cast<int>(raster.pixels.step);
    const int isImported = raster.model == ColourModel::Bgra
                               ? ::WebPPictureImportBGRA(&picture.value, raster.pixels.data, stride)
                               : ::WebPPictureImportBGR(&picture.value, raster.pixels.data, stride);
    if (!isImported)
        throw std::bad_alloc();
    if (!::WebPEncode(&config, &picture.value))
        return webpError("error " + std::to_string(picture.value.error_code));
    if (!raster.colour.icc.empty())
        return withProfile(picture.writer, raster.colour.icc);
    return std::string(reinterpret_cast<const char*>(picture.writer.mem), picture.writer.size);
}

} // namespace ps
