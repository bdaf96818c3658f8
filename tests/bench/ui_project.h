// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "tests/bench/settings.h"

#include <functional>
#include <string>
#include <vector>

namespace ps::bench {

/// A project of groups of four pictures each, for the window. The files are many names of few photographs: what is decoded
/// is the same, and the folder stays small.
class UiProject
{
public:
    /// Real photographs of 4000 x 3000 pixels, JPEG of quality 92.
    static UiProject large(const Settings& settings);
    /// The same of 640 x 480, for runs over very many groups.
    static UiProject small(const Settings& settings);

    /// Makes both, unless the folder has them in these sizes. Returns what they are like.
    /// Errors: NotFound when no package with photographs is installed.
    static Result<Json> prepare(const Settings& settings, const std::function<void(const std::string&)>& onProgress);

    std::string workspacePath() const;
    std::string homePath() const;
    std::string projectId() const { return "photos"; }
    std::int64_t groupCount() const { return m_groupCount; }
    /// The files behind the names, in no order that matters.
    std::vector<std::string> photographPaths() const;

    /// Makes the project as it was in the beginning: no decisions, no catalogue, no settings.
    Result<void> reset() const;

private:
    UiProject(const Settings& settings, const char* name, int width, int height, std::int64_t groupCount);
    Result<std::int64_t> writePhotographs() const;
    Result<void> nameGroups(const std::function<void(const std::string&)>& onProgress) const;

    std::string m_folder;
    int m_width;
    int m_height;
    std::int64_t m_groupCount;
};

} // namespace ps::bench
