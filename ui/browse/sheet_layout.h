// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/range_set.h"

#include <cstdint>
#include <vector>

namespace ps {

/// Where the cells of a contact sheet are. Content coordinates are logical pixels from the top of the first line, 64-bit
/// downwards: twenty million cells in one column are 10^10 pixels high.
/// Cost: every question O(log sections); changing width or sections O(sections); nothing depends on the number of cells.
class SheetLayout
{
public:
    struct Sizes {
        int viewWidth = 0;
        int cellWidth = 168;
        int cellHeight = 168;
        int gap = 12;          ///< between cells and around them, at least
        int headerHeight = 34; ///< of the line above a section
        bool operator==(const Sizes&) const = default;
    };
    struct Cell {
        int left = 0;
        std::int64_t top = 0;
        int width = 0;
        int height = 0;
    };
    struct Area {
        int left = 0;
        int right = 0; ///< exclusive
        std::int64_t top = 0;
        std::int64_t bottom = 0; ///< exclusive
    };

    /// `sectionStarts`: first positions of the sections, ascending, the first one 0; empty = no headers.
    void setContent(std::int64_t count, std::vector<std::int64_t> sectionStarts);
    void setSizes(const Sizes& sizes);

    const Sizes& sizes() const { return m_sizes; }
    std::int64_t count() const { return m_count; }
    int columns() const { return m_columns; }
    std::int64_t rowHeight() const { return m_sizes.cellHeight + m_sizes.gap; }
    std::int64_t height() const;

    Cell cell(std::int64_t position) const;
    /// The cell at this place, or -1 in gaps, headers and beyond the end.
    std::int64_t positionAt(int x, std::int64_t y) const;
    /// Cells whose lines touch [top, bottom), whole lines.
    PositionRange positionsIn(std::int64_t top, std::int64_t bottom) const;
    /// Cells that touch the area. Cost: the lines in it.
    RangeSet positionsIn(const Area& area) const;
    /// The cell `lines` lines further down (or up) in the same column, or in the last column of a shorter line.
    std::int64_t moved(std::int64_t position, std::int64_t lines) const;
    std::int64_t lineStart(std::int64_t position) const;

    std::size_t sectionCount() const { return m_hasHeaders ? m_starts.size() : 0; }
    /// The section whose header or lines are at this height; only with sections.
    std::size_t sectionAt(std::int64_t y) const;
    std::size_t sectionOf(std::int64_t position) const;
    std::int64_t headerTop(std::size_t section) const;
    PositionRange sectionRange(std::size_t section) const;

private:
    void measure();
    /// From the top of a header to its first line: the header itself and some room for the frame of a cell.
    std::int64_t headerSpace() const { return m_hasHeaders ? m_sizes.headerHeight + m_sizes.gap / 2 : 0; }
    std::int64_t rowsOf(std::size_t section) const;
    std::int64_t firstLineTop(std::size_t section) const;
    int leftOf(int column) const;
    std::int64_t absoluteRow(std::int64_t position) const;
    std::int64_t positionIn(std::int64_t absoluteRow, int column) const;

    Sizes m_sizes;
    std::int64_t m_count = 0;
    bool m_hasHeaders = false;
    std::vector<std::int64_t> m_starts{0};
    std::vector<std::int64_t> m_rowsBefore{0}; ///< rows of cells before each section
    std::int64_t m_rows = 0;
    int m_columns = 1;
    int m_pitch = 1; ///< from one column to the next
    int m_margin = 0;
};

} // namespace ps
