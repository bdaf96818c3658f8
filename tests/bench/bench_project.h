// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/project_session.h"
#include "tests/bench/settings.h"

#include <functional>
#include <string>

namespace ps::bench {

/// Where things lie in the folder of the measurements: one workspace with a project that has all rows, and with another one
/// that begins without any. Both have the same images.
class BenchProject
{
public:
    /// The project with all rows.
    static BenchProject large(const Settings& settings) { return {settings, "mojo3"}; }
    /// The project in which decisions are made.
    static BenchProject fresh(const Settings& settings) { return {settings, "mojo4"}; }

    /// The project that is only looked at, of any size; see store_project.h.
    static BenchProject store(const Settings& settings) { return {settings, "store"}; }

    /// Writes images and database, unless the folder has them in these sizes. Returns what they are like.
    static Result<Json> prepare(const Settings& settings, const std::function<void(const std::string&)>& onProgress);

    /// The database as prepare() made it; no session ever opens it.
    std::string sourcePath() const;
    std::string databasePath() const;
    std::string cataloguePath() const;
    SessionOptions options(bool isWorking) const;

    const std::string& projectId() const { return m_projectId; }
    std::string workspacePath() const;
    std::string imagesPath() const;

    /// Makes the project as it was in the beginning: the database without the program's tables, no backups, no catalogue.
    Result<void> reset() const;

private:
    BenchProject(const Settings& settings, std::string projectId);

    std::string m_folder;
    std::string m_projectId;
};

/// A real file for every image of the groups 0 .. `groupCount`, of a few bytes, because nothing here decodes them. Returns how
/// many.
Result<std::int64_t> writeSampleImages(const std::string& imagesPath, std::int64_t groupCount,
                                       const std::function<void(const std::string&)>& onProgress);

} // namespace ps::bench
