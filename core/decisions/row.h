// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/db/connection.h"
#include "core/db/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ps {

/// What a person decided about a group.
enum class Action { Approve, Crop, Reject };

std::string_view actionName(Action action); ///< "approve", "crop" or "reject"
std::optional<Action> parseAction(std::string_view name);

/// One row of ai_decisions exactly as it is stored: every column in table order, whatever its type, with the columns that
/// this program does not know. Odd values stay what they are; the accessors give nothing for them.
class DecisionRow
{
public:
    using Cell = std::pair<std::string, SqlValue>;

    DecisionRow() = default;
    explicit DecisionRow(std::vector<Cell> cells) : m_cells(std::move(cells)) {}

    const std::vector<Cell>& cells() const { return m_cells; }
    bool has(std::string_view column) const;
    const SqlValue& value(std::string_view column) const; ///< NULL when there is no such column
    bool isNull(std::string_view column) const;
    std::optional<std::string> text(std::string_view column) const;
    std::optional<std::int64_t> integer(std::string_view column) const;
    std::optional<double> number(std::string_view column) const;
    void set(std::string_view column, SqlValue value);

    std::string groupId() const { return text("group_id").value_or(""); }
    std::optional<Action> action() const;
    /// The names in `images`; InvalidInput when the column is not a JSON list of strings.
    Result<std::vector<std::string>> imageNames() const;

    bool operator==(const DecisionRow&) const = default;

private:
    std::vector<Cell> m_cells;
};

/// The row as one JSON object in column order; blobs become {"blob": hex}.
Json rowToJson(const DecisionRow& row);
/// The inverse. Errors: InvalidInput.
Result<DecisionRow> rowFromJson(const Json& value);
/// Canonical text for the ledger.
std::string rowText(const DecisionRow& row);

/// Appends a cell to the bytes that fingerprints and the ledger's baseline are made from: a type letter, the length and
/// the bytes of the value.
void appendCellBytes(std::string& out, const SqlValue& value);
/// All cells of the row in order.
std::string rowBytes(const DecisionRow& row);
/// 16 hex digits that change whenever any cell changes.
std::string rowFingerprint(const DecisionRow& row);

/// The shape of the ai_decisions table of one file.
struct DecisionTable {
    std::vector<std::string> columns;
    bool has(std::string_view column) const;
    /// True when every column that a decision writes is there (17; ai_crop_accepted may be missing).
    bool isComplete() const;
    /// Required columns that are missing, for the message.
    std::vector<std::string> missingColumns() const;
};

/// Errors: Unsupported when there is no table ai_decisions.
Result<DecisionTable> readDecisionTable(const Connection& connection);

/// "SELECT <all columns, by name> FROM ai_decisions", to which a caller appends its condition.
std::string selectRows(const DecisionTable& table);

/// The current row of a statement made from selectRows().
DecisionRow readRow(const Statement& statement, const DecisionTable& table);

/// One row by its key, or nothing.
Result<std::optional<DecisionRow>> findRow(const Connection& connection, const DecisionTable& table,
                                           std::string_view groupId);

} // namespace ps
