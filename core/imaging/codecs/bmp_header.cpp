// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/bmp_codec.h"
#include "core/imaging/codecs/header.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace ps {

namespace {

constexpr std::uint32_t kCoreHeaderBytes = 12;  // OS/2 and Windows 2
constexpr std::uint32_t kInfoHeaderBytes = 40;  // Windows 3
constexpr std::uint32_t kMaskHeaderBytes = 52;  // with colour masks
constexpr std::uint32_t kAlphaHeaderBytes = 56; // with an alpha mask
constexpr std::uint32_t kOs2HeaderBytes = 64;   // OS/2 2.x: other fields behind the first 40 bytes
constexpr std::uint32_t kV5HeaderBytes = 124;
constexpr std::uint32_t kEmbeddedProfile = 0x4d424544; // 'MBED'
constexpr int kMaxSide = 1 << 30;

/// Little-endian fields of the headers.
class Fields
{
public:
    explicit Fields(std::string bytes) : m_bytes(std::move(bytes)) {}
    std::uint32_t u16(std::size_t offset) const { return number(offset, 2); }
    std::uint32_t u32(std::size_t offset) const { return number(offset, 4); }
    std::int32_t i32(std::size_t offset) const { return static_cast<std::int32_t>(u32(offset)); }

private:
    std::uint32_t number(std::size_t offset, std::size_t length) const
    {
        std::uint32_t value = 0;
        for (std::size_t i = length; i-- > 0;)
            value = value << 8 | static_cast<std::uint8_t>(m_bytes[offset + i]);
        return value;
    }
    std::string m_bytes;
};

bool isKnownDepth(int bits)
{
    return bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
}

/// Ones without a gap, at most 16 of them.
bool isSoundMask(std::uint32_t mask)
{
    if (mask == 0)
        return true;
    const std::uint32_t low = mask >> std::countr_zero(mask);
    return (low & (low + 1)) == 0 && std::popcount(mask) <= 16;
}

class BmpParser
{
public:
    explicit BmpParser(FileReader& file) : m_file(file) {}

    Result<BmpLayout> run()
    {
        std::string head;
        if (!m_file.readAt(0, kBmpFileHeaderBytes + 4, head))
            return bad("it ends inside its header");
        const Fields fileHeader(head);
        m_layout.pixelOffset = fileHeader.u32(10);
        m_headerBytes = fileHeader.u32(14);
        const bool isKnown = m_headerBytes == kCoreHeaderBytes ||
                             (m_headerBytes >= kInfoHeaderBytes && m_headerBytes <= kV5HeaderBytes);
        if (!isKnown)
            return bad("its header has " + std::to_string(m_headerBytes) + " bytes");
        if (!m_file.readAt(kBmpFileHeaderBytes, m_headerBytes, head))
            return bad("it ends inside its header");
        const Fields fields(std::move(head));
        PS_TRY_VOID(m_headerBytes == kCoreHeaderBytes ? takeCore(fields) : takeInfo(fields));
        PS_TRY_VOID(check());
        return m_layout;
    }

private:
    Error bad(std::string what) const { return damaged(m_file, "damaged BMP: " + std::move(what)); }

    Result<void> takeCore(const Fields& fields)
    {
        m_layout.width = static_cast<int>(fields.u16(4));
        m_layout.height = static_cast<int>(fields.u16(6));
        m_layout.bitsPerPixel = static_cast<int>(fields.u16(10));
        m_layout.paletteEntryBytes = 3;
        m_layout.paletteOffset = kBmpFileHeaderBytes + kCoreHeaderBytes;
        m_layout.paletteCount = m_layout.bitsPerPixel <= 8 ? 1 << m_layout.bitsPerPixel : 0;
        return {};
    }

    Result<void> takeInfo(const Fields& fields)
    {
        m_layout.width = fields.i32(4);
        const std::int32_t height = fields.i32(8);
        if (height == std::numeric_limits<std::int32_t>::min())
            return bad("the size is out of range");
        m_layout.isTopDown = height < 0;
        m_layout.height = height < 0 ? -height : height;
        m_layout.bitsPerPixel = static_cast<int>(fields.u16(14));
        const std::uint32_t compression = fields.u32(16);
        const bool isOs2 = m_headerBytes == kOs2HeaderBytes;
        if (compression == 4 || compression == 5 || (isOs2 && compression == 3))
            return unsupported("a BMP with an embedded JPEG, PNG or fax image");
        const bool isKnown = compression <= 3 || compression == 6;
        if (!isKnown)
            return bad("compression " + std::to_string(compression) + " does not exist");
        m_layout.compression = static_cast<BmpCompression>(compression);
        m_layout.paletteOffset = kBmpFileHeaderBytes + m_headerBytes;
        const std::uint32_t used = fields.u32(32);
        if (m_layout.bitsPerPixel <= 8)
            m_layout.paletteCount = static_cast<int>(used == 0 ? 1U << m_layout.bitsPerPixel : std::min(used, 256U));
        PS_TRY_VOID(takeMasks(fields));
        if (m_headerBytes == kV5HeaderBytes && fields.u32(56) == kEmbeddedProfile) {
            m_layout.profileOffset = kBmpFileHeaderBytes + std::int64_t{fields.u32(112)};
            m_layout.profileBytes = fields.u32(116);
        }
        return {};
    }

    Result<void> takeMasks(const Fields& fields)
    {
        const bool areGiven = m_layout.compression == BmpCompression::BitFields ||
                              m_layout.compression == BmpCompression::AlphaBitFields;
        if (!areGiven) {
            if (m_layout.bitsPerPixel == 16)
                m_layout.masks = {0x7c00, 0x03e0, 0x001f, 0};
            else if (m_layout.bitsPerPixel == 32)
                m_layout.masks = {0xff0000, 0x00ff00, 0x0000ff, 0}; // the fourth byte means nothing
            return {};
        }
        const std::size_t count =
            m_headerBytes >= kAlphaHeaderBytes || m_layout.compression == BmpCompression::AlphaBitFields ? 4 : 3;
        std::string behind;
        if (m_headerBytes < kMaskHeaderBytes) { // the masks follow the header
            if (!m_file.readAt(kBmpFileHeaderBytes + m_headerBytes, count * 4, behind))
                return bad("it ends inside its header");
            m_layout.paletteOffset += static_cast<std::int64_t>(count) * 4;
        }
        const Fields separate(behind);
        for (std::size_t i = 0; i < count; ++i) {
            m_layout.masks[i] = behind.empty() ? fields.u32(40 + 4 * i) : separate.u32(4 * i);
            if (!isSoundMask(m_layout.masks[i]))
                return bad("a colour mask makes no sense");
        }
        return {};
    }

    Result<void> check() const
    {
        const bool isSize = m_layout.width > 0 && m_layout.width < kMaxSide && m_layout.height > 0 &&
                            m_layout.height < kMaxSide;
        if (!isSize)
            return bad("the size is out of range");
        if (!isKnownDepth(m_layout.bitsPerPixel))
            return bad(std::to_string(m_layout.bitsPerPixel) + " bits per pixel do not exist");
        bool fits = true;
        switch (m_layout.compression) {
        case BmpCompression::None: break;
        case BmpCompression::Rle8: fits = m_layout.bitsPerPixel == 8 && !m_layout.isTopDown; break;
        case BmpCompression::Rle4: fits = m_layout.bitsPerPixel == 4 && !m_layout.isTopDown; break;
        case BmpCompression::BitFields:
        case BmpCompression::AlphaBitFields: fits = m_layout.bitsPerPixel == 16 || m_layout.bitsPerPixel == 32; break;
        }
        if (!fits)
            return bad("its compression does not fit its depth");
        return {};
    }

    FileReader& m_file;
    BmpLayout m_layout;
    std::uint32_t m_headerBytes = 0;
};

} // namespace

Result<BmpLayout> readBmpLayout(FileReader& file)
{
    return BmpParser(file).run();
}

Result<ImageHeader> readBmpHeader(FileReader& file)
{
    PS_TRY(const BmpLayout layout, readBmpLayout(file));
    ImageHeader header;
    header.rawSize = {layout.width, layout.height};
    header.model = layout.hasAlpha() ? ColourModel::Bgra : ColourModel::Bgr;
    header.isLossless = true;
    if (layout.profileBytes > 0 && layout.profileBytes <= kMaxProfileBytes)
        file.readAt(layout.profileOffset, layout.profileBytes, header.colour.icc);
    return header;
}

} // namespace ps
