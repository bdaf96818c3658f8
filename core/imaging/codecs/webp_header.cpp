// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walks the RIFF chunks of a WebP. Source: RFC 9649.
#include "core/base/text.h"
#include "core/imaging/codecs/exif.h"
#include "core/imaging/codecs/header.h"

#include <algorithm>

namespace ps {

namespace {

constexpr int kMaxChunks = 1'000'000;
constexpr std::int64_t kRiffHeaderBytes = 12;
constexpr std::int64_t kChunkHeaderBytes = 8;
constexpr std::int64_t kFrameHeaderBytes = 16; // of ANMF, before its own chunks
constexpr std::uint32_t kMaxExifBytes = 1U << 24;

std::uint32_t numberAt(std::string_view bytes, std::size_t offset, std::size_t length)
{
    std::uint32_t value = 0;
    for (std::size_t i = length; i-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(bytes[offset + i]);
    return value;
}

class WebPWalk
{
public:
    WebPWalk(FileReader& file, int maxFrames) : m_file(file), m_maxFrames(maxFrames) {}

    Result<ImageHeader> run()
    {
        std::string riff;
        if (!m_file.readAt(0, kRiffHeaderBytes, riff))
            return damaged(m_file, "damaged WebP: it ends inside its header");
        m_end = std::min<std::int64_t>(m_file.sizeBytes(), kChunkHeaderBytes + std::int64_t{numberAt(riff, 4, 4)});
        std::int64_t offset = kRiffHeaderBytes;
        for (int count = 0; count < kMaxChunks && offset + kChunkHeaderBytes <= m_end; ++count) {
            std::string head;
            if (!m_file.readAt(offset, kChunkHeaderBytes, head))
                break;
            const std::uint32_t length = numberAt(head, 4, 4);
            PS_TRY_VOID(takeChunk(head.substr(0, 4), offset + kChunkHeaderBytes, length));
            if (m_frameCount > m_maxFrames)
                break;
            offset += kChunkHeaderBytes + length + (length & 1);
        }
        return finished();
    }

private:
    Result<void> takeChunk(std::string_view type, std::int64_t offset, std::uint32_t length)
    {
        if (type == "VP8X")
            return takeExtended(offset);
        if (type == "VP8 " || type == "VP8L")
            return takeBitstream(type, offset);
        if (type == "ALPH")
            m_hasAlpha = true;
        if (type == "ANMF" && ++m_frameCount == 1)
            takeFirstFrame(offset);
        if (type == "ICCP" && length <= kMaxProfileBytes)
            m_file.readAt(offset, length, m_header.colour.icc);
        std::string exif;
        if (type == "EXIF" && length <= kMaxExifBytes && m_file.readAt(offset, length, exif))
            m_header.orientation = exifOrientation(exif);
        return {};
    }

    Result<void> takeExtended(std::int64_t offset)
    {
        std::string content;
        if (!m_file.readAt(offset, 10, content))
            return damaged(m_file, "damaged WebP: it ends inside its header");
        constexpr int kAlphaFlag = 0x10;
        m_hasAlpha = (content[0] & kAlphaFlag) != 0;
        m_canvas = {static_cast<int>(numberAt(content, 4, 3) + 1), static_cast<int>(numberAt(content, 7, 3) + 1)};
        return {};
    }

    Result<void> takeBitstream(std::string_view type, std::int64_t offset)
    {
        std::string content;
        if (!m_file.readAt(offset, 10, content))
            return damaged(m_file, "damaged WebP: it ends inside its header");
        m_hasBitstream = true;
        m_isLossless = type == "VP8L";
        if (m_isLossless) {
            const std::uint32_t bits = numberAt(content, 1, 4);
            m_bitstream = {static_cast<int>((bits & 0x3fff) + 1), static_cast<int>((bits >> 14 & 0x3fff) + 1)};
            m_hasAlpha = m_hasAlpha || (bits >> 28 & 1) != 0;
        } else {
            m_bitstream = {static_cast<int>(numberAt(content, 6, 2) & 0x3fff),
                           static_cast<int>(numberAt(content, 8, 2) & 0x3fff)};
        }
        return {};
    }

    /// Only for the question whether the frame is compressed without loss.
    void takeFirstFrame(std::int64_t offset)
    {
        std::string head;
        if (m_file.readAt(offset + kFrameHeaderBytes, 4, head))
            m_isLossless = head == "VP8L";
    }

    Result<ImageHeader> finished()
    {
        const bool isExtended = !m_canvas.isEmpty();
        if (!m_hasBitstream && m_frameCount == 0)
            return damaged(m_file, "damaged WebP: it holds no image");
        m_header.rawSize = isExtended ? m_canvas : m_bitstream;
        m_header.model = m_hasAlpha ? ColourModel::Bgra : ColourModel::Bgr;
        m_header.isLossless = m_isLossless;
        if (!m_isLossless)
            m_header.chromaSubsampling = "4:2:0"; // the format has no other
        m_header.frameCount = std::max(1, m_frameCount);
        m_header.isAnimation = m_frameCount > 0;
        return std::move(m_header);
    }

    FileReader& m_file;
    int m_maxFrames;
    std::int64_t m_end = 0;
    ImageHeader m_header;
    ImageSize m_canvas;
    ImageSize m_bitstream;
    bool m_hasBitstream = false;
    bool m_hasAlpha = false;
    bool m_isLossless = false;
    int m_frameCount = 0;
};

} // namespace

Result<ImageHeader> readWebPHeader(FileReader& file, int maxFrames)
{
    return WebPWalk(file, maxFrames).run();
}

} // namespace ps
