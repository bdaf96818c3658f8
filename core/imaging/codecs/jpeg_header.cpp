// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walks the marker segments of a JPEG up to its first scan. Source: ITU-T T.81 annex B; ICC.1:2010 annex B.4.
#include "core/base/text.h"
#include "core/imaging/codecs/exif.h"
#include "core/imaging/codecs/header.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
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
    kDqt = 0xdb,
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

/// The quality whose luminance table, as libjpeg makes it, has the sum that is nearest to this one. A sum does not depend
/// on the order of a table and is unique enough: it falls with every step of quality.
int qualityOfTableSum(int sum)
{
    // ITU-T T.81, table K.1.
    static constexpr std::array<int, 64> kLuminance{
        16, 11,  10,  16, 24, 40, 51, 61, 12,  12,  14,  19,  26, 58, 60, 55,  14,  13,  16,  24, 40, 57,
        69, 56,  14,  17, 22, 29, 51, 87, 80,  62,  18,  22,  37, 56, 68, 109, 103, 77,  24,  35, 55, 64,
        81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98,  112, 100, 103, 99};
    int best = 0;
    int smallestError = std::numeric_limits<int>::max();
    for (int quality = 1; quality <= 100; ++quality) {
        const int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        int expected = 0;
        for (const int value : kLuminance)
            expected += std::clamp((value * scale + 50) / 100, 1, 255);
        const int error = std::abs(expected - sum);
        if (error < smallestError) {
            smallestError = error;
            best = quality;
        }
    }
    return best;
}

/// "4:2:0" and the like from the sampling factors of luma and chroma; "" for anything else than usual.
std::string subsamplingName(int lumaFactors, int chromaFactors)
{
    if (chromaFactors != 0x11)
        return lumaFactors == chromaFactors ? "4:4:4" : "";
    switch (lumaFactors) {
    case 0x11: return "4:4:4";
    case 0x21: return "4:2:2";
    case 0x22: return "4:2:0";
    case 0x12: return "4:4:0";
    case 0x41: return "4:1:1";
    case 0x42: return "4:1:0";
    default: return "";
    }
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
        const bool isWanted = isStartOfFrame(marker) || marker == kApp1 || marker == kApp2 || marker == kDqt;
        std::string content;
        if (isWanted && !m_file.readAt(m_offset + 2, length, content))
            return damaged(m_file, "the JPEG ends inside a segment");
        m_offset += 2 + static_cast<std::int64_t>(length);
        if (isStartOfFrame(marker))
            return takeFrame(marker, content);
        if (marker == kDqt)
            takeTables(content);
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
        constexpr std::size_t kComponentBytes = 3; // identifier, sampling factors, table
        if (content.size() >= 6 + kComponentBytes)
            m_lumaTable = byteAt(content, 8);
        if (byteAt(content, 5) == 3 && content.size() >= 6 + 3 * kComponentBytes)
            m_header.chromaSubsampling = subsamplingName(byteAt(content, 7), byteAt(content, 10));
        return {};
    }

    /// A segment holds one or more tables: precision and number in one byte, then 64 values.
    void takeTables(std::string_view content)
    {
        while (!content.empty()) {
            const int head = byteAt(content, 0);
            const bool isWide = head >> 4 != 0;
            const std::size_t length = isWide ? 129 : 65;
            if (content.size() < length)
                return; // the decoder will say so
            int sum = 0;
            for (std::size_t i = 0; i < 64; ++i)
                sum += isWide ? wordAt(content, 1 + 2 * i) : byteAt(content, 1 + i);
            m_tableSums[head & 0xf] = sum;
            content.remove_prefix(length);
        }
    }

    Result<ImageHeader> finished()
    {
        if (!m_hasFrame)
            return damaged(m_file, "the JPEG has no frame header");
        for (const auto& [number, part] : m_iccParts) // in the order of their numbers
            m_header.colour.icc += part;
        if (const auto table = m_tableSums.find(m_lumaTable); table != m_tableSums.end())
            m_header.estimatedQuality = qualityOfTableSum(table->second);
        return std::move(m_header);
    }

    FileReader& m_file;
    std::int64_t m_offset = 2; // behind the start of image
    int m_strayBytesLeft = kMaxStrayBytes;
    ImageHeader m_header;
    bool m_hasFrame = false;
    bool m_hasExif = false;
    std::map<int, std::string> m_iccParts;
    std::map<int, int> m_tableSums; ///< quantisation tables, by number
    int m_lumaTable = -1;
};

} // namespace

Result<ImageHeader> readJpegHeader(FileReader& file)
{
    return JpegWalk(file).run();
}

} // namespace ps
