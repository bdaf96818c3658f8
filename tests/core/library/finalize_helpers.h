// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/ledger.h"
#include "tests/support/checks.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

// What the tests of finalize share.

namespace ps::test {

using namespace std::string_literals;

inline constexpr Crop kBox{0.1, 0.2, 0.8, 0.9};
inline constexpr PixelBox kPixels{200, 200, 1600, 900};

inline std::string stamp(int number)
{
    return ProjectFixture::stamp(number);
}

/// "__selected/a.png" -> content, of everything beneath a folder.
inline std::map<std::string, std::string> filesIn(const std::string& folder)
{
    std::map<std::string, std::string> files;
    if (!std::filesystem::exists(folder))
        return files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(folder).string()] = must(readFile(entry.path().string(), 1'000'000));
    }
    return files;
}

inline std::vector<std::string> namesIn(const std::string& folder)
{
    std::vector<std::string> names;
    for (const auto& [name, content] : filesIn(folder))
        names.push_back(name);
    return names;
}

inline std::string image(int number, const std::string& stage, std::size_t slot)
{
    return ProjectFixture::imageName(number, stage, slot);
}

inline std::string stemOf(const std::string& name)
{
    return name.substr(0, name.size() - 4);
}

inline bool isSound(const ProjectFixture& fixture)
{
    return must(verifyLedger(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {})).isSound();
}

inline std::string cropStates(const ProjectFixture& fixture)
{
    return runSqlElsewhere(fixture.databasePath(), {},
                           "SELECT state, CAST(file AS TEXT) FROM ps_crops ORDER BY group_id");
}

/// One group for each route, with companions, an undecided group and a single.
void makeEveryRoute(const ProjectFixture& fixture, ProjectSession* session = nullptr)
{
    if (!session) {
        for (int number = 1; number <= 6; ++number) {
            fixture.addGroup(number, {"1", "1.5", "2"});
            for (const auto& [stage, slot] : {std::pair{"1", 0}, {"1.5", 1}, {"2", 2}}) {
                const std::string stem = stemOf(image(number, stage, static_cast<std::size_t>(slot)));
                fixture.addFile(stem + ".yaml", "yaml of " + stem);
                if (slot == 1)
                    fixture.addFile(stem + ".caption", "caption of " + stem);
            }
        }
        fixture.addSingle("single.jpg");
        fixture.addFile("notes.txt", "belongs to nobody");
        return;
    }
    decideGroup(*session, stamp(1), approve(1));
    decideGroup(*session, stamp(2), acceptSuggestion(kBox, 1));
    decideGroup(*session, stamp(3), crop({}, 1));
    decideGroup(*session, stamp(4), crop(kBox, 1));
    decideGroup(*session, stamp(5), reject());
    decideGroup(*session, "single.jpg", approve());
}

} // namespace ps::test
