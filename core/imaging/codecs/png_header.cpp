// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walks the chunks of a PNG. Source: W3C PNG (third edition) 5, 11 and the APNG part.
#include "core/base/text.h"
#include "core/imaging/codecs/exif.h"
#include "core/imaging/codecs/header.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <optional>

namespace ps {

namespace {

constexpr int kMaxChunks = 1'000'000;
constexpr std::size_t kMaxExifBytes = std::size_t{16} << 20;
constexpr std::int64_t kSignatureBytes = 8;
constexpr std::int64_t kChunkOverhead = 12; // length, type and checksum

std::uint32_t u32At(std::string_view bytes, std::size_t offset)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[offset + i]);
    return value;
}

/// zlib data of at most kMaxProfileBytes when unpacked; nothing for damage and for more.
std::optional<std::string> inflated(std::string_view packed)
{
    std::string out;
    for (std::size_t capacity = 16 * 1024; capacity <= kMaxProfileBytes; capacity *= 4) {
        out.resize(capacity);
        uLongf length = capacity;
        const int code = ::uncompress(reinterpret_cast<Bytef*>(out.data()), &length,
                                      reinterpret_cast<const Bytef*>(packed.data()), packed.size());
        if (code == Z_OK) {
            out.resize(length);
            return out;
        }
        if (code != Z_BUF_ERROR)
            return std::nullopt;
    }
    return std::nullopt;
}

class PngWalk
{
public:
    explicit PngWalk(FileReader& file) : m_file(file) {}

    Result<ImageHeader> run()
    {
        PS_TRY_VOID(takeHeaderChunk());
        // Chunks that matter may come behind the pixels, so the walk goes on to the end; a missing end is found by the
        // decoder.
        for (int count = 0; count < kMaxChunks && m_file.readAt(m_offset, 8, m_head); ++count) {
            const std::uint32_t length = u32At(m_head, 0);
            if (length > static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max()))
                return damaged(m_file, "damaged PNG: a chunk has no valid length");
            takeChunk(m_head.substr(4), length);
            m_offset += kChunkOverhead + length;
            if (m_head.substr(4) == "IEND")
                break;
        }
        finishModel();
        return std::move(m_header);
    }

private:
    Result<void> takeHeaderChunk()
    {
        std::string chunk;
        if (!m_file.readAt(kSignatureBytes, 8 + 13, chunk))
            return damaged(m_file, "damaged PNG: it ends inside its header");
        if (chunk.substr(4, 4) == "CgBI")
            return unsupported("a PNG in the form that only Apple's phones use");
        if (chunk.substr(4, 4) != "IHDR" || u32At(chunk, 0) != 13)
            return damaged(m_file, "damaged PNG: it does not start with a header");
        const std::uint32_t width = u32At(chunk, 8);
        const std::uint32_t height = u32At(chunk, 12);
        constexpr auto kMaxSide = static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max());
        if (width > kMaxSide || height > kMaxSide)
            return damaged(m_file, "damaged PNG: the size is out of range");
        m_header.rawSize = {static_cast<int>(width), static_cast<int>(height)};
        m_header.bitsPerChannel = static_cast<std::uint8_t>(chunk[16]);
        m_colourType = static_cast<std::uint8_t>(chunk[17]);
        m_header.isLossless = true;
        m_offset = kSignatureBytes + kChunkOverhead + 13;
        return {};
    }

    void takeChunk(std::string_view type, std::uint32_t length)
    {
        if (type == "IDAT")
            return;
        if (type == "tRNS")
            m_hasTransparency = true;
        std::string content;
        const bool isWanted = type == "acTL" || type == "eXIf" || type == "iCCP" || type == "gAMA" || type == "cHRM" ||
                              type == "sRGB";
        if (!isWanted || length > kMaxExifBytes || !m_file.readAt(m_offset + 8, length, content))
            return;
        if (type == "acTL" && length >= 8)
            m_header.frameCount = static_cast<int>(std::clamp<std::uint32_t>(u32At(content, 0), 1, 1U << 30));
        else if (type == "eXIf")
            m_header.orientation = exifOrientation(content);
        else
            takeColourChunk(type, content);
    }

    void takeColourChunk(std::string_view type, std::string_view content)
    {
        ColourTags& colour = m_header.colour;
        if (type == "iCCP") {
            const std::size_t nameEnd = content.find('\0');
            if (nameEnd != std::string_view::npos && nameEnd + 2 <= content.size())
                colour.icc = inflated(content.substr(nameEnd + 2)).value_or(std::string());
        } else if (type == "gAMA" && content.size() == 4) {
            colour.gamma = u32At(content, 0) / 100'000.0;
        } else if (type == "cHRM" && content.size() == 32) {
            colour.primaries.emplace();
            for (std::size_t i = 0; i < 8; ++i)
                (*colour.primaries)[i] = u32At(content, 4 * i) / 100'000.0;
        } else if (type == "sRGB" && content.size() == 1 && content[0] >= 0 && content[0] <= 3) {
            colour.srgbIntent = content[0];
        }
    }

    void finishModel()
    {
        constexpr int kPaletteType = 3;
        constexpr int kAlphaBit = 4;
        const bool isColour = (m_colourType & 2) != 0;
        const bool hasAlphaChannel = (m_colourType & kAlphaBit) != 0 || m_hasTransparency;
        if (isColour)
            m_header.model = hasAlphaChannel ? ColourModel::Bgra : ColourModel::Bgr;
        else
            m_header.model = hasAlphaChannel ? ColourModel::GreyAlpha : ColourModel::Grey;
        if (m_colourType == kPaletteType)
            m_header.bitsPerChannel = 8;
    }

    FileReader& m_file;
    ImageHeader m_header;
    std::string m_head;
    std::int64_t m_offset = 0;
    int m_colourType = 0;
    bool m_hasTransparency = false;
};

} // namespace

Result<ImageHeader> readPngHeader(FileReader& file)
{
    return PngWalk(file).run();
}

} // namespace ps
