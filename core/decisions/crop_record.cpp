// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/crop_record.h"

#include "core/decisions/crop.h"

#include <limits>

namespace ps {

std::optional<CropRecord> cropOfRow(const DecisionRow& row)
{
    const auto coordinates = row.text("final_crop_coords");
    const auto crop = coordinates ? parseCrop(*coordinates) : Result<Crop>(Error{});
    const auto names = row.imageNames();
    const std::int64_t index = row.integer("user_selected_index").value_or(-1);
    const std::int64_t width = row.integer("image_width").value_or(0);
    const std::int64_t height = row.integer("image_height").value_or(0);
    constexpr std::int64_t largest = std::numeric_limits<int>::max();
    if (!crop || !names || index < 0 || index >= std::ssize(*names) || width > largest || height > largest)
        return std::nullopt;
    const ImageSize size{static_cast<int>(width), static_cast<int>(height)};
    const auto box = toPixels(*crop, size);
    if (!box || coversEveryPixel(*crop, size))
        return std::nullopt;
    return CropRecord{row.groupId(), (*names)[static_cast<std::size_t>(index)], *box, size, false, {}};
}

Result<void> updateCropRecord(const Connection& connection, const std::string& groupId,
                              const std::optional<DecisionRow>& row)
{
    const auto record = row ? cropOfRow(*row) : std::nullopt;
    if (!record) {
        PS_TRY(const auto remove, connection.borrow("DELETE FROM ps_crops WHERE group_id=?1"));
        return remove->run(groupId);
    }
    PS_TRY(const auto upsert,
           connection.borrow("INSERT INTO ps_crops VALUES (?1,?2,?3,?4,?5,?6,?7,?8,'pending',NULL,NULL) "
                             "ON CONFLICT(group_id) DO UPDATE SET image=?2, x1=?3, y1=?4, x2=?5, y2=?6, "
                             "image_width=?7, image_height=?8, state='pending', file=NULL, sha256=NULL "
                             "WHERE NOT (image=?2 AND x1=?3 AND y1=?4 AND x2=?5 AND y2=?6)"));
    const PixelBox& box = record->box;
    return upsert->run(groupId, SqlBlob{record->image}, box.x1, box.y1, box.x2, box.y2, record->imageSize.width,
                       record->imageSize.height);
}

} // namespace ps
