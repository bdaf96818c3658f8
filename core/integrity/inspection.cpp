// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/inspection.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/db/backup.h"
#include "core/decisions/ledger.h"
#include "core/decisions/viewing.h"
#include "core/integrity/repeated_images.h"
#include "core/integrity/row_checks.h"
#include "core/library/group_marks.h"

#include <sqlite3.h>

#include <algorithm>

namespace ps {

namespace {

constexpr const char* kReportSchema = "proofsheet/inspection-report/1";
constexpr std::int64_t kFirstRows = 50;
constexpr std::int64_t kRowsBetweenReports = 50'000;

/// SHA-256 of the database file, read through SQLite's own file object: a descriptor of ours would drop SQLite's locks
/// when it is closed.
Result<std::string> hashDatabaseFile(const Connection& connection, std::stop_token stop)
{
    sqlite3_file* file = nullptr;
    int code = sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    sqlite3_int64 size = 0;
    if (code == SQLITE_OK)
        code = file->pMethods->xFileSize(file, &size);
    Sha256 hash;
    std::vector<char> chunk(1U << 20U);
    for (sqlite3_int64 offset = 0; code == SQLITE_OK && offset < size; offset += std::ssize(chunk)) {
        const auto count = static_cast<int>(std::min<sqlite3_int64>(std::ssize(chunk), size - offset));
        code = file->pMethods->xRead(file, chunk.data(), count, offset);
        hash.add({chunk.data(), static_cast<std::size_t>(count)});
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the inspection was stopped", {}, 0};
    }
    if (code != SQLITE_OK)
        return sqliteError(connection.handle(), code, "read the file").in(connection.path());
    return hash.hex();
}

std::string pythonReprOfCell(const SqlValue& value)
{
    if (const auto* text = std::get_if<std::string>(&value))
        return pythonStringRepr(*text);
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return std::to_string(*integer);
    if (const auto* real = std::get_if<double>(&value))
        return pythonFloatRepr(*real);
    if (const auto* blob = std::get_if<SqlBlob>(&value))
        return "bytes of length " + std::to_string(blob->bytes.size());
    return "None";
}

Result<Json> readFirstRows(const Connection& connection, const DecisionTable& table)
{
    Json::Array list;
    PS_TRY(Statement rows, connection.prepare(selectRows(table) + " LIMIT " + std::to_string(kFirstRows)));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return Json(std::move(list));
        Json object{Json::Object{}};
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            object.set(table.columns[i], pythonReprOfCell(rows.value(static_cast<int>(i))));
        list.push_back(std::move(object));
    }
}

Result<void> checkRows(const Connection& connection, const InspectionOptions& options, std::stop_token stop,
                       InspectionReport& report, RepeatedImages& repeated)
{
    PS_TRY(RowReader rows, RowReader::open(connection));
    RowChecker checker(rows.table());
    for (;;) {
        PS_TRY(const bool hasRow, rows.next());
        if (!hasRow)
            break;
        checker.check(rows.row());
        repeated.add(rows.row());
        if (checker.rowCount() % kRowsBetweenReports != 0)
            continue;
        if (options.onProgress)
            options.onProgress(checker.rowCount());
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the inspection was stopped", {}, 0};
    }
    report.rows = checker.rowCount();
    report.byAction = checker.countByAction();
    report.byProject = checker.countByProject();
    report.findings.append(checker.findings());
    return {};
}

/// Rows of the same images in the same folder. SQLite sorts on disk when it must, so memory stays bounded.
Result<void> checkDuplicates(const Connection& connection, const DecisionTable& table, InspectionReport& report)
{
    const std::string directory = table.has("directory") ? "coalesce(directory, '')" : "''";
    PS_TRY(Statement rows,
           connection.prepare("SELECT min(group_id), max(group_id), count(*) FROM ai_decisions GROUP BY images, " +
                              directory + " HAVING count(*) > 1"));
    for (;;) {
        PS_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        report.findings.add("row_duplicate", std::string(rows.text(1)), 0,
                            displayText(rows.text(0)) + " and " + std::to_string(rows.integer(2) - 1) + " more");
    }
}

Result<void> checkSchema(const Connection& connection, const DecisionTable& table, InspectionReport& report)
{
    if (!table.isComplete())
        report.findings.add("columns_missing", {}, 0, join(table.missingColumns(), ", "));
    PS_TRY(Statement triggers, connection.prepare("SELECT name FROM sqlite_schema WHERE type='trigger' AND "
                                                  "tbl_name='ai_decisions'"));
    for (;;) {
        PS_TRY(const bool hasRow, triggers.step());
        if (!hasRow)
            return {};
        report.findings.add("foreign_trigger", {}, 0, displayText(triggers.text(0)));
    }
}

/// What our own tables say; nothing for a database that has none.
Result<void> checkOwnTables(const Connection& connection, std::stop_token stop, InspectionReport& report)
{
    PS_TRY(const bool hasLedger, hasTable(connection, "ps_ledger"));
    if (!hasLedger)
        return {};
    PS_TRY(const std::int64_t pending, connection.queryInteger("SELECT count(*) FROM ps_operations WHERE state IN "
                                                               "('planned', 'returning')"));
    if (pending > 0)
        report.findings.add("plan_unfinished", {}, 0, std::to_string(pending) + " operations are still intents");
    PS_TRY(const LedgerReport ledger, verifyLedger(connection, stop));
    if (ledger.firstBadSeq)
        report.findings.add("ledger_broken", {}, 0, "the first bad entry is " + std::to_string(*ledger.firstBadSeq));
    if (ledger.baselineHolds == false)
        report.findings.add("row_changed_outside", {}, 0,
                            "rows that the ledger never touched are not as it found them");
    for (const std::string& groupId : ledger.changedGroupIds)
        report.findings.add("row_changed_outside", groupId, 0, "the row is not as its last ledger entry left it");
    PS_TRY(const auto marks, countMarks(connection));
    report.outcomes.insert(marks.begin(), marks.end());
    return {};
}

Result<InspectionReport> inspectConnection(const Connection& connection, const InspectionOptions& options,
                                           std::stop_token stop)
{
    InspectionReport report;
    report.tool = options.tool;
    report.generatedAt = options.now;
    report.database = fileName(connection.path());
    PS_TRY(report.sha256, hashDatabaseFile(connection, stop));
    PS_TRY(const std::vector<std::string> damages, quickCheck(connection));
    for (const std::string& damage : damages)
        report.findings.add("database_damaged", {}, 0, damage);
    const auto inspect = [&]() -> Result<void> {
        PS_TRY(const DecisionTable table, readDecisionTable(connection));
        report.columns = table.columns;
        PS_TRY(report.firstRows, readFirstRows(connection, table));
        RepeatedImages repeated;
        PS_TRY_VOID(checkRows(connection, options, stop, report, repeated));
        if (repeated.mayHaveAny())
            PS_TRY_VOID(checkDuplicates(connection, table, report));
        PS_TRY_VOID(checkSchema(connection, table, report));
        return checkOwnTables(connection, stop, report);
    };
    const auto inspected = inspect();
    if (!inspected && !damages.empty())
        report.findings.add("database_damaged", {}, 0, inspected.error().describe()); // as much as can be read
    else if (!inspected)
        return inspected.error();
    return report;
}

} // namespace

bool InspectionReport::hasProblems(bool isFinal) const
{
    return findings.countOf(Severity::Warning) + findings.countOf(Severity::Error) > 0 ||
           (isFinal && findings.countOf(Severity::Todo) > 0);
}

Result<InspectionReport> inspectDatabase(const std::string& path, const InspectionOptions& options,
                                         std::stop_token stop)
{
    PS_TRY(const Connection connection, openForViewing(path));
    return inspectConnection(connection, options, stop);
}

Result<InspectionReport> inspectProject(const ProjectSession& session, const InspectionOptions& options,
                                        std::stop_token stop)
{
    PS_TRY(const Connection connection, session.openReader());
    PS_TRY(InspectionReport report, inspectConnection(connection, options, stop));
    report.database = joinPath(kDatabaseFolder, session.projectId() + ".db");
    PS_TRY(const FileCheckResult files, checkFiles(session, options.files, stop));
    report.findings.append(files.findings);
    report.unmeasuredImages = files.unmeasuredImages;
    report.includesFiles = true;
    return report;
}

// ---- writing -------------------------------------------------------------------------------------------------------

namespace {

Json countsJson(const std::map<std::string, std::int64_t, std::less<>>& counts)
{
    Json object{Json::Object{}};
    for (const auto& [key, count] : counts)
        object.set(key, count);
    return object;
}

Json checksJson(const InspectionReport& report)
{
    Json::Array list;
    for (const CheckInfo& check : allChecks()) {
        const std::int64_t count = report.findings.countOf(check.id);
        list.push_back(Json::object({{"check", check.id},
                                     {"severity", severityName(check.severity)},
                                     {"count", count},
                                     {"passed", count == 0},
                                     {"meaning", check.meaning}}));
    }
    return Json(std::move(list));
}

Json findingJson(const Finding& finding)
{
    const CheckInfo& check = checkInfo(finding.check);
    return Json::object({{"check", finding.check},
                         {"severity", severityName(check.severity)},
                         {"group_id", finding.groupId.empty() ? Json() : Json(finding.groupId)},
                         {"row", finding.row == 0 ? Json() : Json(finding.row)},
                         {"evidence", finding.evidence},
                         {"fix", fixName(check.fix)}});
}

} // namespace

Json reportJson(const InspectionReport& report)
{
    Json::Array columns;
    for (const std::string& column : report.columns)
        columns.emplace_back(column);
    Json::Array findings;
    for (const Finding& finding : report.findings.kept())
        findings.push_back(findingJson(finding));
    return Json::object({{"schema", kReportSchema},
                         {"tool", report.tool},
                         {"generated_at", formatTimestamp(report.generatedAt)},
                         {"database", report.database},
                         {"sha256", report.sha256},
                         {"rows", report.rows},
                         {"columns", Json(std::move(columns))},
                         {"first_rows", report.firstRows},
                         {"by_action", countsJson(report.byAction)},
                         {"by_project", countsJson(report.byProject)},
                         {"checks", checksJson(report)},
                         {"findings", Json(std::move(findings))},
                         {"findings_truncated", report.findings.isTruncated()},
                         {"files_checked", report.includesFiles},
                         {"images_not_measured", report.unmeasuredImages},
                         {"outcomes", countsJson(report.outcomes)}});
}

Result<std::string> saveReport(const InspectionReport& report, const Workspace& workspace)
{
    PS_TRY(const UniqueFd folder, makeFoldersBeneath(workspace.folderFd(), kReportFolder));
    const std::string text = dumpJsonIndented(reportJson(report)) + "\n";
    const std::string stem = "ai_training_inspection_" + formatFileStamp(report.generatedAt);
    for (int number = 1;; ++number) {
        const std::string name = stem + (number > 1 ? "_" + std::to_string(number) : "") + ".json";
        const auto written = writeFileDurably(folder.get(), name, text, Replace::Never);
        if (written)
            return joinPath(kReportFolder, name);
        if (written.error().code != ErrorCode::AlreadyExists || number > 9999)
            return written.error();
    }
}

} // namespace ps
