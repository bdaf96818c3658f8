// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/ledger.h"
#include "core/library/project_session.h"
#include "tests/support/checks.h"
#include "tests/support/project_fixture.h"

#include <string>
#include <vector>

// What the tests of sessions share.

namespace ps::test {

using namespace std::string_literals;

inline std::string stamp(int number)
{
    return ProjectFixture::stamp(number);
}

inline RefreshReport refresh(ProjectSession& session)
{
    return must(session.refresh({}, {}));
}

inline LedgerReport verify(const std::string& path)
{
    return must(verifyLedger(must(Connection::open(path, OpenMode::ReadOnly)), {}));
}

inline std::string namesOfGroup(int number)
{
    return "[\"" + ProjectFixture::imageName(number, "1", 0) + "\", \"" + ProjectFixture::imageName(number, "2", 1) +
           "\"]";
}

inline std::string insertRow(const std::string& groupId, int number)
{
    return "INSERT INTO ai_decisions (group_id, timestamp, project_id, directory, images, user_selected_index, "
           "user_action, image_width, "
           "image_height) VALUES ('" +
           groupId + "', '2025-10-21T17:04:44Z', 'p1', 'photos', '" + namesOfGroup(number) + "', 0, 'approve', 9, 9)";
}

/// The keys of all groups in order.
inline std::vector<std::string> keys(const ProjectSession& session)
{
    std::vector<std::string> list;
    for (const GroupEntry& entry : must(session.page(0, 10'000)))
        list.push_back(entry.key);
    return list;
}

} // namespace ps::test
