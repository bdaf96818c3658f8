// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_text.h"
#include "core/exchange/format_writers.h"
#include "core/exchange/sink_text.h"

#include <array>

namespace ps {

namespace {

/// The columns of a table that nobody added to, for a release without rows.
constexpr std::array<std::string_view, 18> kColumns{
    "group_id",          "timestamp",      "project_id",    "directory",           "batch_number", "images",
    "ai_selected_index", "ai_crop_coords", "ai_confidence", "user_selected_index", "user_action",  "final_crop_coords",
    "crop_timestamp",    "image_width",    "image_height",  "selection_match",     "crop_match",   "ai_crop_accepted"};

/// decisions.csv: a head line, and every column of the row with group_key and side behind them. Lines end in CR LF.
class CsvWriter final : public FormatWriter
{
public:
    explicit CsvWriter(FormatContext context) : m_context(std::move(context)), m_file(*m_context.sink) {}

    Result<void> begin() override
    {
        PS_TRY_VOID(m_file.begin("decisions.csv"));
        if (m_context.request.isSpreadsheetSafe)
            return m_file.append("\xEF\xBB\xBF"); // without it a spreadsheet takes the text for an 8-bit one
        return {};
    }

    Result<void> add(const ReleaseGroup& group) override
    {
        if (m_context.stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", m_context.releaseName, 0};
        if (m_columns.empty()) {
            for (const auto& [column, value] : group.row.cells())
                m_columns.push_back(column);
            PS_TRY_VOID(writeHead());
        }
        std::string& out = m_file.buffer();
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const auto& cells = group.row.cells();
            const bool isInPlace = i < cells.size() && cells[i].first == m_columns[i];
            appendCell(out, isInPlace ? cells[i].second : group.row.value(m_columns[i]));
            out.push_back(',');
        }
        if (!group.groupKey.empty())
            appendCell(out, group.groupKey);
        out.push_back(',');
        if (group.side)
            appendCell(out, std::string(sideName(*group.side)));
        out += "\r\n";
        ++m_counts.lines;
        return m_file.flushIfFull();
    }

    Result<void> finish() override
    {
        if (m_columns.empty()) {
            m_columns.assign(kColumns.begin(), kColumns.end());
            PS_TRY_VOID(writeHead());
        }
        return m_file.end();
    }

private:
    void appendCell(std::string& out, const SqlValue& value) const
    {
        if (m_context.request.isSpreadsheetSafe)
            appendSpreadsheetCell(out, value);
        else
            appendCsvCell(out, value);
    }

    Result<void> writeHead()
    {
        std::string& out = m_file.buffer();
        for (const std::string& column : m_columns) {
            appendCell(out, column);
            out.push_back(',');
        }
        appendCell(out, std::string("group_key"));
        out.push_back(',');
        appendCell(out, std::string("side"));
        out += "\r\n";
        return m_file.flushIfFull();
    }

    FormatContext m_context;
    SinkText m_file;
    std::vector<std::string> m_columns;
};

} // namespace

std::unique_ptr<FormatWriter> makeCsvWriter(FormatContext context)
{
    return std::make_unique<CsvWriter>(std::move(context));
}

} // namespace ps
