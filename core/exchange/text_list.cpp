// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/exchange/csv_reader.h"

namespace ps {

namespace {

/// Reads one list of string literals. Every function leaves m_at behind what it has read.
class TextListParser
{
public:
    explicit TextListParser(std::string_view text) : m_text(text) {}

    Result<std::vector<std::string>> parse()
    {
        std::vector<std::string> items;
        skipSpaces();
        if (m_at == m_text.size())
            return items;
        if (!take('['))
            return refusal("a list begins with \"[\"");
        skipSpaces();
        while (!take(']')) {
            PS_TRY(std::string item, parseLiteral());
            items.push_back(std::move(item));
            skipSpaces();
            if (take(','))
                skipSpaces();
            else if (peek() != ']')
                return refusal("expected \",\" or \"]\"");
        }
        skipSpaces();
        if (m_at != m_text.size())
            return refusal("text behind the list");
        return items;
    }

private:
    Error refusal(std::string_view reason) const
    {
        return {ErrorCode::InvalidInput, std::string(reason) + " at byte " + std::to_string(m_at), {}, 0};
    }
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    void skipSpaces()
    {
        while (m_at < m_text.size() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            ++m_at;
    }

    Result<std::string> parseLiteral()
    {
        const char quote = peek();
        if (quote != '\'' && quote != '"')
            return refusal("a list of texts holds something else");
        ++m_at;
        std::string out;
        while (m_at < m_text.size() && peek() != quote) {
            if (take('\\')) {
                PS_TRY_VOID(appendEscape(out));
            } else {
                out += m_text[m_at++];
            }
        }
        if (!take(quote))
            return refusal("a text that is not closed");
        return out;
    }

    Result<void> appendEscape(std::string& out)
    {
        constexpr std::string_view kLetters = "abfnrtv\\'\"/\n";
        constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\'\"/";
        const char letter = peek();
        ++m_at;
        if (letter == 'x')
            return appendCodePoint(out, 2);
        if (letter == 'u')
            return appendCodePoint(out, 4);
        if (letter == 'U')
            return appendCodePoint(out, 8);
        const std::size_t index = kLetters.find(letter);
        if (index == std::string_view::npos || letter == '\0')
            return refusal("an escape that is not known");
        if (index < kValues.size()) // a backslash before the end of a line joins the lines
            out += kValues[index];
        return {};
    }

    Result<char32_t> hexDigits(std::size_t count)
    {
        char32_t value = 0;
        for (std::size_t i = 0; i < count; ++i, ++m_at) {
            const char c = peek();
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0)
                return refusal("an escape with too few hex digits");
            value = value * 16 + static_cast<char32_t>(digit);
        }
        return value;
    }

    Result<void> appendCodePoint(std::string& out, std::size_t digitCount)
    {
        PS_TRY(char32_t value, hexDigits(digitCount));
        const bool isHighHalf = value >= 0xD800 && value < 0xDC00;
        if (isHighHalf && m_text.substr(m_at, 2) == "\\u") { // JSON writes characters beyond U+FFFF as two halves
            m_at += 2;
            PS_TRY(const char32_t low, hexDigits(4));
            if (low < 0xDC00 || low > 0xDFFF)
                return refusal("half a character");
            value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
        }
        if (value >= 0xDC80 && value <= 0xDCFF) {
            out += static_cast<char>(value - 0xDC00);
            return {};
        }
        if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF)
            return refusal("half a character");
        appendUtf8(out, value);
        return {};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

Result<std::vector<std::string>> parseTextList(std::string_view text)
{
    return TextListParser(text).parse();
}

} // namespace ps
