// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/row_text.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/exchange/text_quoting.h"

#include <array>
#include <charconv>
#include <cmath>

namespace ps {

bool isJsonColumn(std::string_view column)
{
    return column == "images" || column == "ai_crop_coords" || column == "final_crop_coords";
}

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Walks over a JSON text as long as it stands there as json.dumps writes it.
class DumpedJson
{
public:
    explicit DumpedJson(std::string_view text) : m_text(text) {}

    bool isList() { return !m_text.empty() && m_text.front() == '[' && value(0) && m_at == m_text.size(); }

private:
    static constexpr int kDeepest = 8;

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool accept(std::string_view part)
    {
        if (m_text.substr(m_at, part.size()) != part)
            return false;
        m_at += part.size();
        return true;
    }

    bool value(int depth)
    {
        switch (peek()) {
        case '[': return depth < kDeepest && list(depth);
        case '"': return string();
        case 'n': return accept("null");
        case 't': return accept("true");
        case 'f': return accept("false");
        default: return number();
        }
    }

    bool list(int depth)
    {
        ++m_at;
        if (accept("]"))
            return true;
        do {
            if (!value(depth + 1))
                return false;
        } while (accept(", "));
        return accept("]");
    }

    bool string()
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c == '\\' || c < ' ' || c >= 0x7F)
                return false;
        }
        return false;
    }

    std::size_t digits()
    {
        const std::size_t begin = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at - begin;
    }

    bool number()
    {
        const std::size_t begin = m_at;
        accept("-");
        const bool startsWithZero = peek() == '0';
        const std::size_t wholeDigits = digits();
        if (wholeDigits == 0 || wholeDigits > 15 || (startsWithZero && wholeDigits > 1))
            return false;
        if (!accept("."))
            return m_text.substr(begin, m_at - begin) != "-0"; // which Python reads as 0
        if (digits() == 0 || peek() == 'e' || peek() == 'E')
            return false;
        return isShortest(m_text.substr(begin, m_at - begin));
    }

    /// True when the digits are those that repr() of the number prints.
    static bool isShortest(std::string_view text)
    {
        double number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        if (std::abs(number) < 1e-4 && number != 0)
            return false;
        std::array<char, 48> buffer{};
        const auto end =
            std::to_chars(buffer.data(), buffer.data() + buffer.size() - 2, number, std::chars_format::fixed).ptr;
        std::string_view shortest(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
        if (shortest.find('.') != std::string_view::npos)
            return text == shortest;
        return text.starts_with(shortest) && text.substr(shortest.size()) == ".0";
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

void appendText(std::string& out, std::string_view column, std::string_view text)
{
    const bool mayBeJson = isJsonColumn(column) && (text.starts_with('[') || text.starts_with('{'));
    if (!mayBeJson) {
        appendJsonString(out, text);
    } else if (isDumpedJsonList(text)) {
        out += text;
    } else if (const auto parsed = parseJson(text)) {
        out += dumpJson(*parsed);
    } else {
        appendJsonString(out, text);
    }
}

} // namespace

bool isDumpedJsonList(std::string_view text)
{
    return DumpedJson(text).isList();
}

void appendJsonCell(std::string& out, std::string_view column, const SqlValue& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        appendInteger(out, *number);
    } else if (const auto* real = std::get_if<double>(&value)) {
        out += dumpJson(Json(*real));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        appendText(out, column, *text);
    } else if (const auto* blob = std::get_if<SqlBlob>(&value)) {
        out += "{\"blob\": \"" + hexEncode(blob->bytes) + "\"}";
    } else {
        out += "null";
    }
}

void appendJsonStringOrNull(std::string& out, std::string_view text)
{
    if (text.empty())
        out += "null";
    else
        appendJsonString(out, text);
}

} // namespace ps
