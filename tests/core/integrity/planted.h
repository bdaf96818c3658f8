// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integrity/inspection.h"
#include "core/integrity/script_validator.h"
#include "tests/support/temp_folder.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ps::test {

/// SQL literals by column; what is not named is as in the clean row.
using Cells = std::map<std::string, std::string>;

/// Table text without any constraint, so that every odd value can be stored.
std::string unconstrainedTable();

/// The INSERT of a row that no check objects to, apart from `cells`. `number` makes id and images its own.
std::string rowSql(const Cells& cells = {}, int number = 1);

/// Makes "odd.db" with these statements and returns its path.
std::string makeDatabase(const TempFolder& folder, const std::vector<std::string>& statements);

/// Inspects the database file by itself; a failure ends the test function.
InspectionReport inspectFile(const std::string& path);

/// The ids of all checks that found something, with their counts: "crop_open 1, size_invalid 2".
std::string found(const FindingList& findings);

/// The finding of a check that is there once.
const Finding& onlyFinding(const FindingList& findings, std::string_view check);

/// The checks that need a project: they look at files, at sidecars or at our own tables.
const std::set<std::string_view>& projectChecks();

} // namespace ps::test
