// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/image_format_writer.h"

#include <algorithm>

namespace ps {

ReleaseSide sideOf(const ReleaseGroup& group)
{
    return group.side.value_or(ReleaseSide::Train);
}

namespace {

/// The part of `box` inside `frame`, in coordinates of the frame; empty when there is none.
PixelBox within(const PixelBox& box, const PixelBox& frame)
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
    PixelBox frame{0, 0, whole.width, whole.height};
    std::vector<PlacedBox> placed;
    const auto place = [&](std::string_view className, const Crop& crop) -> Result<void> {
        const auto box = toPixels(crop, whole);
        if (!box)
            return Error{ErrorCode::InvalidInput, "a box of class " + std::string(className) + " is none",
                         group.groupId + " " + image.name, 0};
        if (const PixelBox inside = within(*box, frame); inside.x1 < inside.x2 && inside.y1 < inside.y2)
            placed.push_back({className, inside});
        return {};
    };
    if (isApplied)
        frame = toPixels(*image.crop, whole).value_or(frame);
    else if (image.crop)
        PS_TRY_VOID(place(kCropClass, *image.crop));
    for (const ReleaseBox& box : image.boxes)
        PS_TRY_VOID(place(box.className, box.box));
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
