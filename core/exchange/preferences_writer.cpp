// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/exchange/format_writers.h"
#include "core/exchange/row_text.h"
#include "core/exchange/sink_text.h"
#include "core/exchange/text_quoting.h"

#include <algorithm>
#include <optional>

namespace ps {

namespace {

/// samples.jsonl with what a ranker is trained on, and pairs.jsonl with one line for each comparison that a person made.
/// Rejects say nothing about which image is better, and singles compare nothing. Source: formats/decisions_v3.md 7.8, R78.
class PreferencesWriter final : public FormatWriter
{
public:
    explicit PreferencesWriter(FormatContext context) : m_context(std::move(context)), m_samples(*m_context.sink) {}

    Result<void> begin() override
    {
        PS_TRY(m_pairs, ScratchBytes::open(*m_context.sink));
        return m_samples.begin("samples.jsonl");
    }

    Result<void> add(const ReleaseGroup& group) override
    {
        if (m_context.stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", m_context.releaseName, 0};
        if (group.action == Action::Reject)
            return {};
        PS_TRY(const std::vector<std::string> names, group.row.imageNames());
        if (names.size() < 2)
            return {};
        if (group.selectedIndex < 0 || static_cast<std::size_t>(group.selectedIndex) >= names.size())
            return Error{ErrorCode::InvalidInput, "the selected image is none of the group", group.groupId, 0};
        const bool isUndecidedTie = group.groupId.empty() && !group.tiedNames.empty(); // nobody picked one of them
        if (!isUndecidedTie)
            PS_TRY_VOID(addSample(group, names));
        return addPairs(group, names);
    }

    Result<void> finish() override
    {
        PS_TRY_VOID(m_samples.end());
        return m_pairs->moveTo(*m_context.sink, "pairs.jsonl", m_context.stop);
    }

private:
    static void appendHead(std::string& out, const ReleaseGroup& group)
    {
        out += "{\"group_id\": ";
        appendJsonString(out, group.groupId);
        out += ", \"project_id\": ";
        appendJsonString(out, group.projectId);
        out += ", \"side\": ";
        appendJsonStringOrNull(out, group.side ? sideName(*group.side) : "");
        out += ", \"provenance\": ";
        appendJsonStringOrNull(out, group.provenance);
    }

    Result<void> addSample(const ReleaseGroup& group, const std::vector<std::string>& names)
    {
        std::string& out = m_samples.buffer();
        appendHead(out, group);
        out += ", \"directory\": ";
        // A path of somebody's machine has no place in a release.
        const std::string folder = group.row.text("directory").value_or("");
        appendJsonStringOrNull(out, folder.starts_with('/') ? "" : folder);
        out += ", \"images\": ";
        appendNames(out, names);
        out += ", \"selected_index\": ";
        appendInteger(out, group.selectedIndex);
        out += "}\n";
        ++m_counts.lines;
        return m_samples.flushIfFull();
    }

    static void appendNames(std::string& out, const std::vector<std::string>& names)
    {
        for (std::size_t i = 0; i < names.size(); ++i) {
            out += i == 0 ? "[" : ", ";
            appendJsonString(out, names[i]);
        }
        out += "]";
    }

    /// The winner against every other image, but for those that the person called as good as it; and all that are equally
    /// good with each other.
    Result<void> addPairs(const ReleaseGroup& group, const std::vector<std::string>& names)
    {
        const auto isTied = [&group](const std::string& name) {
            return std::ranges::find(group.tiedNames, name) != group.tiedNames.end();
        };
        const auto winner = static_cast<std::size_t>(group.selectedIndex);
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (i == winner || (isTied(names[i]) && isTied(names[winner])))
                continue;
            PS_TRY_VOID(addPair(group, "preferred", names[winner], names[i]));
        }
        for (std::size_t i = 0; i < names.size(); ++i) {
            for (std::size_t j = i + 1; j < names.size(); ++j) {
                if (isTied(names[i]) && isTied(names[j]))
                    PS_TRY_VOID(addPair(group, "tie", names[i], names[j]));
            }
        }
        return {};
    }

    Result<void> addPair(const ReleaseGroup& group, std::string_view relation, std::string_view first,
                         std::string_view second)
    {
        const bool isTie = relation == "tie";
        std::string line;
        appendHead(line, group);
        ((line += ", \"relation\": \"") += relation) += "\", \"chosen\": ";
        appendJsonStringOrNull(line, isTie ? "" : first);
        line += ", \"rejected\": ";
        appendJsonStringOrNull(line, isTie ? "" : second);
        line += ", \"tied\": ";
        if (isTie)
            appendNames(line, {std::string(first), std::string(second)});
        else
            line += "null";
        line += "}\n";
        ++m_counts.lines;
        return m_pairs->append(line);
    }

    FormatContext m_context;
    SinkText m_samples;
    std::optional<ScratchBytes> m_pairs;
};

} // namespace

std::unique_ptr<FormatWriter> makePreferencesWriter(FormatContext context)
{
    return std::make_unique<PreferencesWriter>(std::move(context));
}

} // namespace ps
