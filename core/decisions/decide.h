// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/request.h"
#include "core/decisions/store_transaction.h"

namespace ps {

/// The row that a request gives, computed without touching the database; `existing` is the row that it replaces.
/// Follows formats/decisions_v3.md 1.5, 1.8, 2.2, 3.5 and design.md 2 and 4.8.
/// Errors: InvalidInput with the reason, when the strictest CHECKs would not hold.
Result<DecisionRow> makeRow(const DecisionRequest& request, const DecisionTable& table, std::string_view projectId,
                            const std::string& newGroupId, std::int64_t batch, UtcTime now,
                            const std::optional<DecisionRow>& existing);

/// Stores one decision: row, ledger entry, undo step and frozen group, in the job's transaction. A change of mind keeps the
/// group id and updates the timestamp. A reject has the outcome "all bad"; any other outcome of the group ends.
/// `earlierSeq` is the first of the entries that were written in the same transaction just before and belong to the same
/// undo step, such as the taking back of the group's moves.
/// Errors: InvalidInput; Conflict when the row is not as the person saw it, or another program decided the group.
Result<DecisionReceipt> applyDecision(StoreTransaction& transaction, const DecisionRequest& request,
                                      std::optional<std::int64_t> earlierSeq = {});

/// The same without the undo step, which the caller adds: for decisions of which several make one step.
Result<DecisionReceipt> storeDecision(StoreTransaction& transaction, const DecisionRequest& request);

/// Coordinates for a row that was marked to be cropped later, or for an accepted suggestion. A box that covers every pixel
/// makes it an approval. The undo step is the caller's, because file operations may belong to it.
struct CropConfirmation {
    std::string groupId;
    std::string groupKey;
    Crop crop;
    std::optional<std::string> expectedFingerprint;
    std::optional<CropTolerance> tolerance = std::nullopt; ///< of that crop
};
Result<DecisionReceipt> applyCropConfirmation(StoreTransaction& transaction, const CropConfirmation& confirmation,
                                              Json detail);

/// Works out selection_match and crop_match from what else the row holds, after one of these columns was filled or corrected.
/// A crop is compared only with one that was proposed for the same image.
void recomputeMatches(DecisionRow& row);

/// The row that a confirmation gives, without touching the database. Errors: Refused for a row that was rejected or has no
/// action; InvalidInput for the crop.
Result<DecisionRow> confirmedRow(const DecisionRow& existing, const Crop& crop, UtcTime now);

} // namespace ps
