// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/dataset_readers.h"
#include "core/exchange/decision_fields.h"
#include "core/exchange/json_items.h"

namespace ps {

namespace {

Result<void> takeLine(DatasetScope& scope, const std::string& path, const JsonLine& line)
{
    auto decision = decisionFromJson(line.object);
    if (!decision)
        return scope.quarantine(path, line.line, line.raw, decision.error().message);
    decision->origin = scope.origin(path, line.line, line.raw);
    return scope.decision(*std::move(decision));
}

} // namespace

Result<void> readJsonLines(DatasetScope& scope)
{
    return scope.eachFile([&](const std::string& path) -> Result<void> {
        const std::string_view name = fileName(path);
        if (!name.ends_with(".jsonl") || name == "release_items.jsonl")
            return {};
        return eachJsonLine(scope, path, [&](const JsonLine& line) { return takeLine(scope, path, line); });
    });
}

} // namespace ps
