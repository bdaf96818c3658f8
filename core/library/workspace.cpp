// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/workspace.h"

#include "core/base/text.h"
#include "core/decisions/group_id.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>

namespace ps {

namespace {

constexpr std::string_view kManifestSuffix = ".project.json";

Result<std::string> canonicalPath(const std::string& path)
{
    const std::unique_ptr<char, void (*)(void*)> resolved(::realpath(path.c_str(), nullptr), &std::free);
    if (!resolved)
        return errnoError("cannot find the folder", path, errno);
    return std::string(resolved.get());
}

} // namespace

Result<Workspace> Workspace::open(const std::string& path)
{
    PS_TRY(std::string rootPath, canonicalPath(path));
    PS_TRY(UniqueFd folder, openFolder(rootPath));
    return Workspace(std::move(rootPath), std::move(folder));
}

std::optional<std::string> Workspace::findAbove(const std::string& path)
{
    auto canonical = canonicalPath(path);
    if (!canonical)
        return std::nullopt;
    std::string current = *canonical;
    constexpr int kMaxLevels = 5;
    for (int level = 0; level <= kMaxLevels && !current.empty(); ++level) {
        const auto folder = openFolder(current);
        if (folder &&
            (openFolderBeneath(folder->get(), kProjectsFolder) || openFolderBeneath(folder->get(), kDatabaseFolder)))
            return current;
        current = parentPath(current);
    }
    return std::nullopt;
}

std::string Workspace::databasePath(std::string_view projectId) const
{
    return joinPath(joinPath(m_rootPath, kDatabaseFolder), std::string(projectId) + ".db");
}

std::string Workspace::lockPath(std::string_view projectId) const
{
    return joinPath(joinPath(m_rootPath, kProjectsFolder), std::string(projectId) + ".lock");
}

std::string Workspace::snapshotFolder(std::string_view projectId) const
{
    return joinPath(joinPath(m_rootPath, kBackupFolder), projectId);
}

std::string Workspace::reportFolder() const
{
    return joinPath(m_rootPath, kReportFolder);
}

std::string Workspace::predictionsPath(std::string_view projectId) const
{
    return joinPath(joinPath(m_rootPath, kDatabaseFolder), std::string(projectId) + "_ai_predictions_temp.db");
}

Result<std::vector<std::string>> Workspace::projectIds() const
{
    std::vector<std::string> ids;
    const auto folder = openFolderBeneath(folderFd(), kProjectsFolder);
    if (!folder && folder.error().code == ErrorCode::NotFound)
        return ids;
    if (!folder)
        return folder.error();
    PS_TRY(const std::vector<std::string> names, folderEntries(folder->get()));
    for (const std::string& name : names) {
        const std::string id = name.substr(0, name.size() - std::min(name.size(), kManifestSuffix.size()));
        if (endsWith(name, kManifestSuffix) && isValidProjectId(id))
            ids.push_back(id);
    }
    return ids;
}

Result<std::vector<std::string>> folderEntries(int folderFd)
{
    // A descriptor of its own: reading moves the position, and closing the stream closes it.
    PS_TRY(UniqueFd own, openFolderBeneath(folderFd, {}));
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own.get()), &::closedir);
    if (!stream)
        return errnoError("cannot list the folder", {}, errno);
    own.release();
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(stream.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..")
            names.emplace_back(name);
    }
    if (errno != 0)
        return errnoError("cannot list the folder", {}, errno);
    std::ranges::sort(names);
    return names;
}

} // namespace ps
