// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/library/crash_scenarios.h"

#include "core/base/text.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"

#include <algorithm>

namespace ps::test {

std::string stamp(int number)
{
    return ProjectFixture::stamp(number);
}

ProjectFixture makeDecidedProject()
{
    ProjectFixture fixture;
    for (int number = 1; number <= 5; ++number) {
        fixture.addGroup(number, {"1", "2"});
        const std::string stem =
            ProjectFixture::imageName(number, "2", 1).substr(0, ProjectFixture::imageName(number, "2", 1).size() - 4);
        fixture.addFile(stem + ".yaml", "companion of " + stem);
        if (number == 3)
            fixture.addFile(stem + ".decision", "{\"note\": \"theirs\"}");
    }
    const auto session = fixture.open();
    decideGroup(*session, stamp(1), approve(1));
    decideGroup(*session, stamp(2), acceptSuggestion(kBox, 1));
    decideGroup(*session, stamp(3), crop({}, 1));
    decideGroup(*session, stamp(4), crop(kBox, 1));
    decideGroup(*session, stamp(5), reject());
    return fixture;
}

std::string stateOf(const ProjectFixture& fixture, ProjectSession& session)
{
    std::string text = join(rowTexts(fixture.databasePath()), "\n");
    for (const auto& [path, what] : fixture.census())
        text += "\n" + path + " " + what;
    must(session.refresh({}, {}));
    for (const GroupEntry& entry : must(session.page(0, 100)))
        text += "\n" + entry.key + " " + std::to_string(static_cast<int>(entry.state)) +
                (entry.isFinalized ? " finalized" : "");
    return text;
}

std::string differentLines(const std::string& expected, const std::string& found)
{
    std::string text;
    const auto wanted = split(expected, '\n');
    const auto seen = split(found, '\n');
    for (const std::string& line : wanted)
        text += std::ranges::find(seen, line) == seen.end() ? "\n  - " + line : "";
    for (const std::string& line : seen)
        text += std::ranges::find(wanted, line) == wanted.end() ? "\n  + " + line : "";
    return text;
}

std::string withoutTimes(std::string text)
{
    for (std::size_t at = text.find("\"2026-"); at != std::string::npos; at = text.find("\"2026-", at + 1))
        text.replace(at, 29, "\"time\"");
    return text;
}

} // namespace ps::test
