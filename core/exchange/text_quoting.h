// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace ps {

/// Appends `text` as a YAML scalar in double quotes and in ASCII: readers give back the same characters, whatever they are.
void appendYamlString(std::string& out, std::string_view text);

/// True when an XML 1.0 document can hold the text: UTF-8 without control characters other than tab, LF and CR.
bool isXmlText(std::string_view text);
/// Appends text for the inside of an element or of an attribute in double quotes. What XML cannot hold is written as
/// displayText() writes it.
void appendXml(std::string& out, std::string_view text);

void appendInteger(std::string& out, std::int64_t value);
/// Appends millionths as a number with six decimals: 250000 as "0.250000". Not negative.
void appendMillionths(std::string& out, std::int64_t millionths);
/// Appends pixels: a whole number without a point, a fraction with at most six decimals.
void appendPixels(std::string& out, double pixels);

/// Names of classes in a form that folders or XML can hold, and the way back.
class EncodedNames
{
public:
    enum class Kind {
        Folder, ///< A-Z a-z 0-9 _ - and inner blanks and dots stay, other bytes are %XX; unique also ignoring case
        Xml,    ///< only what XML cannot hold changes
    };
    explicit EncodedNames(Kind kind) : m_kind(kind) {}

    /// The encoded form; the same one for the same name. A name that would look like an earlier one gets "~2", "~3" behind it.
    const std::string& of(std::string_view realName);
    /// True when a name is not its own encoded form.
    bool hasChanges() const { return m_hasChanges; }
    /// The JSON object encoded -> real, sorted, with a newline at its end.
    std::string mapText() const;

private:
    Kind m_kind;
    bool m_hasChanges = false;
    std::map<std::string, std::string, std::less<>> m_encoded; ///< real -> encoded
    std::set<std::string, std::less<>> m_taken;                ///< in the form in which two names must differ
};

/// A stem as the key of a WebDataset sample, which ends at the first dot: dots and percent signs become %2E and %25.
std::string webDatasetKey(std::string_view stem);

/// The part of a file name before its last dot; the whole name when there is none behind the first character.
std::string_view stemOf(std::string_view name);

} // namespace ps
