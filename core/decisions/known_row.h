// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/request.h"
#include "core/decisions/store_transaction.h"

#include <span>

namespace ps {

/// A group as a person saw it, to find its row and to notice when it is another one now.
struct GroupAsSeen {
    std::string_view groupKey;
    std::span<const GroupMember> members;
    std::string_view directory;                     ///< as in DecisionRequest
    std::optional<std::string> groupId;             ///< of the row that the caller knows
    std::optional<std::string> expectedFingerprint; ///< of that row
};

/// The row that the group has, by what the caller knows, by what was decided here before, or by what another program has just
/// added; nothing without one.
/// Errors: Conflict when the row is not as the person saw it, or another program decided the group.
Result<std::optional<DecisionRow>> findKnownRow(const StoreTransaction& transaction, const GroupAsSeen& group);

/// Errors: Conflict unless the row is there and has the fingerprint, when one is expected.
Result<void> checkUnchanged(const std::optional<DecisionRow>& existing, const std::string& groupId,
                            const std::optional<std::string>& expectedFingerprint);

/// What a caller is told whose row changed.
Error changedMeanwhile(const std::string& groupId);

/// The names of the members as the column `images` holds them.
std::string imagesText(std::span<const GroupMember> members);

} // namespace ps
