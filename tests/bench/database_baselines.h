// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/bench/observation.h"

#include <string>
#include <vector>

namespace ps::bench {

/// The least that work over a whole database can cost: "count" (SELECT count(*), for which SQLite reads its smallest index),
/// "scan" (one column of every row, for which it reads the table) and "read" (a plain read of the file).
/// Call it when no connection of this process has the file open.
Result<std::vector<Figure>> databaseBaselines(const std::string& path);

/// Their names, for Figure::against.
std::vector<std::string> databaseBaselineNames();

} // namespace ps::bench
