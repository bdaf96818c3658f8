// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_checks.h"

#include "core/base/text.h"
#include "core/exchange/split_leaks.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::size_t kFirstFindings = 5;
constexpr std::size_t kFirstLeaks = 3;

} // namespace

CheckRule defaultRule(const CheckInfo& check, ExportFormat format)
{
    // Rows that go out as they are tell the folders of somebody's machine.
    const bool isVerbatim = format == ExportFormat::Jsonl || format == ExportFormat::Csv || format == ExportFormat::V3;
    if (isVerbatim && check.id == "directory_absolute")
        return CheckRule::Warn;
    switch (check.severity) {
    case Severity::Error: return CheckRule::Block;
    case Severity::Warning: return CheckRule::Warn;
    case Severity::Todo:
    case Severity::Info: return CheckRule::Allow;
    }
    return CheckRule::Block;
}

std::string_view checkRuleName(CheckRule rule)
{
    switch (rule) {
    case CheckRule::Block: return "block";
    case CheckRule::Warn: return "warn";
    case CheckRule::Allow: return "allow";
    }
    return "";
}

Result<void> checkRulesAreKnown(const ExportRequest& request)
{
    for (const auto& [check, rule] : request.checkRules) {
        if (std::ranges::find(allChecks(), check, &CheckInfo::id) == allChecks().end())
            return Error{ErrorCode::InvalidInput, "there is no check of this name", displayText(check), 0};
    }
    return {};
}

std::vector<ReleasePreview::CheckResult> applyCheckRules(const FindingList& findings, const ExportRequest& request)
{
    std::vector<ReleasePreview::CheckResult> results;
    for (const CheckInfo& check : allChecks()) {
        const std::int64_t count = findings.countOf(check.id);
        if (count == 0)
            continue;
        const auto rule = request.checkRules.find(check.id);
        ReleasePreview::CheckResult& result = results.emplace_back();
        result.check = check.id;
        result.count = count;
        result.rule = rule == request.checkRules.end() ? defaultRule(check, request.format) : rule->second;
        for (const Finding& finding : findings.kept()) {
            if (finding.check == check.id && result.first.size() < kFirstFindings)
                result.first.push_back(displayText(finding.groupId) + ": " + finding.evidence);
        }
    }
    return results;
}

bool ReleasePreview::isBlocked() const
{
    return !leaks.empty() ||
           std::ranges::any_of(checks, [](const CheckResult& check) { return check.rule == CheckRule::Block; });
}

std::string refusalText(const ReleasePreview& preview)
{
    std::vector<std::string> lines;
    if (!preview.leaks.empty())
        lines.push_back("images of two sides hang together");
    for (const SplitLeak& leak : std::span(preview.leaks).first(std::min(preview.leaks.size(), kFirstLeaks)))
        lines.push_back("  " + leakText(leak));
    const auto blocks = [](const ReleasePreview::CheckResult& check) { return check.rule == CheckRule::Block; };
    if (std::ranges::any_of(preview.checks, blocks))
        lines.push_back("checks that block an export find something");
    for (const ReleasePreview::CheckResult& check : preview.checks) {
        if (blocks(check))
            lines.push_back("  " + check.check + " (" + std::to_string(check.count) + "): " + join(check.first, "; "));
    }
    return join(lines, "\n");
}

} // namespace ps
