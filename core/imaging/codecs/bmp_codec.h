// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/file_reader.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ps {

enum class BmpCompression : std::uint32_t { None = 0, Rle8 = 1, Rle4 = 2, BitFields = 3, AlphaBitFields = 6 };

/// The headers of a BMP, checked for sense but not against the length of the file.
/// Source: Microsoft, BITMAPFILEHEADER and BITMAPV5HEADER.
struct BmpLayout {
    int width = 0;
    int height = 0;
    bool isTopDown = false;
    int bitsPerPixel = 0;
    BmpCompression compression = BmpCompression::None;
    std::array<std::uint32_t, 4> masks{}; ///< red, green, blue, alpha; for 16 and 32 bits
    std::int64_t paletteOffset = 0;
    int paletteCount = 0;
    int paletteEntryBytes = 4;
    std::int64_t pixelOffset = 0;
    std::int64_t profileOffset = 0;
    std::uint32_t profileBytes = 0; ///< 0: no embedded profile

    bool hasAlpha() const { return masks[3] != 0; }
};

/// Errors: Unsupported for embedded JPEG and PNG, Corrupt, Io.
Result<BmpLayout> readBmpLayout(FileReader& file);

constexpr std::int64_t kBmpFileHeaderBytes = 14;

} // namespace ps
