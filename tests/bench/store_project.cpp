// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/store_project.h"

#include "tests/bench/process_figures.h"
#include "tests/bench/sample_rows.h"

#include <algorithm>
#include <filesystem>

namespace ps::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxStampBytes = 100'000;

void setTimes(Json& data, const std::string& name, const Stopwatch& watch)
{
    data.set(name + "_s", watch.wallMs() / 1e3);
    data.set(name + "_cpu_s", watch.cpuMs() / 1e3);
}

std::int64_t sizeOf(const std::string& path)
{
    std::error_code error;
    const auto bytes = fs::file_size(path, error); // follows the link that is the catalogue
    return error ? 0 : static_cast<std::int64_t>(bytes);
}

} // namespace

StoreProject::StoreProject(const Settings& settings) : m_settings(settings), m_project(BenchProject::store(settings)) {}

std::string StoreProject::cataloguePath() const
{
    return Catalogue::pathIn(joinPath(m_settings.folder, "cache"), m_project.databasePath());
}

SessionOptions StoreProject::options() const
{
    SessionOptions options = m_project.options(false);
    options.cataloguePath = cataloguePath();
    return options;
}

Result<Json> StoreProject::prepare(const std::function<void(const std::string&)>& onProgress) const
{
    PS_TRY(Json data, prepareRows(onProgress));
    PS_TRY(const Json catalogue, prepareCatalogue(onProgress));
    for (const auto& [name, value] : catalogue.members())
        data.set(name, value);
    return data;
}

Result<Json> StoreProject::prepareRows(const std::function<void(const std::string&)>& onProgress) const
{
    const std::string stampPath = joinPath(m_settings.folder, "store_rows.json");
    const std::int64_t groupCount = std::min(m_settings.groupsOnDisk, m_settings.rows);
    if (const auto stamp = readFile(stampPath, kMaxStampBytes)) {
        const auto known = parseJson(*stamp);
        if (known && (*known)["rows"] == Json(m_settings.rows) && (*known)["groups_on_disk"] == Json(groupCount))
            return *known;
    }
    Json data = Json::object({{"rows", m_settings.rows}, {"groups_on_disk", groupCount}});
    std::error_code error;
    const std::string manifest = joinPath(m_project.workspacePath(),
                                          joinPath(kProjectsFolder, m_project.projectId() + ".project.json"));
    fs::remove(manifest, error);
    fs::remove(m_project.databasePath(), error);
    PS_TRY_VOID(makeFolders(m_project.imagesPath()));
    PS_TRY(const std::int64_t files, writeSampleImages(m_project.imagesPath(), groupCount, onProgress));
    data.set("image_files", files);
    PS_TRY(const Workspace workspace, Workspace::open(m_project.workspacePath()));
    PS_TRY_VOID(createProject(workspace, m_project.projectId(), m_project.imagesPath(), systemClock().now()));
    fs::remove(m_project.databasePath(), error); // the sample rows bring their own
    const Stopwatch watch;
    PS_TRY(const OddRows odd,
           makeSampleDatabase(m_project.databasePath(), m_project.projectId(), m_settings.rows,
                              [&](std::int64_t rows) { onProgress(std::to_string(rows) + " rows"); }));
    setTimes(data, "make_rows", watch);
    data.set("odd_rows", oddRowsJson(odd));
    data.set("database_bytes", sizeOf(m_project.databasePath()));
    PS_TRY_VOID(writeFileDurably(stampPath, dumpJsonIndented(data), Replace::Atomic));
    return data;
}

Result<Json> StoreProject::prepareCatalogue(const std::function<void(const std::string&)>& onProgress) const
{
    const Stopwatch watch;
    PS_TRY(const auto session, ProjectSession::open(options()));
    bool isMade = false;
    PS_TRY_VOID(session->makeReady(
        {},
        [&](const IndexProgress& now) {
            isMade = true;
            onProgress("catalogue: " + std::to_string(now.images) + " images, " + std::to_string(now.rows) + " rows");
        },
        true));
    Json data{Json::Object{}};
    if (isMade) {
        setTimes(data, "make_catalogue", watch);
        data.set("make_catalogue_memory", memoryJson(memoryUse()));
    }
    PS_TRY(const GroupCounts counts, session->counts());
    data.set("catalogue_bytes", sizeOf(cataloguePath()));
    data.set("entries", counts.entries());
    data.set("rows_without_images", counts.unmatchedRows);
    return data;
}

} // namespace ps::bench
