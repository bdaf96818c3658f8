// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/db/connection.h"

namespace ps {

// What an import puts beside rows. The detail of its ledger entries holds all of it, so that undo and redo are exact:
// {"import": id of ps_imports, "labels": [[group_key, image_index, class_name]], "boxes": [[group_key, image_index, ordinal,
// class_name, x1, y1, x2, y2, confidence]], "sides": [[image_key, side, group_key,
// path beneath the images]]}; lists that are empty are left out.

/// `source` of labels and boxes, and `model_id` of boxes: "import".
constexpr std::string_view kImportSource = "import";

/// Stores what the detail names and notes that the import stands. What is there already stays.
Result<void> putImported(const Connection& connection, const Json& detail);
/// Removes exactly that again.
Result<void> takeBackImported(const Connection& connection, const Json& detail);

} // namespace ps
