// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <functional>
#include <string>

namespace ps::bench {

/// Rows whose values are odd on purpose, by what is odd about them.
struct OddRows {
    std::int64_t indexMissing = 0; ///< user_selected_index is NULL
    std::int64_t imagesNotJson = 0;
    std::int64_t cropNotJson = 0;
    std::int64_t cropNotOrdered = 0;
    std::int64_t indexOutOfRange = 0; ///< names an image that the list does not have
};
Json oddRowsJson(const OddRows& rows);

/// Makes a decision database of version 3 with one row for each of the groups 0 .. `rowCount`: keys of form 2 in an order of
/// chance, names, actions, crops and AI columns as a year of work leaves them, and a few odd rows.
Result<OddRows> makeSampleDatabase(const std::string& path, std::string_view projectId, std::int64_t rowCount,
                                   const std::function<void(std::int64_t)>& onProgress);

} // namespace ps::bench
