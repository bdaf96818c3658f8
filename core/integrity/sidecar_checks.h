// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/project_session.h"

#include <string>
#include <string_view>
#include <vector>

namespace ps {

struct FileIndex;

/// A .decision file that does not fit, and where it should go.
struct SidecarProblem {
    std::string_view check;
    std::string groupId;
    std::string evidence;
    std::string path;         ///< workspace-relative; "" when a sidecar is missing
    std::string targetFolder; ///< where repair puts it: beside its image, or the archive
};

/// Every sidecar against the images beside it and the rows; and images that wait for their crop without one.
Result<std::vector<SidecarProblem>> findSidecarProblems(const ProjectSession& session, const FileIndex& index,
                                                        const Connection& connection);

} // namespace ps
