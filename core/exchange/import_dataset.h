// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_plan_state.h"

namespace ps {

/// What a folder, or one file, of a foreign dataset is. Errors: Unsupported, saying what was looked for.
Result<ImportFormat> recogniseDatasetFolder(const UniqueFd& folder);
Result<ImportFormat> recogniseDatasetFile(const UniqueFd& folder, const std::string& name, const Json& columnMap);

/// A project id made of the name of a file or folder: "my data.zip" gives "my_data".
std::string projectIdOf(std::string_view sourceName);

/// A zip, a tar or a tar.gz, by its first bytes.
bool isArchive(int fd);

/// Unpacks an archive into a temporary folder of the cache, which becomes the folder of the source, and finds out what is in it.
/// Errors: those of unpackArchive(); Unsupported for an unknown content.
Result<void> openArchive(ImportPlan::State& state, int archiveFd, const std::stop_token& stop);

/// Reads the dataset into the plan.
Result<void> readDatasetSource(ImportPlan::State& state, PlanBuilder& builder, std::stop_token stop);

} // namespace ps
