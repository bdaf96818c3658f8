// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release_candidate.h"
#include "core/exchange/release_selection.h"
#include "core/integrity/row_checks.h"

#include <optional>
#include <span>
#include <string_view>

namespace ps {

/// The row as the integrity checks look at it; valid as long as the row.
RowView rowViewOf(const DecisionRow& row, std::int64_t position);

/// Fills action, selected image and the images that the format takes from the row, or says why the row is not in the release.
std::optional<std::string_view> applyRowRules(const ExportRequest& request, bool isPlaceholder,
                                              ReleaseCandidate& candidate);

/// True for a crop that keeps every pixel of an image of this size; an empty size is one that is not known.
bool keepsWhole(const Crop& crop, ImageSize size);

/// Gives the candidate's images the files that the catalogue knows under their names; the others stay unknown.
void joinFiles(ReleaseCandidate& candidate, std::span<const ReleaseCandidateImage> known);

/// Gives the candidate the images of its group that it does not export: the files in `known`, or, for a row without known files,
/// the names in the row.
void addRelatives(ReleaseCandidate& candidate, std::span<const ReleaseCandidateImage> known);

} // namespace ps
