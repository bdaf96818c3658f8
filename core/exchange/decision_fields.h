// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_record.h"

namespace ps {

/// A decision from a JSON object with the columns of a decision row, as our own lines have them, or with the few fields of training
/// samples. The whole row comes with it when the object is one. Errors: InvalidInput naming the field.
Result<ImportedDecision> decisionFromJson(const Json& object);

/// The cells of a line of our jsonl: every column as it stood in the table, without what the writer puts behind them (group_key,
/// side and selected_image). Nothing when the object is no row.
std::optional<DecisionRow> rowOfLine(const Json& object);

/// True for the columns of a decision row in which numbers stand.
bool isNumberColumn(std::string_view column);

} // namespace ps
