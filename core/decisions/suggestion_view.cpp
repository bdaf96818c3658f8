// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/suggestion_view.h"

#include "core/base/json.h"

#include <array>

namespace ps {

namespace {

constexpr std::array<std::pair<SuggestionArm, std::string_view>, 5> kNames{{{SuggestionArm::Shown, "shown"},
                                                                            {SuggestionArm::Hidden, "hidden"},
                                                                            {SuggestionArm::BelowBar, "below bar"},
                                                                            {SuggestionArm::Suspended, "suspended"},
                                                                            {SuggestionArm::None, "none"}}};

constexpr std::string_view kColumns =
    "ledger_seq, group_key, group_id, timestamp, arm, was_visible, model_id, model_sha256, image_index, crop, "
    "confidence, scores, reasons, image_count, action, selected_index, is_first, is_standing";

SqlValue textOrNull(const std::string& text)
{
    return text.empty() ? SqlValue() : SqlValue(text);
}

Result<RecordedView> readView(const Statement& row)
{
    const auto arm = parseSuggestionArm(row.text(4));
    if (!arm)
        return Error{ErrorCode::Corrupt, "a suggestion view of a newer kind", std::string(row.text(4)), 0};
    RecordedView found;
    found.ledgerSeq = row.integer(0);
    found.groupKey = row.text(1);
    found.groupId = row.text(2);
    found.timestamp = row.text(3);
    found.view.arm = *arm;
    found.view.wasVisible = row.integer(5) != 0;
    found.view.modelId = row.text(6);
    found.view.modelSha256 = row.text(7);
    if (!row.isNull(8))
        found.view.imageIndex = static_cast<int>(row.integer(8));
    if (const auto crop = parseCrop(row.text(9)); crop)
        found.view.crop = *crop;
    if (!row.isNull(10))
        found.view.confidence = row.real(10);
    found.view.scores = scoresFromText(row.text(11));
    found.view.reasons = reasonsFromText(row.text(12));
    found.imageCount = static_cast<int>(row.integer(13));
    found.action = row.text(14);
    found.selectedIndex = static_cast<int>(row.integer(15));
    found.isFirst = row.integer(16) != 0;
    found.isStanding = row.integer(17) != 0;
    return found;
}

} // namespace

std::string_view suggestionArmName(SuggestionArm arm)
{
    for (const auto& [value, name] : kNames) {
        if (value == arm)
            return name;
    }
    return {};
}

std::optional<SuggestionArm> parseSuggestionArm(std::string_view name)
{
    for (const auto& [value, known] : kNames) {
        if (known == name)
            return value;
    }
    return std::nullopt;
}

Result<void> recordView(const Connection& connection, RecordedView recorded)
{
    const SuggestionView& view = recorded.view;
    PS_TRY(const auto earlier,
           connection.borrow("SELECT 1 FROM ps_suggestion_views WHERE group_key=?1 AND ledger_seq<>?2 LIMIT 1"));
    earlier->bind(recorded.groupKey, recorded.ledgerSeq);
    PS_TRY(const bool wasDecidedBefore, earlier->step());
    PS_TRY(const auto insert,
           connection.borrow("INSERT INTO ps_suggestion_views (" + std::string(kColumns) +
                             ") VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)"));
    return insert->run(
        recorded.ledgerSeq, recorded.groupKey, recorded.groupId, recorded.timestamp, suggestionArmName(view.arm),
        view.wasVisible ? 1 : 0, textOrNull(view.modelId), textOrNull(view.modelSha256), view.imageIndex,
        view.crop ? SqlValue(cropText(*view.crop)) : SqlValue(), view.confidence,
        view.scores.empty() ? SqlValue() : SqlValue(scoresText(view.scores)),
        view.imageIndex ? SqlValue(reasonsText(view.reasons)) : SqlValue(), recorded.imageCount, recorded.action,
        recorded.selectedIndex, recorded.isFirst && !wasDecidedBefore ? 1 : 0, recorded.isStanding ? 1 : 0);
}

Result<void> setViewStanding(const Connection& connection, std::int64_t ledgerSeq, bool isStanding)
{
    PS_TRY(const auto update, connection.borrow("UPDATE ps_suggestion_views SET is_standing=?2 WHERE ledger_seq=?1"));
    return update->run(ledgerSeq, isStanding ? 1 : 0);
}

Result<std::optional<RecordedView>> findView(const Connection& connection, std::string_view groupKey)
{
    PS_TRY(const bool hasViews, hasTable(connection, "ps_suggestion_views"));
    if (!hasViews)
        return std::optional<RecordedView>();
    PS_TRY(const auto query, connection.borrow("SELECT " + std::string(kColumns) +
                                               " FROM ps_suggestion_views WHERE group_key=?1 AND is_standing=1 "
                                               "ORDER BY ledger_seq DESC LIMIT 1"));
    query->bind(groupKey);
    PS_TRY(const bool hasRow, query->step());
    if (!hasRow)
        return std::optional<RecordedView>();
    PS_TRY(RecordedView found, readView(*query));
    return std::optional(std::move(found));
}

Result<std::vector<RecordedView>> readCountedViews(const Connection& connection, std::string_view modelId,
                                                   std::int64_t most)
{
    std::vector<RecordedView> views;
    PS_TRY(const bool hasViews, hasTable(connection, "ps_suggestion_views"));
    if (!hasViews)
        return views;
    // A decision that was withdrawn by an outcome has no row any more.
    PS_TRY(const auto query,
           connection.borrow("SELECT " + std::string(kColumns) +
                             " FROM ps_suggestion_views AS v WHERE is_first=1 AND is_standing=1 AND arm<>'none' AND "
                             "image_count>1 AND action<>'reject' AND (?1='' OR model_id=?1) AND "
                             "EXISTS (SELECT 1 FROM ai_decisions AS d WHERE d.group_id=v.group_id) "
                             "ORDER BY ledger_seq DESC LIMIT ?2"));
    query->bind(modelId, most > 0 ? most : std::int64_t{-1});
    for (;;) {
        PS_TRY(const bool hasRow, query->step());
        if (!hasRow)
            return views;
        PS_TRY(RecordedView found, readView(*query));
        views.push_back(std::move(found));
    }
}

std::string scoresText(const std::vector<std::optional<double>>& scores)
{
    Json::Array list;
    for (const auto& score : scores)
        list.push_back(score ? Json(*score) : Json());
    return dumpJson(Json(std::move(list)));
}

std::vector<std::optional<double>> scoresFromText(std::string_view text)
{
    std::vector<std::optional<double>> scores;
    if (const auto list = parseJson(text); list) {
        for (const Json& score : list->items())
            scores.push_back(score.isNumber() ? std::optional(score.toDouble()) : std::nullopt);
    }
    return scores;
}

std::string reasonsText(const std::vector<std::string>& reasons)
{
    Json::Array list;
    for (const std::string& reason : reasons)
        list.emplace_back(reason);
    return dumpJson(Json(std::move(list)));
}

std::vector<std::string> reasonsFromText(std::string_view text)
{
    std::vector<std::string> reasons;
    if (const auto list = parseJson(text); list) {
        for (const Json& reason : list->items())
            reasons.push_back(reason.toString());
    }
    return reasons;
}

} // namespace ps
