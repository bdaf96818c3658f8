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

/// The part of `box` inside `frame`, in coordinates of the frame; empty when there is none.
BoxEdges within(const BoxEdges& box, const BoxEdges& frame)
{
    return {std::max(box.x1, frame.x1) - frame.x1, std::max(box.y1, frame.y1) - frame.y1,
            std::min(box.x2, frame.x2) - frame.x1, std::min(box.y2, frame.y2) - frame.y1};
}

} // namespace

Result<std::vector<PlacedBox>> placeBoxes(const ReleaseGroup& group, const ReleaseImage& image, CropMode crops,
                                          ImageSize written)
{
    const bool isCropped = image.role == ImageRole::Winner && group.action == Action::Crop;
    if (isCropped && !image.crop)
        return Error{ErrorCode::InvalidInput, "a crop without coordinates cannot be a box", group.groupId, 0};
    const bool isApplied = crops == CropMode::Applied && image.crop;
    const ImageSize whole = isApplied ? image.size : written;
    std::vector<PlacedBox> placed;
    BoxEdges frame{0, 0, static_cast<double>(whole.width), static_cast<double>(whole.height)};
    if (image.crop) {
        const auto cut = toPixels(*image.crop, whole);
        if (!cut)
            return Error{ErrorCode::InvalidInput, "the crop is no box", group.groupId + " " + image.name, 0};
        if (isApplied)
            frame = edgesOf(*cut);
        else
            placed.push_back({kCropClass, edgesOf(*cut)});
    }
    for (const ReleaseBox& box : image.boxes) {
        if (!isValid(box.box) || whole.isEmpty())
            return Error{ErrorCode::InvalidInput, "a box of class " + box.className + " is none",
                         group.groupId + " " + image.name, 0};
        if (const BoxEdges inside = within(edgesOf(box.box, whole), frame); inside.width() > 0 && inside.height() > 0)
            placed.push_back({box.className, inside});
    }
    return placed;
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
    PS_TRY(const std::vector<PlacedBox> boxes, placeBoxes(group, image, m_context.media->crops(), report.size));
    SpooledImage spooled{image.name, group.groupId, std::string(actionName(group.action)), report.size, {}, {}};
    for (const PlacedBox& box : boxes) {
        spooled.boxes.push_back({m_spool.classNumber(box.className), box.box});
        ++m_counts.byClass[std::string(box.className)];
    }
    for (const std::string& name : image.classes) {
        spooled.classNumbers.push_back(m_spool.classNumber(name));
        ++m_imageClasses[name];
    }
    PS_TRY_VOID(m_spool.add(side, spooled));
    ++m_counts.images;
    m_counts.boxes += std::ssize(boxes);
    m_counts.reencodedImages += report.isReencoded ? 1 : 0;
    return {};
}

void ImageFormatWriter::sortClasses()
{
    for (const auto& [name, count] : m_counts.byClass)
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
    PS_TRY_VOID(writeAnnotations());
    // Classes of whole images count beside those of boxes.
    for (const auto& [name, count] : m_imageClasses)
        m_counts.byClass[name] += count;
    return {};
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
