// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/annotation_spool.h"
#include "core/exchange/format_writer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// A box with its class in pixels of the picture that a release holds.
struct PlacedBox {
    std::string_view className;
    BoxEdges box;
};

/// The boxes of one image, and what became of the others.
struct PlacedBoxes {
    std::vector<PlacedBox> boxes;
    std::int64_t clipped = 0; ///< of `boxes`: the cut picture holds a part of them only
    std::int64_t outside = 0; ///< left out: the cut picture holds nothing of them
};

/// The boxes of one image of a release: the crop (in CropMode::Boxes) and whatever else it has, in `written`, the size of the
/// picture as it was written. Where crops are applied the others are moved into the cut picture; what lies outside is left
/// out. Valid while `image` is. Errors: InvalidInput for a crop without coordinates, or a box that is none.
Result<PlacedBoxes> placeBoxes(const ReleaseGroup& group, const ReleaseImage& image, CropMode crops, ImageSize written);

/// The part of `box` that a cut picture holds, in its pixels; nothing when it holds none of it.
std::optional<BoxEdges> boxWithin(const Crop& box, const PixelBox& cut, ImageSize whole);

// What is counted beside what was written; words of manifests.
constexpr std::string_view kClassesLeftOut = "image classes left out";
constexpr std::string_view kBoxesClipped = "boxes clipped";
constexpr std::string_view kBoxesOutside = "boxes outside";

/// False for formats that have no place for classes of whole images.
bool holdsImageClasses(ExportFormat format);

/// Adds what an image counts in a format with boxes.
void countImage(const ReleaseImage& image, const PlacedBoxes& placed, ExportFormat format,
                FormatWriter::Counts& counts);

/// What the formats with boxes have in common: images are written as they come, what is said about them waits in a spool, and
/// is written side by side when the classes are known.
class ImageFormatWriter : public FormatWriter
{
public:
    Result<void> add(const ReleaseGroup& group) final;
    Result<void> finish() final;

protected:
    explicit ImageFormatWriter(FormatContext context) : m_context(std::move(context)), m_spool(*m_context.sink) {}

    /// Path of an image in the release.
    virtual std::string imagePath(ReleaseSide side, std::string_view name) const = 0;
    /// Writes the annotations; everything below is known.
    virtual Result<void> writeAnnotations() = 0;

    const FormatContext& context() const { return m_context; }
    ReleaseSink& sink() const { return *m_context.sink; }
    AnnotationSpool& spool() { return m_spool; }
    /// The sides that have images, in their order; Train for an empty release.
    std::vector<ReleaseSide> usedSides() const;
    /// The classes of boxes, sorted; "crop" when there is no box at all, so that no loader meets an empty list.
    const std::vector<std::string>& boxClasses() const { return m_boxClasses; }
    /// Place in boxClasses() of a class number of the spool.
    std::int64_t boxClassId(std::int64_t classNumber) const
    {
        return m_boxClassIds.at(static_cast<std::size_t>(classNumber));
    }
    /// Some image has classes of its own.
    bool hasImageClasses() const { return m_hasImageClasses; }
    /// Cancelled when the caller asked to stop.
    Result<void> checkStop() const;

private:
    Result<void> addImage(const ReleaseGroup& group, const ReleaseImage& image);
    void sortClasses();

    FormatContext m_context;
    AnnotationSpool m_spool;
    std::map<std::string, std::int64_t> m_boxCounts; ///< by class
    bool m_hasImageClasses = false;
    std::vector<std::string> m_boxClasses;
    std::vector<std::int64_t> m_boxClassIds; ///< by class number
};

/// The side of a group; Train when there is no split.
ReleaseSide sideOf(const ReleaseGroup& group);

} // namespace ps
