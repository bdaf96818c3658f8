// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JPEG XL by libjxl, in the calling thread. The decoder turns the picture as its header says; an EXIF orientation inside
// says the same again and is not looked at.
#include "core/imaging/codecs/decoders.h"

#include <jxl/decode.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace ps {

namespace {

struct JxlDecoderFree {
    void operator()(JxlDecoder* decoder) const { ::JxlDecoderDestroy(decoder); }
};
using Decoder = std::unique_ptr<JxlDecoder, JxlDecoderFree>;

Error jxlError(const char* what)
{
    return {ErrorCode::Corrupt, std::string("damaged JPEG XL: ") + what, {}, 0};
}

Decoder startDecoder(std::string_view bytes, int events)
{
    Decoder decoder(::JxlDecoderCreate(nullptr));
    if (!decoder)
        throw std::bad_alloc();
    ::JxlDecoderSubscribeEvents(decoder.get(), events);
    ::JxlDecoderSetUnpremultiplyAlpha(decoder.get(), JXL_FALSE);
    ::JxlDecoderSetInput(decoder.get(), reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    ::JxlDecoderCloseInput(decoder.get());
    return decoder;
}

/// The profile of the pixels as they will be decoded.
std::string profileOf(JxlDecoder* decoder)
{
    std::size_t size = 0;
    std::string icc;
#if JPEGXL_NUMERIC_VERSION >= JPEGXL_COMPUTE_NUMERIC_VERSION(0, 9, 0)
    const auto sizeOf = [&] { return ::JxlDecoderGetICCProfileSize(decoder, JXL_COLOR_PROFILE_TARGET_DATA, &size); };
    const auto copy = [&](std::uint8_t* out) {
        return ::JxlDecoderGetColorAsICCProfile(decoder, JXL_COLOR_PROFILE_TARGET_DATA, out, size);
    };
#else
    const auto sizeOf = [&] {
        return ::JxlDecoderGetICCProfileSize(decoder, nullptr, JXL_COLOR_PROFILE_TARGET_DATA, &size);
    };
    const auto copy = [&](std::uint8_t* out) {
        return ::JxlDecoderGetColorAsICCProfile(decoder, nullptr, JXL_COLOR_PROFILE_TARGET_DATA, out, size);
    };
#endif
    if (sizeOf() != JXL_DEC_SUCCESS || size > kMaxProfileBytes)
        return {};
    icc.resize(size);
    return copy(reinterpret_cast<std::uint8_t*>(icc.data())) == JXL_DEC_SUCCESS ? icc : std::string();
}

Result<void> takeBasics(JxlDecoder* decoder, ImageHeader& header)
{
    JxlBasicInfo info;
    if (::JxlDecoderGetBasicInfo(decoder, &info) != JXL_DEC_SUCCESS)
        return jxlError("it has no header");
    constexpr auto kMaxSide = static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max());
    if (info.xsize > kMaxSide || info.ysize > kMaxSide)
        return jxlError("the size is out of range");
    header.rawSize = {static_cast<int>(info.xsize), static_cast<int>(info.ysize)};
    header.bitsPerChannel = std::clamp(static_cast<int>(info.bits_per_sample), 1, 16);
    const bool isTransparent = info.alpha_bits > 0;
    if (info.num_color_channels == 1)
        header.model = isTransparent ? ColourModel::GreyAlpha : ColourModel::Grey;
    else
        header.model = isTransparent ? ColourModel::Bgra : ColourModel::Bgr;
    header.isAnimation = info.have_animation != 0;
    if (const auto dropped = info.num_extra_channels - (isTransparent ? 1 : 0); dropped > 0)
        header.note = std::to_string(dropped) + " extra channels dropped";
    return {};
}

/// Decodes the first frame into memory.
class JxlFrame
{
public:
    JxlFrame(const ImageHeader& header, RowForm& form) : m_header(header), m_form(form) {}

    Result<cv::Mat> decode(std::string_view bytes)
    {
        const Decoder decoder = startDecoder(bytes, JXL_DEC_BASIC_INFO | JXL_DEC_FULL_IMAGE);
        for (;;) {
            switch (::JxlDecoderProcessInput(decoder.get())) {
            case JXL_DEC_BASIC_INFO: PS_TRY_VOID(check(decoder.get())); break;
            case JXL_DEC_NEED_IMAGE_OUT_BUFFER: PS_TRY_VOID(giveMemory(decoder.get())); break;
            case JXL_DEC_FULL_IMAGE: return m_pixels;
            case JXL_DEC_NEED_MORE_INPUT: return jxlError("the file ends too early");
            default: return jxlError("its data make no sense");
            }
        }
    }

private:
    Result<void> check(JxlDecoder* decoder)
    {
        JxlBasicInfo info;
        ImageHeader seen;
        PS_TRY_VOID(takeBasics(decoder, seen));
        if (seen.rawSize != m_header.rawSize || seen.model != m_header.model ||
            ::JxlDecoderGetBasicInfo(decoder, &info) != JXL_DEC_SUCCESS)
            return jxlError("its headers contradict each other");
        m_form.isPremultiplied = info.alpha_premultiplied != 0;
        return {};
    }

    Result<void> giveMemory(JxlDecoder* decoder)
    {
        m_pixels.create(m_header.rawSize.height, m_header.rawSize.width, m_form.matType());
        const JxlPixelFormat format{static_cast<std::uint32_t>(channelCount(m_form.model)),
                                    m_form.isDeep ? JXL_TYPE_UINT16 : JXL_TYPE_UINT8, JXL_LITTLE_ENDIAN, 0};
        std::size_t needed = 0;
        const std::size_t size = m_pixels.total() * m_pixels.elemSize();
        if (::JxlDecoderImageOutBufferSize(decoder, &format, &needed) != JXL_DEC_SUCCESS || needed != size ||
            ::JxlDecoderSetImageOutBuffer(decoder, &format, m_pixels.data, size) != JXL_DEC_SUCCESS)
            return jxlError("its headers contradict each other");
        return {};
    }

    const ImageHeader& m_header;
    RowForm& m_form;
    cv::Mat m_pixels;
};

} // namespace

Result<ImageHeader> readJxlHeader(FileReader& file, int maxFrames)
{
    PS_TRY(const FileBytes bytes, file.readAll());
    const Decoder decoder = startDecoder(bytes.view(), JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING | JXL_DEC_FRAME);
    ImageHeader header;
    int frames = 0;
    for (bool isDone = false; !isDone;) {
        switch (::JxlDecoderProcessInput(decoder.get())) {
        case JXL_DEC_BASIC_INFO: PS_TRY_VOID(takeBasics(decoder.get(), header)); break;
        case JXL_DEC_COLOR_ENCODING: header.colour.icc = profileOf(decoder.get()); break;
        case JXL_DEC_FRAME: isDone = ++frames > maxFrames || !header.isAnimation; break;
        case JXL_DEC_SUCCESS: isDone = true; break;
        default: return jxlError("it ends inside its header or makes no sense");
        }
    }
    if (header.rawSize.isEmpty())
        return jxlError("it has no header");
    header.frameCount = std::max(1, frames);
    return header;
}

Result<void> decodeJxl(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options, RowSink& sink)
{
    const PixelBox box = options.boxOf(header.rawSize);
    RowForm form;
    form.size = {box.width(), box.height()};
    form.model = header.model;
    form.isDeep = options.keepsDepth && header.bitsPerChannel > 8;
    form.isRedFirst = channelCount(header.model) >= 3;
    PS_TRY(const cv::Mat pixels, JxlFrame(header, form).decode(bytes));
    PS_TRY_VOID(sink.begin(form));
    sink.take(pixels(cv::Rect(box.x1, box.y1, box.width(), box.height())));
    return {};
}

} // namespace ps
