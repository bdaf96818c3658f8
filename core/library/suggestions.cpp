// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/suggestions.h"

#include <algorithm>

namespace ps {

namespace {

std::optional<Crop> cropOrNothing(const std::optional<std::string>& text)
{
    const auto crop = text ? parseCrop(*text) : Result<Crop>(Error{});
    return crop ? std::optional(*crop) : std::nullopt;
}

} // namespace

std::optional<Suggestion> suggestionOfRow(const DecisionRow& row)
{
    const auto index = row.integer("ai_selected_index");
    const auto names = row.imageNames();
    if (!index || !names || *index < 0 || *index >= std::ssize(*names))
        return std::nullopt;
    auto confidence = row.number("ai_confidence");
    if (confidence && !(*confidence >= 0 && *confidence <= 1))
        confidence.reset();
    return Suggestion{{}, static_cast<int>(*index), cropOrNothing(row.text("ai_crop_coords")), confidence, {}};
}

Result<std::optional<Suggestion>> findSuggestion(const Connection& connection, std::string_view groupKey)
{
    PS_TRY(const bool hasSuggestions, hasTable(connection, "ps_suggestions"));
    if (!hasSuggestions)
        return std::optional<Suggestion>();
    PS_TRY(const auto query,
           connection.borrow("SELECT model_id, image_index, crop, confidence, reasons FROM ps_suggestions "
                             "WHERE group_key=?1 ORDER BY model_id DESC LIMIT 1"));
    query->bind(groupKey);
    PS_TRY(const bool hasRow, query->step());
    if (!hasRow)
        return std::optional<Suggestion>();
    Suggestion suggestion;
    suggestion.modelId = query->text(0);
    suggestion.imageIndex = static_cast<int>(query->integer(1));
    suggestion.crop = cropOrNothing(query->optionalText(2));
    if (!query->isNull(3))
        suggestion.confidence = query->real(3);
    if (const auto reasons = parseJson(query->text(4)); reasons) {
        for (const Json& reason : reasons->items())
            suggestion.reasons.push_back(reason.toString());
    }
    return std::optional(std::move(suggestion));
}

Result<std::optional<Suggestion>> findPrediction(const Connection& predictions, const std::vector<std::string>& names)
{
    Json::Array list;
    for (const std::string& name : names)
        list.emplace_back(name);
    PS_TRY(const DecisionTable table, readDecisionTable(predictions));
    PS_TRY(const auto query, predictions.borrow(selectRows(table) + " WHERE images=?1 LIMIT 1"));
    query->bind(dumpJson(Json(std::move(list))));
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? suggestionOfRow(readRow(*query, table)) : std::optional<Suggestion>();
}

Result<void> storeSuggestion(StoreTransaction& transaction, std::string_view groupKey, const Suggestion& suggestion)
{
    Json::Array reasons;
    for (const std::string& reason : suggestion.reasons)
        reasons.emplace_back(reason);
    PS_TRY(const auto upsert,
           transaction.connection().borrow("INSERT OR REPLACE INTO ps_suggestions VALUES (?1,?2,?3,?4,?5,?6)"));
    return upsert->run(groupKey, suggestion.modelId, suggestion.imageIndex,
                       suggestion.crop ? SqlValue(cropText(*suggestion.crop)) : SqlValue(), suggestion.confidence,
                       dumpJson(Json(std::move(reasons))));
}

} // namespace ps
