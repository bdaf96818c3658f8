// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bare_disk.h"
#include "tests/bench/bench_project.h"
#include "tests/bench/database_baselines.h"
#include "tests/bench/observation.h"

namespace ps::bench {

namespace {

constexpr std::int64_t kFirstPage = 64; ///< what the strip of groups asks for

/// Everything up to the moment at which the first group can be shown, and how long each part took.
struct Opening {
    double wallMs = 0;
    double cpuMs = 0;
    MemoryUse memory;
    Json parts{Json::Object{}};
};

/// `refresh`, when it is not null, receives what it takes afterwards to look at disk and database anew, which happens behind
/// the first group.
Result<Opening> openToFirstGroup(const BenchProject& project, bool isWorking, Figure* refresh = nullptr)
{
    Opening opening;
    bool isIndexed = false;
    const Stopwatch watch;
    double partBeganMs = 0;
    const auto endPart = [&](std::string_view name) {
        const double now = watch.wallMs();
        opening.parts.set(name, now - partBeganMs);
        partBeganMs = now;
    };
    PS_TRY(const auto session, ProjectSession::open(project.options(isWorking)));
    endPart("open_ms");
    if (isWorking) {
        PS_TRY(DecisionStore* const store, session->store());
        PS_TRY_VOID(store->waitUntilReady());
        endPart("store_ms");
    }
    PS_TRY_VOID(session->makeReady({}, [&](const IndexProgress&) { isIndexed = true; }));
    endPart("ready_ms");
    PS_TRY(const std::vector<GroupEntry> page, session->page(0, kFirstPage));
    endPart("page_ms");
    PS_TRY(const GroupDetail group, session->groupAt(0));
    endPart("group_ms");
    opening.wallMs = watch.wallMs();
    opening.cpuMs = watch.cpuMs();
    opening.memory = memoryUse();
    if (page.empty() || group.images.empty())
        return Error{ErrorCode::Internal, "the project has no first group", {}, 0};
    PS_TRY(const GroupCounts counts, session->counts());
    opening.parts.set("is_indexed", isIndexed);
    opening.parts.set("groups", counts.groups);
    opening.parts.set("decided_groups", counts.decided());
    if (refresh) {
        const Stopwatch refreshWatch;
        PS_TRY(const RefreshReport report, session->refresh({}, {}));
        *refresh = {"refresh", "ms", refreshWatch.wallMs(), refreshWatch.cpuMs(), databaseBaselineNames()};
        const MemoryUse memory = memoryUse();
        opening.parts.set("memory_after_refresh", memoryJson(memory));
    }
    return opening;
}

Result<Observation> measureOpening(const Settings& settings, bool isWorking, bool isFirst)
{
    const BenchProject project = BenchProject::large(settings);
    if (isFirst) {
        PS_TRY_VOID(project.reset());
    }
    Observation seen;
    {
        PS_TRY(const Opening opening, openToFirstGroup(project, isWorking));
        seen.memory = opening.memory;
        seen.facts = opening.parts;
        seen.figures.push_back({"first_group", "ms", opening.wallMs, opening.cpuMs, databaseBaselineNames()});
    }
    PS_TRY(seen.baselines, databaseBaselines(project.databasePath()));
    if (isFirst)
        return seen;
    // Once more as after a start of the machine.
    for (const std::string& path : {project.databasePath(), project.cataloguePath()})
        PS_TRY_VOID(dropFromPageCache(path));
    Figure refresh;
    PS_TRY(const Opening opening, openToFirstGroup(project, isWorking, &refresh));
    seen.figures.push_back({"first_group_from_disk", "ms", opening.wallMs, opening.cpuMs, databaseBaselineNames()});
    seen.figures.push_back(std::move(refresh));
    seen.facts.set("memory_after_refresh", opening.parts["memory_after_refresh"]);
    return seen;
}

} // namespace

Result<Observation> measureColdViewing(const Settings& settings)
{
    return measureOpening(settings, false, true);
}

Result<Observation> measureWarmViewing(const Settings& settings)
{
    return measureOpening(settings, false, false);
}

Result<Observation> measureColdWorking(const Settings& settings)
{
    return measureOpening(settings, true, true);
}

Result<Observation> measureWarmWorking(const Settings& settings)
{
    return measureOpening(settings, true, false);
}

} // namespace ps::bench
