// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace ps {

std::string pythonFloatRepr(double value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value > 0 ? "inf" : "-inf";
    std::array<char, 40> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                      std::chars_format::scientific);
    const std::string_view scientific(buffer.data(), static_cast<std::size_t>(result.ptr - buffer.data()));

    const bool isNegative = scientific.starts_with('-');
    const std::size_t exponentAt = scientific.find('e');
    std::string digits;
    for (const char c : scientific.substr(0, exponentAt)) {
        if (c >= '0' && c <= '9')
            digits.push_back(c);
    }
    int exponent = 0;
    const char* exponentText = scientific.data() + exponentAt + 1;
    if (*exponentText == '+')
        ++exponentText;
    std::from_chars(exponentText, scientific.data() + scientific.size(), exponent);

    std::string out = isNegative ? "-" : "";
    const int digitCount = static_cast<int>(digits.size());
    if (exponent < -4 || exponent >= 16) {
        out += digits.substr(0, 1);
        if (digitCount > 1)
            out += "." + digits.substr(1);
        const int magnitude = std::abs(exponent);
        out += exponent < 0 ? "e-" : "e+";
        return out + (magnitude < 10 ? "0" : "") + std::to_string(magnitude);
    }
    if (exponent < 0)
        return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    if (digitCount <= exponent + 1)
        return out + digits + std::string(static_cast<std::size_t>(exponent + 1 - digitCount), '0') + ".0";
    const auto whole = static_cast<std::size_t>(exponent + 1);
    return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

namespace {

void appendUnicodeEscape(std::string& out, char32_t unit)
{
    out += "\\u";
    appendHex(out, unit, 4);
}

void appendEscapedCharacter(std::string& out, const DecodedChar& decoded)
{
    const char32_t c = decoded.codePoint;
    if (decoded.isRawByte) {
        appendUnicodeEscape(out, 0xDC00 + c);
        return;
    }
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    default: break;
    }
    if (c >= 0x20 && c < 0x7F) {
        out.push_back(static_cast<char>(c));
    } else if (c < 0x10000) {
        appendUnicodeEscape(out, c);
    } else {
        appendUnicodeEscape(out, 0xD800 + ((c - 0x10000) >> 10));
        appendUnicodeEscape(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
    }
}

std::string jsonFloat(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "Infinity" : "-Infinity";
    return pythonFloatRepr(value);
}

class Writer
{
public:
    explicit Writer(int indent) : m_indent(indent) {}

    void write(const Json& value, int depth)
    {
        if (value.isArray())
            writeArray(value.items(), depth);
        else if (value.isObject())
            writeObject(value.members(), depth);
        else
            writeScalar(value);
    }

    std::string take() { return std::move(m_out); }

private:
    void writeScalar(const Json& value)
    {
        if (value.isNull())
            m_out += "null";
        else if (value.isBool())
            m_out += value.toBool() ? "true" : "false";
        else if (value.isInteger())
            m_out += std::to_string(value.toInteger());
        else if (value.isBigInteger())
            m_out += value.bigDigits();
        else if (value.isFloat())
            m_out += jsonFloat(value.toDouble());
        else
            appendJsonString(m_out, value.toString());
    }

    void breakLine(int depth)
    {
        if (m_indent > 0) {
            m_out.push_back('\n');
            m_out.append(static_cast<std::size_t>(depth * m_indent), ' ');
        }
    }

    void separate(bool isFirst, int depth)
    {
        if (!isFirst)
            m_out += m_indent > 0 ? "," : ", ";
        breakLine(depth);
    }

    void writeArray(const Json::Array& items, int depth)
    {
        m_out.push_back('[');
        bool isFirst = true;
        for (const Json& item : items) {
            separate(isFirst, depth + 1);
            write(item, depth + 1);
            isFirst = false;
        }
        if (!items.empty())
            breakLine(depth);
        m_out.push_back(']');
    }

    void writeObject(const Json::Object& members, int depth)
    {
        m_out.push_back('{');
        bool isFirst = true;
        for (const Json::Member& member : members) {
            separate(isFirst, depth + 1);
            appendJsonString(m_out, member.first);
            m_out += ": ";
            write(member.second, depth + 1);
            isFirst = false;
        }
        if (!members.empty())
            breakLine(depth);
        m_out.push_back('}');
    }

    int m_indent;
    std::string m_out;
};

} // namespace

void appendJsonString(std::string& out, std::string_view text)
{
    out.push_back('"');
    for (std::size_t offset = 0; offset < text.size();) {
        // Most text needs no escape: it is taken over in long pieces.
        std::size_t end = offset;
        while (end < text.size() && text[end] >= ' ' && text[end] < 0x7F && text[end] != '"' && text[end] != '\\')
            ++end;
        out.append(text.substr(offset, end - offset));
        if (end == text.size())
            break;
        const DecodedChar decoded = decodeUtf8(text, end);
        appendEscapedCharacter(out, decoded);
        offset = end + decoded.length;
    }
    out.push_back('"');
}

std::string dumpJson(const Json& value)
{
    Writer writer(0);
    writer.write(value, 0);
    return writer.take();
}

std::string dumpJsonIndented(const Json& value)
{
    Writer writer(2);
    writer.write(value, 0);
    return writer.take();
}

} // namespace ps
