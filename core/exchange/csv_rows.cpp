// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_rows.h"

#include "core/base/text.h"
#include "core/exchange/csv_reader.h"

#include <algorithm>
#include <set>

namespace ps {

namespace {

/// Our field of each column, "" for one that is not wanted.
Result<std::vector<std::string>> fieldsOf(const std::vector<std::string>& head, const Json& columnMap,
                                          const std::string& path)
{
    if (columnMap.members().empty())
        return head;
    std::vector<std::string> fields(head.size());
    for (const auto& [field, column] : columnMap.members()) {
        const auto found = std::ranges::find(head, column.toString());
        if (!column.isString() || found == head.end())
            return Error{ErrorCode::InvalidInput,
                         "there is no column \"" + displayText(column.toString()) + "\" for " + displayText(field),
                         path, 0};
        fields[static_cast<std::size_t>(found - head.begin())] = field;
    }
    return fields;
}

bool hasTwins(const std::vector<std::string>& head)
{
    return std::set<std::string>(head.begin(), head.end()).size() != head.size();
}

} // namespace

Result<void> eachCsvRow(DatasetScope& scope, const std::string& path, const Json& columnMap,
                        const std::function<Result<void>(const CsvRow&)>& take)
{
    PS_TRY(const UniqueFd file, scope.openFile(path));
    CsvReader reader(file.get());
    std::vector<std::string> fields;
    CsvRow row;
    for (std::int64_t reported = 0;;) {
        PS_TRY_VOID(scope.checkStop());
        const auto isMore = reader.next();
        if (!isMore && isMore.error().code == ErrorCode::Unsupported) // UTF-16
            return scope.quarantine(path, 1, {}, isMore.error().message);
        if (!isMore)
            return isMore.error();
        scope.addProgress(reader.nextOffset() - std::exchange(reported, reader.nextOffset()));
        if (!*isMore)
            return {};
        const CsvRecord& record = reader.record();
        if (fields.empty()) {
            if (!record.problem.empty() || hasTwins(record.fields))
                return scope.quarantine(path, record.line, record.raw,
                                        record.problem.empty() ? "two columns have one name" : record.problem);
            PS_TRY(fields, fieldsOf(record.fields, columnMap, path));
            continue;
        }
        std::string problem = record.problem;
        if (problem.empty() && record.fields.size() != fields.size())
            problem = std::to_string(record.fields.size()) + " fields, expected " + std::to_string(fields.size());
        if (!problem.empty()) {
            PS_TRY_VOID(scope.quarantine(path, record.line, record.raw, problem));
            continue;
        }
        row.line = record.line;
        row.raw = record.raw;
        row.cells.clear();
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (!fields[i].empty())
                row.cells.emplace_back(fields[i], record.fields[i]);
        }
        PS_TRY_VOID(take(row));
    }
}

} // namespace ps
