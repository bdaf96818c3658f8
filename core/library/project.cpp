// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/project.h"

#include "core/base/text.h"
#include "core/decisions/group_id.h"
#include "core/decisions/schema.h"

#include <filesystem>

namespace ps {

namespace {

constexpr std::size_t kMaxManifestBytes = 16 * 1024 * 1024;
constexpr std::string_view kSchemaFile = "ai_training_decisions_v3.sql";

std::string manifestName(std::string_view projectId)
{
    return std::string(projectId) + ".project.json";
}

std::string normalizedJoin(const std::string& base, const std::string& path)
{
    return (std::filesystem::path(base) / path).lexically_normal().string();
}

/// The way from data/projects to the images: relative within the workspace, absolute outside it.
std::string storedImagesPath(const Workspace& workspace, const std::string& imagesPath)
{
    const std::filesystem::path root(workspace.rootPath());
    const std::filesystem::path relative = std::filesystem::path(imagesPath).lexically_relative(root);
    if (relative.empty() || *relative.begin() == "..")
        return imagesPath;
    return relative == "." ? std::string("../..") : "../../" + relative.string();
}

} // namespace

Result<ProjectManifest> ProjectManifest::read(const Workspace& workspace, std::string_view projectId)
{
    if (!isValidProjectId(projectId))
        return Error{ErrorCode::InvalidInput, "a project id consists of letters, digits, _ and -",
                     std::string(projectId), 0};
    const std::string path = joinPath(kProjectsFolder, manifestName(projectId));
    PS_TRY(const std::string text, readFileBeneath(workspace.folderFd(), path, kMaxManifestBytes));
    auto json = parseJson(text);
    if (!json)
        return Error{ErrorCode::Corrupt, json.error().message, path, 0};
    if (!json->isObject())
        return Error{ErrorCode::Corrupt, "not a JSON object", path, 0};
    return ProjectManifest(std::string(projectId), *std::move(json));
}

ProjectManifest ProjectManifest::make(const Workspace& workspace, std::string_view projectId,
                                      const std::string& imagesPath, UtcTime now)
{
    const std::string startedAt = formatTimestamp(now);
    const auto step = [](const char* name) {
        return Json::object({{"name", name}, {"startedAt", {}}, {"finishedAt", {}}, {"imagesProcessed", {}}});
    };
    Json paths = Json::object(
        {{"root", storedImagesPath(workspace, imagesPath)},
         {"selectedDir", "../../__selected"},
         {"cropDir", "../../__crop"},
         {"characterGroups",
          Json::array({"../../__character_group_1", "../../__character_group_2", "../../__character_group_3"})}});
    Json json = Json::object(
        {{"schemaVersion", 1},
         {"projectId", projectId},
         {"title", projectId},
         {"status", "active"},
         {"createdAt", startedAt},
         {"startedAt", startedAt},
         {"finishedAt", {}},
         {"removeFileOnFinish", {}},
         {"paths", std::move(paths)},
         {"counts", Json::object({{"initialImages", {}}, {"finalImages", {}}})},
         {"metrics", Json::object({{"imagesPerHourEndToEnd", {}}, {"stepRates", Json::object({})}})},
         {"steps", Json::array({step("select_versions"), step("character_sort"), step("crop"), step("dedupe"),
                                step("final_review")})},
         {"notes", ""}});
    return ProjectManifest(std::string(projectId), std::move(json));
}

std::string ProjectManifest::title() const
{
    const std::string& title = m_json["title"].toString();
    return title.empty() ? m_projectId : title;
}

std::string ProjectManifest::status() const
{
    return m_json["status"].toString();
}

bool ProjectManifest::isArchived() const
{
    return status() == "archived";
}

Result<std::string> ProjectManifest::imagesPath(const Workspace& workspace) const
{
    std::string stored = m_json["paths"]["root"].toString();
    if (stored.empty())
        return Error{ErrorCode::NotFound, "the project names no folder of images", manifestName(m_projectId), 0};
    constexpr std::string_view placeholder = "PROJECT_ROOT";
    if (startsWith(stored, placeholder))
        return normalizedJoin(workspace.rootPath(), "." + stored.substr(placeholder.size()));
    return normalizedJoin(joinPath(workspace.rootPath(), kProjectsFolder), stored);
}

void ProjectManifest::setTitle(std::string_view title)
{
    m_json.set("title", title);
}

void ProjectManifest::setStatus(std::string_view status)
{
    m_json.set("status", status);
}

void ProjectManifest::setInitialImageCount(std::int64_t count)
{
    Json counts = m_json["counts"];
    counts.set("initialImages", count);
    m_json.set("counts", std::move(counts));
}

std::optional<double> ProjectManifest::timeGapMinutes() const
{
    const Json& minutes = m_json["proofsheet"]["timeGapMinutes"];
    return minutes.isNumber() && minutes.toDouble() > 0 ? std::optional(minutes.toDouble()) : std::nullopt;
}

bool ProjectManifest::isGroupedPerFolder() const
{
    return m_json["proofsheet"]["groupPerFolder"].toBool();
}

void ProjectManifest::setTimeGapMinutes(std::optional<double> minutes)
{
    setOwn("timeGapMinutes", minutes ? Json(*minutes) : Json());
}

void ProjectManifest::setGroupedPerFolder(bool perFolder)
{
    setOwn("groupPerFolder", perFolder);
}

void ProjectManifest::setOwn(std::string_view key, Json value)
{
    Json own = m_json["proofsheet"];
    own.set(key, std::move(value));
    m_json.set("proofsheet", std::move(own));
}

Result<void> ProjectManifest::save(const Workspace& workspace) const
{
    PS_TRY(const UniqueFd folder, makeFoldersBeneath(workspace.folderFd(), kProjectsFolder));
    const std::string name = manifestName(m_projectId);
    if (const auto earlier = readFileBeneath(folder.get(), name, kMaxManifestBytes); earlier) {
        PS_TRY_VOID(writeFileDurably(folder.get(), name + ".bak", *earlier, Replace::Atomic));
    }
    return writeFileDurably(folder.get(), name, dumpJsonIndented(m_json), Replace::Atomic);
}

namespace {

/// The schema text where the scripts look for it; one that is there stays.
Result<void> shipSchemaFile(const Workspace& workspace)
{
    PS_TRY(const UniqueFd folder, makeFoldersBeneath(workspace.folderFd(), kSchemaFolder));
    const auto written = writeFileDurably(folder.get(), kSchemaFile, decisionSchemaSql(), Replace::Never);
    if (!written && written.error().code != ErrorCode::AlreadyExists)
        return written.error();
    return {};
}

} // namespace

Result<ProjectManifest> createProject(const Workspace& workspace, std::string_view projectId,
                                      const std::string& imagesPath, UtcTime now)
{
    if (!isValidProjectId(projectId))
        return Error{ErrorCode::InvalidInput, "a project id consists of letters, digits, _ and -",
                     std::string(projectId), 0};
    PS_TRY(const Workspace images, Workspace::open(imagesPath)); // canonical path of an existing folder
    PS_TRY(const UniqueFd projects, makeFoldersBeneath(workspace.folderFd(), kProjectsFolder));
    if (identifyBeneath(projects.get(), manifestName(projectId)))
        return Error{ErrorCode::AlreadyExists, "the project exists already", std::string(projectId), 0};
    PS_TRY_VOID(makeFoldersBeneath(workspace.folderFd(), kDatabaseFolder));
    PS_TRY_VOID(createDecisionDatabase(workspace.databasePath(projectId)));
    PS_TRY_VOID(shipSchemaFile(workspace));
    ProjectManifest manifest = ProjectManifest::make(workspace, projectId, images.rootPath(), now);
    PS_TRY_VOID(manifest.save(workspace));
    return manifest;
}

} // namespace ps
