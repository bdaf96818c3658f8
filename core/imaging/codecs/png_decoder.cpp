// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/decoders.h"

#include <png.h>

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <limits>

namespace ps {

namespace {

/// Where libpng reads from and where its errors go. Plain data: libpng leaves by longjmp over the functions that use
/// it.
struct PngState {
    const unsigned char* data;
    std::size_t size;
    std::size_t offset;
    char message[160];
};

[[noreturn]] void onError(png_structp png, png_const_charp text)
{
    auto* state = static_cast<PngState*>(::png_get_error_ptr(png));
    std::snprintf(state->message, sizeof state->message, "%s", text);
    ::png_longjmp(png, 1);
}

void onWarning(png_structp, png_const_charp) {}

void onRead(png_structp png, png_bytep out, std::size_t length)
{
    auto* state = static_cast<PngState*>(::png_get_io_ptr(png));
    if (length > state->size - state->offset)
        ::png_error(png, "the file ends too early");
    std::memcpy(out, state->data + state->offset, length);
    state->offset += length;
}

/// libpng's state. The functions return false after an error, whose text is in message().
class PngDecoder
{
public:
    explicit PngDecoder(std::string_view bytes)
        : m_state{reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), 0, {}},
          m_png(::png_create_read_struct(PNG_LIBPNG_VER_STRING, &m_state, onError, onWarning))
    {
        if (m_png)
            m_info = ::png_create_info_struct(m_png);
    }
    ~PngDecoder() { ::png_destroy_read_struct(&m_png, &m_info, nullptr); }
    PngDecoder(const PngDecoder&) = delete;
    PngDecoder& operator=(const PngDecoder&) = delete;

    bool isValid() const { return m_info != nullptr; }

    bool start(bool keepsDepth)
    {
        if (setjmp(png_jmpbuf(m_png)) != 0)
            return false;
        ::png_set_read_fn(m_png, &m_state, onRead);
        // A wrong checksum anywhere means a damaged file.
        ::png_set_crc_action(m_png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
        // Our limits were checked already; chunks that do not change pixels are skipped unparsed.
        ::png_set_user_limits(m_png, std::numeric_limits<png_int_32>::max(), std::numeric_limits<png_int_32>::max());
        ::png_set_keep_unknown_chunks(m_png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
        ::png_read_info(m_png, m_info);
        ::png_set_expand(m_png); // palettes, keys and 1, 2, 4 bits
        if (!keepsDepth)
            ::png_set_scale_16(m_png);
        else
            ::png_set_swap(m_png);
        ::png_set_bgr(m_png);
        m_passCount = ::png_set_interlace_handling(m_png);
        ::png_read_update_info(m_png, m_info);
        return true;
    }

    bool readRows(unsigned char* firstRow, std::size_t strideBytes)
    {
        if (setjmp(png_jmpbuf(m_png)) != 0)
            return false;
        const png_uint_32 height = ::png_get_image_height(m_png, m_info);
        for (int pass = 0; pass < m_passCount; ++pass) {
            for (png_uint_32 y = 0; y < height; ++y)
                ::png_read_row(m_png, firstRow + y * strideBytes, nullptr);
        }
        ::png_read_end(m_png, nullptr);
        return true;
    }

    ImageSize size() const
    {
        return {static_cast<int>(::png_get_image_width(m_png, m_info)),
                static_cast<int>(::png_get_image_height(m_png, m_info))};
    }
    int bitDepth() const { return ::png_get_bit_depth(m_png, m_info); }
    int channels() const { return ::png_get_channels(m_png, m_info); }
    std::size_t rowBytes() const { return ::png_get_rowbytes(m_png, m_info); }
    std::string message() const { return m_state.message; }

private:
    PngState m_state;
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
    int m_passCount = 1;
};

Error pngError(const PngDecoder& decoder)
{
    return {ErrorCode::Corrupt, "damaged PNG: " + decoder.message(), {}, 0};
}

} // namespace

Result<Raster> decodePng(std::string_view bytes, const ImageHeader& header, const DecodeOptions& options)
{
    PngDecoder decoder(bytes);
    if (!decoder.isValid())
        throw std::bad_alloc();
    if (!decoder.start(options.keepsDepth))
        return pngError(decoder);
    if (decoder.size() != header.rawSize || decoder.channels() != channelCount(header.model))
        return Error{ErrorCode::Corrupt, "damaged PNG: its chunks contradict each other", {}, 0};
    Raster raster = makeRaster(header.rawSize, header.model, decoder.bitDepth() == 16);
    if (decoder.rowBytes() != raster.pixels.elemSize() * static_cast<std::size_t>(raster.pixels.cols))
        return Error{ErrorCode::Corrupt, "damaged PNG: unexpected row length", {}, 0};
    if (!decoder.readRows(raster.pixels.data, raster.pixels.step))
        return pngError(decoder);
    raster.colour = header.colour;
    return raster;
}

} // namespace ps
