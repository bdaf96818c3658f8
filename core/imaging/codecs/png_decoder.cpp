// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/plain_png.h"

#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <limits>

namespace ps {

namespace {

/// Rows that are handed on together, unless they are very long.
constexpr int kBandRows = 16;
constexpr std::size_t kMaxBandBytes = std::size_t{1} << 20;

/// Where libpng reads from and where its errors go. Plain data: libpng leaves by longjmp over the functions that use
/// it.
struct PngState {
    FileReader* file;
    std::int64_t offset;
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
    if (!state->file->readAt(state->offset, {out, length}))
        ::png_error(png, "the file ends too early");
    state->offset += static_cast<std::int64_t>(length);
}

/// libpng's state. The functions return false after an error, whose text is in message().
class PngDecoder
{
public:
    explicit PngDecoder(FileReader& file)
        : m_state{&file, 0, {}}, m_png(::png_create_read_struct(PNG_LIBPNG_VER_STRING, &m_state, onError, onWarning))
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

    /// The next rows, or with interlacing all of them.
    bool readRows(unsigned char* firstRow, std::size_t strideBytes, int count)
    {
        if (setjmp(png_jmpbuf(m_png)) != 0)
            return false;
        for (int pass = 0; pass < m_passCount; ++pass) {
            for (int y = 0; y < count; ++y)
                ::png_read_row(m_png, firstRow + static_cast<std::size_t>(y) * strideBytes, nullptr);
        }
        return true;
    }

    bool finish()
    {
        if (setjmp(png_jmpbuf(m_png)) != 0)
            return false;
        ::png_read_end(m_png, nullptr);
        return true;
    }

    bool isInterlaced() const { return m_passCount > 1; }
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

Error pngError(const FileReader& file, const PngDecoder& decoder)
{
    return damaged(file, "damaged PNG: " + decoder.message());
}

/// Hands the rows of the box to the sink, as many at a time as `step`.
Result<void> readBox(FileReader& file, PngDecoder& decoder, const PixelBox& box, const RowForm& form, int step,
                     bool readsRest, RowSink& sink)
{
    const int height = decoder.size().height;
    const int end = readsRest ? height : box.y2;
    cv::Mat band(step, decoder.size().width, form.matType());
    for (int y = 0; y < end; y += step) {
        const int count = std::min(step, height - y);
        if (!decoder.readRows(band.data, band.step, count))
            return pngError(file, decoder);
        const int first = std::max(box.y1, y);
        const int last = std::min(box.y2, y + count);
        if (first < last)
            sink.take(band(cv::Rect(box.x1, first - y, form.size.width, last - first)));
    }
    return {};
}

} // namespace

Result<void> decodePng(FileReader& file, const ImageHeader& header, const DecodeOptions& options, RowSink& sink)
{
    PS_TRY(const bool isDone, decodePlainPng(file, header, options, sink));
    if (isDone)
        return {};
    PngDecoder decoder(file);
    if (!decoder.isValid())
        throw std::bad_alloc();
    if (!decoder.start(options.keepsDepth))
        return pngError(file, decoder);
    if (decoder.size() != header.rawSize || decoder.channels() != channelCount(header.model))
        return Error{ErrorCode::Corrupt, "damaged PNG: its chunks contradict each other", {}, 0};
    const PixelBox box = options.boxOf(header.rawSize);
    RowForm form;
    form.size = {box.width(), box.height()};
    form.model = header.model;
    form.isDeep = decoder.bitDepth() == 16;
    const auto pixelBytes = static_cast<std::size_t>(CV_ELEM_SIZE(form.matType()));
    if (decoder.rowBytes() != pixelBytes * static_cast<std::size_t>(header.rawSize.width))
        return Error{ErrorCode::Corrupt, "damaged PNG: unexpected row length", {}, 0};
    PS_TRY_VOID(sink.begin(form));
    const int bandRows = decoder.rowBytes() * kBandRows > kMaxBandBytes ? 1 : kBandRows;
    const int step = decoder.isInterlaced() ? header.rawSize.height : std::min(bandRows, header.rawSize.height);
    const bool readsRest = !options.region.has_value() || options.examinesRest;
    PS_TRY_VOID(readBox(file, decoder, box, form, step, readsRest, sink));
    if (readsRest && !decoder.finish())
        return pngError(file, decoder);
    return {};
}

} // namespace ps
