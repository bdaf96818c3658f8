// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_quoting.h"

#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace ps {

// ---- YAML ----------------------------------------------------------------------------------------------------------

namespace {

void appendEscape(std::string& out, std::string_view letter, char32_t value, int digitCount)
{
    out += letter;
    appendHex(out, value, digitCount);
}

void appendYamlCharacter(std::string& out, const DecodedChar& decoded)
{
    const char32_t c = decoded.codePoint;
    if (decoded.isRawByte)
        appendEscape(out, "\\u", 0xDC00 + c, 4); // as Python decodes such a byte
    else if (c == '"' || c == '\\')
        (out += '\\') += static_cast<char>(c);
    else if (c == '\n')
        out += "\\n";
    else if (c == '\r')
        out += "\\r";
    else if (c == '\t')
        out += "\\t";
    else if (c >= 0x20 && c < 0x7F)
        out.push_back(static_cast<char>(c));
    else if (c < 0x10000)
        appendEscape(out, "\\u", c, 4);
    else
        appendEscape(out, "\\U", c, 8); // pairs of surrogates mean nothing to YAML
}

} // namespace

void appendYamlString(std::string& out, std::string_view text)
{
    out.push_back('"');
    for (std::size_t offset = 0; offset < text.size();) {
        const DecodedChar decoded = decodeUtf8(text, offset);
        appendYamlCharacter(out, decoded);
        offset += decoded.length;
    }
    out.push_back('"');
}

// ---- XML -----------------------------------------------------------------------------------------------------------

bool isXmlText(std::string_view text)
{
    for (std::size_t offset = 0; offset < text.size();) {
        const DecodedChar decoded = decodeUtf8(text, offset);
        const char32_t c = decoded.codePoint;
        if (decoded.isRawByte || (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF)
            return false;
        offset += decoded.length;
    }
    return true;
}

void appendXml(std::string& out, std::string_view text)
{
    if (!isXmlText(text)) {
        appendXml(out, displayText(text));
        return;
    }
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        // As they are, readers would make other blanks of them.
        case '\t': out += "&#9;"; break;
        case '\n': out += "&#10;"; break;
        case '\r': out += "&#13;"; break;
        default: out.push_back(c);
        }
    }
}

// ---- numbers -------------------------------------------------------------------------------------------------------

void appendInteger(std::string& out, std::int64_t value)
{
    std::array<char, 24> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    out.append(buffer.data(), end);
}

void appendMillionths(std::string& out, std::int64_t millionths)
{
    constexpr std::int64_t kMillion = 1'000'000;
    appendInteger(out, millionths / kMillion);
    std::string decimals = std::to_string(kMillion + millionths % kMillion);
    decimals.front() = '.';
    out += decimals;
}

void appendPixels(std::string& out, double pixels)
{
    if (pixels == std::floor(pixels)) {
        appendInteger(out, static_cast<std::int64_t>(pixels));
        return;
    }
    std::array<char, 40> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), pixels, std::chars_format::fixed, 6).ptr;
    std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    text = text.substr(0, text.find_last_not_of('0') + 1);
    out += text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

// ---- names ---------------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t kLongestFolderName = 120;
constexpr std::size_t kKeptOfLongName = 96;
constexpr std::size_t kHashDigits = 12;

void appendPercent(std::string& out, char c)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(kDigits[byte >> 4U]);
    out.push_back(kDigits[byte & 15U]);
}

/// Names that Windows gives to devices, whatever stands behind a dot.
bool isDeviceName(std::string_view name)
{
    const std::string base = toLowerAscii(trimmed(name.substr(0, name.find('.'))));
    constexpr std::array<std::string_view, 4> kNames{"con", "prn", "aux", "nul"};
    if (std::ranges::find(kNames, base) != kNames.end())
        return true;
    return base.size() == 4 && (base.starts_with("com") || base.starts_with("lpt")) && base[3] >= '0' && base[3] <= '9';
}

std::string folderName(std::string_view realName)
{
    std::string encoded;
    for (std::size_t i = 0; i < realName.size(); ++i) {
        const char c = realName[i];
        const bool isWordCharacter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                     c == '_' || c == '-';
        const bool isInner = i > 0 && i + 1 < realName.size();
        const bool isKept = isWordCharacter || ((c == ' ' || c == '.') && isInner);
        if (!isKept || (i == 0 && (c == '-' || isDeviceName(realName))))
            appendPercent(encoded, c);
        else
            encoded.push_back(c);
    }
    if (encoded.empty())
        return "%";
    if (encoded.size() <= kLongestFolderName)
        return encoded;
    std::size_t kept = kKeptOfLongName;
    if (const std::size_t percent = encoded.rfind('%', kept - 1); percent != std::string::npos && percent + 3 > kept)
        kept = percent;
    return encoded.substr(0, kept) + "~" + sha256Hex(realName).substr(0, kHashDigits);
}

} // namespace

const std::string& EncodedNames::of(std::string_view realName)
{
    if (const auto found = m_encoded.find(realName); found != m_encoded.end())
        return found->second;
    std::string plain;
    if (m_kind == Kind::Folder)
        plain = folderName(realName);
    else
        plain = isXmlText(realName) ? std::string(realName) : displayText(realName);
    const auto compared = [this](const std::string& name) {
        return m_kind == Kind::Folder ? toLowerAscii(name) : name;
    };
    std::string encoded = plain;
    for (int number = 2; !m_taken.insert(compared(encoded)).second; ++number)
        encoded = plain + "~" + std::to_string(number);
    m_hasChanges = m_hasChanges || encoded != realName;
    return m_encoded.emplace(realName, std::move(encoded)).first->second;
}

std::string EncodedNames::mapText() const
{
    std::map<std::string, std::string> byEncoded;
    for (const auto& [real, encoded] : m_encoded)
        byEncoded.emplace(encoded, real);
    Json::Object members;
    for (const auto& [encoded, real] : byEncoded)
        members.emplace_back(encoded, real);
    return dumpJsonIndented(Json(std::move(members))) + "\n";
}

std::string webDatasetKey(std::string_view stem)
{
    std::string key;
    for (const char c : stem) {
        if (c == '.' || c == '%')
            appendPercent(key, c);
        else
            key.push_back(c);
    }
    return key;
}

std::string_view stemOf(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

} // namespace ps
