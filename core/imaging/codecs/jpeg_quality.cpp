// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The quality of a JPEG, told from the table for luma: libjpeg multiplies the table of ITU-T T.81 annex K.1 by a factor
// that follows from the quality. Where 16-bit tables go beyond 255 the quality is below that of any baseline file.
#include "core/imaging/codecs/measure.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace ps {

namespace {

constexpr int kMaxSegments = 1000;
constexpr int kTableValues = 64;
/// Table K.1, for luma, in the order of rows; only its sum at each quality is used.
constexpr std::array<int, kTableValues> kAnnexK = {
    16, 11,  10,  16, 24, 40, 51, 61, 12,  12,  14,  19,  26, 58, 60, 55,  14,  13,  16,  24, 40, 57,
    69, 56,  14,  17, 22, 29, 51, 87, 80,  62,  18,  22,  37, 56, 68, 109, 103, 77,  24,  35, 55, 64,
    81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98,  112, 100, 103, 99};

enum Marker : int { kSos = 0xda, kDqt = 0xdb };

/// The sum of libjpeg's table at this quality, whose values are kept within 1 to 255.
int sumAt(int quality)
{
    const int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    int sum = 0;
    for (const int value : kAnnexK)
        sum += std::clamp((value * percent + 50) / 100, 1, 255);
    return sum;
}

/// The quality whose table comes closest.
int qualityFor(int sum)
{
    int best = 1;
    for (int quality = 2; quality <= 100; ++quality) {
        if (std::abs(sumAt(quality) - sum) <= std::abs(sumAt(best) - sum))
            best = quality;
    }
    return best;
}

/// The sum of table 0 in the content of a DQT segment; 0 when it is not there.
int sumOfFirstTable(std::string_view content)
{
    while (!content.empty()) {
        const int head = static_cast<std::uint8_t>(content[0]);
        const std::size_t valueBytes = (head >> 4) != 0 ? 2 : 1;
        if (content.size() < 1 + kTableValues * valueBytes)
            return 0;
        int sum = 0;
        for (std::size_t i = 0; i < kTableValues * valueBytes; ++i) {
            const int byte = static_cast<std::uint8_t>(content[1 + i]);
            sum += valueBytes == 2 && i % 2 == 0 ? byte << 8 : byte;
        }
        if ((head & 15) == 0)
            return sum;
        content.remove_prefix(1 + kTableValues * valueBytes);
    }
    return 0;
}

} // namespace

int jpegQuality(FileReader& file)
{
    std::int64_t offset = 2;
    for (int count = 0; count < kMaxSegments; ++count) {
        std::string head;
        if (!file.readAt(offset, 4, head) || static_cast<std::uint8_t>(head[0]) != 0xff)
            return 0;
        const int marker = static_cast<std::uint8_t>(head[1]);
        const int length = static_cast<std::uint8_t>(head[2]) << 8 | static_cast<std::uint8_t>(head[3]);
        if (marker == 0xff) { // a fill byte
            ++offset;
            continue;
        }
        if (marker == kSos || length < 2)
            return 0;
        std::string content;
        if (marker == kDqt && file.readAt(offset + 4, static_cast<std::size_t>(length) - 2, content)) {
            if (const int sum = sumOfFirstTable(content))
                return qualityFor(sum);
        }
        offset += 2 + length;
    }
    return 0;
}

} // namespace ps
