// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Releases: a split of as many images as there are rows, and the rows themselves as JSON lines.
#include "core/exchange/release.h"
#include "core/exchange/split.h"
#include "core/imaging/image_service.h"
#include "core/imaging/near_duplicates.h"
#include "tests/bench/observation.h"
#include "tests/bench/peer_program.h"
#include "tests/bench/store_project.h"

#include <fcntl.h>
#include <filesystem>
#include <random>
#include <unistd.h>

namespace ps::bench {

namespace {

namespace fs = std::filesystem;

constexpr int kBits = 6;
constexpr std::size_t kCopyBytes = 1 << 20;

/// Hashes of which every tenth is near an earlier one, as of pictures that were taken twice.
std::vector<NearDuplicates::Item> sampleHashes(std::int64_t count)
{
    std::mt19937_64 random(7);
    std::vector<NearDuplicates::Item> items;
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
        std::uint64_t hash = random();
        if (i % 10 == 9)
            hash = items[random() % i].hash ^ (std::uint64_t{1} << (random() % 64));
        items.push_back({hash, i});
    }
    return items;
}

Result<SplitMaker::Sides> splitOf(const std::vector<NearDuplicates::Item>& items, const std::string& folder)
{
    SplitMaker maker({}, 7, folder);
    for (const NearDuplicates::Item& item : items) {
        const std::string key = std::to_string(item.hash) + "-" + std::to_string(item.id);
        PS_TRY(const std::uint32_t image, maker.addImage(key, key, item.id % 5 == 0 ? "crop" : "approve", {}));
        PS_TRY_VOID(maker.addLink(image, LinkKind::Group, std::to_string(item.id / 2)));
        PS_TRY_VOID(maker.addLink(image, LinkKind::Content, key));
    }
    NearDuplicates index;
    index.addAll(items);
    std::uint64_t number = 0;
    for (const auto& cluster : index.clusters(kBits)) {
        const std::string value = std::to_string(number++);
        for (const NearDuplicates::ItemId image : cluster)
            PS_TRY_VOID(maker.addLink(static_cast<std::uint32_t>(image), LinkKind::NearDuplicate, value));
    }
    return maker.make();
}

/// The same bytes read and written, file by file.
Result<Figure> plainCopy(const std::string& from, const std::string& to)
{
    const Stopwatch watch;
    std::string buffer(kCopyBytes, '\0');
    PS_TRY(const UniqueFd target, openFolder(parentPath(to).empty() ? "." : std::string(parentPath(to))));
    UniqueFd out(::open(to.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644));
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        if (!entry.is_regular_file())
            continue;
        const UniqueFd in(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
        for (ssize_t got = 1; got > 0;) {
            got = ::read(in.get(), buffer.data(), buffer.size());
            if (got > 0)
                PS_TRY_VOID(writeAll(out.get(), std::string_view(buffer).substr(0, static_cast<std::size_t>(got))));
        }
    }
    PS_TRY_VOID(syncFile(out.get()));
    return Figure{"plain_copy", "ms", watch.wallMs(), watch.cpuMs(), {}};
}

Result<Figure> sqliteJson(const std::string& database, const std::string& to)
{
    const QStringList arguments{QStringLiteral("-readonly"), QStringLiteral("-json"), QString::fromStdString(database),
                                QStringLiteral("SELECT * FROM ai_decisions")};
    PS_TRY(const PeerTimes times, runPeer({QStringLiteral("sqlite3"), arguments, {}, to, to}));
    return Figure{"sqlite3_json", "ms", times.durableMs, {}, {}};
}

} // namespace

Result<Observation> measureSplit(const Settings& settings)
{
    const std::vector<NearDuplicates::Item> items = sampleHashes(settings.rows);
    Observation seen;
    const MemoryUse before = memoryUse();
    const Stopwatch watch;
    PS_TRY(const SplitMaker::Sides sides, splitOf(items, settings.folder));
    seen.figures.push_back({"split", "ms", watch.wallMs(), watch.cpuMs(), {"near_duplicates_alone"}});
    seen.memory = memoryUse();
    seen.facts = Json::object(
        {{"images", settings.rows}, {"components", sides.componentCount}, {"memory_before", memoryJson(before)}});
    const Stopwatch alone;
    NearDuplicates index;
    index.addAll(items);
    seen.facts.set("clusters", index.clusters(kBits).size());
    seen.baselines.push_back({"near_duplicates_alone", "ms", alone.wallMs(), alone.cpuMs(), {}});
    return seen;
}

Result<Observation> measureJsonLines(const Settings& settings)
{
    const StoreProject project(settings);
    const std::string folder = settings.folder + "/exchange";
    fs::remove_all(folder);
    fs::create_directories(folder);
    PS_TRY(const auto session, ProjectSession::open(project.options()));
    PS_TRY_VOID(session->makeReady({}, [](const IndexProgress&) {}));
    ImageService::Options workers;
    workers.workerPath = fs::canonical("/proc/self/exe").parent_path() / "proofsheet-worker";
    PS_TRY(const auto images, ImageService::start(std::move(workers)));
    ExportRequest request;
    request.format = ExportFormat::Jsonl;
    request.batchSize = 100'000;
    for (const CheckInfo& check : allChecks())
        request.checkRules.emplace(check.id, CheckRule::Allow);
    ExportOptions options;
    options.destination = folder + "/release";
    options.tool = "proofsheet bench";
    Observation seen;
    const Stopwatch watch;
    PS_TRY(const ReleaseReceipt receipt, exportRelease(*session, *images, request, options, {}));
    seen.figures.push_back({"export", "ms", watch.wallMs(), watch.cpuMs(), {"sqlite3_json", "plain_copy"}});
    seen.memory = memoryUse();
    seen.facts = Json::object({{"rows", receipt.preview.exported}, {"bytes", receipt.byteCount}});
    PS_TRY(Figure json, sqliteJson(session->databasePath(), folder + "/peer.json"));
    PS_TRY(Figure copy, plainCopy(options.destination, folder + "/copy"));
    seen.baselines = {json, copy};
    fs::remove_all(folder);
    return seen;
}

} // namespace ps::bench
