// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/exif.h"

#include "core/base/text.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace ps {

namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t kOrientationTag = 274;
constexpr std::uint32_t kShortType = 3;
constexpr std::size_t kEntryBytes = 12;
constexpr std::size_t kValueOffset = 8; // within an entry

/// Numbers of either byte order inside bounds; nothing beyond them.
class TiffView
{
public:
    TiffView(std::string_view bytes, bool isBigEndian) : m_bytes(bytes), m_isBigEndian(isBigEndian) {}

    std::optional<std::uint32_t> u16(std::size_t offset) const { return number(offset, 2); }
    std::optional<std::uint32_t> u32(std::size_t offset) const { return number(offset, 4); }

private:
    std::optional<std::uint32_t> number(std::size_t offset, std::size_t length) const
    {
        if (offset > m_bytes.size() || length > m_bytes.size() - offset)
            return std::nullopt;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < length; ++i) {
            const std::size_t at = m_isBigEndian ? offset + i : offset + length - 1 - i;
            value = (value << 8) | static_cast<std::uint8_t>(m_bytes[at]);
        }
        return value;
    }

    std::string_view m_bytes;
    bool m_isBigEndian;
};

std::optional<TiffView> openTiff(std::string_view bytes)
{
    if (startsWith(bytes, "II\x2a\0"sv))
        return TiffView(bytes, false);
    if (startsWith(bytes, "MM\0\x2a"sv))
        return TiffView(bytes, true);
    return std::nullopt;
}

/// Where the value of the orientation stands.
std::optional<std::size_t> orientationPlace(const TiffView& tiff)
{
    const auto directory = tiff.u32(4);
    const auto count = directory ? tiff.u16(*directory) : std::nullopt;
    for (std::size_t i = 0; count && i < *count; ++i) {
        const std::size_t entry = std::size_t{*directory} + 2 + i * kEntryBytes;
        const auto tag = tiff.u16(entry);
        if (!tag)
            return std::nullopt; // the directory claims more entries than there are bytes
        if (*tag == kOrientationTag && tiff.u16(entry + 2) == kShortType && tiff.u32(entry + 4) == 1U)
            return entry + kValueOffset;
    }
    return std::nullopt;
}

constexpr std::string_view kExifTag = "Exif\0\0"sv;

} // namespace

int exifOrientation(std::string_view exif)
{
    if (startsWith(exif, kExifTag))
        exif.remove_prefix(kExifTag.size());
    const auto tiff = openTiff(exif);
    const auto place = tiff ? orientationPlace(*tiff) : std::nullopt;
    const auto value = place ? tiff->u16(*place) : std::nullopt;
    return value && *value >= 1 && *value <= 8 ? static_cast<int>(*value) : 1;
}

void resetExifOrientation(std::string& exif)
{
    const std::size_t begin = startsWith(exif, kExifTag) ? kExifTag.size() : 0;
    const std::string_view data = std::string_view(exif).substr(begin);
    const auto tiff = openTiff(data);
    const auto place = tiff ? orientationPlace(*tiff) : std::nullopt;
    if (!place || !tiff->u16(*place))
        return;
    const bool isBigEndian = data.front() == 'M';
    exif[begin + *place] = isBigEndian ? '\0' : '\1';
    exif[begin + *place + 1] = isBigEndian ? '\1' : '\0';
}

void resetXmpOrientation(std::string& xmp)
{
    constexpr std::string_view kName = "tiff:Orientation";
    constexpr std::string_view kSpaces = " \t\r\n";
    for (std::size_t at = xmp.find(kName); at != std::string::npos; at = xmp.find(kName, at + 1)) {
        if (at > 0 && xmp[at - 1] == '/')
            continue; // the end of the element
        // Behind the name: the end of a tag, or an equals sign and a quotation mark.
        std::size_t next = xmp.find_first_not_of(kSpaces, at + kName.size());
        if (next != std::string::npos && xmp[next] == '=')
            next = xmp.find_first_not_of(kSpaces, next + 1);
        const bool hasValue = next != std::string::npos && (xmp[next] == '>' || xmp[next] == '"' || xmp[next] == '\'');
        const std::size_t value = hasValue ? xmp.find_first_not_of(kSpaces, next + 1) : std::string::npos;
        if (value != std::string::npos && xmp[value] >= '2' && xmp[value] <= '8')
            xmp[value] = '1';
    }
}

} // namespace ps
