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

std::optional<std::uint32_t> orientationOf(const TiffView& tiff)
{
    const auto directory = tiff.u32(4);
    const auto count = directory ? tiff.u16(*directory) : std::nullopt;
    for (std::size_t i = 0; count && i < *count; ++i) {
        const std::size_t entry = std::size_t{*directory} + 2 + i * kEntryBytes;
        const auto tag = tiff.u16(entry);
        if (!tag)
            return std::nullopt; // the directory claims more entries than there are bytes
        if (*tag == kOrientationTag && tiff.u16(entry + 2) == kShortType && tiff.u32(entry + 4) == 1U)
            return tiff.u16(entry + kValueOffset);
    }
    return std::nullopt;
}

} // namespace

int exifOrientation(std::string_view exif)
{
    if (startsWith(exif, "Exif\0\0"sv))
        exif.remove_prefix(6);
    const auto tiff = openTiff(exif);
    const auto value = tiff ? orientationOf(*tiff) : std::nullopt;
    return value && *value >= 1 && *value <= 8 ? static_cast<int>(*value) : 1;
}

} // namespace ps
