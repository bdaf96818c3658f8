// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release.h"

namespace ps {

/// What happens to an export in which this check found something and no rule was given: errors block, warnings warn, the others
/// are allowed; but folders of somebody's machine warn where rows go out as they are.
CheckRule defaultRule(const CheckInfo& check, ExportFormat format);
std::string_view checkRuleName(CheckRule rule); ///< "block", "warn" or "allow"

/// Errors: InvalidInput naming a check that there is not.
Result<void> checkRulesAreKnown(const ExportRequest& request);

/// Every check that found something, in report order, with what the rules make of it and its first findings.
std::vector<ReleasePreview::CheckResult> applyCheckRules(const FindingList& findings, const ExportRequest& request);

/// Why a release is refused, on a few lines: the chain of the first leak, or the checks that block with their first findings.
std::string refusalText(const ReleasePreview& preview);

} // namespace ps
