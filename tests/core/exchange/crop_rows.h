// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/exchange/import_fixture.h"

#include <string>

namespace ps::test {

inline const std::string kCropHeader =
    "session_id,set_id,directory,image_count,chosen_index,chosen_path,crop_x1,crop_y1,crop_x2,crop_y2,timestamp,"
    "image_0_path,image_0_stage,width_0,height_0\r\n";

/// A row of 15 fields about mojo1/a.png, which is 1000 x 800.
inline std::string cropRow(const std::string& box, const std::string& size = "1000,800",
                           const std::string& path = "mojo1/a.png",
                           const std::string& time = "2025-10-08T12:00:00.000001Z")
{
    return "2025-10-08 14:46:56,crop_a," + std::string(parentPath(path)) + ",1,0," + path + "," + box + "," + time +
           "," + path + ",stage2," + size + "\r\n";
}

inline ImportPlan::Item itemAt(const ImportPlan& plan, std::int64_t position)
{
    return must(plan.items({}, position, 1)).at(0);
}

/// "conflict: why"
inline std::string firstNote(const ImportPlan& plan, std::int64_t position)
{
    const auto item = itemAt(plan, position);
    return std::string(importOutcomeName(item.outcome)) + ": " + (item.notes.empty() ? "" : item.notes.front());
}

/// A row of mojo1 as a person or a script left it.
inline std::string decidedRow(const std::string& groupId, const std::string& images, const std::string& action,
                              const std::string& crop = "NULL")
{
    return "INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, user_action, "
           "final_crop_coords, image_width, image_height) VALUES ('" +
           groupId + "', '2025-10-08T00:00:00Z', 'mojo1', '" + images + "', 0, '" + action + "', " + crop +
           ", 1000, 800);";
}

} // namespace ps::test
