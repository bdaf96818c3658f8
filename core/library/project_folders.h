// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/workspace.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// A file as an open folder and a path that stays beneath it.
struct Place {
    std::shared_ptr<const UniqueFd> root;
    std::string path;

    int rootFd() const { return root->get(); }
};

/// The folders that one project may touch. Stored paths are workspace-relative; those of images that lie outside the
/// workspace start with "../".
class ProjectFolders
{
public:
    /// Errors: NotFound when the folder with the images is gone.
    static Result<ProjectFolders> open(const Workspace& workspace, const std::string& imagesPath);

    /// Workspace-relative path of the folder with the images: "", "photos", "../photos".
    const std::string& imagesPrefix() const { return m_imagesPrefix; }
    int imagesFd() const { return m_images->get(); }
    /// Absolute path of the same.
    const std::string& imagesPath() const { return m_imagesPath; }

    /// Workspace-relative path of a file beneath the images folder.
    std::string workspacePath(std::string_view pathInImages) const { return joinPath(m_imagesPrefix, pathInImages); }

    /// Workspace-relative path of one of the "__" folders: in the workspace, or beside the images when they lie outside it.
    std::string stagingFolder(std::string_view name) const { return joinPath(m_stagingPrefix, name); }

    /// Folders beneath the images that hold no images of the project: the data/ of a workspace that is, or lies in, the folder
    /// of the images. Relative to the images.
    const std::vector<std::string>& excludedFolders() const { return m_excludedFolders; }

    /// Where a stored path lies. Errors: Refused for a path that leaves the folders of the project.
    Result<Place> locate(std::string_view workspacePath) const;

private:
    ProjectFolders() = default;

    std::string m_imagesPath;
    std::string m_imagesPrefix;
    std::string m_stagingPrefix;
    std::vector<std::string> m_excludedFolders;
    std::shared_ptr<const UniqueFd> m_workspace;
    std::shared_ptr<const UniqueFd> m_images;
    std::shared_ptr<const UniqueFd> m_staging;
};

// The "__" folders. Source: formats/decisions_v3.md 3.4.
constexpr std::string_view kSelectedFolder = "__selected";
constexpr std::string_view kCropFolder = "__crop";
constexpr std::string_view kCropAutoFolder = "__crop_auto";
constexpr std::string_view kCroppedFolder = "__cropped";
constexpr std::string_view kDeleteStagingFolder = "__delete_staging";

} // namespace ps
