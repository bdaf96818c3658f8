// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walks the marker segments of a JPEG up to its first scan. Source: ITU-T T.81 annex B; ICC.1:2010 annex B.4.
#include "core/base/text.h"
#include "core/imaging/codecs/exif.h"
#include "core/imaging/codecs/header.h"

#include <map>
#include <optional>

namespace ps {

namespace {

using namespace std::string_view_literals;

constexpr int kMaxSegments = 20'000;    // real files have tens; each costs a read
constexpr int kMaxStrayBytes = 1 << 20; // between all segments together
constexpr std::string_view kExifTag = "Exif\0\0"sv;
constexpr std::string_view kIccTag = "ICC_PROFILE\0"sv;

enum Marker : int {
    kSof0 = 0xc0,
    kDht = 0xc4,
    kJpg = 0xc8,
    kDac = 0xcc,
    kSof15 = 0xcf,
    kRst0 = 0xd0,
    kSoi = 0xd8,
    kEoi = 0xd9,
    kSos = 0xda,
    kApp1 = 0xe1,
    kApp2 = 0xe2,
    kTem = 0x01,
};

bool isStartOfFrame(int marker)
{
    return marker >= kSof0 && marker <= kSof15 && marker != kDht && marker != kJpg && marker != kDac;
}

bool hasNoLength(int marker)
{
    return marker == kTem || (marker >= kRst0 && marker <= kSoi);
}

int byteAt(std::string_view bytes, std::size_t offset)
{
    return static_cast<std::uint8_t>(bytes[offset]);
}

int wordAt(std::string_view bytes, std::size_t offset)
{
    return byteAt(bytes, offset) << 8 | byteAt(bytes, offset + 1);
}

/// Baseline, extended and progressive are decoded, with Huffman or arithmetic coding.
bool isDecodable(int marker)
{
    const int process = marker & 3;
    return process != 3 && (marker & 4) == 0;
}

class JpegWalk
{
public:
    explicit JpegWalk(FileReader& file) : m_file(file) {}

    Result<ImageHeader> run()
    {
        for (int count = 0; count < kMaxSegments; ++count) {
            const auto marker = nextMarker();
            if (!marker)
                return damaged(m_file, "the JPEG ends before its image data");
            if (*marker == kSos || *marker == kEoi)
                return finished();
            if (hasNoLength(*marker))
                continue;
            PS_TRY_VOID(takeSegment(*marker));
        }
        return damaged(m_file, "the JPEG has too many segments");
    }

private:
    /// The next marker; fill bytes and stray bytes before it are skipped, as decoders do.
    std::optional<int> nextMarker()
    {
        std::uint8_t previous = 0;
        while (--m_strayBytesLeft > 0) {
            std::uint8_t byte = 0;
            if (!m_file.readAt(m_offset, {&byte, 1}))
                return std::nullopt;
            ++m_offset;
            if (previous == 0xff && byte != 0xff && byte != 0)
                return byte;
            previous = byte;
        }
        return std::nullopt;
    }

    Result<void> takeSegment(int marker)
    {
        std::string lengthBytes;
        if (!m_file.readAt(m_offset, 2, lengthBytes) || wordAt(lengthBytes, 0) < 2)
            return damaged(m_file, "a JPEG segment has no valid length");
        const auto length = static_cast<std::size_t>(wordAt(lengthBytes, 0)) - 2;
        const bool isWanted = isStartOfFrame(marker) || marker == kApp1 || marker == kApp2;
        std::string content;
        if (isWanted && !m_file.readAt(m_offset + 2, length, content))
            return damaged(m_file, "the JPEG ends inside a segment");
        m_offset += 2 + static_cast<std::int64_t>(length);
        if (isStartOfFrame(marker))
            return takeFrame(marker, content);
        if (startsWith(content, kExifTag) && !m_hasExif) {
            m_header.orientation = exifOrientation(content);
            m_hasExif = true;
        }
        if (startsWith(content, kIccTag) && content.size() >= kIccTag.size() + 2)
            m_iccParts.emplace(byteAt(content, kIccTag.size()), content.substr(kIccTag.size() + 2));
        return {};
    }

    Result<void> takeFrame(int marker, std::string_view content)
    {
        if (!isDecodable(marker))
            return unsupported("a lossless or hierarchical JPEG (SOF" + std::to_string(marker - kSof0) + ")");
        if (content.size() < 6)
            return damaged(m_file, "the JPEG frame header is too short");
        m_header.bitsPerChannel = byteAt(content, 0);
        m_header.rawSize = {wordAt(content, 3), wordAt(content, 1)};
        if (m_header.bitsPerChannel != 8)
            return unsupported("a JPEG with " + std::to_string(m_header.bitsPerChannel) + " bits per channel");
        switch (byteAt(content, 5)) {
        case 1: m_header.model = ColourModel::Grey; break;
        case 3: m_header.model = ColourModel::Bgr; break;
        case 4: m_header.model = ColourModel::Cmyk; break;
        default: return unsupported("a JPEG with " + std::to_string(byteAt(content, 5)) + " channels");
        }
        m_hasFrame = true;
        return {};
    }

    Result<ImageHeader> finished()
    {
        if (!m_hasFrame)
            return damaged(m_file, "the JPEG has no frame header");
        for (const auto& [number, part] : m_iccParts) // in the order of their numbers
            m_header.colour.icc += part;
        return std::move(m_header);
    }

    FileReader& m_file;
    std::int64_t m_offset = 2; // behind the start of image
    int m_strayBytesLeft = kMaxStrayBytes;
    ImageHeader m_header;
    bool m_hasFrame = false;
    bool m_hasExif = false;
    std::map<int, std::string> m_iccParts;
};

} // namespace

Result<ImageHeader> readJpegHeader(FileReader& file)
{
    return JpegWalk(file).run();
}

} // namespace ps
