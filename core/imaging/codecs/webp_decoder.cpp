// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/decoders.h"

#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>

namespace ps {

namespace {

struct AnimationCloser {
    void operator()(WebPAnimDecoder* decoder) const { ::WebPAnimDecoderDelete(decoder); }
};

const std::uint8_t* bytesOf(std::string_view bytes)
{
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

Error webpError(const char* what)
{
    return {ErrorCode::Corrupt, std::string("damaged WebP: ") + what, {}, 0};
}

const char* statusText(VP8StatusCode status)
{
    switch (status) {
    case VP8_STATUS_NOT_ENOUGH_DATA: return "the file ends too early";
    case VP8_STATUS_BITSTREAM_ERROR: return "the bit stream has errors";
    case VP8_STATUS_UNSUPPORTED_FEATURE: return "it uses something that does not exist";
    default: return "it cannot be decoded";
    }
}

/// Decodes straight into the raster.
Result<Raster> decodeStill(std::string_view bytes, const ImageHeader& header)
{
    WebPDecoderConfig config;
    if (!::WebPInitDecoderConfig(&config))
        return Error{ErrorCode::Internal, "libwebp is of another version", {}, 0};
    const VP8StatusCode features = ::WebPGetFeatures(bytesOf(bytes), bytes.size(), &config.input);
    if (features != VP8_STATUS_OK)
        return webpError(statusText(features));
    if (ImageSize{config.input.width, config.input.height} != header.rawSize)
        return webpError("its headers contradict each other");

    Raster raster = makeRaster(header.rawSize, header.model, false);
    config.output.colorspace = header.model == ColourModel::Bgra ? MODE_BGRA : MODE_BGR;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = raster.pixels.data;
    config.output.u.RGBA.stride = static_cast<int>(raster.pixels.step);
    config.output.u.RGBA.size = raster.pixels.step * static_cast<std::size_t>(raster.pixels.rows);
    const VP8StatusCode status = ::WebPDecode(bytesOf(bytes), bytes.size(), &config);
    ::WebPFreeDecBuffer(&config.output);
    if (status == VP8_STATUS_OUT_OF_MEMORY)
        throw std::bad_alloc();
    if (status != VP8_STATUS_OK)
        return webpError(statusText(status));
    return raster;
}

/// The first frame on its canvas.
Result<Raster> decodeFirstFrame(std::string_view bytes, const ImageHeader& header)
{
    WebPAnimDecoderOptions options;
    if (!::WebPAnimDecoderOptionsInit(&options))
        return Error{ErrorCode::Internal, "libwebp is of another version", {}, 0};
    options.color_mode = MODE_BGRA;
    const WebPData data{bytesOf(bytes), bytes.size()};
    const std::unique_ptr<WebPAnimDecoder, AnimationCloser> decoder(::WebPAnimDecoderNew(&data, &options));
    if (!decoder)
        return webpError("the animation cannot be opened");
    WebPAnimInfo info;
    std::uint8_t* canvas = nullptr;
    int timestamp = 0;
    const bool isDecoded = ::WebPAnimDecoderGetInfo(decoder.get(), &info) != 0 &&
                           ::WebPAnimDecoderGetNext(decoder.get(), &canvas, &timestamp) != 0;
    if (!isDecoded)
        return webpError("its first frame cannot be decoded");
    if (ImageSize{static_cast<int>(info.canvas_width), static_cast<int>(info.canvas_height)} != header.rawSize)
        return webpError("its headers contradict each other");
    Raster raster;
    raster.pixels = cv::Mat(header.rawSize.height, header.rawSize.width, CV_8UC4, canvas).clone();
    raster.model = ColourModel::Bgra;
    if (header.model == ColourModel::Bgr) {
        Raster opaque = makeRaster(header.rawSize, ColourModel::Bgr, false);
        const int fromTo[] = {0, 0, 1, 1, 2, 2};
        cv::mixChannels(&raster.pixels, 1, &opaque.pixels, 1, fromTo, 3);
        return opaque;
    }
    return raster;
}

} // namespace

Result<Raster> decodeWebP(std::string_view bytes, const ImageHeader& header, const DecodeOptions&)
{
    PS_TRY(Raster raster, header.isAnimation ? decodeFirstFrame(bytes, header) : decodeStill(bytes, header));
    raster.colour = header.colour;
    return raster;
}

} // namespace ps
