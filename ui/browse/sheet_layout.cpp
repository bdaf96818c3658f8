// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/sheet_layout.h"

#include <algorithm>
#include <utility>

namespace ps {

void SheetLayout::setContent(std::int64_t count, std::vector<std::int64_t> sectionStarts)
{
    m_count = count;
    m_hasHeaders = !sectionStarts.empty() && count > 0;
    m_starts = m_hasHeaders ? std::move(sectionStarts) : std::vector<std::int64_t>{0};
    measure();
}

void SheetLayout::setSizes(const Sizes& sizes)
{
    if (m_sizes == sizes)
        return;
    m_sizes = sizes;
    measure();
}

void SheetLayout::measure()
{
    m_columns = std::max(1, (m_sizes.viewWidth - m_sizes.gap) / (m_sizes.cellWidth + m_sizes.gap));
    const int spare = std::max(0, m_sizes.viewWidth - m_sizes.gap - m_columns * (m_sizes.cellWidth + m_sizes.gap)) /
                      (m_columns + 1);
    m_pitch = m_sizes.cellWidth + m_sizes.gap + spare;
    m_margin = m_sizes.gap + spare;
    m_rowsBefore.assign(m_starts.size(), 0);
    m_rows = 0;
    for (std::size_t section = 0; section < m_starts.size(); ++section) {
        m_rowsBefore[section] = m_rows;
        m_rows += rowsOf(section);
    }
}

PositionRange SheetLayout::sectionRange(std::size_t section) const
{
    return {m_starts[section], section + 1 < m_starts.size() ? m_starts[section + 1] : m_count};
}

std::int64_t SheetLayout::rowsOf(std::size_t section) const
{
    return (sectionRange(section).size() + m_columns - 1) / m_columns;
}

std::int64_t SheetLayout::headerTop(std::size_t section) const
{
    const std::int64_t headers = static_cast<std::int64_t>(section) * headerSpace();
    return (m_hasHeaders ? 0 : m_sizes.gap) + headers + m_rowsBefore[section] * rowHeight();
}

std::int64_t SheetLayout::firstLineTop(std::size_t section) const
{
    return headerTop(section) + headerSpace();
}

std::int64_t SheetLayout::height() const
{
    return firstLineTop(m_starts.size() - 1) + rowsOf(m_starts.size() - 1) * rowHeight();
}

std::size_t SheetLayout::sectionOf(std::int64_t position) const
{
    const auto behind = std::upper_bound(m_starts.begin(), m_starts.end(), position);
    return behind == m_starts.begin() ? 0 : static_cast<std::size_t>(behind - m_starts.begin()) - 1;
}

std::size_t SheetLayout::sectionAt(std::int64_t y) const
{
    std::size_t low = 0;
    std::size_t high = m_starts.size();
    while (low + 1 < high) {
        const std::size_t middle = (low + high) / 2;
        (headerTop(middle) <= y ? low : high) = middle;
    }
    return low;
}

int SheetLayout::leftOf(int column) const
{
    return m_margin + column * m_pitch;
}

SheetLayout::Cell SheetLayout::cell(std::int64_t position) const
{
    const std::size_t section = sectionOf(position);
    const std::int64_t offset = position - m_starts[section];
    return {leftOf(static_cast<int>(offset % m_columns)), firstLineTop(section) + offset / m_columns * rowHeight(),
            m_sizes.cellWidth, m_sizes.cellHeight};
}

std::int64_t SheetLayout::positionAt(int x, std::int64_t y) const
{
    const std::size_t section = sectionAt(y);
    const std::int64_t below = y - firstLineTop(section);
    const int right = x - m_margin;
    if (below < 0 || right < 0 || below % rowHeight() >= m_sizes.cellHeight || right % m_pitch >= m_sizes.cellWidth ||
        right / m_pitch >= m_columns)
        return -1;
    const PositionRange range = sectionRange(section);
    const std::int64_t position = range.first + below / rowHeight() * m_columns + right / m_pitch;
    return position < range.end ? position : -1;
}

PositionRange SheetLayout::positionsIn(std::int64_t top, std::int64_t bottom) const
{
    const auto edge = [this](std::int64_t y, std::int64_t roundUp) {
        const std::size_t section = sectionAt(y);
        const PositionRange range = sectionRange(section);
        const std::int64_t below = std::max<std::int64_t>(0, y - firstLineTop(section) + roundUp);
        return std::min(range.end, range.first + below / rowHeight() * m_columns);
    };
    if (m_count == 0 || bottom <= top)
        return {};
    return {edge(top, 0), edge(bottom, rowHeight() - 1)};
}

RangeSet SheetLayout::positionsIn(const Area& area) const
{
    RangeSet positions;
    // The columns whose cells, without the gap behind them, reach into the area.
    const int firstColumn = std::max(0, (area.left - m_margin + m_pitch - m_sizes.cellWidth) / m_pitch);
    const int endColumn = std::min(m_columns, (std::max(0, area.right - m_margin) + m_pitch - 1) / m_pitch);
    const PositionRange lines = positionsIn(area.top, area.bottom);
    if (firstColumn >= endColumn)
        return positions;
    for (std::int64_t line = lineStart(lines.first); line < lines.end;) {
        const std::int64_t sectionEnd = sectionRange(sectionOf(line)).end;
        const std::int64_t top = cell(line).top;
        if (top < area.bottom && top + m_sizes.cellHeight > area.top)
            positions.add({std::min(sectionEnd, line + firstColumn), std::min(sectionEnd, line + endColumn)});
        line = std::min(sectionEnd, line + m_columns);
    }
    return positions;
}

std::int64_t SheetLayout::lineStart(std::int64_t position) const
{
    const std::int64_t start = m_starts[sectionOf(position)];
    return start + (position - start) / m_columns * m_columns;
}

std::int64_t SheetLayout::absoluteRow(std::int64_t position) const
{
    const std::size_t section = sectionOf(position);
    return m_rowsBefore[section] + (position - m_starts[section]) / m_columns;
}

std::int64_t SheetLayout::positionIn(std::int64_t absoluteRow, int column) const
{
    // Sections are never empty, so that no two of them begin at the same row.
    const auto behind = std::upper_bound(m_rowsBefore.begin(), m_rowsBefore.end(), absoluteRow);
    const auto section = static_cast<std::size_t>(behind - m_rowsBefore.begin()) - 1;
    const PositionRange range = sectionRange(section);
    const std::int64_t start = range.first + (absoluteRow - m_rowsBefore[section]) * m_columns;
    return std::min(range.end - 1, start + column);
}

std::int64_t SheetLayout::moved(std::int64_t position, std::int64_t lines) const
{
    if (m_count == 0)
        return -1;
    const auto column = static_cast<int>(position - lineStart(position));
    const std::int64_t row = absoluteRow(position) + lines;
    return positionIn(std::clamp<std::int64_t>(row, 0, m_rows - 1), column);
}

} // namespace ps
