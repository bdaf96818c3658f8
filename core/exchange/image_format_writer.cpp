// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/image_format_writer.h"

#include <algorithm>
#include <cmath>

namespace ps {

ReleaseSide sideOf(const ReleaseGroup& group)
{
    return group.side.value_or(ReleaseSide::Train);
}

namespace {

/// An imported edge comes back as the pixel that it was, and a fraction of a pixel as that fraction.
double edgeOf(double fraction, int dimension)
{
    constexpr double kSame = 1e-6;
    const double edge = fraction * dimension;
    return std::abs(edge - std::round(edge)) < kSame ? std::round(edge) : edge;
}

BoxEdges edgesOf(const Crop& box, ImageSize size)
{
    return {edgeOf(box.x1, size.width), edgeOf(box.y1, size.height), edgeOf(box.x2, size.width),
            edgeOf(box.y2, size.height)};
}

BoxEdges edgesOf(const PixelBox& box)
{
    return {static_cast<double>(box.x1), static_cast<double>(box.y1), static_cast<double>(box.x2),
            static_cast<double>(box.y2)};
}

bool isEmpty(const BoxEdges& box)
{
    return box.width() <= 0 || box.height() <= 0;
}

} // namespace

std::optional<BoxEdges> boxWithin(const Crop& box, const PixelBox& cut, ImageSize whole)
{
    const BoxEdges edges = edgesOf(box, whole);
    const BoxEdges frame = edgesOf(cut);
    const BoxEdges inside{std::max(edges.x1, frame.x1) - frame.x1, std::max(edges.y1, frame.y1) - frame.y1,
                          std::min(edges.x2, frame.x2) - frame.x1, std::min(edges.y2, frame.y2) - frame.y1};
    return isEmpty(inside) ? std::nullopt : std::optional(inside);
}

bool holdsImageClasses(ExportFormat format)
{
    return format != ExportFormat::Yolo && format != ExportFormat::Voc;
}

Result<PlacedBoxes> placeBoxes(const ReleaseGroup& group, const ReleaseImage& image, CropMode crops, ImageSize written)
{
    const bool isCropped = image.role == ImageRole::Winner && group.action == Action::Crop;
    if (isCropped && !image.crop)
        return Error{ErrorCode::InvalidInput, "a crop without coordinates cannot be a box", group.groupId, 0};
    const bool isApplied = crops == CropMode::Applied && image.crop;
    const ImageSize whole = isApplied ? image.size : written;
    PlacedBoxes placed;
    PixelBox frame{0, 0, whole.width, whole.height};
    if (image.crop) {
        const auto cut = toPixels(*image.crop, whole);
        if (!cut)
            return Error{ErrorCode::InvalidInput, "the crop is no box", group.groupId + " " + image.name, 0};
        if (isApplied)
            frame = *cut;
        else
            placed.boxes.push_back({kCropClass, edgesOf(*cut)});
    }
    for (const ReleaseBox& box : image.boxes) {
        if (!isValid(box.box) || whole.isEmpty())
            return Error{ErrorCode::InvalidInput, "a box of class " + box.className + " is none",
                         group.groupId + " " + image.name, 0};
        const auto inside = boxWithin(box.box, frame, whole);
        if (!inside) {
            ++placed.outside;
            continue;
        }
        const BoxEdges edges = edgesOf(box.box, whole);
        placed.clipped += inside->width() < edges.width() || inside->height() < edges.height() ? 1 : 0;
        placed.boxes.push_back({box.className, *inside});
    }
    return placed;
}

void countImage(const ReleaseImage& image, const PlacedBoxes& placed, ExportFormat format, FormatWriter::Counts& counts)
{
    const auto addDetail = [&counts](std::string_view what, std::int64_t count) {
        if (count > 0)
            counts.details[std::string(what)] += count;
    };
    counts.boxes += std::ssize(placed.boxes);
    for (const PlacedBox& box : placed.boxes)
        ++counts.byClass[std::string(box.className)];
    addDetail(kBoxesClipped, placed.clipped);
    addDetail(kBoxesOutside, placed.outside);
    if (!holdsImageClasses(format))
        return addDetail(kClassesLeftOut, std::ssize(image.classes));
    for (const std::string& name : image.classes)
        ++counts.byClass[name];
}

Result<void> ImageFormatWriter::checkStop() const
{
    if (m_context.stop.stop_requested())
        return Error{ErrorCode::Cancelled, "the export was stopped", m_context.releaseName, 0};
    return {};
}

Result<void> ImageFormatWriter::add(const ReleaseGroup& group)
{
    PS_TRY_VOID(checkStop());
    for (const ReleaseImage& image : group.images)
        PS_TRY_VOID(addImage(group, image));
    return {};
}

Result<void> ImageFormatWriter::addImage(const ReleaseGroup& group, const ReleaseImage& image)
{
    const ReleaseSide side = sideOf(group);
    PS_TRY(const MediaReport report,
           m_context.media->put(image, imagePath(side, image.name), *m_context.sink, m_context.stop));
    PS_TRY(const PlacedBoxes placed, placeBoxes(group, image, m_context.media->crops(), report.size));
    SpooledImage spooled{image.name, group.groupId, std::string(actionName(group.action)), report.size, {}, {}};
    for (const PlacedBox& box : placed.boxes) {
        spooled.boxes.push_back({m_spool.classNumber(box.className), box.box});
        ++m_boxCounts[std::string(box.className)];
    }
    if (holdsImageClasses(m_context.request.format)) {
        m_hasImageClasses = m_hasImageClasses || !image.classes.empty();
        for (const std::string& name : image.classes)
            spooled.classNumbers.push_back(m_spool.classNumber(name));
    }
    PS_TRY_VOID(m_spool.add(side, spooled));
    countImage(image, placed, m_context.request.format, m_counts);
    ++m_counts.images;
    m_counts.reencodedImages += report.isReencoded ? 1 : 0;
    return {};
}

void ImageFormatWriter::sortClasses()
{
    for (const auto& [name, count] : m_boxCounts)
        m_boxClasses.push_back(name);
    if (m_boxClasses.empty())
        m_boxClasses.emplace_back(kCropClass);
    for (const std::string& name : m_spool.classNames()) {
        const auto place = std::ranges::lower_bound(m_boxClasses, name);
        const bool isBoxClass = place != m_boxClasses.end() && *place == name;
        m_boxClassIds.push_back(isBoxClass ? place - m_boxClasses.begin() : -1);
    }
}

Result<void> ImageFormatWriter::finish()
{
    sortClasses();
    return writeAnnotations();
}

std::vector<ReleaseSide> ImageFormatWriter::usedSides() const
{
    std::vector<ReleaseSide> sides;
    for (const ReleaseSide side : {ReleaseSide::Train, ReleaseSide::Val, ReleaseSide::Test}) {
        if (m_spool.imageCount(side) > 0)
            sides.push_back(side);
    }
    if (sides.empty())
        sides.push_back(ReleaseSide::Train);
    return sides;
}

} // namespace ps
