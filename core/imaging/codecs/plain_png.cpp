// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/plain_png.h"

#include "core/imaging/codecs/png_filters.h"

#include <libdeflate.h>

#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace ps {

namespace {

/// Pictures that need more than this unpacked go row by row.
constexpr std::size_t kMaxUnpackedBytes = std::size_t{1536} << 20;
constexpr std::size_t kSignatureBytes = 8;
constexpr std::size_t kChunkHeadBytes = 8; // length and type
constexpr std::size_t kChecksumBytes = 4;
constexpr std::size_t kHeaderChunkBytes = 13;

std::uint32_t u32At(const std::uint8_t* bytes)
{
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

/// Bytes per pixel of the kinds that are decoded here, 0 for others.
int plainPixelBytes(const std::uint8_t* headerChunk)
{
    constexpr std::uint8_t kPlainRest[] = {0, 0, 0}; // deflate, the five filters, not interlaced
    const bool isPlain = headerChunk[8] == 8 && std::memcmp(headerChunk + 10, kPlainRest, sizeof kPlainRest) == 0;
    if (!isPlain)
        return 0;
    switch (headerChunk[9]) {
    case 0: return 1;
    case 2: return 3;
    case 4: return 2;
    case 6: return 4;
    default: return 0;
    }
}

/// The chunks of a PNG without faults; the packed pixels are brought together at the start of the same memory.
class PlainChunks
{
public:
    explicit PlainChunks(std::span<std::uint8_t> bytes) : m_bytes(bytes) {}

    /// False for anything unusual.
    bool read()
    {
        std::size_t offset = kSignatureBytes;
        bool isFirst = true;
        while (m_bytes.size() - offset >= kChunkHeadBytes + kChecksumBytes) {
            const std::uint8_t* head = m_bytes.data() + offset;
            const std::size_t length = u32At(head);
            if (length > m_bytes.size() - offset - kChunkHeadBytes - kChecksumBytes)
                return false;
            const std::uint32_t checksum = u32At(head + kChunkHeadBytes + length);
            if (::libdeflate_crc32(0, head + 4, length + 4) != checksum)
                return false;
            const std::string_view type(reinterpret_cast<const char*>(head + 4), 4);
            if (isFirst != (type == "IHDR"))
                return false;
            isFirst = false;
            if (type == "IEND")
                return m_pixelBytes > 0 && m_packedBytes > 0 && length == 0;
            if (!take(type, offset + kChunkHeadBytes, length))
                return false;
            offset += kChunkHeadBytes + length + kChecksumBytes;
        }
        return false;
    }

    int pixelBytes() const { return m_pixelBytes; }
    ImageSize size() const { return m_size; }
    std::span<const std::uint8_t> packed() const { return m_bytes.first(m_packedBytes); }

private:
    bool take(std::string_view type, std::size_t offset, std::size_t length)
    {
        if (type == "IHDR") {
            const std::uint8_t* content = m_bytes.data() + offset;
            if (length != kHeaderChunkBytes)
                return false;
            m_size = {static_cast<int>(u32At(content)), static_cast<int>(u32At(content + 4))};
            m_pixelBytes = plainPixelBytes(content);
            return m_pixelBytes > 0;
        }
        if (type == "IDAT") {
            std::memmove(m_bytes.data() + m_packedBytes, m_bytes.data() + offset, length);
            m_packedBytes += length;
            const bool isInOneRun = !m_hasPixels || m_wasPixels;
            m_hasPixels = m_wasPixels = true;
            return isInOneRun;
        }
        m_wasPixels = false;
        constexpr std::uint8_t kAncillaryBit = 0x20;
        const bool isAncillary = (static_cast<std::uint8_t>(type[0]) & kAncillaryBit) != 0;
        return type != "tRNS" && (isAncillary || (type == "PLTE" && m_pixelBytes >= 3));
    }

    std::span<std::uint8_t> m_bytes;
    ImageSize m_size;
    int m_pixelBytes = 0;
    std::size_t m_packedBytes = 0;
    bool m_hasPixels = false;
    bool m_wasPixels = false; ///< the chunk before held pixels
};

struct DecompressorDeleter {
    void operator()(libdeflate_decompressor* decompressor) const { ::libdeflate_free_decompressor(decompressor); }
};

/// Unpacked rows, each behind the number of its filter.
struct FilteredRows {
    std::unique_ptr<std::uint8_t[]> bytes;
    std::size_t rowBytes = 0; ///< without the filter
    int height = 0;

    const std::uint8_t* row(int y) const { return bytes.get() + static_cast<std::size_t>(y) * (rowBytes + 1); }
};

/// Nothing when the data are not exactly the pixels, or a filter does not exist.
std::optional<FilteredRows> unpacked(const PlainChunks& chunks)
{
    FilteredRows rows;
    rows.rowBytes = static_cast<std::size_t>(chunks.size().width) * static_cast<std::size_t>(chunks.pixelBytes());
    rows.height = chunks.size().height;
    const std::size_t byteCount = (rows.rowBytes + 1) * static_cast<std::size_t>(rows.height);
    if (byteCount > kMaxUnpackedBytes)
        return std::nullopt;
    const std::unique_ptr<libdeflate_decompressor, DecompressorDeleter> decompressor(::libdeflate_alloc_decompressor());
    if (!decompressor)
        throw std::bad_alloc();
    rows.bytes = std::make_unique_for_overwrite<std::uint8_t[]>(byteCount + kPngRowSlack);
    const auto packed = chunks.packed();
    if (::libdeflate_zlib_decompress(decompressor.get(), packed.data(), packed.size(), rows.bytes.get(), byteCount,
                                     nullptr) != LIBDEFLATE_SUCCESS)
        return std::nullopt;
    for (int y = 0; y < rows.height; ++y) {
        if (*rows.row(y) > static_cast<std::uint8_t>(PngFilter::Paeth))
            return std::nullopt;
    }
    return rows;
}

/// Undoes the filters and hands the rows of the box to the sink. Two rows that stay in the cache of the processor take
/// turns, so that the unpacked data are only read.
void unfilter(const FilteredRows& filtered, int pixelBytes, const PixelBox& box, RowSink& sink)
{
    const UndoPngFilter undo = fastestPngUndo(pixelBytes);
    std::vector<std::uint8_t> above(filtered.rowBytes + kPngRowSlack, 0);
    std::vector<std::uint8_t> current(filtered.rowBytes + kPngRowSlack);
    for (int y = 0; y < box.y2; ++y) {
        const std::uint8_t* row = filtered.row(y);
        undo(static_cast<PngFilter>(*row), row + 1, above.data(), current.data(), filtered.rowBytes);
        if (y >= box.y1)
            sink.take(
                cv::Mat(1, box.width(), CV_8UC(pixelBytes), current.data() + std::ptrdiff_t{box.x1} * pixelBytes));
        above.swap(current);
    }
}

} // namespace

Result<bool> decodePlainPng(FileReader& file, const ImageHeader& header, const DecodeOptions& options, RowSink& sink)
{
    std::array<std::uint8_t, kSignatureBytes + kChunkHeadBytes + kHeaderChunkBytes> start{};
    const auto* headerChunk = start.data() + kSignatureBytes + kChunkHeadBytes;
    if (!file.readAt(0, start) || plainPixelBytes(headerChunk) != channelCount(header.model))
        return false;
    const std::size_t unpackedBytes = static_cast<std::size_t>(header.rawSize.width) *
                                      static_cast<std::size_t>(header.rawSize.height) *
                                      static_cast<std::size_t>(channelCount(header.model));
    if (unpackedBytes > kMaxUnpackedBytes)
        return false;

    std::optional<FilteredRows> filtered;
    {
        PS_TRY(const FileBytes bytes, file.readAll());
        PlainChunks chunks({bytes.data.get(), bytes.size});
        if (chunks.read() && chunks.size() == header.rawSize)
            filtered = unpacked(chunks);
    }
    if (!filtered)
        return false;
    const PixelBox box = options.boxOf(header.rawSize);
    RowForm form;
    form.size = {box.width(), box.height()};
    form.model = header.model;
    form.isRedFirst = channelCount(header.model) >= 3;
    PS_TRY_VOID(sink.begin(form));
    unfilter(*filtered, channelCount(header.model), box, sink);
    return true;
}

} // namespace ps
