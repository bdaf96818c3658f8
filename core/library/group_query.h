// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/value.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// The order of a list. Groups that have no value for it come last, in project order; equal ones are in project order.
struct GroupSort {
    enum class By {
        Project,
        Name,
        Decided,
        State,
        Stage,
        Sharpness,
        Images,
        Uncertain,      ///< the least sure suggestion first
        Disagreeing,    ///< first where a person overruled a sure suggestion
        Representative, ///< the picture that stands for most others first; see rank_columns.h
        Duplicates,     ///< sets of pictures that look alike, one behind the other
        Similar         ///< the most similar first, of the last search
    };
    By by = By::Project;
    bool isDescending = false;

    bool operator==(const GroupSort&) const = default;
};
/// "project", "name", "decided", "state", "stage", "sharpness", "images", "uncertain", "disagreeing", "representative",
/// "duplicates" or "similar".
std::string_view groupSortWord(GroupSort::By by);
/// The same the other way round, with "-" in front for descending. Errors: InvalidInput, which names the words.
Result<GroupSort> parseGroupSort(std::string_view text);

/// Which groups, in which order.
struct GroupQuery {
    std::string text; ///< the one query grammar, docs/formats/query.md; "" is everything
    GroupSort sort;

    bool operator==(const GroupQuery&) const = default;
};

/// A query as a condition on the table `groups g` of the catalogue.
struct ParsedQuery {
    std::string condition;        ///< SQL; "" when everything matches
    std::vector<SqlValue> values; ///< of ?1, ?2 ...

    bool matchesAll() const { return condition.empty(); }
};

/// Reads the grammar: field:value, field<value (also <= > >= =), "quoted text", -not, or, brackets; words beside each other
/// must all match, and a word without a field is looked for in names, keys and ids.
/// Errors: InvalidInput with the column (from 1) and what was expected there.
Result<ParsedQuery> parseGroupQuery(std::string_view text);

/// One field of the grammar, for help and completion.
struct QueryField {
    std::string_view name;
    std::string_view values; ///< "undecided approved ...", or what kind of value
};
std::span<const QueryField> queryFields();

} // namespace ps
