// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/bench_project.h"

namespace ps::bench {

/// A project of as many rows as are wanted, 20,000,000 too, with the catalogue that the program makes of it: what an old
/// disk looks like whose images are mostly elsewhere. It opens in the window like any other one, for which
/// XDG_CACHE_HOME is `cache` in the folder of the measurements.
class StoreProject
{
public:
    explicit StoreProject(const Settings& settings);

    /// Makes database and images, unless the folder has them in these sizes, and the catalogue, unless it is there and
    /// current. Returns what they are like and how long each part took.
    Result<Json> prepare(const std::function<void(const std::string&)>& onProgress) const;

    /// For viewing.
    SessionOptions options() const;
    std::string cataloguePath() const;

private:
    Result<Json> prepareRows(const std::function<void(const std::string&)>& onProgress) const;
    Result<Json> prepareCatalogue(const std::function<void(const std::string&)>& onProgress) const;

    Settings m_settings;
    BenchProject m_project;
};

} // namespace ps::bench
