// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_plan.h"
#include "core/exchange/import_record.h"

#include <array>

namespace ps {

/// How far two crops may differ and still be called the same, by what they are compared for; reports show this table.
/// Source: formats/decisions_v3.md 6.8, R67.
namespace crop_tolerance {
constexpr double kMetric = kCropMatchTolerance; ///< crop_match
constexpr double kMerge = 0.01;                 ///< a crop of another database is the stored one
constexpr double kFullFrame = 0.02;             ///< a crop that a backfill found is the full frame
constexpr double kVerify = 0.001;               ///< a stored crop is the one that a correcting backfill measured
} // namespace crop_tolerance
struct NamedTolerance {
    std::string_view name;
    double value = 0;
};
const std::array<NamedTolerance, 4>& cropTolerances();

/// What becomes of a row when something is imported about it.
struct Merged {
    ImportOutcome outcome = ImportOutcome::Skipped;
    std::optional<DecisionRow> after; ///< nothing: the row stays, or there is none
    std::string note;                 ///< why it is a conflict, is skipped or cannot be stored
};

struct MergeOptions {
    bool correctsCrops = false;   ///< a crop beyond kMerge replaces the stored one; else it is a conflict
    bool isSelectionOnly = false; ///< the row so far only says which image was picked, so a crop fills it
    bool rejectsUnmatched = false;
    bool addsImages = false;                  ///< the row is from an import, so a selection of more images may widen it
    double sameCrop = crop_tolerance::kMerge; ///< crops that differ by no more are the same
};

/// A new row from what a log or a dataset says. Size, time, project, action and images are known; AI columns stay NULL.
DecisionRow makeImportedRow(const ImportedDecision& decision, const std::vector<std::string>& columns,
                            const std::string& groupId);

/// Into a row that is there and shares an image with it. Never changes which image is selected, a reject, or an AI value.
Merged mergeDecision(const DecisionRow& before, const ImportedDecision& decision, const MergeOptions& options);

/// A row of another decision database that has no row here: taken over column by column, its matches filled in.
/// Quarantined with the reason when the checks of version 3 cannot hold; skipped when nobody decided it.
Merged adoptRow(const DecisionRow& source, const std::vector<std::string>& columns, const std::string& projectId,
                const MergeOptions& options);

/// A row of another decision database into one that is there and shares an image with it: AI values and crops that are
/// missing are filled, with indexes by file name; crops are corrected or conflict; matches are worked out again.
/// Source: formats/decisions_v3.md 6.8, R63, R66, R68.
Merged mergeRow(const DecisionRow& before, const DecisionRow& source, const MergeOptions& options);

/// The row in a few words: "crop b.png [0.1, 0.2, 0.8, 0.9] of 3, AI a.png". "" without one.
std::string rowSummary(const std::optional<DecisionRow>& row);

} // namespace ps
