// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/integrity/planted.h"

#include "core/base/text.h"
#include "tests/support/checks.h"

#include <algorithm>
#include <stdexcept>

namespace ps::test {

std::string unconstrainedTable()
{
    return "CREATE TABLE ai_decisions (group_id TEXT PRIMARY KEY, timestamp TEXT, project_id TEXT, directory TEXT, "
           "batch_number INTEGER, images TEXT, ai_selected_index INTEGER, ai_crop_coords TEXT, ai_confidence REAL, "
           "user_selected_index INTEGER, user_action TEXT, final_crop_coords TEXT, crop_timestamp TEXT, image_width "
           "INTEGER, "
           "image_height INTEGER, selection_match BOOLEAN, crop_match BOOLEAN, ai_crop_accepted BOOLEAN)";
}

std::string rowSql(const Cells& cells, int number)
{
    const std::string n = std::to_string(number);
    Cells all{{"group_id", "'p1_group_20251021T170444198868_batch001_img00" + n + "'"},
              {"timestamp", "'2025-10-21T17:04:44.198868Z'"},
              {"project_id", "'p1'"},
              {"directory", "'photos'"},
              {"batch_number", "1"},
              {"images", "'[\"a" + n + ".png\", \"b" + n + ".png\"]'"},
              {"ai_selected_index", "1"},
              {"ai_crop_coords", "'[0.1, 0.1, 0.9, 0.9]'"},
              {"ai_confidence", "0.75"},
              {"user_selected_index", "1"},
              {"user_action", "'crop'"},
              {"final_crop_coords", "'[0.1, 0.1, 0.9, 0.88]'"},
              {"crop_timestamp", "'2025-10-21T17:05:00.000001Z'"},
              {"image_width", "2000"},
              {"image_height", "1000"},
              {"selection_match", "1"},
              {"crop_match", "1"},
              {"ai_crop_accepted", "NULL"}};
    for (const auto& [column, value] : cells)
        all[column] = value;
    std::vector<std::string> columns;
    std::vector<std::string> values;
    for (const auto& [column, value] : all) {
        columns.push_back(column);
        values.push_back(value);
    }
    return "INSERT INTO ai_decisions (" + join(columns, ", ") + ") VALUES (" + join(values, ", ") + ")";
}

std::string makeDatabase(const TempFolder& folder, const std::vector<std::string>& statements)
{
    const std::string path = folder.pathOf("odd.db");
    const Connection connection = must(Connection::open(path, OpenMode::Create));
    for (const std::string& statement : statements)
        must(connection.execute(statement.c_str()));
    return path;
}

InspectionReport inspectFile(const std::string& path)
{
    InspectionOptions options;
    options.tool = "tests 1.0";
    options.now = *parseTimestamp("2026-03-01T10:00:00.000000Z");
    return must(inspectDatabase(path, options, {}));
}

std::string found(const FindingList& findings)
{
    std::vector<std::string> parts;
    for (const CheckInfo& check : allChecks()) {
        if (const std::int64_t count = findings.countOf(check.id); count > 0)
            parts.push_back(std::string(check.id) + " " + std::to_string(count));
    }
    return join(parts, ", ");
}

const Finding& onlyFinding(const FindingList& findings, std::string_view check)
{
    const auto isOfCheck = [check](const Finding& finding) { return finding.check == check; };
    if (findings.countOf(check) != 1 || std::ranges::count_if(findings.kept(), isOfCheck) != 1)
        throw std::runtime_error(std::string(check) + " was not found once, but: " + found(findings));
    return *std::ranges::find_if(findings.kept(), isOfCheck);
}

const std::set<std::string_view>& projectChecks()
{
    static const std::set<std::string_view> checks{
        "plan_unfinished",     "ledger_broken",  "row_changed_outside", "file_missing",   "file_duplicate",
        "file_unreadable",     "file_skipped",   "size_differs",        "cut_missing",    "cut_differs",
        "row_unmatched",       "twin_image",     "sidecar_invalid",     "sidecar_orphan", "sidecar_split",
        "sidecar_unknown_row", "sidecar_missing"};
    return checks;
}

} // namespace ps::test
