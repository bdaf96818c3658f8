// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/value.h"

#include <string>
#include <string_view>

namespace ps {

/// Appends a cell so that nothing is lost: text stands in double quotes byte for byte, numbers are bare as Python writes them,
/// a blob is bare X'hex', and NULL is nothing at all. Source: RFC 4180.
void appendCsvCell(std::string& out, const SqlValue& value);

/// Appends a cell for a spreadsheet. Text is shown as displayText() does, and an apostrophe stands before whatever a
/// spreadsheet could take for the beginning of a formula: = + - @ and their wide forms, at the beginning or behind a
/// separator, quotes and blanks left aside. A change that cannot be taken back. Source: reliability_anchors Z6.
void appendSpreadsheetCell(std::string& out, const SqlValue& value);

/// Text as appendSpreadsheetCell() makes it, before it is quoted.
std::string spreadsheetText(std::string_view text);

} // namespace ps
