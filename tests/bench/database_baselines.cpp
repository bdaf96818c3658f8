// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/database_baselines.h"

#include "core/decisions/viewing.h"
#include "tests/bench/bare_disk.h"

namespace ps::bench {

namespace {

Result<Figure> timeQuery(const std::string& path, const char* name, const char* sql)
{
    const Stopwatch watch;
    PS_TRY(const Connection connection, openForViewing(path));
    PS_TRY_VOID(connection.queryInteger(sql));
    return Figure{name, "ms", watch.wallMs(), watch.cpuMs(), {}};
}

} // namespace

Result<std::vector<Figure>> databaseBaselines(const std::string& path)
{
    PS_TRY(Figure count, timeQuery(path, "count", "SELECT count(*) FROM ai_decisions"));
    PS_TRY(Figure scan, timeQuery(path, "scan", "SELECT sum(length(images)) FROM ai_decisions"));
    const Stopwatch watch;
    PS_TRY_VOID(readPlainly(path));
    Figure read{"read", "ms", watch.wallMs(), watch.cpuMs(), {}};
    return std::vector<Figure>{std::move(count), std::move(scan), std::move(read)};
}

std::vector<std::string> databaseBaselineNames()
{
    return {"count", "scan", "read"};
}

} // namespace ps::bench
