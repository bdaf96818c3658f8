// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace ps {

/// A blob, kept apart from text.
struct SqlBlob {
    std::string bytes;
    bool operator==(const SqlBlob&) const = default;
};

/// One cell exactly as SQLite stores it: NULL, INTEGER, REAL, TEXT (bytes as they are) or BLOB.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string, SqlBlob>;

} // namespace ps
