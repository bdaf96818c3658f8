// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes JPEG files apart and turns them. Source: ITU-T T.81 annex B; JFIF 1.02; libjpeg-turbo, turbojpeg.h.
#include "core/base/text.h"
#include "core/imaging/codecs/exif.h"
#include "core/imaging/codecs/upright.h"

#include <turbojpeg.h>

#include <cstdint>
#include <cstring>

namespace ps {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kJfifTag = "JFIF\0"sv;
constexpr std::string_view kIccTag = "ICC_PROFILE\0"sv;
constexpr std::string_view kAdobeTag = "Adobe"sv;
constexpr std::string_view kExifTag = "Exif\0\0"sv;
constexpr std::string_view kMultiPictureTag = "MPF\0"sv;
constexpr std::size_t kHeadBytes = 4; // marker and length

enum Marker : int {
    kTem = 0x01,
    kRst0 = 0xd0,
    kRst7 = 0xd7,
    kSoi = 0xd8,
    kEoi = 0xd9,
    kSos = 0xda,
    kApp0 = 0xe0,
    kApp2 = 0xe2,
    kApp14 = 0xee,
    kApp15 = 0xef,
    kCom = 0xfe,
};

int byteAt(std::string_view bytes, std::size_t offset)
{
    return static_cast<std::uint8_t>(bytes[offset]);
}

bool isWithoutLength(int marker)
{
    return marker == kTem || (marker >= kRst0 && marker <= kSoi);
}

/// What a decoder needs to show the same colours.
bool belongsToPicture(int marker, std::string_view content)
{
    if (marker == kCom)
        return false;
    if (marker < kApp0 || marker > kApp15)
        return true;
    return (marker == kApp0 && startsWith(content, kJfifTag)) || (marker == kApp2 && startsWith(content, kIccTag)) ||
           (marker == kApp14 && startsWith(content, kAdobeTag));
}

class JpegStripper
{
public:
    explicit JpegStripper(std::string_view bytes) : m_bytes(bytes) {}

    Result<StrippedFile> run()
    {
        m_made.bytes.reserve(m_bytes.size());
        m_made.bytes.append("\xff\xd8");
        m_offset = 2;
        for (;;) {
            const int marker = nextMarker();
            if (marker < 0)
                return damagedJpeg();
            if (marker == kEoi)
                return finished();
            if (isWithoutLength(marker))
                continue;
            if (!takeSegment(marker))
                return damagedJpeg();
        }
    }

private:
    static Error damagedJpeg() { return {ErrorCode::Corrupt, "the JPEG ends before its end marker", {}, 0}; }

    /// The next marker, behind which the offset is; -1 at the end. Fill bytes and stray bytes are skipped.
    int nextMarker()
    {
        while (m_offset + 1 < m_bytes.size()) {
            const int marker = byteAt(m_bytes, m_offset + 1);
            if (byteAt(m_bytes, m_offset) == 0xff && marker != 0 && marker != 0xff) {
                m_offset += 2;
                return marker;
            }
            ++m_offset;
        }
        return -1;
    }

    bool takeSegment(int marker)
    {
        if (m_offset + 2 > m_bytes.size())
            return false;
        const auto length = static_cast<std::size_t>(byteAt(m_bytes, m_offset) << 8 | byteAt(m_bytes, m_offset + 1));
        if (length < 2 || m_offset + length > m_bytes.size())
            return false;
        const std::string_view segment = m_bytes.substr(m_offset - 2, length + 2);
        m_offset += length;
        if (!belongsToPicture(marker, segment.substr(kHeadBytes)))
            m_made.removed.emplace_back(segment);
        else if (marker == kApp0)
            takeJfif(segment);
        else
            m_made.bytes.append(segment);
        if (marker == kSos)
            takeScan();
        return true;
    }

    /// Without the thumbnail that it may hold. Source: JFIF 1.02, "JFIF marker".
    void takeJfif(std::string_view segment)
    {
        constexpr std::size_t kPlainBytes = kHeadBytes + 14;
        if (segment.size() <= kPlainBytes) {
            m_made.bytes.append(segment);
            return;
        }
        m_made.bytes.append("\xff\xe0\0\x10"sv).append(segment.substr(kHeadBytes, 12)).append("\0\0"sv);
        m_made.hasOtherLoss = true;
    }

    /// The coded values behind the head of a scan: to the next marker that is not a restart.
    void takeScan()
    {
        const std::size_t begin = m_offset;
        while (m_offset < m_bytes.size()) {
            const void* found = std::memchr(m_bytes.data() + m_offset, 0xff, m_bytes.size() - m_offset);
            m_offset = found ? static_cast<std::size_t>(static_cast<const char*>(found) - m_bytes.data())
                             : m_bytes.size();
            const int next = m_offset + 1 < m_bytes.size() ? byteAt(m_bytes, m_offset + 1) : -1;
            if (next > 0 && next != 0xff && (next < kRst0 || next > kRst7))
                break;
            m_offset = std::min(m_offset + (next == 0xff ? 1 : 2), m_bytes.size());
        }
        m_made.bytes.append(m_bytes.substr(begin, m_offset - begin));
    }

    Result<StrippedFile> finished()
    {
        m_made.bytes.append("\xff\xd9");
        m_made.hasOtherLoss = m_made.hasOtherLoss || m_offset < m_bytes.size();
        return std::move(m_made);
    }

    std::string_view m_bytes;
    std::size_t m_offset = 0;
    StrippedFile m_made;
};

struct HandleDeleter {
    void operator()(void* handle) const { ::tjDestroy(handle); }
};
struct BufferDeleter {
    void operator()(unsigned char* bytes) const { ::tjFree(bytes); }
};

/// What turns a picture of this EXIF orientation upright.
int transformFor(int orientation)
{
    switch (orientation) {
    case 2: return TJXOP_HFLIP;
    case 3: return TJXOP_ROT180;
    case 4: return TJXOP_VFLIP;
    case 5: return TJXOP_TRANSPOSE;
    case 6: return TJXOP_ROT90;
    case 7: return TJXOP_TRANSVERSE;
    case 8: return TJXOP_ROT270;
    default: return TJXOP_NONE;
    }
}

} // namespace

Result<StrippedFile> stripJpeg(std::string_view bytes)
{
    return JpegStripper(bytes).run();
}

std::string withJpegMetadata(std::string bytes, const std::vector<std::string>& segments)
{
    // Behind the JFIF segment, which has to be the first.
    std::size_t place = 2;
    if (bytes.size() > 4 && byteAt(bytes, 2) == 0xff && byteAt(bytes, 3) == kApp0)
        place += 2 + static_cast<std::size_t>(byteAt(bytes, 4) << 8 | byteAt(bytes, 5));
    std::string all;
    for (const std::string& segment : segments) {
        const std::string_view content = std::string_view(segment).substr(kHeadBytes);
        // It tells where further pictures are in the file; they are there no longer.
        if (startsWith(content, kMultiPictureTag))
            continue;
        std::string changed(content);
        if (startsWith(content, kExifTag))
            resetExifOrientation(changed);
        else
            resetXmpOrientation(changed);
        all.append(segment, 0, kHeadBytes).append(changed);
    }
    return bytes.insert(place, all);
}

std::optional<std::string> turnedJpeg(std::string_view bytes, int orientation)
{
    const std::unique_ptr<void, HandleDeleter> handle(::tjInitTransform());
    if (!handle)
        return std::nullopt;
    tjtransform transform{};
    transform.op = transformFor(orientation);
    transform.options = TJXOPT_PERFECT;
    unsigned char* made = nullptr;
    unsigned long madeBytes = 0;
    // A failure is no error here: the picture goes through its pixels then, and damage is found there.
    const int code = ::tjTransform(handle.get(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), 1,
                                   &made, &madeBytes, &transform, TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING);
    const std::unique_ptr<unsigned char, BufferDeleter> owner(made);
    if (code != 0)
        return std::nullopt;
    return std::string(reinterpret_cast<const char*>(made), madeBytes);
}

} // namespace ps
