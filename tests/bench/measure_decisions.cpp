// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/review.h"
#include "tests/bench/bare_disk.h"
#include "tests/bench/bench_project.h"
#include "tests/bench/observation.h"

#include <atomic>
#include <semaphore>

namespace ps::bench {

namespace {

constexpr std::int64_t kBlock = 50; ///< decisions, then as many bare writes of each kind

/// A project without decisions that is ready for work, and what will be decided in it.
struct DecisionDesk {
    std::unique_ptr<ProjectSession> session;
    std::vector<DecisionRequest> requests;
};

DecisionIntent intentAbout(std::int64_t number, int imageCount)
{
    const int last = imageCount - 1;
    switch (number % 10) {
    case 0: return {Action::Reject, 0, {}, {}};
    case 1:
    case 2:
    case 3:
    case 4: return {Action::Crop, last, Crop{0.125, 0.0625, 0.8701171875, 0.93359375}, {}};
    default: return {Action::Approve, last, {}, {}};
    }
}

Result<DecisionDesk> setUp(const Settings& settings)
{
    const BenchProject project = BenchProject::fresh(settings);
    PS_TRY_VOID(project.reset());
    DecisionDesk desk;
    PS_TRY(desk.session, ProjectSession::open(project.options(true)));
    PS_TRY_VOID(desk.session->makeReady({}, {}));
    PS_TRY(const GroupCounts counts, desk.session->counts());
    const std::int64_t count = std::min(settings.decisions, counts.groups);
    for (std::int64_t ordinal = 0; ordinal < count; ++ordinal) {
        PS_TRY(const GroupDetail group, desk.session->groupAt(ordinal));
        PS_TRY(DecisionRequest request,
               makeRequest(*desk.session, group, intentAbout(ordinal, group.entry.imageCount)));
        desk.requests.push_back(std::move(request));
    }
    return desk;
}

/// What the database has to say afterwards: nothing is measured that was not stored.
Result<void> checkStored(const DecisionDesk& desk)
{
    PS_TRY(const Connection reader, desk.session->openReader());
    PS_TRY(const std::int64_t rows, reader.queryInteger("SELECT count(*) FROM ai_decisions"));
    if (rows != std::ssize(desk.requests))
        return Error{ErrorCode::Internal, "only " + std::to_string(rows) + " decisions are in the database", {}, 0};
    return {};
}

Json factsOf(const DecisionDesk& desk, const Settings& settings)
{
    const auto store = desk.session->store();
    return Json::object({{"decisions", std::ssize(desk.requests)},
                         {"journal_mode", store ? (*store)->status().journalMode : std::string()},
                         {"file_system", fileSystemName(settings.folder)},
                         {"includes", "row, ledger entry, undo step, frozen group and catalogue"}});
}

struct BareDisk {
    BareWrites append;
    BareWrites overwrite;

    static Result<BareDisk> create(const Settings& settings)
    {
        PS_TRY(BareWrites append,
               BareWrites::create(joinPath(settings.folder, "bare_append"), BareWrites::Kind::Append));
        PS_TRY(BareWrites overwrite,
               BareWrites::create(joinPath(settings.folder, "bare_overwrite"), BareWrites::Kind::Overwrite));
        return BareDisk{std::move(append), std::move(overwrite)};
    }

    Result<void> write(std::int64_t count)
    {
        PS_TRY_VOID(append.write(count));
        return overwrite.write(count);
    }
};

} // namespace

Result<Observation> measureDecisionsOneByOne(const Settings& settings)
{
    PS_TRY(DecisionDesk desk, setUp(settings));
    PS_TRY(BareDisk bare, BareDisk::create(settings));
    Series times;
    std::int64_t untilBare = kBlock;
    for (const DecisionRequest& request : desk.requests) {
        std::optional<Error> failure;
        std::binary_semaphore isDurable(0);
        const Stopwatch watch;
        submitDecision(*desk.session, request, [&](const Result<DecisionReceipt>& receipt) {
            if (!receipt)
                failure = receipt.error();
            isDurable.release();
        });
        isDurable.acquire();
        times.add(watch.wallMs());
        if (failure)
            return *failure;
        if (--untilBare == 0) {
            untilBare = kBlock;
            PS_TRY_VOID(bare.write(kBlock));
        }
    }
    PS_TRY_VOID(bare.write(1)); // also when there are fewer decisions than a block
    Observation seen;
    seen.memory = memoryUse();
    seen.facts = factsOf(desk, settings);
    PS_TRY_VOID(checkStored(desk));
    for (const auto& [name, share] : {std::pair<std::string, double>{"p50", 0.5}, {"p99", 0.99}}) {
        seen.figures.push_back({name, "ms", times.quantile(share), {}, {"append_" + name, "overwrite_" + name}});
        seen.baselines.push_back({"append_" + name, "ms", bare.append.timesMs().quantile(share), {}, {}});
        seen.baselines.push_back({"overwrite_" + name, "ms", bare.overwrite.timesMs().quantile(share), {}, {}});
    }
    seen.figures.push_back({"throughput",
                            "1/s",
                            static_cast<double>(times.values().size()) * 1e3 / times.sum(),
                            {},
                            {"append_throughput", "overwrite_throughput"}});
    seen.baselines.push_back({"append_throughput", "1/s", bare.append.perSecond(), {}, {}});
    seen.baselines.push_back({"overwrite_throughput", "1/s", bare.overwrite.perSecond(), {}, {}});
    return seen;
}

Result<Observation> measureDecisionsAtOnce(const Settings& settings)
{
    PS_TRY(DecisionDesk desk, setUp(settings));
    PS_TRY(BareDisk bare, BareDisk::create(settings));
    const std::int64_t bareCount = std::max<std::int64_t>(std::ssize(desk.requests) / 20, 10);
    PS_TRY_VOID(bare.write(bareCount));
    std::atomic<std::int64_t> failures = 0;
    std::atomic<std::int64_t> waiting = std::ssize(desk.requests);
    std::binary_semaphore isDone(0);
    const Stopwatch watch;
    for (const DecisionRequest& request : desk.requests) {
        submitDecision(*desk.session, request, [&](const Result<DecisionReceipt>& receipt) {
            failures += receipt ? 0 : 1;
            if (--waiting == 0)
                isDone.release();
        });
    }
    const double handedOverMs = watch.wallMs();
    isDone.acquire();
    const double wallMs = watch.wallMs();
    const double cpuMs = watch.cpuMs();
    Observation seen;
    seen.memory = memoryUse();
    PS_TRY_VOID(bare.write(bareCount));
    if (failures > 0)
        return Error{ErrorCode::Internal, std::to_string(failures) + " decisions failed", {}, 0};
    PS_TRY_VOID(checkStored(desk));
    seen.facts = factsOf(desk, settings);
    seen.facts.set("handed_over_ms", handedOverMs);
    seen.facts.set("all_durable_ms", wallMs);
    const double perSecond = static_cast<double>(desk.requests.size()) * 1e3 / wallMs;
    seen.figures.push_back({"throughput", "1/s", perSecond, cpuMs, {"append_throughput", "overwrite_throughput"}});
    seen.baselines.push_back({"append_throughput", "1/s", bare.append.perSecond(), {}, {}});
    seen.baselines.push_back({"overwrite_throughput", "1/s", bare.overwrite.perSecond(), {}, {}});
    return seen;
}

} // namespace ps::bench
