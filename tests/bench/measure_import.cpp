// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A decision log of as many lines as there are rows, planned and applied to a project that is made for it.
#include "core/exchange/import_plan.h"
#include "core/imaging/image_service.h"
#include "core/library/workspace.h"
#include "tests/bench/observation.h"
#include "tests/bench/peer_program.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <random>

namespace ps::bench {

namespace {

namespace fs = std::filesystem;

constexpr const char* kProject = "imported";
constexpr const char* kLogName = "select_crop_log.csv";
constexpr std::array kSizes{std::pair{1664, 2432}, std::pair{832, 1216}, std::pair{2048, 2048}, std::pair{1216, 832}};

/// Lines of 15 fields as the crop tool wrote them: a name of its own and a crop in pixels in each.
Result<void> writeLog(const std::string& path, std::int64_t count)
{
    std::FILE* const file = std::fopen(path.c_str(), "w");
    if (!file)
        return errnoError("cannot make the log", path, errno);
    std::fputs(
        "session_id,set_id,directory,image_count,chosen_index,chosen_path,crop_x1,crop_y1,crop_x2,crop_y2,timestamp,"
        "image_0_path,image_0_stage,width_0,height_0,image_1_path,image_1_stage,width_1,height_1\n",
        file);
    std::mt19937_64 random(20'261'121);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto [width, height] = kSizes.at(random() % kSizes.size());
        const int x1 = static_cast<int>(random() % static_cast<unsigned>(width / 3));
        const int y1 = static_cast<int>(random() % static_cast<unsigned>(height / 3));
        const int x2 = width - static_cast<int>(random() % static_cast<unsigned>(width / 3));
        const int y2 = height - static_cast<int>(random() % static_cast<unsigned>(height / 3));
        std::array<char, 64> name{};
        std::snprintf(name.data(), name.size(), "2025%02d%02d_%06d_stage2_upscaled_%07lld.png",
                      static_cast<int>(random() % 12 + 1), static_cast<int>(random() % 28 + 1),
                      static_cast<int>(random() % 240'000), static_cast<long long>(i));
        const auto second = static_cast<int>(i / 20 % 60);
        const auto minute = static_cast<int>(i / 1'200 % 60);
        const auto hour = static_cast<int>(i / 72'000 % 24);
        std::fprintf(file,
                     "2025-10-16 15:02:35,crop_%s,crop,1,0,crop/%s,%d.0,%d.0,%d.0,%d.0,2025-10-16T%02d:%02d:%02d.%06dZ,"
                     "crop/%s,stage2,%d,%d\n",
                     name.data(), name.data(), x1, y1, x2, y2, hour, minute, second, static_cast<int>(i % 20 * 50'000),
                     name.data(), width, height);
    }
    return std::fclose(file) == 0 ? Result<void>() : errnoError("cannot write the log", path, errno);
}

/// What the shell of SQLite needs to take the same lines as texts, without looking at one.
Result<Figure> sqliteImport(const std::string& folder, const std::string& logName)
{
    const QStringList arguments{QStringLiteral("peer.db"), QStringLiteral(".mode csv"),
                                QStringLiteral(".import %1 log").arg(QString::fromStdString(logName))};
    PS_TRY(const PeerTimes times, runPeer({QStringLiteral("sqlite3"), arguments, folder, {}, folder + "/peer.db"}));
    return Figure{"sqlite3_import", "ms", times.durableMs, {}, {}};
}

} // namespace

Result<Observation> measureImport(const Settings& settings)
{
    const std::string root = settings.folder + "/import";
    fs::remove_all(root);
    fs::create_directories(root + "/workspace/data");
    const std::string log = root + "/" + kLogName;
    PS_TRY_VOID(writeLog(log, settings.rows));
    PS_TRY(const Workspace workspace, Workspace::open(root + "/workspace"));
    ImageService::Options workers;
    workers.workerPath = fs::canonical("/proc/self/exe").parent_path() / "proofsheet-worker";
    PS_TRY(const auto images, ImageService::start(std::move(workers)));
    ImportOptions options;
    options.sourcePath = log;
    options.projectId = kProject;
    options.tool = "proofsheet bench";
    options.cacheFolder = root + "/cache";
    const auto openForWork = [&](const std::string& projectId) {
        SessionOptions session;
        session.workspacePath = workspace.rootPath();
        session.projectId = projectId;
        session.annotator = "bench";
        session.program = "proofsheet-bench";
        session.isWorking = true;
        session.cataloguePath = root + "/catalogue.db";
        return ProjectSession::open(std::move(session));
    };
    Observation seen;
    const MemoryUse before = memoryUse();
    const Stopwatch planning;
    PS_TRY(const auto plan, ImportPlan::make(workspace, *images, options, {}));
    seen.figures.push_back({"plan", "ms", planning.wallMs(), planning.cpuMs(), {"sqlite3_import"}});
    const Stopwatch applying;
    PS_TRY(const ImportPlan::Applied applied, plan->apply(openForWork, {}));
    seen.figures.push_back({"apply", "ms", applying.wallMs(), applying.cpuMs(), {"sqlite3_import"}});
    seen.memory = memoryUse();
    Json outcomes{Json::Object{}};
    for (const auto& [project, counts] : applied.counts) {
        for (std::size_t i = 0; i < counts.size(); ++i)
            outcomes.set(importOutcomeName(static_cast<ImportOutcome>(i)), counts.at(i));
    }
    seen.facts = Json::object({{"lines", settings.rows},
                               {"log_bytes", static_cast<std::int64_t>(fs::file_size(log))},
                               {"outcomes", std::move(outcomes)},
                               {"memory_before", memoryJson(before)}});
    PS_TRY(Figure peer, sqliteImport(root, kLogName));
    seen.baselines = {std::move(peer)};
    fs::remove_all(root);
    return seen;
}

} // namespace ps::bench
