// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Our own decoder: the format is small, and no library of the system reads all of it.
#include "core/imaging/codecs/bmp_codec.h"
#include "core/imaging/codecs/decoders.h"

#include <algorithm>
#include <bit>

namespace ps {

namespace {

using Bytes = std::string_view;

/// Rows are read and handed on in bands of about so many bytes.
constexpr std::int64_t kBandBytes = std::int64_t{256} << 10;

std::uint8_t byteAt(Bytes bytes, std::size_t offset)
{
    return static_cast<std::uint8_t>(bytes[offset]);
}

std::uint32_t numberAt(Bytes bytes, std::size_t offset, std::size_t length)
{
    std::uint32_t value = 0;
    for (std::size_t i = length; i-- > 0;)
        value = value << 8 | byteAt(bytes, offset + i);
    return value;
}

Error bad(const char* what)
{
    return {ErrorCode::Corrupt, std::string("damaged BMP: ") + what, {}, 0};
}

/// One masked value scaled to 8 bits, rounded.
std::uint8_t component(std::uint32_t pixel, std::uint32_t mask)
{
    if (mask == 0)
        return 0;
    const std::uint32_t largest = mask >> std::countr_zero(mask);
    const std::uint32_t value = (pixel & mask) >> std::countr_zero(mask);
    return static_cast<std::uint8_t>((value * 255 + largest / 2) / largest);
}

using Palette = std::array<std::array<std::uint8_t, 3>, 256>;

Result<Palette> readPalette(FileReader& file, const BmpLayout& layout)
{
    Palette palette{};
    const auto entryBytes = static_cast<std::size_t>(layout.paletteEntryBytes);
    std::string bytes;
    if (!file.readAt(layout.paletteOffset, entryBytes * static_cast<std::size_t>(layout.paletteCount), bytes))
        return damaged(file, "damaged BMP: the file ends inside its palette");
    for (std::size_t i = 0; i < static_cast<std::size_t>(layout.paletteCount); ++i)
        palette[i] = {byteAt(bytes, entryBytes * i), byteAt(bytes, entryBytes * i + 1),
                      byteAt(bytes, entryBytes * i + 2)};
    return palette;
}

/// Rows of pixels as they are, some at a time.
class BmpRows
{
public:
    BmpRows(FileReader& file, const BmpLayout& layout, const PixelBox& box, RowSink& sink)
        : m_file(file), m_layout(layout), m_box(box), m_sink(sink),
          m_stride((std::int64_t{layout.width} * layout.bitsPerPixel + 31) / 32 * 4)
    {
    }

    Result<void> read(const RowForm& form)
    {
        if (m_layout.pixelOffset > m_file.sizeBytes() ||
            m_stride > (m_file.sizeBytes() - m_layout.pixelOffset) / m_layout.height)
            return bad("the file ends before its last row");
        PS_TRY(m_palette, readPalette(m_file, m_layout));
        const auto step = static_cast<int>(std::clamp<std::int64_t>(kBandBytes / m_stride, 1, m_box.height()));
        cv::Mat band(step, m_layout.width, form.matType());
        for (int y = m_box.y1; y < m_box.y2; y += step) {
            const int count = std::min(step, m_box.y2 - y);
            PS_TRY_VOID(readBand(y, count, band));
            m_sink.take(band(cv::Rect(m_box.x1, 0, m_box.width(), count)));
        }
        return {};
    }

private:
    /// Rows `y` to `y + count` of the picture, which most files store from the bottom up.
    Result<void> readBand(int y, int count, cv::Mat& band)
    {
        const int firstLine = m_layout.isTopDown ? y : m_layout.height - y - count;
        const auto stride = static_cast<std::size_t>(m_stride);
        if (!m_file.readAt(m_layout.pixelOffset + firstLine * m_stride, stride * static_cast<std::size_t>(count),
                           m_bytes))
            return damaged(m_file, "damaged BMP: the file ends before its last row");
        for (int i = 0; i < count; ++i) {
            const int line = m_layout.isTopDown ? i : count - 1 - i;
            const Bytes row = Bytes(m_bytes).substr(static_cast<std::size_t>(line) * stride, stride);
            if (m_layout.bitsPerPixel <= 8)
                PS_TRY_VOID(decodeIndexed(row, band.ptr(i)));
            else if (m_layout.bitsPerPixel == 24)
                std::copy_n(row.begin(), std::size_t{3} * static_cast<std::size_t>(m_layout.width), band.ptr(i));
            else
                decodeMasked(row, band.ptr(i));
        }
        return {};
    }

    Result<void> decodeIndexed(Bytes row, std::uint8_t* out) const
    {
        const int bits = m_layout.bitsPerPixel;
        const int perByte = 8 / bits;
        for (int x = 0; x < m_layout.width; ++x) {
            const int shift = 8 - bits * (x % perByte + 1);
            const int index = byteAt(row, static_cast<std::size_t>(x / perByte)) >> shift & ((1 << bits) - 1);
            if (index >= m_layout.paletteCount)
                return bad("a pixel lies outside the palette");
            out = std::copy_n(m_palette[static_cast<std::size_t>(index)].begin(), 3, out);
        }
        return {};
    }

    void decodeMasked(Bytes row, std::uint8_t* out) const
    {
        const auto pixelBytes = static_cast<std::size_t>(m_layout.bitsPerPixel / 8);
        const auto& masks = m_layout.masks;
        for (std::size_t x = 0; x < static_cast<std::size_t>(m_layout.width); ++x) {
            const std::uint32_t pixel = numberAt(row, x * pixelBytes, pixelBytes);
            *out++ = component(pixel, masks[2]);
            *out++ = component(pixel, masks[1]);
            *out++ = component(pixel, masks[0]);
            if (m_layout.hasAlpha())
                *out++ = component(pixel, masks[3]);
        }
    }

    FileReader& m_file;
    const BmpLayout& m_layout;
    const PixelBox& m_box;
    RowSink& m_sink;
    std::int64_t m_stride;
    Palette m_palette{};
    std::string m_bytes;
};

/// Run lengths: pairs of a count and a value, or 0 and a command. The whole picture at once.
class BmpRuns
{
public:
    BmpRuns(Bytes pixelBytes, const BmpLayout& layout, const Palette& palette, cv::Mat& pixels)
        : m_layout(layout), m_pixels(pixels), m_rest(pixelBytes), m_palette(palette)
    {
    }

    Result<void> decode()
    {
        if (m_layout.paletteCount == 0)
            return bad("it has no palette");
        for (int line = 0; line < m_layout.height; ++line) { // what is skipped shows the first colour
            std::uint8_t* out = rowOf(line);
            for (int x = 0; x < m_layout.width; ++x)
                out = std::copy_n(m_palette[0].begin(), 3, out);
        }
        bool isEnd = false;
        while (!isEnd) {
            if (m_rest.size() < 2)
                return bad("the file ends before its pixels do");
            const int count = byteAt(m_rest, 0);
            const std::uint8_t value = byteAt(m_rest, 1);
            m_rest.remove_prefix(2);
            if (count == 0) {
                PS_TRY(isEnd, obey(value));
            } else {
                PS_TRY_VOID(putRun(count, [&](int i) { return isFourBit() ? nibble(value, i) : value; }));
            }
        }
        return {};
    }

private:
    std::uint8_t* rowOf(int line) const { return m_pixels.ptr(m_layout.height - 1 - line); } // always bottom-up

    /// Carries out one command; true for the end of the picture.
    Result<bool> obey(std::uint8_t command)
    {
        switch (command) {
        case 0:
            m_x = 0;
            ++m_line;
            return false;
        case 1: return true;
        case 2: return jump();
        default: return putLiterals(command);
        }
    }

    Result<bool> jump()
    {
        if (m_rest.size() < 2)
            return bad("the file ends before its pixels do");
        m_x += byteAt(m_rest, 0);
        m_line += byteAt(m_rest, 1);
        m_rest.remove_prefix(2);
        if (m_x > m_layout.width || m_line > m_layout.height)
            return bad("a run leaves the picture");
        return false;
    }

    Result<bool> putLiterals(int count)
    {
        const int perByte = isFourBit() ? 2 : 1;
        const auto byteCount = static_cast<std::size_t>((count + perByte - 1) / perByte);
        if (m_rest.size() < byteCount)
            return bad("the file ends before its pixels do");
        const Bytes literals = m_rest;
        PS_TRY_VOID(putRun(count, [&](int i) {
            const std::uint8_t byte = byteAt(literals, static_cast<std::size_t>(i / perByte));
            return isFourBit() ? nibble(byte, i) : byte;
        }));
        m_rest.remove_prefix(std::min((byteCount + 1) / 2 * 2, m_rest.size())); // padded to pairs
        return false;
    }

    bool isFourBit() const { return m_layout.bitsPerPixel == 4; }
    static int nibble(std::uint8_t byte, int i) { return i % 2 == 0 ? byte >> 4 : byte & 15; }

    /// Sets the next `count` pixels to the colours whose indexes `indexOf` gives.
    template <typename IndexOf>
    Result<void> putRun(int count, IndexOf&& indexOf)
    {
        if (m_line >= m_layout.height || count > m_layout.width - m_x)
            return bad("a run leaves the picture");
        std::uint8_t* out = rowOf(m_line) + std::ptrdiff_t{3} * m_x;
        for (int i = 0; i < count; ++i) {
            const int index = indexOf(i);
            if (index >= m_layout.paletteCount)
                return bad("a pixel lies outside the palette");
            out = std::copy_n(m_palette[static_cast<std::size_t>(index)].begin(), 3, out);
        }
        m_x += count;
        return {};
    }

    const BmpLayout& m_layout;
    cv::Mat& m_pixels;
    Bytes m_rest;
    const Palette& m_palette;
    int m_x = 0;
    int m_line = 0;
};

Result<void> decodeRuns(FileReader& file, const BmpLayout& layout, const PixelBox& box, RowSink& sink)
{
    PS_TRY(const Palette palette, readPalette(file, layout));
    PS_TRY(const FileBytes bytes, file.readAll());
    if (layout.pixelOffset > file.sizeBytes())
        return bad("the file ends before its pixels");
    cv::Mat pixels(layout.height, layout.width, CV_8UC3);
    PS_TRY_VOID(
        BmpRuns(bytes.view().substr(static_cast<std::size_t>(layout.pixelOffset)), layout, palette, pixels).decode());
    sink.take(pixels(cv::Rect(box.x1, box.y1, box.width(), box.height())));
    return {};
}

} // namespace

Result<void> decodeBmp(FileReader& file, const ImageHeader& header, const DecodeOptions& options, RowSink& sink)
{
    PS_TRY(const BmpLayout layout, readBmpLayout(file));
    const PixelBox box = options.boxOf(header.rawSize);
    RowForm form;
    form.size = {box.width(), box.height()};
    form.model = header.model;
    PS_TRY_VOID(sink.begin(form));
    const bool isRunLength = layout.compression == BmpCompression::Rle8 || layout.compression == BmpCompression::Rle4;
    return isRunLength ? decodeRuns(file, layout, box, sink) : BmpRows(file, layout, box, sink).read(form);
}

} // namespace ps
