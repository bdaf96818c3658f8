// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/query_fields.h"

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/library/group_entry.h"
#include "core/library/quality_filters.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace ps {

namespace {

constexpr std::array<FieldRule, 33> kRules{{
    {{"state", "undecided approved cropped crop-later rejected crop-accepted tie cannot-judge skipped"},
     FieldType::State,
     "g.state"},
    {{"action", "approve crop reject none"}, FieldType::Action, "g.state"},
    {{"kind", "group single oversize row"}, FieldType::Kind, "g.kind"},
    {{"finalized", "yes no"}, FieldType::YesNo, "g.is_finalized = 1"},
    {{"missing", "yes no"}, FieldType::YesNo, "g.missing_count > 0"},
    {{"disagreement", "yes no"}, FieldType::YesNo, "g.selection_match = 0"},
    {{"selection_match", "yes no none"}, FieldType::Match, "g.selection_match"},
    {{"crop_match", "yes no none"}, FieldType::Match, "g.crop_match"},
    {{"date", "2026 2026-01 2026-01-31 any none"}, FieldType::Date, "g.decided_at"},
    {{"stage", "a number"}, FieldType::Number, "g.stage"},
    {{"images", "a number"}, FieldType::Number, "g.image_count"},
    {{"quality", kQualityWords}, FieldType::Quality, ""},
    {{"sharpness", "a number any none"}, FieldType::Number, "g.sharpness"},
    {{"noise", "a number any none"}, FieldType::Number, "g.noise"},
    {{"exposure", "0 to 1 any none"}, FieldType::Number, "g.exposure"},
    {{"black", "0 to 1 any none"}, FieldType::Number, "g.dark_share"},
    {{"white", "0 to 1 any none"}, FieldType::Number, "g.bright_share"},
    {{"contrast", "0 to 0.5 any none"}, FieldType::Number, "g.contrast"},
    {{"megapixels", "a number any none"}, FieldType::Number, "g.megapixels"},
    {{"aspect", "a number any none"}, FieldType::Number, "g.aspect"},
    {{"upscaling", "0 to 1 any none"}, FieldType::Number, "g.upscaling"},
    {{"confidence", "0 to 1 any none"}, FieldType::Number, "g.confidence"},
    {{"duplicate", "yes no"}, FieldType::YesNo, "g.duplicate_set IS NOT NULL"},
    {{"similar", "a group key"}, FieldType::Similar, "g.key"},
    {{"annotator", "a name any none"}, FieldType::Word, "g.annotator"},
    {{"outcome", "a word any none"}, FieldType::Word, "g.outcome"},
    {{"flag", "a word any none"}, FieldType::Word, "g.flag"},
    {{"note", "a part of it"}, FieldType::Text, "g.note"},
    {{"directory", "a part of it"}, FieldType::Text, "g.directory"},
    {{"name", "a part of a file name"}, FieldType::Name, "g.name"},
    {{"id", "a group_id"}, FieldType::Key, "g.group_id"},
    {{"key", "a group key"}, FieldType::Key, "g.key"},
}};

Error wanted(std::string message)
{
    return Error{ErrorCode::InvalidInput, std::move(message), {}, 0};
}

std::string bound(std::vector<SqlValue>& values, SqlValue value)
{
    values.push_back(std::move(value));
    return "?" + std::to_string(values.size());
}

std::string_view operatorSql(QueryOperator comparison)
{
    switch (comparison) {
    case QueryOperator::Is: return " = ";
    case QueryOperator::Less: return " < ";
    case QueryOperator::AtMost: return " <= ";
    case QueryOperator::Greater: return " > ";
    case QueryOperator::AtLeast: return " >= ";
    }
    return " = ";
}

std::string isState(GroupState state)
{
    return "g.state = " + std::to_string(static_cast<int>(state));
}

Result<std::string> stateCondition(const FieldRule& rule, const std::string& value)
{
    for (std::size_t i = 0; i < kGroupStateCount; ++i) {
        if (const auto state = static_cast<GroupState>(i); value == groupStateWord(state))
            return isState(state);
    }
    return wanted("a state (" + std::string(rule.field.values) + ")");
}

Result<std::string> actionCondition(const FieldRule& rule, const std::string& value)
{
    const auto either = [](GroupState a, GroupState b) { return "(" + isState(a) + " OR " + isState(b) + ")"; };
    if (value == "approve")
        return either(GroupState::Approved, GroupState::CropAccepted);
    if (value == "crop")
        return either(GroupState::Cropped, GroupState::CropLater);
    if (value == "reject")
        return isState(GroupState::Rejected);
    if (value == "none")
        return std::string("g.state IN (") + std::to_string(static_cast<int>(GroupState::Undecided)) + "," +
               std::to_string(static_cast<int>(GroupState::Tie)) + "," +
               std::to_string(static_cast<int>(GroupState::CannotJudge)) + "," +
               std::to_string(static_cast<int>(GroupState::Skipped)) + ")";
    return wanted("an action (" + std::string(rule.field.values) + ")");
}

Result<std::string> kindCondition(const FieldRule& rule, const std::string& value)
{
    for (std::size_t i = 0; i < kGroupKindCount; ++i) {
        if (value == groupKindWord(static_cast<GroupKind>(i)))
            return "g.kind = " + std::to_string(i);
    }
    return wanted("a kind (" + std::string(rule.field.values) + ")");
}

Result<std::string> yesNoCondition(const FieldRule& rule, const std::string& value)
{
    if (value == "yes")
        return std::string(rule.column);
    if (value == "no")
        return "(" + std::string(rule.column) + ") IS NOT TRUE";
    return wanted("yes or no");
}

Result<std::string> matchCondition(const FieldRule& rule, const std::string& value)
{
    if (value == "yes" || value == "no")
        return std::string(rule.column) + (value == "yes" ? " = 1" : " = 0");
    if (value == "none")
        return std::string(rule.column) + " IS NULL";
    return wanted("yes, no or none");
}

/// "any" and "none" for columns that may be empty.
std::optional<std::string> presence(const FieldRule& rule, const std::string& value)
{
    if (value == "any")
        return std::string(rule.column) + " IS NOT NULL";
    if (value == "none")
        return std::string(rule.column) + " IS NULL";
    return std::nullopt;
}

Result<std::string> numberCondition(const FieldRule& rule, QueryOperator comparison, const std::string& value,
                                    std::vector<SqlValue>& values)
{
    if (const auto found = presence(rule, value); found && comparison == QueryOperator::Is)
        return *found;
    const auto number = parseDouble(value);
    if (!number)
        return wanted("a number");
    return std::string(rule.column) + std::string(operatorSql(comparison)) + bound(values, *number);
}

Result<std::string> qualityCondition(const std::string& value)
{
    for (const QualityFilter& filter : qualityFilters()) {
        if (filter.word != value)
            continue;
        std::string condition;
        for (const QualityFilter& part : qualityFilters()) { // "odd-size" is two of them
            if (part.word == value)
                condition += (condition.empty() ? "" : " OR ") + part.usualCondition();
        }
        return "(" + condition + ")";
    }
    if (value == kDuplicateWord)
        return std::string("g.duplicate_set IS NOT NULL");
    return wanted("one of " + std::string(kQualityWords));
}

/// A year, a month or a day of UTC: from its first instant to the first one behind it.
struct Period {
    std::int64_t beginUs = 0;
    std::int64_t endUs = 0;
};

std::optional<Period> parsePeriod(std::string_view text)
{
    using namespace std::chrono;
    const std::vector<std::string> parts = split(text, '-');
    std::array<std::int64_t, 3> numbers{0, 1, 1};
    constexpr std::array<std::size_t, 3> kDigits{4, 2, 2};
    if (parts.size() > numbers.size())
        return std::nullopt;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto number = parseInteger(parts[i]);
        if (!number || parts[i].size() != kDigits[i] || *number < 0)
            return std::nullopt;
        numbers[i] = *number;
    }
    const year_month_day first{year{static_cast<int>(numbers[0])}, month{static_cast<unsigned>(numbers[1])},
                               day{static_cast<unsigned>(numbers[2])}};
    if (!first.ok())
        return std::nullopt;
    const sys_days behind = parts.size() == 1   ? sys_days(first + years{1})
                            : parts.size() == 2 ? sys_days(first + months{1})
                                                : sys_days(first) + days{1};
    const auto us = [](sys_days day) { return duration_cast<microseconds>(day.time_since_epoch()).count(); };
    return Period{us(sys_days(first)), us(behind)};
}

Result<std::string> dateCondition(const FieldRule& rule, QueryOperator comparison, const std::string& value,
                                  std::vector<SqlValue>& values)
{
    if (const auto found = presence(rule, value); found && comparison == QueryOperator::Is)
        return *found;
    const auto period = parsePeriod(value);
    if (!period)
        return wanted("a date (2026, 2026-01 or 2026-01-31)");
    const std::string column(rule.column);
    switch (comparison) {
    case QueryOperator::Is: {
        const std::string begin = bound(values, period->beginUs);
        return "(" + column + " >= " + begin + " AND " + column + " < " + bound(values, period->endUs) + ")";
    }
    case QueryOperator::Less: return column + " < " + bound(values, period->beginUs);
    case QueryOperator::AtMost: return column + " < " + bound(values, period->endUs);
    case QueryOperator::Greater: return column + " >= " + bound(values, period->endUs);
    case QueryOperator::AtLeast: return column + " >= " + bound(values, period->beginUs);
    }
    return wanted("a comparison");
}

/// Names of all images of a group; a row without a group has one name.
std::string nameCondition(std::string_view text, std::vector<SqlValue>& values)
{
    const std::string needle = bound(values, toLowerAscii(text));
    return "(ps_name_has(g.name, " + needle +
           ") OR (g.image_count > 1 AND g.kind <> 3 AND EXISTS (SELECT 1 FROM images i WHERE i.ordinal = g.ordinal AND "
           "ps_name_has(i.path, " +
           needle + "))))";
}

} // namespace

std::span<const QueryField> queryFields()
{
    static const std::vector<QueryField> fields = [] {
        std::vector<QueryField> list;
        std::ranges::transform(kRules, std::back_inserter(list), &FieldRule::field);
        return list;
    }();
    return fields;
}

const FieldRule* findField(std::string_view name)
{
    const auto found = std::ranges::find(kRules, name, [](const FieldRule& rule) { return rule.field.name; });
    return found == kRules.end() ? nullptr : &*found;
}

bool isOrdered(const FieldRule& rule)
{
    return rule.type == FieldType::Number || rule.type == FieldType::Date;
}

std::string fieldNames()
{
    std::vector<std::string> names;
    for (const FieldRule& rule : kRules)
        names.emplace_back(rule.field.name);
    return join(names, ", ");
}

Result<std::string> fieldCondition(const FieldRule& rule, QueryOperator comparison, const std::string& value,
                                   std::vector<SqlValue>& values)
{
    switch (rule.type) {
    case FieldType::State: return stateCondition(rule, value);
    case FieldType::Action: return actionCondition(rule, value);
    case FieldType::Kind: return kindCondition(rule, value);
    case FieldType::YesNo: return yesNoCondition(rule, value);
    case FieldType::Match: return matchCondition(rule, value);
    case FieldType::Number: return numberCondition(rule, comparison, value, values);
    case FieldType::Date: return dateCondition(rule, comparison, value, values);
    case FieldType::Name: return nameCondition(value, values);
    case FieldType::Text:
        return "ps_text_has(" + std::string(rule.column) + ", " + bound(values, toLowerAscii(value)) + ")";
    case FieldType::Word: {
        if (const auto found = presence(rule, value))
            return *found;
        return std::string(rule.column) + " = " + bound(values, value);
    }
    case FieldType::Quality: return qualityCondition(value);
    case FieldType::Similar:
        return "(g.key <> '' AND g.key IN (SELECT s.group_key FROM similar s WHERE s.anchor = " + bound(values, value) +
               "))";
    case FieldType::Key: {
        const std::string column(rule.column);
        return "(" + column + " = " + bound(values, value) + " AND " + column + " <> '')";
    }
    }
    return wanted("a field");
}

std::string anyTextCondition(std::string_view text, std::vector<SqlValue>& values)
{
    const std::string exact = bound(values, std::string(text));
    return "(g.key = " + exact + " OR g.group_id = " + exact + " OR " + nameCondition(text, values) + ")";
}

} // namespace ps
