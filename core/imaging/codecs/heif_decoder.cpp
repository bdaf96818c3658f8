// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// HEIF and AVIF by libheif. The container says how a picture is turned, and libheif turns it; an EXIF orientation inside
// says the same again and is not looked at.
#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/heif_file.h"

#include <algorithm>
#include <cstring>

namespace ps {

namespace {

constexpr const char* kAvifDecoderId = "aom"; // dav1d cannot do without threads, which a locked worker may not start
constexpr int kMaxSide = 1 << 16;

/// The profile's bytes, or a note on colours that are described otherwise and are not converted.
void takeColours(heif_image_handle* handle, ImageHeader& header)
{
    const std::size_t size = ::heif_image_handle_get_raw_color_profile_size(handle);
    if (size > 0 && size <= kMaxProfileBytes) {
        header.colour.icc.resize(size);
        if (::heif_image_handle_get_raw_color_profile(handle, header.colour.icc.data()).code != heif_error_Ok)
            header.colour.icc.clear();
        return;
    }
    heif_color_profile_nclx* nclx = nullptr;
    if (::heif_image_handle_get_nclx_color_profile(handle, &nclx).code != heif_error_Ok || !nclx)
        return;
    const bool isLikeSrgb = (nclx->color_primaries == heif_color_primaries_ITU_R_BT_709_5 ||
                             nclx->color_primaries == heif_color_primaries_unspecified) &&
                            nclx->transfer_characteristics != heif_transfer_characteristic_ITU_R_BT_2100_0_PQ &&
                            nclx->transfer_characteristics != heif_transfer_characteristic_ITU_R_BT_2100_0_HLG;
    if (!isLikeSrgb)
        header.note = "colour primaries " + std::to_string(nclx->color_primaries) + " taken as sRGB";
    ::heif_nclx_color_profile_free(nclx);
}

/// Values of `bits` bits in 16, spread over the whole range as the highest bits repeated.
void spread(cv::Mat& pixels, int bits)
{
    for (int y = 0; y < pixels.rows; ++y) {
        auto* row = pixels.ptr<std::uint16_t>(y);
        for (int i = 0; i < pixels.cols * pixels.channels(); ++i) {
            const std::uint32_t value = row[i];
            row[i] = static_cast<std::uint16_t>(value << (16 - bits) | value >> (2 * bits - 16));
        }
    }
}

heif_chroma chromaFor(const RowForm& form)
{
    const bool isTransparent = hasAlpha(form.model);
    if (form.isDeep)
        return isTransparent ? heif_chroma_interleaved_RRGGBBAA_LE : heif_chroma_interleaved_RRGGBB_LE;
    return isTransparent ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
}

Result<HeifImage> decodePrimary(const HeifFile& file, const ImageHeader& header, const RowForm& form)
{
    registerHevcDecoder();
    heif_decoding_options* options = ::heif_decoding_options_alloc();
    if (!options)
        throw std::bad_alloc();
    options->strict_decoding = 1;
    options->convert_hdr_to_8bit = form.isDeep ? 0 : 1;
    options->decoder_id = header.format == ImageFormat::Avif ? kAvifDecoderId : kHevcDecoderId;
    heif_image* image = nullptr;
    const heif_error error = ::heif_decode_image(file.primary.get(), &image, heif_colorspace_RGB, chromaFor(form),
                                                 options);
    ::heif_decoding_options_free(options);
    HeifImage owned(image);
    if (error.code != heif_error_Ok)
        return heifError(error);
    return owned;
}

} // namespace

Error heifError(const heif_error& error)
{
    const std::string text = std::string("HEIF: ") + (error.message ? error.message : "no reason given");
    switch (error.code) {
    case heif_error_Unsupported_feature:
    case heif_error_Unsupported_filetype: return unsupported(text);
    case heif_error_Memory_allocation_error: return {ErrorCode::TooLarge, text, {}, 0};
    default: return {ErrorCode::Corrupt, "damaged " + text, {}, 0};
    }
}

Result<HeifFile> openHeif(std::string_view bytes)
{
    HeifFile file;
    file.context.reset(::heif_context_alloc());
    if (!file.context)
        throw std::bad_alloc();
    ::heif_context_set_max_decoding_threads(file.context.get(), 0);
    ::heif_context_set_maximum_image_size_limit(file.context.get(), kMaxSide); // ours are checked before decoding
    heif_error error = ::heif_context_read_from_memory_without_copy(file.context.get(), bytes.data(), bytes.size(),
                                                                    nullptr);
    if (error.code != heif_error_Ok)
        return heifError(error);
    heif_image_handle* handle = nullptr;
    error = ::heif_context_get_primary_image_handle(file.context.get(), &handle);
    file.primary.reset(handle);
    if (error.code != heif_error_Ok)
        return heifError(error);
    return file;
}

Result<ImageHeader> readHeifHeader(FileReader& file)
{
    PS_TRY(const FileBytes bytes, file.readAll());
    PS_TRY(const HeifFile heif, openHeif(bytes.view()));
    heif_image_handle* handle = heif.primary.get();
    ImageHeader header;
    header.rawSize = {::heif_image_handle_get_width(handle), ::heif_image_handle_get_height(handle)};
    header.bitsPerChannel = std::clamp(::heif_image_handle_get_luma_bits_per_pixel(handle), 8, 16);
    header.model = ::heif_image_handle_has_alpha_channel(handle) != 0 ? ColourModel::Bgra : ColourModel::Bgr;
    header.frameCount = std::max(1, ::heif_context_get_number_of_top_level_images(heif.context.get()));
    takeColours(handle, header);
    return header;
}

Result<void> decodeHeif(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options, RowSink& sink)
{
    PS_TRY(const HeifFile file, openHeif(bytes));
    const PixelBox box = options.boxOf(header.rawSize);
    RowForm form;
    form.size = {box.width(), box.height()};
    form.model = header.model;
    form.isDeep = options.keepsDepth && header.bitsPerChannel > 8;
    form.isRedFirst = true;
    form.isPremultiplied = ::heif_image_handle_is_premultiplied_alpha(file.primary.get()) != 0;
    PS_TRY(const HeifImage image, decodePrimary(file, header, form));
    int stride = 0;
    std::uint8_t* data = ::heif_image_get_plane(image.get(), heif_channel_interleaved, &stride);
    const ImageSize size{::heif_image_get_width(image.get(), heif_channel_interleaved),
                         ::heif_image_get_height(image.get(), heif_channel_interleaved)};
    if (!data || size != header.rawSize)
        return Error{ErrorCode::Corrupt, "damaged HEIF: its headers contradict each other", {}, 0};
    cv::Mat pixels(size.height, size.width, form.matType(), data, static_cast<std::size_t>(stride));
    if (form.isDeep)
        spread(pixels, ::heif_image_get_bits_per_pixel_range(image.get(), heif_channel_interleaved));
    PS_TRY_VOID(sink.begin(form));
    sink.take(pixels(cv::Rect(box.x1, box.y1, box.width(), box.height())));
    return {};
}

} // namespace ps
