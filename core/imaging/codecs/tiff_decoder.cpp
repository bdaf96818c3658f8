// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/decoders.h"
#include "core/imaging/codecs/tiff_file.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

namespace ps {

namespace {

/// A strip may be the whole picture; the memory limit of the worker is the real bound.
constexpr std::uint64_t kMaxBufferBytes = std::uint64_t{1} << 32;

/// 16 bits to 8, rounded.
std::uint8_t narrowed(std::uint32_t value)
{
    return static_cast<std::uint8_t>((value * 255 + 32767) / 65535);
}

/// Brings the samples of one strip row or tile row to their places in the raster.
class SamplePlacer
{
public:
    SamplePlacer(const TiffLayout& layout, Raster& raster, TIFF* tiff) : m_layout(layout), m_raster(raster)
    {
        if (layout.kind == TiffKind::Palette)
            loadPalette(tiff);
    }

    /// `row` holds `count` pixels of `sampleCount` samples each, the first of which is `firstSample`.
    void place(const std::uint8_t* row, int x, int y, int count, int firstSample, int sampleCount)
    {
        for (int s = 0; s < sampleCount; ++s) {
            const int channel = channelOf(firstSample + s);
            if (channel < 0)
                continue;
            if (m_layout.kind == TiffKind::Palette)
                placePalette(row, x, y, count, sampleCount);
            else if (m_raster.isDeep())
                placeDeep(row, x, y, count, s, sampleCount, channel);
            else
                placeShallow(row, x, y, count, s, sampleCount, channel);
        }
    }

private:
    /// Where a sample goes, or -1 for nowhere. Files have R G B, we have B G R.
    int channelOf(int sample) const
    {
        const int colours = m_layout.colourCount();
        if (sample < colours)
            return m_layout.kind == TiffKind::Rgb ? 2 - sample : sample;
        return sample == colours && m_layout.hasAlpha ? colours : -1;
    }

    static std::size_t pixelIndex(int i, int sampleCount)
    {
        return static_cast<std::size_t>(i) * static_cast<std::size_t>(sampleCount);
    }

    std::uint32_t sampleAt(const std::uint8_t* row, std::size_t index) const
    {
        const int bits = m_layout.bitsPerSample;
        if (bits == 8)
            return row[index];
        if (bits == 16) {
            std::uint16_t value = 0;
            std::memcpy(&value, row + 2 * index, sizeof value);
            return value;
        }
        const std::size_t perByte = 8 / static_cast<std::size_t>(bits);
        const auto shift = 8 - static_cast<std::size_t>(bits) * (index % perByte + 1);
        return std::uint32_t{row[index / perByte]} >> shift & ((1U << bits) - 1);
    }

    bool isInverted(int channel) const { return m_layout.kind == TiffKind::InvertedGrey && channel == 0; }

    void placeDeep(const std::uint8_t* row, int x, int y, int count, int s, int sampleCount, int channel)
    {
        const int channels = m_raster.pixels.channels();
        auto* out = m_raster.pixels.ptr<std::uint16_t>(y) + std::ptrdiff_t{x} * channels + channel;
        for (int i = 0; i < count; ++i, out += channels) {
            const std::uint32_t value = sampleAt(row, pixelIndex(i, sampleCount) + static_cast<std::size_t>(s));
            *out = static_cast<std::uint16_t>(isInverted(channel) ? 65535 - value : value);
        }
    }

    void placeShallow(const std::uint8_t* row, int x, int y, int count, int s, int sampleCount, int channel)
    {
        const int channels = m_raster.pixels.channels();
        const std::uint32_t factor = m_layout.bitsPerSample < 8 ? 255 / ((1U << m_layout.bitsPerSample) - 1) : 1;
        std::uint8_t* out = m_raster.pixels.ptr(y) + std::ptrdiff_t{x} * channels + channel;
        for (int i = 0; i < count; ++i, out += channels) {
            const std::uint32_t value = sampleAt(row, pixelIndex(i, sampleCount) + static_cast<std::size_t>(s));
            const auto byte = m_layout.bitsPerSample == 16 ? narrowed(value)
                                                           : static_cast<std::uint8_t>(value * factor);
            *out = static_cast<std::uint8_t>(isInverted(channel) ? 255 - byte : byte);
        }
    }

    void placePalette(const std::uint8_t* row, int x, int y, int count, int sampleCount)
    {
        std::uint8_t* out = m_raster.pixels.ptr(y) + std::ptrdiff_t{3} * x;
        for (int i = 0; i < count; ++i)
            out = std::copy_n(m_palette[sampleAt(row, pixelIndex(i, sampleCount))].begin(), 3, out);
    }

    void loadPalette(TIFF* tiff)
    {
        std::uint16_t* maps[3] = {nullptr, nullptr, nullptr};
        if (::TIFFGetField(tiff, TIFFTAG_COLORMAP, &maps[0], &maps[1], &maps[2]) == 0)
            return;
        const std::size_t size = std::size_t{1} << m_layout.bitsPerSample;
        // Some writers store 8-bit values in the 16-bit map.
        bool isShallow = true;
        for (std::size_t i = 0; i < size; ++i)
            isShallow = isShallow && maps[0][i] < 256 && maps[1][i] < 256 && maps[2][i] < 256;
        for (std::size_t i = 0; i < size; ++i) {
            for (std::size_t c = 0; c < 3; ++c) {
                const std::uint16_t value = maps[2 - c][i];
                m_palette[i][c] = isShallow ? static_cast<std::uint8_t>(value) : narrowed(value);
            }
        }
    }

    const TiffLayout& m_layout;
    Raster& m_raster;
    std::array<std::array<std::uint8_t, 3>, 256> m_palette{};
};

class TiffPixels
{
public:
    TiffPixels(TiffFile& file, const TiffLayout& layout, Raster& raster)
        : m_file(file), m_tiff(file.handle()), m_layout(layout), m_placer(layout, raster, m_tiff)
    {
    }

    Result<void> read()
    {
        const std::uint64_t byteCount = m_layout.isTiled ? ::TIFFTileSize64(m_tiff) : ::TIFFStripSize64(m_tiff);
        if (byteCount == 0 || byteCount > kMaxBufferBytes)
            return m_file.error("its strips or tiles have no valid size");
        m_buffer = std::make_unique_for_overwrite<std::uint8_t[]>(byteCount);
        m_bufferBytes = static_cast<std::int64_t>(byteCount);
        const int planeCount = m_layout.isSeparate ? m_layout.samplesPerPixel : 1;
        for (int plane = 0; plane < planeCount; ++plane)
            PS_TRY_VOID(m_layout.isTiled ? readTiles(plane) : readStrips(plane));
        return {};
    }

private:
    int samplesInBuffer() const { return m_layout.isSeparate ? 1 : m_layout.samplesPerPixel; }

    /// Bytes of one row of `width` pixels in the buffer.
    std::int64_t bufferRowBytes(std::int64_t width) const
    {
        return (width * samplesInBuffer() * m_layout.bitsPerSample + 7) / 8;
    }

    // libtiff reports success for some damaged deflate streams without writing the end of the buffer; what an earlier
    // picture left there must not show.
    void clearBuffer() { std::memset(m_buffer.get(), 0, static_cast<std::size_t>(m_bufferBytes)); }

    // Whole strips, as libtiff's own fuzzing does it; the reading in pieces of TIFFReadScanline() is a path of its own.
    Result<void> readStrips(int plane)
    {
        std::uint32_t rowsPerStrip = 0;
        ::TIFFGetFieldDefaulted(m_tiff, TIFFTAG_ROWSPERSTRIP, &rowsPerStrip);
        const int height = m_layout.size.height;
        const auto step = static_cast<int>(std::min<std::int64_t>(rowsPerStrip, height));
        const std::int64_t stride = bufferRowBytes(m_layout.size.width);
        if (step == 0 || stride * step > m_bufferBytes)
            return m_file.error("its strips have no valid size");
        for (int y = 0; y < height; y += step) {
            const int rows = std::min(step, height - y);
            const std::uint32_t strip = ::TIFFComputeStrip(m_tiff, static_cast<std::uint32_t>(y),
                                                           static_cast<std::uint16_t>(plane));
            clearBuffer();
            if (::TIFFReadEncodedStrip(m_tiff, strip, m_buffer.get(), stride * rows) != stride * rows)
                return m_file.error("a strip cannot be read");
            for (int row = 0; row < rows; ++row)
                m_placer.place(m_buffer.get() + stride * row, 0, y + row, m_layout.size.width, plane,
                               samplesInBuffer());
        }
        return {};
    }

    Result<void> readTiles(int plane)
    {
        std::uint32_t tileWidth = 0;
        std::uint32_t tileHeight = 0;
        ::TIFFGetField(m_tiff, TIFFTAG_TILEWIDTH, &tileWidth);
        ::TIFFGetField(m_tiff, TIFFTAG_TILELENGTH, &tileHeight);
        const bool isSize = tileWidth > 0 && tileHeight > 0 && tileWidth <= INT32_MAX && tileHeight <= INT32_MAX &&
                            bufferRowBytes(tileWidth) * tileHeight <= m_bufferBytes;
        if (!isSize)
            return m_file.error("its tiles have no valid size");
        for (std::int64_t y = 0; y < m_layout.size.height; y += tileHeight) {
            for (std::int64_t x = 0; x < m_layout.size.width; x += tileWidth) {
                clearBuffer();
                if (::TIFFReadTile(m_tiff, m_buffer.get(), static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y),
                                   0, static_cast<std::uint16_t>(plane)) < 0)
                    return m_file.error("a tile cannot be read");
                placeTile(static_cast<int>(x), static_cast<int>(y), static_cast<int>(tileWidth),
                          static_cast<int>(tileHeight), plane);
            }
        }
        return {};
    }

    void placeTile(int x, int y, int tileWidth, int tileHeight, int plane)
    {
        const int columns = std::min(tileWidth, m_layout.size.width - x);
        const int rows = std::min(tileHeight, m_layout.size.height - y);
        const std::int64_t stride = bufferRowBytes(tileWidth);
        for (int row = 0; row < rows; ++row)
            m_placer.place(m_buffer.get() + stride * row, x, y + row, columns, plane, samplesInBuffer());
    }

    TiffFile& m_file;
    TIFF* m_tiff;
    const TiffLayout& m_layout;
    SamplePlacer m_placer;
    std::unique_ptr<std::uint8_t[]> m_buffer;
    std::int64_t m_bufferBytes = 0;
};

/// Colour models that libtiff converts itself, to 8-bit RGB.
Result<void> readConverted(TiffFile& file, const TiffLayout& layout, Raster& raster)
{
    char reason[1024] = "";
    if (::TIFFRGBAImageOK(file.handle(), reason) == 0)
        return unsupported(std::string("a TIFF of this kind: ") + reason);
    const auto width = static_cast<std::uint32_t>(layout.size.width);
    const auto height = static_cast<std::uint32_t>(layout.size.height);
    std::vector<std::uint32_t> pixels(std::size_t{width} * height);
    constexpr int kStopAtErrors = 1;
    if (::TIFFReadRGBAImageOriented(file.handle(), width, height, pixels.data(), layout.orientation, kStopAtErrors) ==
        0)
        return file.error("it cannot be converted");
    for (int y = 0; y < layout.size.height; ++y) {
        std::uint8_t* out = raster.pixels.ptr(y);
        for (std::uint32_t x = 0; x < width; ++x) {
            const std::uint32_t pixel = pixels[static_cast<std::size_t>(y) * width + x];
            *out++ = static_cast<std::uint8_t>(TIFFGetB(pixel));
            *out++ = static_cast<std::uint8_t>(TIFFGetG(pixel));
            *out++ = static_cast<std::uint8_t>(TIFFGetR(pixel));
        }
    }
    return {};
}

} // namespace

Result<Raster> decodeTiff(FileReader& reader, const ImageHeader& header, const DecodeOptions& options)
{
    TiffFile file(reader);
    PS_TRY(const TiffLayout layout, file.open());
    Raster raster = makeRaster(layout.size, layout.model(), options.keepsDepth && layout.bitsPerSample == 16);
    raster.isPremultiplied = layout.isAlphaAssociated;
    if (layout.kind == TiffKind::Converted)
        PS_TRY_VOID(readConverted(file, layout, raster));
    else
        PS_TRY_VOID(TiffPixels(file, layout, raster).read());
    raster.colour = header.colour;
    return raster;
}

} // namespace ps
