// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <unordered_map>

namespace ps {

namespace {

constexpr int kMaxDepth = 256;

/// Finds the members of an object that is being read: one by one while they are few, else by hash, so that a file of many
/// members takes no quadratic time.
class MemberIndex
{
public:
    std::optional<std::size_t> find(const Json::Object& members, const std::string& key) const
    {
        if (m_places.empty()) {
            const auto found = std::ranges::find(members, key, &Json::Member::first);
            return found == members.end() ? std::nullopt : std::optional<std::size_t>(found - members.begin());
        }
        const auto found = m_places.find(key);
        return found == m_places.end() ? std::nullopt : std::optional(found->second);
    }

    void append(Json::Object& members, std::string key, Json value)
    {
        members.emplace_back(std::move(key), std::move(value));
        if (members.size() < kFewMembers)
            return;
        for (std::size_t place = m_places.size(); place < members.size(); ++place)
            m_places.emplace(members[place].first, place);
    }

private:
    static constexpr std::size_t kFewMembers = 32;
    std::unordered_map<std::string, std::size_t> m_places;
};

class Parser
{
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    Result<Json> parseDocument()
    {
        PS_TRY(Json value, parseValue(0));
        skipBlanks();
        if (m_offset != m_text.size())
            return failure("extra data");
        return value;
    }

private:
    Error failure(std::string_view what) const
    {
        return {ErrorCode::InvalidInput, std::string(what) + " at byte " + std::to_string(m_offset), {}, 0};
    }

    bool atEnd() const { return m_offset >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_offset]; }

    void skipBlanks()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            ++m_offset;
    }

    bool take(std::string_view word)
    {
        if (!m_text.substr(m_offset).starts_with(word))
            return false;
        m_offset += word.size();
        return true;
    }

    Result<Json> parseValue(int depth)
    {
        skipBlanks();
        switch (peek()) {
        case '{': return parseObject(depth);
        case '[': return parseArray(depth);
        case '"': {
            PS_TRY(std::string text, parseString());
            return Json(std::move(text));
        }
        default: break;
        }
        if (take("null"))
            return Json();
        if (take("true"))
            return Json(true);
        if (take("false"))
            return Json(false);
        if (take("NaN"))
            return Json(std::numeric_limits<double>::quiet_NaN());
        if (take("Infinity"))
            return Json(std::numeric_limits<double>::infinity());
        if (take("-Infinity"))
            return Json(-std::numeric_limits<double>::infinity());
        return parseNumber();
    }

    Result<Json> parseObject(int depth)
    {
        if (depth >= kMaxDepth)
            return failure("nesting too deep");
        ++m_offset;
        Json::Object members;
        MemberIndex index;
        skipBlanks();
        if (peek() == '}') {
            ++m_offset;
            return Json(std::move(members));
        }
        for (;;) {
            skipBlanks();
            if (peek() != '"')
                return failure("expected a property name");
            PS_TRY(std::string key, parseString());
            skipBlanks();
            if (peek() != ':')
                return failure("expected ':'");
            ++m_offset;
            PS_TRY(Json value, parseValue(depth + 1));
            if (const auto earlier = index.find(members, key))
                members[*earlier].second = std::move(
                    value); // the last of repeated keys wins, in the place of the first
            else
                index.append(members, std::move(key), std::move(value));
            skipBlanks();
            const char next = peek();
            if (next != ',' && next != '}')
                return failure("expected ',' or '}'");
            ++m_offset;
            if (next == '}')
                return Json(std::move(members));
        }
    }

    Result<Json> parseArray(int depth)
    {
        if (depth >= kMaxDepth)
            return failure("nesting too deep");
        ++m_offset;
        Json::Array items;
        skipBlanks();
        if (peek() == ']') {
            ++m_offset;
            return Json(std::move(items));
        }
        for (;;) {
            PS_TRY(Json value, parseValue(depth + 1));
            items.push_back(std::move(value));
            skipBlanks();
            const char next = peek();
            if (next != ',' && next != ']')
                return failure("expected ',' or ']'");
            ++m_offset;
            if (next == ']')
                return Json(std::move(items));
        }
    }

    Result<char32_t> parseHex4()
    {
        if (m_offset + 4 > m_text.size())
            return failure("truncated \\u escape");
        std::uint32_t value = 0;
        const char* begin = m_text.data() + m_offset;
        const auto [end, error] = std::from_chars(begin, begin + 4, value, 16);
        if (error != std::errc{} || end != begin + 4)
            return failure("invalid \\u escape");
        m_offset += 4;
        return char32_t{value};
    }

    Result<void> parseUnicodeEscape(std::string& out)
    {
        PS_TRY(char32_t unit, parseHex4());
        if (unit >= 0xD800 && unit <= 0xDBFF && m_text.substr(m_offset).starts_with("\\u")) {
            const std::size_t afterHigh = m_offset;
            m_offset += 2;
            PS_TRY(const char32_t low, parseHex4());
            if (low >= 0xDC00 && low <= 0xDFFF) {
                appendUtf8(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
                return {};
            }
            m_offset = afterHigh;
        }
        if (unit >= 0xDC80 && unit <= 0xDCFF) {
            out.push_back(static_cast<char>(unit - 0xDC00)); // Python's surrogateescape: a byte that is not UTF-8
            return {};
        }
        if (unit >= 0xD800 && unit <= 0xDFFF)
            return failure("lone surrogate");
        appendUtf8(out, unit);
        return {};
    }

    Result<std::string> parseString()
    {
        ++m_offset;
        std::string out;
        for (;;) {
            if (atEnd())
                return failure("unterminated string");
            const char c = m_text[m_offset++];
            if (c == '"')
                return out;
            if (static_cast<unsigned char>(c) < 0x20)
                return failure("control character in a string");
            if (c != '\\') {
                out.push_back(c);
                continue;
            }
            const char escape = peek();
            ++m_offset;
            switch (escape) {
            case '"':
            case '\\':
            case '/': out.push_back(escape); break;
            case 'b': out.push_back('\b'); break;
            case 'f': out.push_back('\f'); break;
            case 'n': out.push_back('\n'); break;
            case 'r': out.push_back('\r'); break;
            case 't': out.push_back('\t'); break;
            case 'u': PS_TRY_VOID(parseUnicodeEscape(out)); break;
            default: return failure("invalid escape");
            }
        }
    }

    std::size_t countDigits(std::size_t from) const
    {
        std::size_t end = from;
        while (end < m_text.size() && m_text[end] >= '0' && m_text[end] <= '9')
            ++end;
        return end - from;
    }

    Result<Json> parseNumber()
    {
        const std::size_t begin = m_offset;
        std::size_t at = begin + (peek() == '-' ? 1 : 0);
        const std::size_t wholeDigits = countDigits(at);
        if (wholeDigits == 0)
            return failure("expected a value");
        at += m_text[at] == '0' ? 1 : wholeDigits;
        bool isFloat = false;
        if (at < m_text.size() && m_text[at] == '.') {
            const std::size_t digits = countDigits(at + 1);
            if (digits > 0) {
                isFloat = true;
                at += 1 + digits;
            }
        }
        if (at < m_text.size() && (m_text[at] == 'e' || m_text[at] == 'E')) {
            std::size_t exponent = at + 1;
            if (exponent < m_text.size() && (m_text[exponent] == '+' || m_text[exponent] == '-'))
                ++exponent;
            const std::size_t digits = countDigits(exponent);
            if (digits > 0) {
                isFloat = true;
                at = exponent + digits;
            }
        }
        m_offset = at;
        return makeNumber(m_text.substr(begin, at - begin), isFloat);
    }

    static Json makeNumber(std::string_view text, bool isFloat)
    {
        if (!isFloat) {
            if (const auto integer = parseInteger(text))
                return Json(*integer);
            return Json(Json::BigInteger{std::string(text)});
        }
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc::result_out_of_range) {
            // Beyond the range of a double Python reads infinity or zero.
            value = powerOfTen(text) > 0 ? std::numeric_limits<double>::infinity() : 0.0;
            if (text.starts_with('-'))
                value = -value;
        }
        return Json(value);
    }

    /// About the power of ten of a number, from the place of its first digit that counts and its exponent.
    static double powerOfTen(std::string_view text)
    {
        const std::size_t mantissaEnd = std::min(text.find_first_of("eE"), text.size());
        const std::string_view mantissa = text.substr(0, mantissaEnd);
        const double point = static_cast<double>(std::min(mantissa.find('.'), mantissa.size()));
        const double firstDigit = static_cast<double>(std::min(mantissa.find_first_of("123456789"), mantissa.size()));
        std::string_view exponent = text.substr(std::min(mantissaEnd + 1, text.size()));
        if (exponent.starts_with('+'))
            exponent.remove_prefix(1);
        const double limitless = std::numeric_limits<double>::infinity();
        const double shift = exponent.empty()
                                 ? 0
                                 : parseDouble(exponent).value_or(exponent[0] == '-' ? -limitless : limitless);
        return point - firstDigit + shift;
    }

    std::string_view m_text;
    std::size_t m_offset = 0;
};

} // namespace

Result<Json> parseJson(std::string_view text)
{
    return Parser(text).parseDocument();
}

} // namespace ps
