// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/decoders.h"

#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
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

/// Pixels around the box that are decoded too: the colours of its outer ones are interpolated from theirs.
constexpr int kMargin = 16;

/// The part that has to be decoded for a box.
PixelBox partFor(const PixelBox& box, ImageSize full)
{
    // libwebp wants even corners.
    return {std::max(0, box.x1 - kMargin) & ~1, std::max(0, box.y1 - kMargin) & ~1,
            std::min(full.width, box.x2 + kMargin), std::min(full.height, box.y2 + kMargin)};
}

Result<Raster> decodeStill(std::string_view bytes, const ImageHeader& header, const PixelBox& part)
{
    WebPDecoderConfig config;
    if (!::WebPInitDecoderConfig(&config))
        return Error{ErrorCode::Internal, "libwebp is of another version", {}, 0};
    const VP8StatusCode features = ::WebPGetFeatures(bytesOf(bytes), bytes.size(), &config.input);
    if (features != VP8_STATUS_OK)
        return webpError(statusText(features));
    if (ImageSize{config.input.width, config.input.height} != header.rawSize)
        return webpError("its headers contradict each other");

    const ImageSize size{part.width(), part.height()};
    Raster raster = makeRaster(size, header.model, false);
    config.options.use_cropping = size != header.rawSize ? 1 : 0;
    config.options.crop_left = part.x1;
    config.options.crop_top = part.y1;
    config.options.crop_width = size.width;
    config.options.crop_height = size.height;
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

Result<void> decodeWebP(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options, RowSink& sink)
{
    const PixelBox full{0, 0, header.rawSize.width, header.rawSize.height};
    const PixelBox box = options.boxOf(header.rawSize);
    const bool isPart = options.region.has_value() && !options.examinesRest && !header.isAnimation;
    const PixelBox part = isPart ? partFor(box, header.rawSize) : full;
    PS_TRY(const Raster raster,
           header.isAnimation ? decodeFirstFrame(bytes, header) : decodeStill(bytes, header, part));
    RowForm form;
    form.size = {box.width(), box.height()};
    form.model = raster.model;
    PS_TRY_VOID(sink.begin(form));
    sink.take(raster.pixels(cv::Rect(box.x1 - part.x1, box.y1 - part.y1, box.width(), box.height())));
    return {};
}

} // namespace ps
