// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// One character of a byte string that is UTF-8 as far as it goes.
struct DecodedChar {
    char32_t codePoint = 0; ///< the character, or the byte itself (0x80..0xFF) when `isRawByte`
    std::size_t length = 1; ///< bytes used
    bool isRawByte = false; ///< the byte belongs to no valid UTF-8 sequence
};

/// Decodes the character at `offset`; overlong forms, surrogates and values above U+10FFFF count as raw bytes.
DecodedChar decodeUtf8(std::string_view bytes, std::size_t offset);

bool isValidUtf8(std::string_view bytes);

/// Appends `codePoint` as UTF-8.
void appendUtf8(std::string& out, char32_t codePoint);

/// A one-line form for people and for database text columns: valid UTF-8 always. Raw bytes, control characters and
/// direction marks are written as \xNN or \u{NNNN}, so that two different names never look alike by hidden characters.
std::string displayText(std::string_view bytes);

std::string toLowerAscii(std::string_view text);
bool startsWith(std::string_view text, std::string_view prefix);
bool endsWith(std::string_view text, std::string_view suffix);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view trimmed(std::string_view text);

/// Appends `value` as lower-case hex, padded with zeros to at least `digitCount`.
void appendHex(std::string& out, std::uint32_t value, int digitCount);
std::string hexEncode(std::string_view bytes);
std::optional<std::string> hexDecode(std::string_view text);

/// The whole text as a number, or nothing: no sign "+", no spaces, no trailing characters, never the locale's comma.
std::optional<std::int64_t> parseInteger(std::string_view text);
std::optional<double> parseDouble(std::string_view text);

} // namespace ps
