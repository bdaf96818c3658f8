// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/heif_file.h"

#include <libde265/de265.h>
#include <libheif/heif_plugin.h>

#include <algorithm>
#include <cstdint>

namespace ps {

namespace {

constexpr std::size_t kLengthBytes = 4; // before every unit of the bit stream
constexpr heif_error kFine{heif_error_Ok, heif_suberror_Unspecified, ""};

heif_error decoderError(const char* message)
{
    return {heif_error_Decoder_plugin_error, heif_suberror_Unspecified, message};
}

const char* pluginName()
{
    return "libde265 in the calling thread";
}

int supports(heif_compression_format format)
{
    return format == heif_compression_HEVC ? 1 : 0; // it is chosen by name
}

heif_error newDecoder(void** decoder)
{
    *decoder = ::de265_new_decoder(); // without worker threads it works when it is called
    return *decoder ? kFine : decoderError("no memory");
}

void freeDecoder(void* decoder)
{
    ::de265_free_decoder(decoder);
}

heif_error pushData(void* decoder, const void* data, std::size_t size)
{
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    while (size >= kLengthBytes) {
        const std::size_t length = std::size_t{bytes[0]} << 24 | std::size_t{bytes[1]} << 16 |
                                   std::size_t{bytes[2]} << 8 | bytes[3];
        if (length > size - kLengthBytes)
            return decoderError("a unit ends too early");
        ::de265_push_NAL(decoder, bytes + kLengthBytes, static_cast<int>(length), 0, nullptr);
        bytes += kLengthBytes + length;
        size -= kLengthBytes + length;
    }
    return kFine;
}

heif_error copyPlane(const de265_image* from, int channel, heif_image* to, heif_channel target)
{
    const int width = ::de265_get_image_width(from, channel);
    const int height = ::de265_get_image_height(from, channel);
    const int bits = ::de265_get_bits_per_pixel(from, channel);
    int fromStride = 0;
    const std::uint8_t* in = ::de265_get_image_plane(from, channel, &fromStride);
    const heif_error error = ::heif_image_add_plane(to, target, width, height, bits);
    if (error.code != heif_error_Ok)
        return error;
    int toStride = 0;
    std::uint8_t* out = ::heif_image_get_plane(to, target, &toStride);
    if (!in || !out)
        return decoderError("a plane is missing");
    const std::ptrdiff_t rowBytes = std::ptrdiff_t{width} * (bits > 8 ? 2 : 1);
    for (int y = 0; y < height; ++y)
        std::copy_n(in + std::ptrdiff_t{y} * fromStride, rowBytes, out + std::ptrdiff_t{y} * toStride);
    return kFine;
}

/// The colour description of the bit stream counts only if the container has none; libheif sorts that out.
heif_error setColours(const de265_image* from, heif_image* to)
{
    heif_color_profile_nclx* nclx = ::heif_nclx_color_profile_alloc();
    if (!nclx)
        return decoderError("no memory");
    const bool isKnown = ::heif_nclx_color_profile_set_color_primaries(
                             nclx, static_cast<std::uint16_t>(::de265_get_image_colour_primaries(from)))
                                 .code == heif_error_Ok &&
                         ::heif_nclx_color_profile_set_transfer_characteristics(
                             nclx, static_cast<std::uint16_t>(::de265_get_image_transfer_characteristics(from)))
                                 .code == heif_error_Ok &&
                         ::heif_nclx_color_profile_set_matrix_coefficients(
                             nclx, static_cast<std::uint16_t>(::de265_get_image_matrix_coefficients(from)))
                                 .code == heif_error_Ok;
    nclx->full_range_flag = ::de265_get_image_full_range_flag(from) != 0;
    const heif_error error = isKnown ? ::heif_image_set_nclx_color_profile(to, nclx) : kFine;
    ::heif_nclx_color_profile_free(nclx);
    return error;
}

heif_error convert(const de265_image* from, heif_image** out)
{
    const de265_chroma chroma = ::de265_get_chroma_format(from);
    const bool isGrey = chroma == de265_chroma_mono;
    heif_error error = ::heif_image_create(::de265_get_image_width(from, 0), ::de265_get_image_height(from, 0),
                                           isGrey ? heif_colorspace_monochrome : heif_colorspace_YCbCr,
                                           static_cast<heif_chroma>(chroma), out); // the numbers are the same
    constexpr heif_channel kChannels[] = {heif_channel_Y, heif_channel_Cb, heif_channel_Cr};
    for (int channel = 0; error.code == heif_error_Ok && channel < (isGrey ? 1 : 3); ++channel)
        error = copyPlane(from, channel, *out, kChannels[channel]);
    return error.code == heif_error_Ok ? setColours(from, *out) : error;
}

heif_error decodeImage(void* decoder, heif_image** out)
{
    *out = nullptr;
    de265_decoder_context* context = decoder;
    ::de265_flush_data(context);
    int hasMore = 1;
    const de265_image* image = nullptr;
    while (hasMore != 0 && !image) {
        const de265_error error = ::de265_decode(context, &hasMore);
        if (error != DE265_OK)
            return decoderError(::de265_get_error_text(error));
        image = ::de265_get_next_picture(context);
    }
    // Some damage is only warned about, and would be painted over.
    for (de265_error warning = ::de265_get_warning(context); warning != DE265_OK;
         warning = ::de265_get_warning(context)) {
        if (warning != DE265_WARNING_SPS_HEADER_INVALID)
            return decoderError(::de265_get_error_text(warning));
    }
    return image ? convert(image, out) : decoderError("it holds no picture");
}

void setStrict(void*, int) {}

} // namespace

void registerHevcDecoder()
{
    static constexpr heif_decoder_plugin plugin{.plugin_api_version = 3,
                                                .get_plugin_name = pluginName,
                                                .init_plugin = nullptr,
                                                .deinit_plugin = nullptr,
                                                .does_support_format = supports,
                                                .new_decoder = newDecoder,
                                                .free_decoder = freeDecoder,
                                                .push_data = pushData,
                                                .decode_image = decodeImage,
                                                .set_strict_decoding = setStrict,
                                                .id_name = kHevcDecoderId};
    static const heif_error once = ::heif_register_decoder_plugin(&plugin);
    (void)once;
}

} // namespace ps
