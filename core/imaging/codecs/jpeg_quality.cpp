// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The quality of a JPEG, told from the table for luma: libjpeg multiplies the table of ITU-T T.81 annex K.1 by a factor
// that follows from the quality.
#include "core/imaging/codecs/measure.h"

#include <algorithm>

namespace ps {

namespace {

constexpr int kMaxSegments = 1000;
constexpr int kTableValues = 64;
constexpr int kAnnexKSum = 3688; ///< of the 64 values of table K.1

enum Marker : int { kSos = 0xda, kDqt = 0xdb };

/// The quality at which the table has this sum. Its factor in percent is 5000 / q below 50 and 200 - 2 q from there on,
/// and no value goes below 1.
int qualityFor(int sum)
{
    if (sum == kTableValues)
        return 100;
    const int percent = (sum * 100 + kAnnexKSum / 2) / kAnnexKSum;
    const int quality = percent > 100 ? (5000 + percent / 2) / percent : (200 - percent + 1) / 2;
    return std::clamp(quality, 1, 100);
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
