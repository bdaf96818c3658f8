// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/library/workspace.h"

#include <optional>
#include <string>

namespace ps {

/// data/projects/{id}.project.json. Members that this program does not know are kept, in their order.
class ProjectManifest
{
public:
    /// Errors: NotFound; Corrupt with the place in the file when it is not the JSON of a project.
    static Result<ProjectManifest> read(const Workspace& workspace, std::string_view projectId);

    /// A new manifest as the scripts write it, for images in the folder `imagesPath` (absolute).
    static ProjectManifest make(const Workspace& workspace, std::string_view projectId, const std::string& imagesPath,
                                UtcTime now);

    const std::string& projectId() const { return m_projectId; }
    std::string title() const;
    std::string status() const;
    bool isArchived() const;
    /// Absolute path of the folder with the images; NotFound when the manifest names none.
    Result<std::string> imagesPath(const Workspace& workspace) const;

    void setTitle(std::string_view title);
    void setStatus(std::string_view status);
    void setInitialImageCount(std::int64_t count);
    /// One grouping setting of ours, kept in the member "proofsheet".
    std::optional<double> timeGapMinutes() const;
    bool isGroupedPerFolder() const;
    void setTimeGapMinutes(std::optional<double> minutes);
    void setGroupedPerFolder(bool perFolder);

    /// Writes it durably; what was there is kept as {id}.project.json.bak.
    Result<void> save(const Workspace& workspace) const;

private:
    explicit ProjectManifest(std::string projectId, Json json)
        : m_projectId(std::move(projectId)), m_json(std::move(json))
    {
    }

    void setOwn(std::string_view key, Json value);

    std::string m_projectId;
    Json m_json;
};

/// Makes a project: folders, manifest, empty decision database, and the schema file that the scripts read. Nothing that
/// exists is overwritten.
/// Errors: InvalidInput for the id; AlreadyExists when the project or its database is there; NotFound for the images.
Result<ProjectManifest> createProject(const Workspace& workspace, std::string_view projectId,
                                      const std::string& imagesPath, UtcTime now);

} // namespace ps
