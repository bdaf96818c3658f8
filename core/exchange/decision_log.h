// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/csv_reader.h"
#include "core/exchange/import_record.h"
#include "core/exchange/import_rules.h"

#include <variant>

namespace ps {

/// A share of the image from which on a crop is the full frame. Source: formats/decisions_v3.md 6.6.
constexpr double kFullFrameArea = 0.999;

/// Reads the rows of the scripts' CSV logs, whatever mixture of them one file holds: each row by its own shape, never by
/// the header. Source: formats/decisions_v3.md 6.1 to 6.6.
class DecisionLogParser
{
public:
    /// `projectId` is that of every row, or "" when it is looked for row by row.
    DecisionLogParser(const ImportRules& rules, std::string projectId, std::string file);

    using Row = std::variant<std::monostate, ImportedDecision, QuarantinedItem>;
    /// Nothing for a header. A decision may still lack its size, then a crop in pixels has no fractions.
    Row parse(const CsvRecord& record) const;

    /// Whether the first record of a file looks as if it were from such a log.
    static bool isKnownShape(const CsvRecord& record);

private:
    struct Draft;
    std::string readShape(Draft& draft) const;
    std::string readSelectCrop(Draft& draft) const;
    std::string readNineFields(Draft& draft) const;
    std::string readMinimal(Draft& draft) const;
    std::string readSelection(Draft& draft, std::size_t chosen, std::size_t negatives, std::size_t time) const;
    std::string readExtraction(Draft& draft) const;
    std::string readCoordinates(Draft& draft, std::size_t first) const;
    std::string readTime(Draft& draft, std::size_t field) const;
    void findProject(Draft& draft, const std::string& path, const std::string& named) const;

    const ImportRules& m_rules;
    std::string m_projectId;
    std::string m_file;
};

/// The order in which the scripts show images of a group. Source: formats/decisions_v3.md 4.2.
bool comesBefore(const std::string& a, const std::string& b);

/// Makes fractions of a crop in pixels once the size is known, and an approval of a full frame. Returns why that cannot be, ""
/// otherwise.
std::string settleCrop(ImportedDecision& decision);

} // namespace ps
