// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/detected_boxes.h"

namespace ps {

Result<std::vector<DetectedBox>> findBoxes(const Connection& connection, std::string_view groupKey)
{
    std::vector<DetectedBox> boxes;
    PS_TRY(const bool hasBoxes, hasTable(connection, "ps_boxes"));
    if (!hasBoxes)
        return boxes;
    PS_TRY(const auto query, connection.borrow("SELECT image_index, class_name, x1, y1, x2, y2, confidence, model_id, "
                                               "source FROM ps_boxes WHERE group_key=?1 "
                                               "ORDER BY image_index, model_id, ordinal"));
    query->bind(groupKey);
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return boxes;
        DetectedBox box;
        box.imageIndex = static_cast<int>(query->integer(0));
        box.className = query->text(1);
        box.box = {query->real(2), query->real(3), query->real(4), query->real(5)};
        if (!query->isNull(6))
            box.confidence = query->real(6);
        box.modelId = query->text(7);
        box.source = query->text(8);
        boxes.push_back(std::move(box));
    }
}

Result<void> storeBoxes(const StoreTransaction& transaction, std::string_view groupKey, int imageIndex,
                        std::string_view modelId, const std::vector<DetectedBox>& boxes)
{
    const auto refusal = [&](const char* message) {
        return Error{ErrorCode::InvalidInput, message, std::string(groupKey), 0};
    };
    if (boxes.size() > kMostBoxesPerImage)
        return refusal("too many boxes in one image");
    PS_TRY(const auto remove, transaction.connection().borrow(
                                  "DELETE FROM ps_boxes WHERE group_key=?1 AND image_index=?2 AND model_id=?3"));
    PS_TRY_VOID(remove->run(groupKey, imageIndex, modelId));
    PS_TRY(const auto insert, transaction.connection().borrow(
                                  "INSERT INTO ps_boxes (group_key, image_index, model_id, ordinal, class_name, "
                                  "x1, y1, x2, y2, confidence, source) "
                                  "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)"));
    std::int64_t ordinal = 0;
    for (const DetectedBox& found : boxes) {
        if (!isValid(found.box))
            return refusal("a box must satisfy 0 <= x1 < x2 <= 1 and 0 <= y1 < y2 <= 1");
        if (found.confidence && !(*found.confidence >= 0 && *found.confidence <= 1))
            return refusal("the confidence of a box lies between 0 and 1");
        PS_TRY_VOID(insert->run(groupKey, imageIndex, modelId, ordinal++, found.className, found.box.x1, found.box.y1,
                                found.box.x2, found.box.y2, found.confidence, found.source));
    }
    return {};
}

} // namespace ps
