// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes WebP files apart. Source: RFC 9649.
#include "core/imaging/codecs/exif.h"
#include "core/imaging/codecs/upright.h"

#include <webp/mux.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

namespace ps {

namespace {

constexpr std::size_t kRiffHeaderBytes = 12;
constexpr std::size_t kChunkHeaderBytes = 8;
constexpr unsigned kExifFlag = 0x08;
constexpr unsigned kXmpFlag = 0x04;

std::uint32_t u32At(std::string_view bytes, std::size_t offset)
{
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(bytes[offset + i]);
    return value;
}

void putU32(std::string& bytes, std::size_t offset, std::size_t value)
{
    for (std::size_t i = 0; i < 4; ++i)
        bytes[offset + i] = static_cast<char>(value >> (8 * i) & 0xff);
}

bool belongsToPicture(std::string_view type)
{
    static constexpr std::array<std::string_view, 7> kTypes{"VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"};
    return std::ranges::find(kTypes, type) != kTypes.end();
}

struct MuxDeleter {
    void operator()(WebPMux* mux) const { ::WebPMuxDelete(mux); }
};

} // namespace

Result<StrippedFile> stripWebP(std::string_view bytes)
{
    const Error damage{ErrorCode::Corrupt, "damaged WebP: a part is not whole", {}, 0};
    if (bytes.size() < kRiffHeaderBytes || u32At(bytes, 4) > bytes.size() - kChunkHeaderBytes)
        return damage;
    const std::size_t end = kChunkHeaderBytes + u32At(bytes, 4);
    StrippedFile made;
    made.bytes.reserve(bytes.size());
    made.bytes.append(bytes.substr(0, kRiffHeaderBytes));
    std::size_t offset = kRiffHeaderBytes;
    while (offset + kChunkHeaderBytes <= end) {
        const std::size_t length = u32At(bytes, offset + 4);
        if (length > end - offset - kChunkHeaderBytes)
            return damage;
        // Some writers leave out the filling byte behind the last chunk.
        const std::size_t padded = std::min(length + (length & 1), end - offset - kChunkHeaderBytes);
        const std::string_view chunk = bytes.substr(offset, kChunkHeaderBytes + padded);
        const std::string_view type = chunk.substr(0, 4);
        offset += chunk.size();
        if (!belongsToPicture(type)) {
            made.removed.emplace_back(chunk.substr(0, kChunkHeaderBytes + length));
            continue;
        }
        if (type == "VP8X" && length > 0) {
            const std::size_t flags = made.bytes.size() + kChunkHeaderBytes;
            made.bytes.append(chunk);
            made.bytes[flags] = static_cast<char>(static_cast<unsigned char>(made.bytes[flags]) &
                                                  ~(kExifFlag | kXmpFlag) & 0xffU);
        } else {
            made.bytes.append(chunk);
        }
    }
    putU32(made.bytes, 4, made.bytes.size() - kChunkHeaderBytes);
    made.hasOtherLoss = end < bytes.size();
    return made;
}

Result<std::string> withWebPMetadata(const std::string& bytes, const std::vector<std::string>& chunks)
{
    const Error problem{ErrorCode::Internal, "cannot write WebP: the metadata do not fit", {}, 0};
    const WebPData image{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
    const std::unique_ptr<WebPMux, MuxDeleter> mux(::WebPMuxCreate(&image, 1));
    if (!mux)
        return problem;
    for (const std::string& chunk : chunks) {
        const std::string type = chunk.substr(0, 4);
        if (type != "EXIF" && type != "XMP ")
            continue;
        std::string content = chunk.substr(kChunkHeaderBytes);
        if (type == "EXIF")
            resetExifOrientation(content);
        else
            resetXmpOrientation(content);
        const WebPData data{reinterpret_cast<const std::uint8_t*>(content.data()), content.size()};
        if (::WebPMuxSetChunk(mux.get(), type.c_str(), &data, 1) != WEBP_MUX_OK)
            return problem;
    }
    WebPData assembled{};
    if (::WebPMuxAssemble(mux.get(), &assembled) != WEBP_MUX_OK)
        return problem;
    std::string made(reinterpret_cast<const char*>(assembled.bytes), assembled.size);
    ::WebPDataClear(&assembled);
    return made;
}

} // namespace ps
