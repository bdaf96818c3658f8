// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_diff_html.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/decisions/crop.h"

#include <cmath>

namespace ps {

namespace {

constexpr std::size_t kMostLines = 5000;
constexpr ImageSize kUnknownShape{150, 100};
constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; }
body { font: 14px/1.5 Inter, system-ui, sans-serif; max-width: 72em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.6em; margin-bottom: 0; } h2 { font-size: 1.15em; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3em .8em .3em 0; border-bottom: 1px solid #8884; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.value { font-family: monospace; font-size: .9em; overflow-wrap: anywhere; }
svg { background: #8882; } figure { margin: 0; } figcaption { font-size: .85em; max-width: 13em; }
rect { fill: none; stroke-width: 2; } .old { stroke: #e08a00; stroke-dasharray: 5 3; } .new { stroke: #2f6bff; }
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

std::string numberText(double value)
{
    constexpr double kParts = 100; // of a pixel
    return dumpJson(Json(std::round(value * kParts) / kParts));
}

std::string frame(const std::string& text, std::string_view kind, ImageSize size)
{
    const auto crop = parseCrop(text);
    if (!crop)
        return {};
    return "<rect class=\"" + std::string(kind) + "\" x=\"" + numberText(crop->x1 * size.width) + "\" y=\"" +
           numberText(crop->y1 * size.height) + "\" width=\"" + numberText((crop->x2 - crop->x1) * size.width) +
           "\" height=\"" + numberText((crop->y2 - crop->y1) * size.height) + "\"/>";
}

/// Both frames over the picture: dashed before, solid after.
std::string drawing(const ReleaseDiff::Change& change, const DiffPicture& picture)
{
    if (!change.image)
        return {};
    const bool isShapeKnown = !picture.size.isEmpty();
    const ImageSize size = isShapeKnown ? picture.size : kUnknownShape;
    const std::string width = std::to_string(size.width);
    const std::string height = std::to_string(size.height);
    std::string svg = "<figure><svg width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " +
                      height + "\" role=\"img\" aria-label=\"crops\">";
    if (!picture.dataUri.empty())
        svg += "<image href=\"" + escaped(picture.dataUri) + "\" width=\"" + width + "\" height=\"" + height + "\"/>";
    svg += frame(change.before, "old", size) + frame(change.after, "new", size) + "</svg>";
    if (picture.dataUri.empty())
        svg += "<figcaption>" + escaped(picture.why) + (isShapeKnown ? "" : "; nor is its shape known") +
               "</figcaption>";
    return svg + "</figure>";
}

std::string lineOf(const ReleaseDiff::Change& change, const DiffPicture& picture)
{
    return "<tr><td class=\"value\">" + escaped(change.groupId) + "</td><td class=\"value\">" + escaped(change.name) +
           "</td><td class=\"value\">" + escaped(change.before) + "</td><td class=\"value\">" + escaped(change.after) +
           "</td><td class=\"number\">" + (change.iou ? dumpJson(Json(*change.iou)) : std::string()) + "</td><td>" +
           drawing(change, picture) + "</td></tr>";
}

} // namespace

std::string diffHtml(const ReleaseDiff& diff, std::span<const DiffPicture> pictures)
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
    for (std::size_t i = 0; i < diff.changes.size(); ++i) {
        const ReleaseDiff::Change& change = diff.changes[i];
        if (change.kind != kind) {
            html += kind.empty() ? "" : "</tbody></table>";
            kind = change.kind;
            lines = 0;
            html += "<h2>" + escaped(kind) +
                    "</h2><table><thead><tr><th>Group</th><th>Name</th><th>Before</th><th>After</th>"
                    "<th class=\"number\">IoU</th><th></th></tr></thead><tbody>";
        }
        if (lines++ < kMostLines)
            html += lineOf(change,
                           i < pictures.size() ? pictures[i] : DiffPicture{{}, {}, "no pictures were asked for"});
        else if (lines == kMostLines + 2)
            html += "<tr><td colspan=\"6\">More are counted and not listed.</td></tr>";
    }
    return html + (kind.empty() ? "" : "</tbody></table>") + "</body></html>\n";
}

} // namespace ps
