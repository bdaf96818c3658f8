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

class BmpDecoder
{
public:
    BmpDecoder(Bytes bytes, const BmpLayout& layout, Raster& raster)
        : m_bytes(bytes), m_layout(layout), m_raster(raster)
    {
    }

    Result<void> run()
    {
        PS_TRY_VOID(readPalette());
        if (m_layout.pixelOffset > static_cast<std::int64_t>(m_bytes.size()))
            return bad("the file ends before its pixels");
        m_rest = m_bytes.substr(static_cast<std::size_t>(m_layout.pixelOffset));
        const bool isRunLength = m_layout.compression == BmpCompression::Rle8 ||
                                 m_layout.compression == BmpCompression::Rle4;
        return isRunLength ? decodeRuns() : decodeRows();
    }

private:
    Result<void> readPalette()
    {
        const auto entryBytes = static_cast<std::size_t>(m_layout.paletteEntryBytes);
        const std::size_t byteCount = entryBytes * static_cast<std::size_t>(m_layout.paletteCount);
        const auto begin = static_cast<std::size_t>(m_layout.paletteOffset);
        if (begin > m_bytes.size() || byteCount > m_bytes.size() - begin)
            return bad("the file ends inside its palette");
        for (int i = 0; i < m_layout.paletteCount; ++i) {
            const std::size_t at = begin + entryBytes * static_cast<std::size_t>(i);
            m_palette[static_cast<std::size_t>(i)] = {byteAt(m_bytes, at), byteAt(m_bytes, at + 1),
                                                      byteAt(m_bytes, at + 2)};
        }
        return {};
    }

    std::uint8_t* rowOf(int line) const
    {
        return m_raster.pixels.ptr(m_layout.isTopDown ? line : m_layout.height - 1 - line);
    }

    Result<void> decodeRows()
    {
        const std::int64_t rowBits = std::int64_t{m_layout.width} * m_layout.bitsPerPixel;
        const auto stride = static_cast<std::size_t>((rowBits + 31) / 32 * 4);
        if (stride > m_rest.size() / static_cast<std::size_t>(m_layout.height))
            return bad("the file ends before its last row");
        for (int line = 0; line < m_layout.height; ++line) {
            const Bytes row = m_rest.substr(static_cast<std::size_t>(line) * stride, stride);
            if (m_layout.bitsPerPixel <= 8)
                PS_TRY_VOID(decodeIndexed(row, rowOf(line)));
            else if (m_layout.bitsPerPixel == 24)
                std::copy_n(row.begin(), std::size_t{3} * static_cast<std::size_t>(m_layout.width), rowOf(line));
            else
                decodeMasked(row, rowOf(line));
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

    // ---- run lengths: pairs of a count and a value, or 0 and a command ----

    Result<void> decodeRuns()
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

    Bytes m_bytes;
    const BmpLayout& m_layout;
    Raster& m_raster;
    Bytes m_rest;
    std::array<std::array<std::uint8_t, 3>, 256> m_palette{};
    int m_x = 0;
    int m_line = 0;
};

} // namespace

Result<Raster> decodeBmp(FileReader& file, const ImageHeader& header, const DecodeOptions&)
{
    PS_TRY(const BmpLayout layout, readBmpLayout(file));
    PS_TRY(const FileBytes bytes, file.readAll());
    Raster raster = makeRaster(header.rawSize, header.model, false);
    PS_TRY_VOID(BmpDecoder(bytes.view(), layout, raster).run());
    raster.colour = header.colour;
    return raster;
}

} // namespace ps
