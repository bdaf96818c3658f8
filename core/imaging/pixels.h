// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"
#include "core/imaging/image_types.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace ps {

/// How a picture lies in memory.
struct PixelLayout {
    ImageSize size;
    std::int32_t strideBytes = 0;
    bool hasAlpha = false;
    bool operator==(const PixelLayout&) const = default;
};

/// A decoded picture that nobody can change any more. Copies share the memory, which is freed with the last of them.
/// Shape: 32 bits per pixel, little-endian 0xAARRGGBB (bytes B G R A), rows from top to bottom. Opaque pictures have
/// A = 255 (QImage::Format_RGB32 fits), others are premultiplied (QImage::Format_ARGB32_Premultiplied).
/// Coords: upright, sRGB. Threads: any.
class Pixels
{
public:
    /// No picture.
    Pixels() = default;

    /// Maps a picture that a worker has drawn. The descriptor must be a memfd sealed against shrinking; it is sealed
    /// against writing here, so that a worker that kept it cannot change what was checked.
    /// Errors: Corrupt when the layout does not fit the memory or somebody can still write to it; Io.
    static Result<Pixels> fromMemory(UniqueFd memory, const PixelLayout& layout, ImageInfo info);

    /// The same for several pictures in one memory, each at a place of its own. The memory is freed with the last of them.
    /// Errors: as above, for the first picture that is not acceptable.
    struct Placed {
        PixelLayout layout;
        std::int64_t offsetBytes = 0; ///< a multiple of 4
        ImageInfo info;
    };
    static Result<std::vector<Pixels>> manyFromMemory(UniqueFd memory, std::vector<Placed> pictures);

    bool isNull() const { return !m_storage; }
    int width() const { return layout().size.width; }
    int height() const { return layout().size.height; }
    ImageSize size() const { return layout().size; }
    int strideBytes() const { return layout().strideBytes; }
    bool hasAlpha() const { return layout().hasAlpha; }
    std::size_t byteCount() const;

    /// The first byte of the first row, or of row `y`. Lifetime: as long as any copy of this object.
    const std::uint8_t* data() const;
    const std::uint8_t* row(int y) const;
    /// One pixel as 0xAARRGGBB.
    std::uint32_t pixel(int x, int y) const;

    /// What the file said; info().size is the size of the whole image, of which this picture may be a reduction.
    const ImageInfo& info() const;
    ImageSize fullSize() const { return info().size; }

private:
    struct Storage;
    explicit Pixels(std::shared_ptr<const Storage> storage) : m_storage(std::move(storage)) {}
    const PixelLayout& layout() const;

    std::shared_ptr<const Storage> m_storage;
};

/// Anonymous memory of this size for a worker to draw into, sealed against shrinking and growing. Errors: NoSpace, Io.
Result<UniqueFd> makePixelMemory(std::int64_t byteCount);

} // namespace ps
