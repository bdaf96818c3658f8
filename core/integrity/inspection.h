// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/integrity/file_checks.h"
#include "core/integrity/finding.h"
#include "core/library/project_session.h"

#include <map>
#include <stop_token>
#include <string>

namespace ps {

/// The inspection report of the playbook. Its JSON form is given in design.md section 4.
struct InspectionReport {
    std::string tool; ///< "proofsheet 0.1.0"
    UtcTime generatedAt;
    std::string database; ///< workspace-relative path, or the file name alone
    std::string sha256;   ///< of the database file
    std::int64_t rows = 0;
    std::vector<std::string> columns;
    Json firstRows{Json::Array{}}; ///< 50 objects of column -> repr()
    std::map<std::string, std::int64_t, std::less<>> byAction;
    std::map<std::string, std::int64_t, std::less<>> byProject;
    std::map<std::string, std::int64_t, std::less<>> outcomes; ///< as countMarks(): groups with each outcome and mark
    FindingList findings;
    std::int64_t unmeasuredImages = 0;
    bool includesFiles = false;

    /// True when there is a warning or an error; with `isFinal` an open crop counts too.
    bool hasProblems(bool isFinal) const;
    bool isDamaged() const { return findings.countOf("database_damaged") > 0; }
};

struct InspectionOptions {
    std::string tool;
    UtcTime now;
    FileCheckOptions files;
    std::function<void(std::int64_t rows)> onProgress;
};

/// Inspects one database file by itself, of any variant. Nothing is written. Blocks.
/// Errors: NotFound; Corrupt when it is no database at all; Unsupported without the table; Cancelled.
Result<InspectionReport> inspectDatabase(const std::string& path, const InspectionOptions& options,
                                         std::stop_token stop);

/// Inspects a project: database, ledger, plans, files and sidecars. The catalogue should be fresh. Blocks.
Result<InspectionReport> inspectProject(const ProjectSession& session, const InspectionOptions& options,
                                        std::stop_token stop);

Json reportJson(const InspectionReport& report);

/// Writes the JSON into data/daily_summaries/ under its UTC stamp ("_2" when the name is taken). Returns the path relative
/// to the workspace.
Result<std::string> saveReport(const InspectionReport& report, const Workspace& workspace);

} // namespace ps
