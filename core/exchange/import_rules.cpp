// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_rules.h"

#include "core/base/text.h"
#include "core/decisions/group_id.h"

#include <algorithm>

namespace ps {

namespace {

using namespace std::chrono;

constexpr std::string_view kEasternTime = "America/New_York";

/// Minutes east of UTC of a local time in the east of the United States: summer time from the second Sunday of March to the
/// first one of November, at two o'clock (the rule since 2007).
int easternOffsetMinutes(sys_time<microseconds> local)
{
    const auto day = floor<days>(local);
    const year_month_day date(day);
    const auto starts = sys_days(date.year() / March / Sunday[2]) + hours(2);
    const auto ends = sys_days(date.year() / November / Sunday[1]) + hours(2);
    return local >= starts && local < ends ? -4 * 60 : -5 * 60;
}

/// Whether `text` has digits where `pattern` has '0' and else the same characters.
bool hasShape(std::string_view text, std::string_view pattern)
{
    return text.size() == pattern.size() &&
           std::ranges::equal(text, pattern, [](char c, char p) { return p == '0' ? c >= '0' && c <= '9' : c == p; });
}

/// "20250705_230713" as "2025-07-05T23:07:13".
std::optional<std::string> isoOfStamp(std::string_view text)
{
    if (!hasShape(text, "00000000_000000"))
        return std::nullopt;
    const auto part = [text](std::size_t at, std::size_t count) { return std::string(text.substr(at, count)); };
    return part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(9, 2) + ":" + part(11, 2) + ":" + part(13, 2);
}

/// "10/1/2025" and "10/1/2025T12:00:00Z" with the date as ISO has it.
std::optional<std::string> isoOfAmericanDate(std::string_view text)
{
    const std::vector<std::string> parts = split(text.substr(0, text.find('T')), '/');
    const auto isNumber = [](const std::string& part) {
        return !part.empty() && part.size() <= 4 &&
               std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    if (parts.size() != 3 || !std::ranges::all_of(parts, isNumber) || parts[2].size() != 4 || parts[0].size() > 2 ||
        parts[1].size() > 2)
        return std::nullopt;
    const auto two = [](const std::string& part) { return part.size() < 2 ? "0" + part : part; };
    const std::size_t rest = text.find('T');
    return parts[2] + "-" + two(parts[0]) + "-" + two(parts[1]) +
           (rest == std::string_view::npos ? "T12:00:00" : std::string(text.substr(rest)));
}

std::string withoutSuffix(std::string text)
{
    for (const std::string_view suffix : {"_raw", "_final"}) {
        if (endsWith(text, suffix) && text.size() > suffix.size())
            text.resize(text.size() - suffix.size());
    }
    return text;
}

Error wrong(std::string_view member, std::string_view reason)
{
    return {ErrorCode::InvalidInput, std::string(reason), "project rules: " + std::string(member), 0};
}

} // namespace

Json ImportRules::knownJson()
{
    const Json names = Json::object({{"mojo1", "mojo1"},
                                     {"mojo2", "mojo2"},
                                     {"mojo3", "mojo3"},
                                     {"jmlimages-random", "jmlimages-random"},
                                     {"jml", "jmlimages-random"},
                                     {"tattersail-0918", "tattersail-0918"},
                                     {"tattersail", "tattersail-0918"},
                                     {"1011", "1011"},
                                     {"1012", "1012"},
                                     {"1013", "1013"},
                                     {"1100", "1100"},
                                     {"1101_hailey", "1101_Hailey"},
                                     {"agent-1001", "agent-1001"},
                                     {"agent-1002", "agent-1002"},
                                     {"agent-1003", "agent-1003"},
                                     {"eleni", "Eleni"},
                                     {"kiara_slender", "Kiara_Slender"},
                                     {"slender kiara", "Kiara_Slender"},
                                     {"aiko", "Aiko"},
                                     {"patricia", "Patricia"},
                                     {"average patricia", "Patricia"}});
    const Json days = Json::array({Json::object({{"from", "2025-10-01"}, {"to", "2025-10-11"}, {"project", "mojo1"}}),
                                   Json::object({{"from", "2025-10-12"}, {"to", "2025-10-20"}, {"project", "mojo2"}})});
    return Json::object({{"names", names}, {"days", days}, {"local_time", kEasternTime}});
}

const ImportRules& ImportRules::known()
{
    static const ImportRules rules = *fromJson(knownJson());
    return rules;
}

Result<ImportRules> ImportRules::fromJson(const Json& json)
{
    if (json.isNull())
        return known();
    if (!json.isObject())
        return wrong("", "expected an object");
    ImportRules rules;
    for (const auto& [key, value] : json.members()) {
        if (key == "names" && value.isObject()) {
            for (const auto& [name, project] : value.members()) {
                if (!project.isString() || !isValidProjectId(project.toString()))
                    return wrong("names." + name, "expected the id of a project");
                rules.m_names[toLowerAscii(name)] = project.toString();
            }
        } else if (key == "days" && value.isArray()) {
            for (const Json& day : value.items()) {
                Window window{day["from"].toString(), day["to"].toString(), day["project"].toString()};
                if (!hasShape(window.firstDay, "0000-00-00") || !hasShape(window.lastDay, "0000-00-00") ||
                    !isValidProjectId(window.projectId))
                    return wrong("days", "expected from, to (2025-10-01) and project");
                rules.m_windows.push_back(std::move(window));
            }
        } else if (key == "local_time" && value.isInteger() && std::abs(value.toInteger()) < 24 * 60) {
            rules.m_offsetMinutes = static_cast<int>(value.toInteger());
        } else if (key != "local_time" || value != Json(kEasternTime)) {
            return wrong(key, "expected names, days, or local_time: \"America/New_York\" or minutes east of UTC");
        }
    }
    return rules;
}

std::optional<std::string> ImportRules::projectOfName(std::string_view name) const
{
    const auto found = m_names.find(withoutSuffix(toLowerAscii(trimmed(name))));
    return found == m_names.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> ImportRules::projectOfPath(std::string_view path) const
{
    std::vector<std::string> parts = split(path, '/');
    for (const std::string& part : parts) {
        if (const auto project = projectOfName(part))
            return project;
    }
    return std::nullopt;
}

std::optional<std::string> ImportRules::projectOfTime(UtcTime time) const
{
    const std::string day = formatTimestamp(time).substr(0, 10);
    for (const Window& window : m_windows) {
        if (window.firstDay <= day && day <= window.lastDay)
            return window.projectId;
    }
    return std::nullopt;
}

std::optional<ImportRules::Time> ImportRules::parseTime(std::string_view text) const
{
    const std::string_view bare = trimmed(text);
    const auto stamp = isoOfStamp(bare);
    const auto american = stamp ? std::nullopt : isoOfAmericanDate(bare);
    const std::string iso = stamp ? *stamp : american ? *american : std::string(bare);
    const auto time = parseTimestamp(iso);
    if (!time)
        return std::nullopt;
    const std::size_t zone = iso.find_first_of("zZ+-", 19);
    if (zone != std::string::npos)
        return Time{*time, false};
    const int offset = m_offsetMinutes ? *m_offsetMinutes : easternOffsetMinutes(*time);
    return Time{*time - minutes(offset), true};
}

ImportRules::Path ImportRules::normalised(std::string_view path) const
{
    std::string text(trimmed(path));
    std::ranges::replace(text, '\\', '/');
    std::vector<std::string> parts;
    for (const std::string& part : split(text, '/')) {
        const std::string bare(trimmed(part));
        if (!bare.empty() && bare != "." && bare != "..")
            parts.push_back(bare);
    }
    if (parts.empty())
        return {};
    const bool isAbsolute = startsWith(text, "/") || (text.size() > 1 && text[1] == ':');
    std::size_t first = 0;
    if (parts.front() == "PROJECT_ROOT")
        first = 1;
    if (isAbsolute) {
        // Only what lies in the project says something on another machine; else the folder of the file.
        const auto named = std::ranges::find_if(
            parts, [this](const std::string& part) { return projectOfName(part).has_value(); });
        first = named != parts.end() ? static_cast<std::size_t>(named - parts.begin())
                                     : parts.size() - std::min<std::size_t>(parts.size(), 2);
    }
    Path result;
    result.name = parts.back();
    parts.pop_back();
    if (first < parts.size())
        result.directory = join(
            std::vector<std::string>(parts.begin() + static_cast<std::ptrdiff_t>(first), parts.end()), "/");
    return result;
}

} // namespace ps
