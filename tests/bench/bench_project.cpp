// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bench_project.h"

#include "tests/bench/sample_names.h"
#include "tests/bench/sample_rows.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace ps::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxStampBytes = 100'000;
constexpr std::int64_t kGroupsBetweenReports = 5'000;

std::string workspaceIn(const std::string& folder)
{
    return joinPath(folder, "workspace");
}

std::string imagesIn(const std::string& folder)
{
    return joinPath(workspaceIn(folder), "photos");
}

Result<void> copyDurably(const std::string& from, const std::string& to)
{
    std::error_code error;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
    if (error)
        return Error{ErrorCode::Io, "cannot copy the database: " + error.message(), to, error.value()};
    const UniqueFd copy(::open(to.c_str(), O_RDONLY | O_CLOEXEC));
    return syncFile(copy.get());
}

} // namespace

Result<std::int64_t> writeSampleImages(const std::string& imagesPath, std::int64_t groupCount,
                                       const std::function<void(const std::string&)>& onProgress)
{
    std::int64_t fileCount = 0;
    std::string path;
    UniqueFd images;
    for (std::int64_t group = 0; group < groupCount; ++group) {
        if (const std::string wanted = joinPath(imagesPath, sampleFolder(group)); wanted != path) {
            path = wanted;
            PS_TRY(images, makeFolders(path));
        }
        for (const std::string& name : sampleNames(group)) {
            // Without fsync: only that they are there matters.
            const UniqueFd file(::openat(images.get(), name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
            if (!file.isOpen())
                return errnoError("cannot write an image", joinPath(path, name), errno);
            PS_TRY_VOID(writeAll(file.get(), name));
            ++fileCount;
        }
        if ((group + 1) % kGroupsBetweenReports == 0)
            onProgress("images of " + std::to_string(group + 1) + " groups");
    }
    return fileCount;
}

BenchProject::BenchProject(const Settings& settings, std::string projectId)
    : m_folder(settings.folder), m_projectId(std::move(projectId))
{
}

std::string BenchProject::workspacePath() const
{
    return workspaceIn(m_folder);
}

std::string BenchProject::imagesPath() const
{
    return imagesIn(m_folder);
}

std::string BenchProject::sourcePath() const
{
    return joinPath(m_folder, m_projectId + "_source.db");
}

std::string BenchProject::databasePath() const
{
    return joinPath(workspaceIn(m_folder), joinPath(kDatabaseFolder, m_projectId + ".db"));
}

std::string BenchProject::cataloguePath() const
{
    return joinPath(m_folder, "cache/" + m_projectId + ".db");
}

SessionOptions BenchProject::options(bool isWorking) const
{
    SessionOptions options;
    options.workspacePath = workspaceIn(m_folder);
    options.projectId = m_projectId;
    options.isWorking = isWorking;
    options.annotator = "bench";
    options.program = "proofsheet-bench";
    options.cataloguePath = cataloguePath();
    options.images.measure = [](const Place&) -> Result<ImageSize> { return ImageSize{3072, 3072}; };
    options.images.cut = [](const Place& place, PixelBox, int) -> Result<void> {
        return Error{ErrorCode::Unsupported, "nothing is cut here", place.path, 0};
    };
    return options;
}

Result<void> BenchProject::reset() const
{
    for (const std::string& path : {databasePath(), cataloguePath()}) {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            ::unlink((path + suffix).c_str());
    }
    std::error_code error; // nothing there is fine
    const std::string workspace = workspaceIn(m_folder);
    fs::remove_all(joinPath(workspace, joinPath(kBackupFolder, m_projectId)), error);
    fs::remove(joinPath(workspace, joinPath(kProjectsFolder, m_projectId + ".project.json")), error);
    PS_TRY(const Workspace opened, Workspace::open(workspace));
    PS_TRY_VOID(createProject(opened, m_projectId, imagesIn(m_folder), systemClock().now()));
    if (!fs::exists(sourcePath(), error))
        return {};
    return copyDurably(sourcePath(), databasePath());
}

Result<Json> BenchProject::prepare(const Settings& settings, const std::function<void(const std::string&)>& onProgress)
{
    const BenchProject project = large(settings);
    const std::string stampPath = joinPath(settings.folder, "data.json");
    const std::int64_t groupCount = std::min(settings.groupsOnDisk, settings.rows);
    if (const auto stamp = readFile(stampPath, kMaxStampBytes)) {
        const auto known = parseJson(*stamp);
        if (known && (*known)["rows"] == Json(settings.rows) && (*known)["groups_on_disk"] == Json(groupCount))
            return *known;
    }
    std::error_code error;
    fs::remove_all(imagesIn(settings.folder), error);
    fs::remove(project.sourcePath(), error);
    PS_TRY_VOID(makeFolders(imagesIn(settings.folder)));
    PS_TRY(const std::int64_t fileCount, writeSampleImages(imagesIn(settings.folder), groupCount, onProgress));
    PS_TRY(const OddRows odd,
           makeSampleDatabase(project.sourcePath(), project.m_projectId, settings.rows,
                              [&](std::int64_t rows) { onProgress(std::to_string(rows) + " rows"); }));
    ::sync();
    const Json data = Json::object(
        {{"rows", settings.rows},
         {"database_bytes", static_cast<std::int64_t>(fs::file_size(project.sourcePath(), error))},
         {"odd_rows", oddRowsJson(odd)},
         {"groups_on_disk", groupCount},
         {"image_files", fileCount},
         {"note", "the images of the first groups are real files of a few bytes; the other rows match no file"}});
    PS_TRY_VOID(writeFileDurably(stampPath, dumpJsonIndented(data), Replace::Atomic));
    return data;
}

} // namespace ps::bench
