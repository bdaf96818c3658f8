// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_diff_html.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/decisions/crop.h"

namespace ps {

namespace {

constexpr std::size_t kMostLines = 5000;
constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; }
body { font: 14px/1.5 Inter, system-ui, sans-serif; max-width: 72em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.6em; margin-bottom: 0; } h2 { font-size: 1.15em; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3em .8em .3em 0; border-bottom: 1px solid #8884; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.value { font-family: monospace; font-size: .9em; overflow-wrap: anywhere; }
svg { width: 6em; height: 4em; background: #8882; } .old { fill: none; stroke: #a15c00; stroke-dasharray: 4 3; }
.new { fill: none; stroke: #2f6bff; }
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

std::string frame(const std::string& text, std::string_view kind)
{
    const auto crop = parseCrop(text);
    if (!crop)
        return {};
    const auto number = [](double value) { return dumpJson(Json(value)); };
    return "<rect class=\"" + std::string(kind) + "\" x=\"" + number(crop->x1 * 150) + "\" y=\"" +
           number(crop->y1 * 100) + "\" width=\"" + number((crop->x2 - crop->x1) * 150) + "\" height=\"" +
           number((crop->y2 - crop->y1) * 100) + "\"/>";
}

/// Both frames in a picture of the usual shape: dashed before, solid after.
std::string drawing(const ReleaseDiff::Change& change)
{
    if (change.kind != "re-cropped")
        return {};
    return "<svg viewBox=\"0 0 150 100\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"crops\">" +
           frame(change.before, "old") + frame(change.after, "new") + "</svg>";
}

std::string lineOf(const ReleaseDiff::Change& change)
{
    return "<tr><td class=\"value\">" + escaped(change.groupId) + "</td><td class=\"value\">" + escaped(change.name) +
           "</td><td class=\"value\">" + escaped(change.before) + "</td><td class=\"value\">" + escaped(change.after) +
           "</td><td class=\"number\">" + (change.iou ? dumpJson(Json(*change.iou)) : std::string()) + "</td><td>" +
           drawing(change) + "</td></tr>";
}

} // namespace

std::string diffHtml(const ReleaseDiff& diff)
{
    const std::string title = escaped(diff.first) + " and " + escaped(diff.second);
    std::string html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title +
                       "</title><style>" + std::string(kStyle) + "</style></head><body><h1>" + title + "</h1><p>" +
                       std::to_string(diff.unchanged) +
                       " groups are the same.</p><table><thead><tr><th>Change</th>"
                       "<th class=\"number\">Count</th></tr></thead><tbody>";
    for (const auto& [kind, count] : diff.counts)
        html += "<tr><td>" + escaped(kind) + "</td><td class=\"number\">" + std::to_string(count) + "</td></tr>";
    html += "</tbody></table>";
    std::string kind;
    std::size_t lines = 0;
    for (const ReleaseDiff::Change& change : diff.changes) {
        if (change.kind != kind) {
            html += kind.empty() ? "" : "</tbody></table>";
            kind = change.kind;
            lines = 0;
            html += "<h2>" + escaped(kind) +
                    "</h2><table><thead><tr><th>Group</th><th>Name</th><th>Before</th><th>After</th>"
                    "<th class=\"number\">IoU</th><th></th></tr></thead><tbody>";
        }
        if (lines++ < kMostLines)
            html += lineOf(change);
        else if (lines == kMostLines + 2)
            html += "<tr><td colspan=\"6\">More are counted and not listed.</td></tr>";
    }
    return html + (kind.empty() ? "" : "</tbody></table>") + "</body></html>\n";
}

} // namespace ps
