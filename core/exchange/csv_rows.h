// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/dataset_scope.h"

#include <functional>
#include <utility>
#include <vector>

namespace ps {

/// One row of a table with a head line.
struct CsvRow {
    std::int64_t line = 0;
    std::string_view raw;
    std::vector<std::pair<std::string, std::string>> cells; ///< our field -> text, in the order of the columns
};

/// Gives each row of a CSV file with a head line, its columns called as in the head, or as `columnMap` calls them (our field ->
/// their column); columns that the map leaves out are not given. Rows with another number of fields than the head and what the
/// CSV reader cannot read go to the quarantine. Errors: InvalidInput when the map names a column that is not there.
Result<void> eachCsvRow(DatasetScope& scope, const std::string& path, const Json& columnMap,
                        const std::function<Result<void>(const CsvRow&)>& take);

} // namespace ps
