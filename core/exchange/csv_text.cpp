// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_text.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/exchange/text_quoting.h"

#include <algorithm>
#include <array>

namespace ps {

namespace {

void appendQuoted(std::string& out, std::string_view text)
{
    out.push_back('"');
    for (std::size_t begin = 0;;) {
        const std::size_t quote = text.find('"', begin);
        out += text.substr(begin, quote - begin);
        if (quote == std::string_view::npos)
            break;
        out += "\"\"";
        begin = quote + 1;
    }
    out.push_back('"');
}

/// What begins a formula in some spreadsheet, also in the wide forms of East Asian keyboards.
bool beginsFormula(char32_t c)
{
    constexpr std::array<char32_t, 9> kBeginnings{U'=', U'+', U'-', U'@', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20, 0x2212};
    return std::ranges::find(kBeginnings, c) != kBeginnings.end();
}

/// Characters that a program may take for the end of a cell.
bool isSeparator(char32_t c)
{
    return c == ',' || c == ';' || c == '|' || c == '\t';
}

/// Characters that a program may drop from the beginning of a cell.
bool isDropped(char32_t c)
{
    return c == ' ' || c == '"' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200D) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF || c == 0xAD;
}

} // namespace

std::string spreadsheetText(std::string_view text)
{
    const std::string shown = displayText(text);
    std::string out;
    bool isAtBeginning = true;
    for (std::size_t offset = 0; offset < shown.size();) {
        const DecodedChar decoded = decodeUtf8(shown, offset);
        if (isAtBeginning && beginsFormula(decoded.codePoint))
            out.push_back('\'');
        isAtBeginning = isSeparator(decoded.codePoint) || (isAtBeginning && isDropped(decoded.codePoint));
        out.append(shown, offset, decoded.length);
        offset += decoded.length;
    }
    return out;
}

void appendCsvCell(std::string& out, const SqlValue& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        appendInteger(out, *number);
    else if (const auto* real = std::get_if<double>(&value))
        out += pythonFloatRepr(*real);
    else if (const auto* text = std::get_if<std::string>(&value))
        appendQuoted(out, *text);
    else if (const auto* blob = std::get_if<SqlBlob>(&value))
        out += "X'" + hexEncode(blob->bytes) + "'";
}

void appendSpreadsheetCell(std::string& out, const SqlValue& value)
{
    if (const auto* text = std::get_if<std::string>(&value))
        appendQuoted(out, spreadsheetText(*text));
    else
        appendCsvCell(out, value);
}

} // namespace ps
