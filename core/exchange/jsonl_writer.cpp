// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/exchange/format_writers.h"
#include "core/exchange/row_text.h"
#include "core/exchange/sink_text.h"
#include "core/exchange/text_quoting.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::size_t kNumberDigits = 4;

/// batch_NNNN.jsonl with every column of the row, in table order, and then what the release knows besides.
class JsonlWriter final : public FormatWriter
{
public:
    explicit JsonlWriter(FormatContext context) : m_context(std::move(context)), m_file(*m_context.sink) {}

    Result<void> begin() override { return beginBatch(); }

    Result<void> add(const ReleaseGroup& group) override
    {
        if (m_context.stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", m_context.releaseName, 0};
        if (m_linesOfBatch == m_context.request.batchSize)
            PS_TRY_VOID(beginBatch());
        std::string& out = m_file.buffer();
        for (const auto& [column, value] : group.row.cells()) {
            out += keyText(column);
            appendJsonCell(out, column, value);
        }
        const auto key = [&](std::string_view name) {
            // A column that somebody added may have the name already.
            (out += m_keyIndex == 0 ? "{" : ", ") += group.row.has(name) ? "\"ps_" : "\"";
            (out += name) += "\": ";
        };
        key("group_key");
        appendJsonStringOrNull(out, group.groupKey);
        key("side");
        appendJsonStringOrNull(out, group.side ? sideName(*group.side) : "");
        key("selected_image");
        appendJsonStringOrNull(out, selectedName(group));
        out += "}\n";
        m_keyIndex = 0;
        ++m_linesOfBatch;
        ++m_counts.lines;
        return m_file.flushIfFull();
    }

    Result<void> finish() override { return m_file.end(); }

private:
    Result<void> beginBatch()
    {
        if (m_batchNumber > 0)
            PS_TRY_VOID(m_file.end());
        std::string digits = std::to_string(++m_batchNumber);
        digits.insert(0, kNumberDigits - std::min(kNumberDigits, digits.size()), '0');
        m_linesOfBatch = 0;
        return m_file.begin("batch_" + digits + ".jsonl");
    }

    /// "{" or ", " and the name of the column; the rows of one table have the same columns again and again.
    const std::string& keyText(const std::string& column)
    {
        if (m_keyIndex == m_keys.size())
            m_keys.emplace_back();
        auto& [known, text] = m_keys[m_keyIndex];
        if (text.empty() || known != column) {
            known = column;
            text = m_keyIndex == 0 ? "{" : ", ";
            appendJsonString(text, column);
            text += ": ";
        }
        ++m_keyIndex;
        return text;
    }

    /// The name of the image that was kept, "" for a reject. The writer asks the list that the row holds.
    static std::string selectedName(const ReleaseGroup& group)
    {
        if (group.action == Action::Reject)
            return {};
        for (const ReleaseImage& image : group.images) {
            if (image.role == ImageRole::Winner)
                return image.sourceName;
        }
        const auto names = group.row.imageNames();
        const auto index = static_cast<std::size_t>(group.selectedIndex);
        return names && group.selectedIndex >= 0 && index < names->size() ? (*names)[index] : std::string();
    }

    FormatContext m_context;
    SinkText m_file;
    std::int64_t m_batchNumber = 0;
    std::int64_t m_linesOfBatch = 0;
    std::vector<std::pair<std::string, std::string>> m_keys; ///< column and its text, by place
    std::size_t m_keyIndex = 0;
};

} // namespace

std::unique_ptr<FormatWriter> makeJsonlWriter(FormatContext context)
{
    return std::make_unique<JsonlWriter>(std::move(context));
}

} // namespace ps
