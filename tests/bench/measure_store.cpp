// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How light a project of any number of rows is: to the first page, to any place, to another list.
#include "tests/bench/observation.h"
#include "tests/bench/series.h"
#include "tests/bench/store_project.h"
#include "tests/support/seeded_random.h"

namespace ps::bench {

namespace {

constexpr std::int64_t kPageEntries = 64;
constexpr int kJumps = 1000;

Result<std::vector<GroupEntry>> readPage(const ProjectSession& session, const GroupSnapshot& snapshot,
                                         std::int64_t first)
{
    std::vector<std::int64_t> ordinals;
    for (std::int64_t position = first; position < std::min(first + kPageEntries, snapshot.count()); ++position)
        ordinals.push_back(snapshot.ordinalAt(position));
    return session.entriesAt(ordinals);
}

/// A list by a query and its first page.
Result<Figure> measureList(const ProjectSession& session, const char* name, const char* text, const char* sort,
                           const char* baseline, Json& facts)
{
    PS_TRY(const GroupSort order, parseGroupSort(sort));
    const Stopwatch watch;
    PS_TRY(const GroupSnapshot snapshot, session.selectGroups({text, order}, {}));
    PS_TRY(const std::vector<GroupEntry> page, readPage(session, snapshot, 0));
    Figure figure{name, "ms", watch.wallMs(), watch.cpuMs(), {baseline}};
    facts.set(name, Json::object({{"query", text}, {"sort", sort}, {"count", snapshot.count()}}));
    facts.set(std::string(name) + "_memory", memoryJson(memoryUse()));
    return figure;
}

/// The least that a walk over this statement costs: nothing but its steps.
Result<Figure> bareWalk(const Connection& connection, const char* name, const char* sql)
{
    const Stopwatch watch;
    PS_TRY(Statement statement, connection.prepare(sql));
    for (;;) {
        PS_TRY(const bool hasRow, statement.step());
        if (!hasRow)
            return Figure{name, "ms", watch.wallMs(), watch.cpuMs(), {}};
    }
}

} // namespace

Result<Observation> measureStore(const Settings& settings)
{
    const StoreProject project(settings);
    Observation seen;
    const Stopwatch opening;
    PS_TRY(const auto session, ProjectSession::open(project.options()));
    bool isIndexed = false;
    PS_TRY_VOID(session->makeReady({}, [&](const IndexProgress&) { isIndexed = true; }));
    PS_TRY(const GroupSnapshot everything, session->selectGroups({}, {}));
    PS_TRY(const std::vector<GroupEntry> first, readPage(*session, everything, 0));
    seen.figures.push_back({"first_page", "ms", opening.wallMs(), opening.cpuMs(), {"bare_open"}});
    seen.facts.set("is_indexed", isIndexed);
    seen.facts.set("entries", everything.count());
    if (isIndexed || first.empty())
        return Error{ErrorCode::Internal, "the catalogue was not that of the project", project.cataloguePath(), 0};

    test::SeededRandom random(5);
    Series jumps;
    for (int i = 0; i < kJumps; ++i) {
        const Stopwatch watch;
        PS_TRY(const std::vector<GroupEntry> page,
               readPage(*session, everything, random.between(0, everything.count() - 1)));
        jumps.add(watch.wallMs());
    }
    seen.figures.push_back({"jump_p50", "ms", jumps.median(), {}, {"bare_page"}});
    seen.figures.push_back({"jump_p99", "ms", jumps.quantile(0.99), {}, {"bare_page"}});
    seen.facts.set("memory_after_jumps", memoryJson(memoryUse()));

    struct List {
        const char* name;
        const char* query;
        const char* sort;
    };
    for (const List& list :
         {List{"filter_rejected", "state:rejected", "project"}, List{"filter_approved", "state:approved", "project"},
          List{"filter_month", "date:2026-03", "project"}, List{"filter_and_sort", "state:cropped", "-decided"},
          List{"sort_by_date", "", "decided"}, List{"find_text", "name:_233", "project"}}) {
        PS_TRY(Figure figure, measureList(*session, list.name, list.query, list.sort, "bare_rejected", seen.facts));
        seen.figures.push_back(std::move(figure));
    }
    {
        const Stopwatch watch;
        PS_TRY(const RefreshReport report, session->refreshIfChanged({}, {}));
        seen.figures.push_back({"refresh_without_change", "ms", watch.wallMs(), watch.cpuMs(), {"bare_open"}});
        seen.facts.set("refresh_found_changes", report.hasChanged);
    }
    seen.memory = memoryUse();

    const Stopwatch bare;
    PS_TRY(const Connection connection, Connection::open(project.cataloguePath(), OpenMode::ReadOnly));
    PS_TRY_VOID(connection.queryInteger("SELECT max(ordinal) FROM groups"));
    seen.baselines.push_back({"bare_open", "ms", bare.wallMs(), bare.cpuMs(), {}});
    PS_TRY(Figure page, bareWalk(connection, "bare_page", "SELECT * FROM groups WHERE ordinal >= 0 LIMIT 64"));
    seen.baselines.push_back(std::move(page));
    PS_TRY(Figure rejected, bareWalk(connection, "bare_rejected", "SELECT ordinal FROM groups WHERE state = 4"));
    seen.baselines.push_back(std::move(rejected));
    return seen;
}

} // namespace ps::bench
