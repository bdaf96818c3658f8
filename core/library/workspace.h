// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// The folder that holds data/ and the projects. All stored paths are relative to it.
/// Source of the layout: formats/decisions_v3.md 3.4, 8, 9.1 and design.md 2.
class Workspace
{
public:
    /// Opens an existing folder; nothing is created. The path is made absolute and free of links once, here.
    static Result<Workspace> open(const std::string& path);

    /// The nearest folder at or above `path`, at most five levels up, that holds data/projects or data/training.
    static std::optional<std::string> findAbove(const std::string& path);

    const std::string& rootPath() const { return m_rootPath; }
    int folderFd() const { return m_folder->get(); }
    const std::shared_ptr<const UniqueFd>& folder() const { return m_folder; }

    std::string databasePath(std::string_view projectId) const;
    std::string lockPath(std::string_view projectId) const;
    std::string snapshotFolder(std::string_view projectId) const;
    std::string reportFolder() const;
    std::string predictionsPath(std::string_view projectId) const; ///< {id}_ai_predictions_temp.db of the scripts

    /// The ids of all data/projects/{id}.project.json, sorted.
    Result<std::vector<std::string>> projectIds() const;

private:
    Workspace(std::string rootPath, UniqueFd folder)
        : m_rootPath(std::move(rootPath)), m_folder(std::make_shared<const UniqueFd>(std::move(folder)))
    {
    }

    std::string m_rootPath;
    std::shared_ptr<const UniqueFd> m_folder;
};

// Folders relative to the workspace.
constexpr std::string_view kProjectsFolder = "data/projects";
constexpr std::string_view kDatabaseFolder = "data/training/ai_training_decisions";
constexpr std::string_view kSchemaFolder = "data/schema";
constexpr std::string_view kBackupFolder = "data/backups";
constexpr std::string_view kReportFolder = "data/daily_summaries";
constexpr std::string_view kOriginalsFolder = "data/originals";
constexpr std::string_view kSidecarArchiveFolder = "data/sidecars";

/// The names in one folder, sorted by bytes, without "." and "..". Cost: reads the folder once.
Result<std::vector<std::string>> folderEntries(int folderFd);

} // namespace ps
