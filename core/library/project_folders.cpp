// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/project_folders.h"

#include "core/base/text.h"

#include <filesystem>

namespace ps {

namespace {

bool isOutside(const std::string& prefix)
{
    return prefix == ".." || startsWith(prefix, "../");
}

} // namespace

Result<ProjectFolders> ProjectFolders::open(const Workspace& workspace, const std::string& imagesPath)
{
    PS_TRY(const Workspace images, Workspace::open(imagesPath)); // canonical
    ProjectFolders folders;
    folders.m_workspace = workspace.folder();
    folders.m_images = images.folder();
    folders.m_imagesPath = images.rootPath();
    const std::filesystem::path root(workspace.rootPath());
    const std::string relative = std::filesystem::path(images.rootPath()).lexically_relative(root).string();
    folders.m_imagesPrefix = relative == "." ? std::string() : relative;
    const std::string workspaceInImages = root.lexically_relative(images.rootPath()).string();
    if (workspaceInImages == ".")
        folders.m_excludedFolders = {"data"};
    else if (!isOutside(workspaceInImages))
        folders.m_excludedFolders = {joinPath(workspaceInImages, "data")};
    folders.m_staging = folders.m_workspace;
    if (isOutside(folders.m_imagesPrefix)) {
        const std::filesystem::path parent = std::filesystem::path(images.rootPath()).parent_path();
        folders.m_stagingPrefix = parent.lexically_relative(root).string();
        PS_TRY(UniqueFd staging, openFolder(parent.string()));
        folders.m_staging = std::make_shared<const UniqueFd>(std::move(staging));
    }
    return folders;
}

Result<Place> ProjectFolders::locate(std::string_view workspacePath) const
{
    const auto beneath = [workspacePath](const std::string& prefix) -> std::string_view {
        if (prefix.empty())
            return workspacePath;
        const bool isInside = startsWith(workspacePath, prefix + "/");
        return isInside ? workspacePath.substr(prefix.size() + 1) : std::string_view();
    };
    // The images first: their prefix is the longer one. Within the workspace any of the three gives the same file.
    if (const auto path = beneath(m_imagesPrefix); isContainedPath(path))
        return Place{m_images, std::string(path)};
    if (const auto path = beneath(m_stagingPrefix); isContainedPath(path) && startsWith(path, "__"))
        return Place{m_staging, std::string(path)};
    if (isContainedPath(workspacePath))
        return Place{m_workspace, std::string(workspacePath)};
    return Error{ErrorCode::Refused, "the path leaves the folders of the project", std::string(workspacePath), 0};
}

} // namespace ps
