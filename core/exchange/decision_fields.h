// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_record.h"

namespace ps {

/// A decision from a JSON object with the columns of a decision row, as our own lines have them (whole rows come with `row`), or
/// with the few fields of training samples. Errors: InvalidInput naming the field.
Result<ImportedDecision> decisionFromJson(const Json& object);

/// The row in an object that has every column that a decision writes; names of other members are left out.
std::optional<DecisionRow> wholeRow(const Json& object);

} // namespace ps
