// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/report_html.h"

#include "core/base/text.h"

namespace ps {

namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; }
body { font: 14px/1.5 Inter, system-ui, sans-serif; max-width: 72em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.6em; margin-bottom: 0; } h2 { font-size: 1.15em; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: gray; }
th, td { text-align: left; vertical-align: top; padding: .3em .8em .3em 0; border-bottom: 1px solid #8884; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.value { font-family: monospace; font-size: .9em; overflow-wrap: anywhere; }
.badge { font-weight: 600; white-space: nowrap; } .error { color: #b3261e; } .warning { color: #a15c00; }
.todo { color: #2f6bff; } .info { color: gray; }
@media (prefers-color-scheme: dark) { .error { color: #ff8a80; } .warning { color: #ffb95c; } .todo { color: #8fb0ff; } }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } h2 { page-break-after: avoid; } }
)";

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : displayText(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out.push_back(c);
        }
    }
    return out;
}

/// Shape, letter and colour, so that none of them is needed alone.
std::string badge(Severity severity)
{
    static constexpr std::string_view shapes[] = {"&#9675; T", "&#9675; I", "&#9651; W", "&#9632; E"};
    return "<span class=\"badge " + std::string(severityName(severity)) + "\">" +
           std::string(shapes[static_cast<std::size_t>(severity)]) + "</span> " + std::string(severityName(severity));
}

std::string countTable(std::string_view caption, const std::map<std::string, std::int64_t, std::less<>>& counts,
                       std::string_view counted = "Rows")
{
    std::string html = "<table><caption>" + std::string(caption) +
                       "</caption><thead><tr><th>Value</th><th class=\"number\">" + std::string(counted) +
                       "</th></tr></thead><tbody>";
    for (const auto& [key, count] : counts)
        html += "<tr><td>" + (key.empty() ? std::string("<i>empty</i>") : escaped(key)) + "</td><td class=\"number\">" +
                std::to_string(count) + "</td></tr>";
    return html + "</tbody></table>";
}

std::string checkTable(const InspectionReport& report)
{
    std::string html =
        "<table><thead><tr><th>Check</th><th>Severity</th><th class=\"number\">Found</th><th>Meaning</th>"
        "<th>What helps</th></tr></thead><tbody>";
    for (const CheckInfo& check : allChecks()) {
        const std::int64_t count = report.findings.countOf(check.id);
        if (count == 0)
            continue;
        html += "<tr><td>" + escaped(check.id) + "</td><td>" + badge(check.severity) + "</td><td class=\"number\">" +
                std::to_string(count) + "</td><td>" + escaped(check.meaning) + "</td><td>" +
                std::string(fixName(check.fix)) + "</td></tr>";
    }
    return html + "</tbody></table>";
}

std::string findingTable(const InspectionReport& report)
{
    std::string html =
        "<table><thead><tr><th>Check</th><th>Group</th><th class=\"number\">Row</th><th>Evidence</th></tr>"
        "</thead><tbody>";
    for (const Finding& finding : report.findings.kept())
        html += "<tr><td>" + escaped(finding.check) + "</td><td class=\"value\">" + escaped(finding.groupId) +
                "</td><td class=\"number\">" + (finding.row > 0 ? std::to_string(finding.row) : std::string()) +
                "</td><td class=\"value\">" + escaped(finding.evidence) + "</td></tr>";
    return html + "</tbody></table>";
}

std::string firstRowsTable(const InspectionReport& report)
{
    std::string html = "<table><thead><tr><th class=\"number\">Row</th><th>Values</th></tr></thead><tbody>";
    std::int64_t number = 0;
    for (const Json& row : report.firstRows.items()) {
        std::string values;
        for (const auto& [column, value] : row.members())
            values += "<b>" + escaped(column) + "</b> " + escaped(value.toString()) + "<br>";
        html += "<tr><td class=\"number\">" + std::to_string(++number) + "</td><td class=\"value\">" + values +
                "</td></tr>";
    }
    return html + "</tbody></table>";
}

} // namespace

std::string reportHtml(const InspectionReport& report)
{
    const bool isClean = !report.hasProblems(false);
    std::string html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Inspection of " +
                       escaped(report.database) + "</title><style>" + std::string(kStyle) + "</style></head><body>";
    html += "<h1>Inspection of " + escaped(report.database) + "</h1><p>" + escaped(report.tool) + ", " +
            formatTimestamp(report.generatedAt) + "<br>" + std::to_string(report.rows) +
            " rows, SHA-256 <span class=\"value\">" + report.sha256 + "</span></p>";
    html += isClean ? "<p><b>No warnings and no errors.</b></p>"
                    : "<p><b>" + std::to_string(report.findings.countOf(Severity::Error)) + " errors, " +
                          std::to_string(report.findings.countOf(Severity::Warning)) + " warnings.</b></p>";
    html += "<h2>Counts</h2>" + countTable("by action", report.byAction) + countTable("by project", report.byProject);
    if (!report.outcomes.empty())
        html += countTable("by outcome and mark", report.outcomes, "Groups");
    html += "<h2>Checks that found something</h2>" + checkTable(report);
    html += "<h2>Findings</h2>" + findingTable(report);
    if (report.findings.isTruncated())
        html += "<p>Only the first " + std::to_string(FindingList::kKeptPerCheck) +
                " findings of each check are listed.</p>";
    html += "<h2>First rows</h2>" + firstRowsTable(report);
    return html + "</body></html>\n";
}

} // namespace ps
