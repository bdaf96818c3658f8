// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"
#include "core/decisions/row.h"

#include <optional>
#include <string_view>

namespace ps {

/// The columns that the checks look at, as they lie in the statement: nothing is copied, so that a million rows are read
/// at the speed of the disk. Valid until the statement moves on.
struct RowView {
    struct Text {
        std::string_view bytes;
        bool isNull = true;
        bool isText = false;
    };
    struct Number {
        double value = 0;
        bool isNull = true;
        bool isInteger = false;
        std::int64_t integer = 0;
    };

    std::int64_t position = 0; ///< in the table, from 1
    Text groupId;
    Text timestamp;
    Text projectId;
    Text directory;
    Text images;
    Text aiCrop;
    Text finalCrop;
    Text cropTimestamp;
    Text action;
    Number aiIndex;
    Number confidence;
    Number selectedIndex;
    Number width;
    Number height;
    Number selectionMatch;
    Number cropMatch;
    Number cropAccepted;
};

/// Reads rows of any variant of the table one after the other; columns that are missing read as NULL.
class RowReader
{
public:
    static Result<RowReader> open(const Connection& connection);

    /// The next row, or false at the end.
    Result<bool> next();
    const RowView& row() const { return m_row; }
    bool has(std::string_view column) const { return m_table.has(column); }
    const DecisionTable& table() const { return m_table; }

private:
    RowReader(DecisionTable table, Statement statement) : m_table(std::move(table)), m_statement(std::move(statement))
    {
    }

    DecisionTable m_table;
    Statement m_statement;
    RowView m_row;
};

/// What a stored list of crop coordinates is.
struct CropText {
    enum class State { Valid, NotJson, NotFourNumbers, OutOfRange };
    State state = State::NotJson;
    Crop crop; ///< the numbers as they are; meaningful for Valid and OutOfRange
};
/// Reads "[x1, y1, x2, y2]" without allocating when it is of the usual form.
CropText readCropText(std::string_view text);

/// What a stored list of image names is.
struct ImagesText {
    bool isList = false; ///< a JSON list of strings
    int count = 0;
    bool areBare = true; ///< no name has a '/'; a backslash may be part of a name
};
ImagesText readImagesText(std::string_view text);

} // namespace ps
