// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/dataset_readers.h"
#include "core/exchange/decision_fields.h"
#include "core/exchange/json_items.h"

namespace ps {

namespace {

/// One comparison as a decision about two images. A tie decides nothing.
Result<ImportedDecision> decisionOfPair(const Json& object)
{
    const Json& chosen = object["chosen"];
    const Json& rejected = object["rejected"];
    if (!chosen.isString() || !rejected.isString())
        return Error{ErrorCode::InvalidInput, "a tie is no decision", {}, 0};
    Json pair = object;
    pair.set("images", Json::array({chosen, rejected}));
    pair.set("selected_index", 0);
    return decisionFromJson(pair);
}

Result<void> takeLine(DatasetScope& scope, const std::string& path, const JsonLine& line)
{
    auto decision = line.object.contains("chosen") ? decisionOfPair(line.object) : decisionFromJson(line.object);
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
        if (name == "pairs.jsonl") { // says again what the samples say
            PS_TRY(const bool hasSamples, scope.hasFile(joinPath(parentPath(path), "samples.jsonl")));
            if (hasSamples)
                return {};
        }
        return eachJsonLine(scope, path, [&](const JsonLine& line) { return takeLine(scope, path, line); });
    });
}

} // namespace ps
