// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// How old logs are read: which project a path, a name or a day belongs to, and what local times mean. The file is
/// described in docs/formats/import.md.
class ImportRules
{
public:
    /// What is known of the scripts' projects. Source: formats/decisions_v3.md 6.2, 6.5, 7.9.
    static const ImportRules& known();
    /// The known rules as the JSON that people edit.
    static Json knownJson();
    /// Errors: InvalidInput naming the member.
    static Result<ImportRules> fromJson(const Json& json);

    /// The project of a word such as "1101_hailey" or "Eleni_raw", in any case and without "_raw" or "_final".
    std::optional<std::string> projectOfName(std::string_view name) const;
    /// By the first part of the path that names a project.
    std::optional<std::string> projectOfPath(std::string_view path) const;
    /// By the day in UTC.
    std::optional<std::string> projectOfTime(UtcTime time) const;

    struct Time {
        UtcTime time;
        bool isZoneAssumed = false;
    };
    /// Every form that logs have: ISO with or without zone, microseconds, "T"; "20250705_230713"; "10/1/2025T12:00:00Z". A time
    /// without zone is the local one of the rules.
    std::optional<Time> parseTime(std::string_view text) const;

    /// A path of a log: '/' between the parts, without PROJECT_ROOT, drive, home folder or anything before the project.
    struct Path {
        std::string directory;
        std::string name;
    };
    Path normalised(std::string_view path) const;

private:
    struct Window {
        std::string firstDay; ///< "2025-10-01"
        std::string lastDay;  ///< inclusive
        std::string projectId;
    };

    std::map<std::string, std::string> m_names; ///< lower case -> project id
    std::vector<Window> m_windows;
    std::optional<int> m_offsetMinutes; ///< of local times; nothing: the east of the United States with its summer time
};

} // namespace ps
