// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/exchange/delivery_writer.h"

#include <algorithm>
#include <array>

namespace ps {

namespace {

using namespace std::string_view_literals;

/// Source: formats/decisions_v3.md 9.2, with the other names that databases and sidecars have.
constexpr std::array kBannedSuffixes{"project.json"sv, "project.yml"sv, "manifest.json"sv, "md"sv,         "log"sv,
                                     "csv"sv,          "json"sv,        "sqlite"sv,        "sqlite3"sv,    "db"sv,
                                     "db3"sv,          "db-wal"sv,      "db-shm"sv,        "db-journal"sv, "lock"sv,
                                     "cropped"sv,      "decision"sv};

bool hasSuffix(std::string_view lowerName, std::string_view suffix)
{
    return lowerName.size() > suffix.size() + 1 && endsWith(lowerName, suffix) &&
           lowerName[lowerName.size() - suffix.size() - 1] == '.';
}

bool isSuffixCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

bool isBannedSuffix(std::string_view suffix)
{
    return std::ranges::any_of(
        kBannedSuffixes, [suffix](std::string_view banned) { return suffix == banned || hasSuffix(suffix, banned); });
}

Result<std::string> parseSuffix(std::string_view text)
{
    std::string suffix = toLowerAscii(text);
    if (startsWith(suffix, "."))
        suffix.erase(0, 1);
    const bool isSuffix = !suffix.empty() && std::ranges::all_of(suffix, isSuffixCharacter) && suffix.front() != '.' &&
                          suffix.back() != '.' && suffix.find("..") == std::string::npos;
    if (!isSuffix)
        return Error{ErrorCode::InvalidInput, "\"" + displayText(text) + "\" is no suffix of file names", {}, 0};
    if (isBannedSuffix(suffix))
        return Error{ErrorCode::InvalidInput,
                     "files with the suffix \"" + suffix +
                         "\" are never delivered: they belong to the work, not to its result",
                     {},
                     0};
    return suffix;
}

} // namespace

Result<AllowList> AllowList::parse(std::string_view text)
{
    AllowList list;
    std::string spaced(trimmed(text).empty() ? kUsualAllowList : text);
    std::ranges::replace_if(spaced, [](char c) { return c == ' ' || c == ';' || c == '\t' || c == '\n'; }, ',');
    for (const std::string& part : split(spaced, ',')) {
        if (part.empty())
            continue;
        PS_TRY(std::string suffix, parseSuffix(part));
        list.m_suffixes.push_back(std::move(suffix));
    }
    if (list.m_suffixes.empty())
        return Error{ErrorCode::InvalidInput, "the list of allowed suffixes is empty", {}, 0};
    std::ranges::sort(list.m_suffixes);
    list.m_suffixes.erase(std::unique(list.m_suffixes.begin(), list.m_suffixes.end()), list.m_suffixes.end());
    std::ranges::stable_sort(list.m_suffixes, std::greater<>(), [](const std::string& s) { return s.size(); });
    return list;
}

std::string AllowList::suffixOf(std::string_view name) const
{
    const std::string lower = toLowerAscii(name);
    const auto found = std::ranges::find_if(m_suffixes,
                                            [&lower](const std::string& suffix) { return hasSuffix(lower, suffix); });
    return found == m_suffixes.end() ? std::string() : *found;
}

std::string_view AllowList::refusalOf(std::string_view name) const
{
    const std::string lower = toLowerAscii(name);
    if (startsWith(name, "."))
        return "hidden";
    if (lower == "triplet_culler_log.csv" || lower == "thumbs.db" || lower == "desktop.ini")
        return "banned_name";
    if (isBannedSuffix(lower))
        return "banned_ext";
    if (!suffixOf(name).empty())
        return {};
    return lower.find('.') == std::string::npos ? "no_extension"sv : "not_allowed"sv;
}

} // namespace ps
