// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/project_fixture.h"

#include <string>

namespace ps::test {

/// The crop of the scenarios.
constexpr Crop kBox{0.1, 0.2, 0.8, 0.9};

std::string stamp(int number);

/// One group for each route, with companions and an old sidecar, all decided.
ProjectFixture makeDecidedProject();

/// Everything that must be of one piece: rows, files and what the lists say.
std::string stateOf(const ProjectFixture& fixture, ProjectSession& session);

/// Timestamps of decisions differ between two runs of the same scenario; everything else must not.
std::string withoutTimes(std::string text);

/// The lines that only one of two states has.
std::string differentLines(const std::string& expected, const std::string& found);

} // namespace ps::test
