// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/suggestions.h"

#include "core/decisions/schema.h"
#include "core/decisions/suggestion_view.h"
#include "core/library/suggestion_settings.h"

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

namespace {

Suggestion suggestionAt(const Statement& row, bool hasOrigin)
{
    Suggestion suggestion;
    suggestion.modelId = row.text(0);
    suggestion.imageIndex = static_cast<int>(row.integer(1));
    suggestion.crop = cropOrNothing(row.optionalText(2));
    if (!row.isNull(3))
        suggestion.confidence = row.real(3);
    suggestion.reasons = reasonsFromText(row.text(4));
    if (hasOrigin) {
        suggestion.modelSha256 = row.text(5);
        suggestion.scores = scoresFromText(row.text(6));
        suggestion.inputsSha256 = row.text(7);
    }
    return suggestion;
}

} // namespace

Result<std::optional<Suggestion>> findSuggestion(const Connection& connection, std::string_view groupKey)
{
    PS_TRY(const bool hasSuggestions, hasTable(connection, "ps_suggestions"));
    if (!hasSuggestions)
        return std::optional<Suggestion>();
    PS_TRY(const auto version, ownSchemaVersion(connection));
    const bool hasOrigin = version.value_or(0) >= 3; // a project that is only viewed may be older
    PS_TRY(const auto settings, readSuggestionSettings(connection));
    std::string sql = "SELECT model_id, image_index, crop, confidence, reasons";
    sql += hasOrigin ? ", model_sha256, scores, inputs_sha256" : "";
    sql += " FROM ps_suggestions WHERE group_key=?1 AND (?2='' OR model_id=?2) ORDER BY ";
    sql += hasOrigin ? "created_at DESC, model_id DESC LIMIT 1" : "model_id DESC LIMIT 1";
    PS_TRY(const auto query, connection.borrow(sql));
    query->bind(groupKey, settings.activeModel);
    PS_TRY(const bool hasRow, query->step());
    return hasRow ? std::optional(suggestionAt(*query, hasOrigin)) : std::optional<Suggestion>();
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
    PS_TRY(const auto upsert, transaction.connection().borrow(
                                  "INSERT OR REPLACE INTO ps_suggestions (group_key, model_id, image_index, crop, "
                                  "confidence, reasons, model_sha256, scores, inputs_sha256, created_at) "
                                  "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)"));
    const auto textOrNull = [](const std::string& text) { return text.empty() ? SqlValue() : SqlValue(text); };
    if (suggestion.confidence)
        transaction.noteSuggestion(groupKey, *suggestion.confidence);
    return upsert->run(groupKey, suggestion.modelId, suggestion.imageIndex,
                       suggestion.crop ? SqlValue(cropText(*suggestion.crop)) : SqlValue(), suggestion.confidence,
                       reasonsText(suggestion.reasons), textOrNull(suggestion.modelSha256),
                       suggestion.scores.empty() ? SqlValue() : SqlValue(scoresText(suggestion.scores)),
                       textOrNull(suggestion.inputsSha256), formatTimestamp(transaction.now()));
}

} // namespace ps
