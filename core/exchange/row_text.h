// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/value.h"
#include "core/decisions/row.h"

#include <string>
#include <string_view>

namespace ps {

/// True for the columns of ai_decisions that hold JSON: images, ai_crop_coords and final_crop_coords.
bool isJsonColumn(std::string_view column);

/// True when json.dumps would write the parsed text as exactly this text again. Knows lists, plain strings and numbers;
/// false for whatever needs a closer look (objects, escapes, odd numbers). Cost: one pass, no memory.
bool isDumpedJsonList(std::string_view text);

/// Appends a cell as JSON: numbers as Python writes them, a blob as {"blob": hex}, NULL as null; in a column of JSON a list
/// or object as such, written as Python would; anything else there stays a string.
void appendJsonCell(std::string& out, std::string_view column, const SqlValue& value);

/// Appends null for "".
void appendJsonStringOrNull(std::string& out, std::string_view text);

} // namespace ps
