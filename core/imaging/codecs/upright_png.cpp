// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes PNG files apart. Source: W3C PNG (third edition) 5 and 11.
#include "core/imaging/codecs/exif.h"
#include "core/imaging/codecs/upright.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace ps {

namespace {

constexpr std::size_t kSignatureBytes = 8;
constexpr std::size_t kChunkHeadBytes = 8; // length and type
constexpr std::size_t kChunkOverhead = 12; // and checksum
constexpr std::size_t kHeaderEnd = kSignatureBytes + kChunkOverhead + 13;

std::uint32_t u32At(std::string_view bytes, std::size_t offset)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[offset + i]);
    return value;
}

void appendU32(std::string& out, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(value >> shift & 0xff));
}

/// Pixels, what gives them their colours, size and transparency, and the frames of animations.
bool belongsToPicture(std::string_view type)
{
    static constexpr std::array<std::string_view, 19> kTypes{"IHDR", "PLTE", "IDAT", "IEND", "gAMA", "cHRM", "sRGB",
                                                             "iCCP", "cICP", "mDCv", "cLLi", "sBIT", "tRNS", "pHYs",
                                                             "bKGD", "hIST", "acTL", "fcTL", "fdAT"};
    return std::ranges::find(kTypes, type) != kTypes.end();
}

/// Chunks that say something about any picture, whatever its pixels are.
bool canBePutBack(std::string_view type)
{
    static constexpr std::array<std::string_view, 5> kTypes{"tEXt", "zTXt", "iTXt", "eXIf", "tIME"};
    return std::ranges::find(kTypes, type) != kTypes.end();
}

std::string chunkOf(std::string_view type, std::string_view content)
{
    std::string chunk;
    appendU32(chunk, static_cast<std::uint32_t>(content.size()));
    chunk.append(type).append(content);
    appendU32(chunk, static_cast<std::uint32_t>(
                         ::crc32_z(0, reinterpret_cast<const Bytef*>(chunk.data() + 4), chunk.size() - 4)));
    return chunk;
}

} // namespace

Result<StrippedFile> stripPng(std::string_view bytes)
{
    StrippedFile made;
    made.bytes.reserve(bytes.size());
    made.bytes.append(bytes.substr(0, kSignatureBytes));
    for (std::size_t offset = kSignatureBytes; offset + kChunkOverhead <= bytes.size();) {
        const std::size_t length = u32At(bytes, offset);
        if (length > bytes.size() - offset - kChunkOverhead)
            break;
        const std::string_view chunk = bytes.substr(offset, length + kChunkOverhead);
        const std::string_view type = chunk.substr(4, 4);
        offset += chunk.size();
        if (belongsToPicture(type))
            made.bytes.append(chunk);
        else
            made.removed.emplace_back(chunk);
        if (type == "IEND") {
            made.hasOtherLoss = offset < bytes.size();
            return made;
        }
    }
    return Error{ErrorCode::Corrupt, "damaged PNG: it ends before its last chunk", {}, 0};
}

std::string withPngMetadata(std::string bytes, const std::vector<std::string>& chunks)
{
    std::string all;
    for (const std::string& chunk : chunks) {
        const std::string_view type = std::string_view(chunk).substr(4, 4);
        std::string content = chunk.substr(kChunkHeadBytes, chunk.size() - kChunkOverhead);
        if (!canBePutBack(type))
            continue;
        if (type == "eXIf")
            resetExifOrientation(content);
        else
            resetXmpOrientation(content);
        all += chunkOf(type, content);
    }
    return bytes.insert(std::min(kHeaderEnd, bytes.size()), all);
}

} // namespace ps
