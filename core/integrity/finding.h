// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

enum class Severity {
    Todo,    ///< work that is still open; counts only with --final
    Info,    ///< worth knowing
    Warning, ///< probably wrong
    Error,   ///< wrong: a trainer or an export would be misled
};
std::string_view severityName(Severity severity);

/// What removes a finding.
enum class Fix {
    None,          ///< nothing to do, or only a person can know
    Repair,        ///< `repair` does it, as one undo step
    DecideAgain,   ///< decide the group again
    ConfirmCrop,   ///< confirm it in the Crop queue
    RestoreFile,   ///< bring the file back, or decide again
    StartWork,     ///< open the project for work
    RestoreBackup, ///< restore a snapshot
};
std::string_view fixName(Fix fix);

/// One kind of check: its stable id, how bad it is, and what helps.
struct CheckInfo {
    std::string_view id; ///< "final_crop_range"
    Severity severity;
    Fix fix;
    std::string_view meaning; ///< one sentence in English, for documentation and reports
};

/// Every check there is, in report order.
const std::vector<CheckInfo>& allChecks();
const CheckInfo& checkInfo(std::string_view id);

/// One problem on one row or file.
struct Finding {
    std::string_view check; ///< id of a CheckInfo
    std::string groupId;    ///< "" when it is about no row
    std::int64_t row = 0;   ///< position in the table from 1, 0 when it is about no row
    std::string evidence;   ///< the values that are wrong, for people
};

/// Collects findings: counts every one, keeps the first `kKeptPerCheck` of each check.
class FindingList
{
public:
    static constexpr std::size_t kKeptPerCheck = 5000;

    void add(std::string_view check, std::string groupId, std::int64_t row, std::string evidence);
    /// Counts `count` more problems that are not listed.
    void addUnlisted(std::string_view check, std::int64_t count);
    void append(const FindingList& other);

    const std::vector<Finding>& kept() const { return m_kept; }
    std::int64_t countOf(std::string_view check) const;
    std::int64_t countOf(Severity severity) const;
    bool isTruncated() const;

private:
    std::vector<Finding> m_kept;
    std::vector<std::int64_t> m_counts;
};

} // namespace ps
