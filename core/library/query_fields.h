// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The fields of the query grammar; for group_query.cpp only.
#include "core/library/group_query.h"

namespace ps {

enum class QueryOperator { Is, Less, AtMost, Greater, AtLeast };

/// How the values of a field are read and compared.
enum class FieldType { State, Action, Kind, YesNo, Match, Number, Date, Word, Text, Name, Key, Quality, Similar };

struct FieldRule {
    QueryField field;
    FieldType type;
    std::string_view column; ///< SQL
};

const FieldRule* findField(std::string_view name);
/// All names, for a message.
std::string fieldNames();

/// True when its values can be compared with < and >.
bool isOrdered(const FieldRule& rule);

/// The SQL of one comparison; values are appended. The message of an error says what was expected in place of the value.
Result<std::string> fieldCondition(const FieldRule& field, QueryOperator comparison, const std::string& value,
                                   std::vector<SqlValue>& values);

/// A word without a field.
std::string anyTextCondition(std::string_view text, std::vector<SqlValue>& values);

} // namespace ps
