// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include "core/base/text.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <cmath>

namespace ps {

namespace {

/// str.isprintable() for one character.
bool isPythonPrintable(char32_t c)
{
    if (c == ' ')
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Separator_Space: return false;
    default: return true;
    }
}

void appendReprEscape(std::string& out, char32_t c)
{
    out += c < 0x100 ? "\\x" : c < 0x10000 ? "\\u" : "\\U";
    appendHex(out, c, c < 0x100 ? 2 : c < 0x10000 ? 4 : 8);
}

} // namespace

std::string pythonStringRepr(std::string_view bytes)
{
    const bool hasSingle = bytes.find('\'') != std::string_view::npos;
    const bool hasDouble = bytes.find('"') != std::string_view::npos;
    const char quote = hasSingle && !hasDouble ? '"' : '\'';
    std::string out(1, quote);
    for (std::size_t offset = 0; offset < bytes.size();) {
        const DecodedChar decoded = decodeUtf8(bytes, offset);
        const char32_t c = decoded.codePoint;
        if (decoded.isRawByte)
            appendReprEscape(out, 0xDC00 + c);
        else if (c == static_cast<unsigned char>(quote) || c == '\\')
            out += {'\\', static_cast<char>(c)};
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else if (isPythonPrintable(c))
            out.append(bytes.substr(offset, decoded.length));
        else
            appendReprEscape(out, c);
        offset += decoded.length;
    }
    out.push_back(quote);
    return out;
}

std::string pythonRepr(const Json& value)
{
    if (value.isNull())
        return "None";
    if (value.isBool())
        return value.toBool() ? "True" : "False";
    if (value.isInteger())
        return std::to_string(value.toInteger());
    if (value.isBigInteger())
        return value.bigDigits();
    if (value.isFloat())
        return pythonFloatRepr(value.toDouble());
    if (value.isString())
        return pythonStringRepr(value.toString());
    std::string out;
    if (value.isArray()) {
        for (const Json& item : value.items())
            out += (out.empty() ? "" : ", ") + pythonRepr(item);
        return "[" + out + "]";
    }
    for (const Json::Member& member : value.members())
        out += (out.empty() ? "" : ", ") + pythonStringRepr(member.first) + ": " + pythonRepr(member.second);
    return "{" + out + "}";
}

} // namespace ps
