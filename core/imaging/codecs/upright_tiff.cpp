// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looks for metadata in TIFF files, classic and Big. Source: TIFF 6.0; Adobe, "BigTIFF Design".
#include "core/imaging/codecs/upright.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ps {

namespace {

constexpr int kMaxPages = 10'000;
constexpr std::uint64_t kMaxEntries = 4096;

/// What describes the pixels: sizes, sampling, compression, places, colours, and the kind of page.
constexpr std::array<std::uint16_t, 62> kPictureTags{
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283,  284,
    288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334,  336,
    338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34675};

class TiffWalk
{
public:
    explicit TiffWalk(FileReader& file) : m_file(file) {}

    Result<bool> run()
    {
        std::string head;
        if (!m_file.readAt(0, 16, head))
            return damaged(m_file, "the TIFF ends inside its header");
        m_isBigEndian = head[0] == 'M';
        m_isBig = number(head, 2, 2) == 43;
        std::uint64_t directory = m_isBig ? number(head, 8, 8) : number(head, 4, 4);
        for (int page = 0; directory != 0 && page < kMaxPages; ++page) {
            PS_TRY(const bool hasMore, takeDirectory(directory));
            if (hasMore)
                return true;
        }
        return false;
    }

private:
    std::uint64_t number(std::string_view bytes, std::size_t offset, std::size_t length) const
    {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < length; ++i)
            value = value << 8 | static_cast<std::uint8_t>(bytes[offset + (m_isBigEndian ? i : length - 1 - i)]);
        return value;
    }

    /// True when the directory at `offset` holds metadata; else `offset` becomes that of the next one, or 0.
    Result<bool> takeDirectory(std::uint64_t& offset)
    {
        const std::size_t countBytes = m_isBig ? 8 : 2;
        const std::size_t entryBytes = m_isBig ? 20 : 12;
        const std::size_t offsetBytes = m_isBig ? 8 : 4;
        std::string head;
        const Error damage = damaged(m_file, "a directory of the TIFF is not whole");
        if (offset > static_cast<std::uint64_t>(m_file.sizeBytes()) ||
            !m_file.readAt(static_cast<std::int64_t>(offset), countBytes, head))
            return damage;
        const std::uint64_t count = number(head, 0, countBytes);
        std::string entries;
        if (count > kMaxEntries ||
            !m_file.readAt(static_cast<std::int64_t>(offset + countBytes), count * entryBytes + offsetBytes, entries))
            return damage;
        for (std::size_t i = 0; i < count; ++i) {
            if (std::ranges::find(kPictureTags, number(entries, i * entryBytes, 2)) == kPictureTags.end())
                return true;
        }
        offset = number(entries, count * entryBytes, offsetBytes);
        return false;
    }

    FileReader& m_file;
    bool m_isBigEndian = false;
    bool m_isBig = false;
};

} // namespace

Result<bool> hasTiffMetadata(FileReader& file)
{
    return TiffWalk(file).run();
}

} // namespace ps
