// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace ps {

namespace {

unsigned char byteAt(std::string_view bytes, std::size_t offset)
{
    return static_cast<unsigned char>(bytes[offset]);
}

struct CodePointRange {
    char32_t first;
    char32_t last;
};

/// Controls, separators of lines, marks of direction and what Unicode calls default ignorable; the variation selectors of
/// emoji (U+FE0F) stay, because they belong to the picture.
constexpr std::array<CodePointRange, 18> kHidden{{{0x00, 0x1F},
                                                  {0x7F, 0x9F},
                                                  {0xAD, 0xAD},
                                                  {0x034F, 0x034F},
                                                  {0x061C, 0x061C},
                                                  {0x115F, 0x1160},
                                                  {0x17B4, 0x17B5},
                                                  {0x180B, 0x180F},
                                                  {0x200B, 0x200F},
                                                  {0x2028, 0x202E},
                                                  {0x2060, 0x206F},
                                                  {0x3164, 0x3164},
                                                  {0xFEFF, 0xFEFF},
                                                  {0xFFA0, 0xFFA0},
                                                  {0xFFF0, 0xFFFB},
                                                  {0x1BCA0, 0x1BCA3},
                                                  {0x1D173, 0x1D17A},
                                                  {0xE0000, 0xE0FFF}}};

bool isHiddenOrDirectional(char32_t c)
{
    return std::ranges::any_of(kHidden,
                               [c](const CodePointRange& range) { return range.first <= c && c <= range.last; });
}

} // namespace

DecodedChar decodeUtf8(std::string_view bytes, std::size_t offset)
{
    const unsigned char first = byteAt(bytes, offset);
    if (first < 0x80)
        return {first, 1, false};
    const DecodedChar raw{first, 1, true};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || offset + length > bytes.size())
        return raw;
    char32_t codePoint = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned char next = byteAt(bytes, offset + i);
        if ((next & 0xC0U) != 0x80)
            return raw;
        codePoint = (codePoint << 6) | (next & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool isSurrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    if (codePoint < smallest[length] || codePoint > 0x10FFFF || isSurrogate)
        return raw;
    return {codePoint, length, false};
}

bool isValidUtf8(std::string_view bytes)
{
    for (std::size_t offset = 0; offset < bytes.size();) {
        const DecodedChar decoded = decodeUtf8(bytes, offset);
        if (decoded.isRawByte)
            return false;
        offset += decoded.length;
    }
    return true;
}

void appendUtf8(std::string& out, char32_t codePoint)
{
    const auto put = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xC0 | (codePoint >> 6));
        put(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        put(0xE0 | (codePoint >> 12));
        put(0x80 | ((codePoint >> 6) & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    } else {
        put(0xF0 | (codePoint >> 18));
        put(0x80 | ((codePoint >> 12) & 0x3F));
        put(0x80 | ((codePoint >> 6) & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    }
}

std::string displayText(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t offset = 0; offset < bytes.size();) {
        const DecodedChar decoded = decodeUtf8(bytes, offset);
        if (decoded.isRawByte) {
            out += "\\x";
            appendHex(out, decoded.codePoint, 2);
        } else if (isHiddenOrDirectional(decoded.codePoint)) {
            out += "\\u{";
            appendHex(out, decoded.codePoint, 4);
            out += "}";
        } else {
            out.append(bytes.substr(offset, decoded.length));
        }
        offset += decoded.length;
    }
    return out;
}

std::string toLowerAscii(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.starts_with(prefix);
}

bool endsWith(std::string_view text, std::string_view suffix)
{
    return text.ends_with(suffix);
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (;;) {
        const std::size_t end = text.find(separator, begin);
        if (end == std::string_view::npos) {
            parts.emplace_back(text.substr(begin));
            return parts;
        }
        parts.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator)
{
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            out += separator;
        out += parts[i];
    }
    return out;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

namespace {

constexpr std::string_view digits = "0123456789abcdef";

} // namespace

void appendHex(std::string& out, std::uint32_t value, int digitCount)
{
    for (int position = 7; position >= 0; --position) {
        const std::uint32_t rest = value >> (4 * position);
        if (rest != 0 || position < digitCount)
            out.push_back(digits[rest & 0xFU]);
    }
}

std::string hexEncode(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out.push_back(digits[byte >> 4U]);
        out.push_back(digits[byte & 0xFU]);
    }
    return out;
}

std::optional<std::string> hexDecode(std::string_view text)
{
    const auto nibble = [](char c) -> int {
        if (c >= '0' && c <= '9')
            return c - '0';
        if (c >= 'a' && c <= 'f')
            return c - 'a' + 10;
        return -1;
    };
    if (text.size() % 2 != 0)
        return std::nullopt;
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = nibble(text[i]);
        const int low = nibble(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return out;
}

namespace {

template <typename Number>
std::optional<Number> parseWhole(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    return parseWhole<std::int64_t>(text);
}

std::optional<double> parseDouble(std::string_view text)
{
    return parseWhole<double>(text);
}

} // namespace ps
