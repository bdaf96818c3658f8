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

/// Rows of a long strip that are handed on together.
constexpr int kPieceRows = 64;

/// 16 bits to 8, rounded.
std::uint8_t narrowed(std::uint32_t value)
{
    return static_cast<std::uint8_t>((value * 255 + 32767) / 65535);
}

/// Brings the samples of one strip row or tile row to their places in a band of the raster.
class SamplePlacer
{
public:
    SamplePlacer(const TiffLayout& layout, const RowForm& form, TIFF* tiff) : m_layout(layout), m_isDeep(form.isDeep)
    {
        if (layout.kind == TiffKind::Palette)
            loadPalette(tiff);
    }

    /// `row` holds `count` pixels of `sampleCount` samples each, the first of which is `firstSample`.
    void place(cv::Mat& band, const std::uint8_t* row, int x, int y, int count, int firstSample, int sampleCount)
    {
        for (int s = 0; s < sampleCount; ++s) {
            const int channel = channelOf(firstSample + s);
            if (channel < 0)
                continue;
            if (m_layout.kind == TiffKind::Palette)
                placePalette(band, row, x, y, count, sampleCount);
            else if (m_isDeep)
                placeDeep(band, row, x, y, count, s, sampleCount, channel);
            else
                placeShallow(band, row, x, y, count, s, sampleCount, channel);
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

    void placeDeep(cv::Mat& band, const std::uint8_t* row, int x, int y, int count, int s, int sampleCount, int channel)
    {
        const int channels = band.channels();
        auto* out = band.ptr<std::uint16_t>(y) + std::ptrdiff_t{x} * channels + channel;
        for (int i = 0; i < count; ++i, out += channels) {
            const std::uint32_t value = sampleAt(row, pixelIndex(i, sampleCount) + static_cast<std::size_t>(s));
            *out = static_cast<std::uint16_t>(isInverted(channel) ? 65535 - value : value);
        }
    }

    void placeShallow(cv::Mat& band, const std::uint8_t* row, int x, int y, int count, int s, int sampleCount,
                      int channel)
    {
        const int channels = band.channels();
        const std::uint32_t factor = m_layout.bitsPerSample < 8 ? 255 / ((1U << m_layout.bitsPerSample) - 1) : 1;
        std::uint8_t* out = band.ptr(y) + std::ptrdiff_t{x} * channels + channel;
        for (int i = 0; i < count; ++i, out += channels) {
            const std::uint32_t value = sampleAt(row, pixelIndex(i, sampleCount) + static_cast<std::size_t>(s));
            const auto byte = m_layout.bitsPerSample == 16 ? narrowed(value)
                                                           : static_cast<std::uint8_t>(value * factor);
            *out = static_cast<std::uint8_t>(isInverted(channel) ? 255 - byte : byte);
        }
    }

    void placePalette(cv::Mat& band, const std::uint8_t* row, int x, int y, int count, int sampleCount)
    {
        std::uint8_t* out = band.ptr(y) + std::ptrdiff_t{3} * x;
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
    bool m_isDeep;
    std::array<std::array<std::uint8_t, 3>, 256> m_palette{};
};

/// Reads a picture in bands of whole rows of strips or tiles.
class TiffPixels
{
public:
    TiffPixels(TiffFile& file, const TiffLayout& layout, const RowForm& form, const PixelBox& box, RowSink& sink)
        : m_file(file), m_tiff(file.handle()), m_layout(layout), m_box(box), m_sink(sink),
          m_placer(layout, form, m_tiff)
    {
    }

    /// Rows below the box are read only if asked for.
    Result<void> read(const RowForm& form, bool readsRest)
    {
        PS_TRY_VOID(makeBuffer());
        const int height = m_layout.size.height;
        const int end = readsRest ? height : m_box.y2;
        const int begin = readsRest ? 0 : m_box.y1 / m_step * m_step;
        m_band.create(isPlainStrips() ? std::min(m_step, kPieceRows) : m_step, m_layout.size.width, form.matType());
        for (int y = begin; y < end; y += m_step) {
            const int count = std::min(m_step, height - y);
            PS_TRY_VOID(isPlainStrips() ? readPlainStrip(y, count) : readBand(y, count, readsRest));
        }
        return {};
    }

private:
    int samplesInBuffer() const { return m_layout.isSeparate ? 1 : m_layout.samplesPerPixel; }

    /// Bytes of one row of `width` pixels in the buffer.
    std::int64_t bufferRowBytes(std::int64_t width) const
    {
        return (width * samplesInBuffer() * m_layout.bitsPerSample + 7) / 8;
    }

    /// Memory for one strip or tile, and the number of rows in it.
    Result<void> makeBuffer()
    {
        const std::uint64_t byteCount = m_layout.isTiled ? ::TIFFTileSize64(m_tiff) : ::TIFFStripSize64(m_tiff);
        if (byteCount == 0 || byteCount > kMaxBufferBytes)
            return m_file.error("its strips or tiles have no valid size");
        m_bufferBytes = static_cast<std::int64_t>(byteCount);
        std::uint32_t width = static_cast<std::uint32_t>(m_layout.size.width);
        std::uint32_t rows = 0;
        if (m_layout.isTiled) {
            ::TIFFGetField(m_tiff, TIFFTAG_TILEWIDTH, &width);
            ::TIFFGetField(m_tiff, TIFFTAG_TILELENGTH, &rows);
        } else {
            ::TIFFGetFieldDefaulted(m_tiff, TIFFTAG_ROWSPERSTRIP, &rows);
            rows = std::min(rows, static_cast<std::uint32_t>(m_layout.size.height));
        }
        const bool isSize = width > 0 && rows > 0 && width <= INT32_MAX && rows <= INT32_MAX / 2 &&
                            bufferRowBytes(width) * rows <= m_bufferBytes;
        if (!isSize)
            return m_file.error(m_layout.isTiled ? "its tiles have no valid size" : "its strips have no valid size");
        m_buffer = std::make_unique_for_overwrite<std::uint8_t[]>(byteCount);
        m_tileWidth = static_cast<int>(width);
        m_step = static_cast<int>(rows);
        return {};
    }

    // libtiff reports success for some damaged deflate streams without writing the end of the buffer; what an earlier
    // picture left there must not show.
    void clearBuffer() { std::memset(m_buffer.get(), 0, static_cast<std::size_t>(m_bufferBytes)); }

    /// All samples of a pixel together, and no tiles beside each other: a strip need not be put together.
    bool isPlainStrips() const { return !m_layout.isTiled && !m_layout.isSeparate; }

    /// Hands on the rows of the band that lie in the box; the first of them is row `y` of the picture.
    void handOn(int y, int count)
    {
        const int first = std::max(m_box.y1, y);
        const int last = std::min(m_box.y2, y + count);
        if (first < last)
            m_sink.take(m_band(cv::Rect(m_box.x1, first - y, m_box.width(), last - first)));
    }

    /// A strip may hold the whole picture, so it is handed on in pieces.
    Result<void> readPlainStrip(int y, int count)
    {
        PS_TRY_VOID(readStrip(y, count, 0));
        for (int done = 0; done < count; done += m_band.rows) {
            const int rows = std::min(m_band.rows, count - done);
            placeStripRows(done, rows, 0);
            handOn(y + done, rows);
        }
        return {};
    }

    Result<void> readBand(int y, int count, bool readsRest)
    {
        const int planeCount = m_layout.isSeparate ? m_layout.samplesPerPixel : 1;
        for (int plane = 0; plane < planeCount; ++plane) {
            if (m_layout.isTiled) {
                PS_TRY_VOID(readTiles(y, count, plane, readsRest));
            } else {
                PS_TRY_VOID(readStrip(y, count, plane));
                placeStripRows(0, count, plane);
            }
        }
        handOn(y, count);
        return {};
    }

    // Whole strips, as libtiff's own fuzzing does it; the reading in pieces of TIFFReadScanline() is a path of its own.
    Result<void> readStrip(int y, int count, int plane)
    {
        const std::int64_t byteCount = bufferRowBytes(m_layout.size.width) * count;
        const std::uint32_t strip = ::TIFFComputeStrip(m_tiff, static_cast<std::uint32_t>(y),
                                                       static_cast<std::uint16_t>(plane));
        clearBuffer();
        if (::TIFFReadEncodedStrip(m_tiff, strip, m_buffer.get(), byteCount) != byteCount)
            return m_file.error("a strip cannot be read");
        return {};
    }

    /// Brings rows of the strip, from `first` on, to the start of the band.
    void placeStripRows(int first, int count, int plane)
    {
        const std::int64_t stride = bufferRowBytes(m_layout.size.width);
        for (int row = 0; row < count; ++row)
            m_placer.place(m_band, m_buffer.get() + stride * (first + row), 0, row, m_layout.size.width, plane,
                           samplesInBuffer());
    }

    Result<void> readTiles(int y, int count, int plane, bool readsRest)
    {
        const std::int64_t stride = bufferRowBytes(m_tileWidth);
        for (std::int64_t x = 0; x < m_layout.size.width; x += m_tileWidth) {
            const bool isWanted = readsRest || (x < m_box.x2 && x + m_tileWidth > m_box.x1);
            if (!isWanted)
                continue;
            clearBuffer();
            if (::TIFFReadTile(m_tiff, m_buffer.get(), static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0,
                               static_cast<std::uint16_t>(plane)) < 0)
                return m_file.error("a tile cannot be read");
            const auto columns = static_cast<int>(std::min<std::int64_t>(m_tileWidth, m_layout.size.width - x));
            for (int row = 0; row < count; ++row)
                m_placer.place(m_band, m_buffer.get() + stride * row, static_cast<int>(x), row, columns, plane,
                               samplesInBuffer());
        }
        return {};
    }

    TiffFile& m_file;
    TIFF* m_tiff;
    const TiffLayout& m_layout;
    const PixelBox& m_box;
    RowSink& m_sink;
    SamplePlacer m_placer;
    cv::Mat m_band;
    std::unique_ptr<std::uint8_t[]> m_buffer;
    std::int64_t m_bufferBytes = 0;
    int m_tileWidth = 0;
    int m_step = 0; ///< rows of a strip or tile
};

/// Colour models that libtiff converts itself, to 8-bit RGB; at once, so the picture is in memory.
Result<void> readConverted(TiffFile& file, const TiffLayout& layout, const PixelBox& box, RowSink& sink)
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
    cv::Mat row(1, box.width(), CV_8UC3);
    for (int y = box.y1; y < box.y2; ++y) {
        const std::uint32_t* in = pixels.data() + static_cast<std::size_t>(y) * width;
        std::uint8_t* out = row.ptr();
        for (int x = box.x1; x < box.x2; ++x) {
            *out++ = static_cast<std::uint8_t>(TIFFGetB(in[x]));
            *out++ = static_cast<std::uint8_t>(TIFFGetG(in[x]));
            *out++ = static_cast<std::uint8_t>(TIFFGetR(in[x]));
        }
        sink.take(row);
    }
    return {};
}

} // namespace

Result<void> decodeTiff(FileReader& reader, const ImageHeader& header, const DecodeOptions& options, RowSink& sink)
{
    TiffFile file(reader);
    PS_TRY(const TiffLayout layout, file.open());
    if (layout.size != header.rawSize || layout.model() != header.model)
        return file.error("its tags contradict each other");
    const PixelBox box = options.boxOf(layout.size);
    RowForm form;
    form.size = {box.width(), box.height()};
    form.model = layout.model();
    form.isDeep = options.keepsDepth && layout.bitsPerSample == 16;
    form.isPremultiplied = layout.isAlphaAssociated;
    PS_TRY_VOID(sink.begin(form));
    if (layout.kind == TiffKind::Converted)
        return readConverted(file, layout, box, sink);
    const bool readsRest = !options.region.has_value() || options.examinesRest;
    return TiffPixels(file, layout, form, box, sink).read(form, readsRest);
}

} // namespace ps
