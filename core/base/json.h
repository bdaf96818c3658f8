// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ps {

/// A JSON value as Python's json module sees it: integers and floats differ, objects keep their order, and strings are
/// bytes in which invalid UTF-8 stands for Python's surrogate escapes, so that file names of any bytes survive.
class Json
{
public:
    using Array = std::vector<Json>;
    using Member = std::pair<std::string, Json>;
    using Object = std::vector<Member>;
    /// An integer outside 64 bits, as its decimal digits.
    struct BigInteger {
        std::string digits;
        bool operator==(const BigInteger&) const = default;
    };

    Json() = default;
    Json(std::nullptr_t) {}
    Json(bool value) : m_value(value) {}
    Json(int value) : m_value(std::int64_t{value}) {}
    Json(std::int64_t value) : m_value(value) {}
    Json(std::size_t value) : m_value(static_cast<std::int64_t>(value)) {}
    Json(double value) : m_value(value) {}
    Json(const char* value) : m_value(std::string(value)) {}
    Json(std::string_view value) : m_value(std::string(value)) {}
    Json(std::string value) : m_value(std::move(value)) {}
    Json(BigInteger value) : m_value(std::move(value)) {}
    Json(Array value) : m_value(std::move(value)) {}
    Json(Object value) : m_value(std::move(value)) {}

    static Json array(std::initializer_list<Json> items) { return Json(Array(items)); }
    static Json object(std::initializer_list<Member> members) { return Json(Object(members)); }

    bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    bool isBool() const { return std::holds_alternative<bool>(m_value); }
    bool isInteger() const { return std::holds_alternative<std::int64_t>(m_value); }
    bool isFloat() const { return std::holds_alternative<double>(m_value); }
    bool isBigInteger() const { return std::holds_alternative<BigInteger>(m_value); }
    bool isNumber() const { return isInteger() || isFloat() || isBigInteger(); }
    bool isString() const { return std::holds_alternative<std::string>(m_value); }
    bool isArray() const { return std::holds_alternative<Array>(m_value); }
    bool isObject() const { return std::holds_alternative<Object>(m_value); }

    /// The value of the asked type; the caller has checked it, or gets false, 0, "" or an empty container.
    bool toBool() const;
    std::int64_t toInteger() const;
    double toDouble() const;
    const std::string& toString() const;
    const Array& items() const;
    const Object& members() const;
    const std::string& bigDigits() const;

    /// The member `key` of an object, or null when there is none.
    const Json& operator[](std::string_view key) const;
    bool contains(std::string_view key) const;
    /// Replaces the member in place or appends it; a null becomes an object.
    void set(std::string_view key, Json value);
    void remove(std::string_view key);
    /// Appends to an array; a null becomes an array.
    void append(Json value);

    bool operator==(const Json&) const = default;

private:
    std::variant<std::monostate, bool, std::int64_t, double, BigInteger, std::string, Array, Object> m_value;
};

/// Parses one JSON text as json.loads does: NaN, Infinity and integers of any size are accepted, the last of repeated
/// keys wins, a byte order mark is not accepted.
/// Errors: InvalidInput with the byte offset; also for nesting deeper than 256, and for lone surrogates that stand for
/// no byte.
Result<Json> parseJson(std::string_view text);

/// What json.dumps(value) writes: ", " and ": " separators, ASCII only, shortest floats with ".0".
std::string dumpJson(const Json& value);

/// What json.dumps(value, indent=2) writes; no newline at the end.
std::string dumpJsonIndented(const Json& value);

/// What Python's repr() prints for the value that json.loads made: single-quoted strings, None, True, False.
std::string pythonRepr(const Json& value);

/// repr() of a Python str made from these bytes (surrogate escapes for bytes that are not UTF-8).
std::string pythonStringRepr(std::string_view bytes);

/// repr() of a Python float: shortest digits that read back equal, ".0" for whole numbers, exponents from 1e16 and 1e-05.
std::string pythonFloatRepr(double value);

/// Appends `text` as a JSON string literal in ASCII.
void appendJsonString(std::string& out, std::string_view text);

} // namespace ps
